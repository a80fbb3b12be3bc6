package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.earshot.written.WrittenForm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real processes, the real Vosk and the tiny model. */
class TranscriptionServiceTest {
  private static final Path MULAW = TestCalls.resource("call-1006-4.mulaw.wav");
  private static final List<Path> CALLS =
      List.of(MULAW, TestCalls.resource("call-1006-4.ogg"), TestCalls.resource("call-1005-1.mp3"));

  private static TranscriptionService service;
  private static List<Transcript> expected;

  @TempDir static Path shared;
  @TempDir Path folder;

  /** The first eight seconds of a call: most tests need no more. */
  private static Path call = MULAW;

  private static Transcript ofCall = Transcript.builder("").build();

  @BeforeAll
  static void start() throws IOException {
    call = TestCalls.beginning(MULAW, 8, shared.resolve("call.wav"));
    try (VoskTranscriber transcriber = VoskTranscriber.open(TestCalls.MODEL)) {
      expected = new ArrayList<>();
      for (Path each : CALLS) {
        expected.add(transcriber.transcribe(each));
      }
      ofCall = transcriber.transcribe(call);
    }
    service = builder().workers(2).start();
  }

  @AfterAll
  static void close() throws InterruptedException {
    service.close();
    WorkerProcesses.noneIsLeft();
  }

  private static TranscriptionService.Builder builder() {
    return TranscriptionService.builder(VoskTranscriber.builder().model(TestCalls.MODEL));
  }

  /** Two services: of processes, and in process. */
  private static TranscriptionService one(boolean inProcess) throws IOException {
    return inProcess ? builder().workers(1).inProcess().start() : builder().workers(1).start();
  }

  @Test
  void transcribe_twoWorkersAtOnce_theSameAsOneTranscriber() {
    List<CompletableFuture<Transcript>> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      CALLS.forEach(each -> all.add(service.submit(each)));
    }

    for (int i = 0; i < all.size(); i++) {
      TestCalls.assertHeardTheSame(all.get(i).join(), expected.get(i % CALLS.size()));
    }
    assertThat(service.processes()).hasSize(2);
    assertThat(service.engine()).isEqualTo("vosk");
    assertThat(service.version()).isEqualTo(VoskTranscriber.VERSION);
    assertThat(service.model()).isEqualTo(expected.getFirst().model());
  }

  @Test
  void transcribe_inProcess_theSame() throws Exception {
    try (TranscriptionService inProcess = builder().workers(2).inProcess().start();
        ExecutorService callers = Executors.newFixedThreadPool(3)) {
      List<Future<Transcript>> all = new ArrayList<>();
      CALLS.forEach(each -> all.add(callers.submit(() -> inProcess.transcribe(each))));

      for (int i = 0; i < all.size(); i++) {
        TestCalls.assertHeardTheSame(all.get(i).get(), expected.get(i));
      }
      assertThat(inProcess.processes()).isEmpty();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
  void transcribe_workerKilledInTheMiddle_triedAgainAndTheOtherUntouched() throws Exception {
    try (TranscriptionService two = builder().workers(2).start()) {
      ProcessHandle first = two.processes().getFirst();
      AtomicBoolean killed = new AtomicBoolean();

      CompletableFuture<Transcript> unlucky =
          two.submit(
              MULAW,
              (doneMs, totalMs) -> {
                if (doneMs > 500 && killed.compareAndSet(false, true)) {
                  WorkerProcesses.signal("KILL", first);
                }
              });
      CompletableFuture<Transcript> other = two.submit(CALLS.get(1));

      TestCalls.assertHeardTheSame(unlucky.join(), expected.get(0));
      TestCalls.assertHeardTheSame(other.join(), expected.get(1));
      assertThat(two.processes()).hasSizeBetween(1, 2).doesNotContain(first);
      assertThat(two.status().lost()).isEqualTo(1);
      assertThat(two.status().done()).isEqualTo(2);
      assertThat(two.status().failed()).isZero();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
  void transcribe_idleWorkerDied_anotherOneDoesIt() throws Exception {
    try (TranscriptionService one = one(false)) {
      ProcessHandle first = one.processes().getFirst();
      WorkerProcesses.signal("KILL", first);
      WorkerProcesses.until("it is dead", () -> !first.isAlive());

      assertThat(one.transcribe(call)).isEqualTo(ofCall);

      assertThat(one.processes()).hasSize(1).doesNotContain(first);
      assertThat(one.status().lost()).isEqualTo(1);
    }
  }

  @Test
  void transcribe_oneAfterAnother_byOneWorker() throws IOException {
    try (TranscriptionService two = builder().workers(2).start()) {
      for (int i = 0; i < 3; i++) {
        assertThat(two.transcribe(call)).isEqualTo(ofCall);
      }

      assertThat(two.processes()).hasSize(1);
    }
  }

  @Test
  void transcribe_recycledAfterTwo_freshProcessForTheThird() throws IOException {
    try (TranscriptionService one =
        builder().workers(1).recycleAfter(2, Duration.ofHours(1)).start()) {
      ProcessHandle first = one.processes().getFirst();
      one.transcribe(call);
      assertThat(one.processes()).containsExactly(first);
      one.transcribe(call);

      assertThat(one.transcribe(call)).isEqualTo(ofCall);

      assertThat(one.processes()).hasSize(1).doesNotContain(first);
      assertThat(first.isAlive()).isFalse();
      assertThat(one.status().recycled()).isEqualTo(1);
      assertThat(one.status().lost()).isZero();
    }
  }

  @Test
  void transcribe_recycledAfterSoMuchAudio_freshProcess() throws IOException {
    try (TranscriptionService one =
        builder().workers(1).recycleAfter(1_000, Duration.ofSeconds(5)).start()) {
      one.transcribe(call);

      assertThat(one.status().recycled()).isEqualTo(1);
    }
  }

  @Test
  void transcribe_badFiles_theSameExceptionsAsATranscribers() throws IOException {
    Path text = Files.writeString(folder.resolve("text.wav"), "Dear Madam or Sir");
    Path none = folder.resolve("none.wav");
    long lost = service.status().lost();

    try (VoskTranscriber transcriber = VoskTranscriber.open(TestCalls.MODEL)) {
      for (Path bad : List.of(text, none, folder)) {
        Throwable there = catchThrowable(() -> transcriber.transcribe(bad));
        assertThatThrownBy(() -> service.transcribe(bad))
            .isExactlyInstanceOf(there.getClass())
            .hasMessage(there.getMessage());
      }
    }
    assertThatThrownBy(() -> service.transcribe(text)).isInstanceOf(AudioFormatException.class);
    assertThat(service.status().lost()).isEqualTo(lost);
  }

  @Test
  void transcribe_nameOfOtherScripts_found() throws IOException {
    Path copy = Files.copy(call, folder.resolve("звонок 電話 \"7\".wav"));

    Transcript transcript = service.transcribe(copy);

    assertThat(transcript.source()).isEqualTo(copy.toString());
    assertThat(transcript.utterances()).isEqualTo(ofCall.utterances());
  }

  @Test
  void transcribe_relativePath_foundAndNamedAsGiven() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(call);

    assertThat(service.transcribe(relative).source()).isEqualTo(relative.toString());
  }

  @Test
  void transcribe_writtenForms_appliedInTheHost() throws IOException {
    Thread[] writer = new Thread[1];
    try (TranscriptionService loud =
        TranscriptionService.builder(
                VoskTranscriber.builder()
                    .model(TestCalls.MODEL)
                    .writtenForms(
                        words -> {
                          writer[0] = Thread.currentThread();
                          return List.of(
                              new WrittenForm(words.size() + " WORDS", 0, words.size() - 1));
                        }))
            .workers(1)
            .start()) {
      Transcript transcript = loud.transcribe(call);

      assertThat(writer[0]).isNotNull();
      assertThat(transcript.utterances())
          .allMatch(utterance -> utterance.text().endsWith(" WORDS"))
          .extracting(Utterance::words)
          .isEqualTo(ofCall.utterances().stream().map(Utterance::words).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void transcribe_progress_risesToTheWhole(boolean inProcess) throws IOException {
    try (TranscriptionService one = one(inProcess)) {
      List<Long> done = Collections.synchronizedList(new ArrayList<>());

      one.transcribe(
          call,
          (doneMs, totalMs) -> {
            assertThat(totalMs).isEqualTo(8_000);
            done.add(doneMs);
          });

      assertThat(done).isSorted().hasSizeGreaterThan(2).last().isEqualTo(8_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void transcribe_progressThrows_reachesTheCallerAndTheNextOneWorks(boolean inProcess)
      throws IOException {
    try (TranscriptionService one = one(inProcess)) {
      assertThatThrownBy(
              () ->
                  one.transcribe(
                      call,
                      (doneMs, totalMs) -> {
                        throw new IllegalArgumentException("enough");
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("enough");

      assertThat(one.transcribe(call)).isEqualTo(ofCall);
      assertThat(one.status().lost()).isZero();
      assertThat(one.status().failed()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancel_inTheMiddle_stopsTheWorkAndTheWorkerGoesOn(boolean inProcess) throws Exception {
    Path endless = longCall();
    try (TranscriptionService one = one(inProcess)) {
      CountDownLatch runs = new CountDownLatch(1);
      CompletableFuture<Transcript> running =
          one.submit(endless, (doneMs, totalMs) -> runs.countDown());
      CompletableFuture<Transcript> next = one.submit(call);
      CompletableFuture<Transcript> last = one.submit(endless);
      await(runs);

      assertThat(last.cancel(true)).isTrue();
      assertThat(running.cancel(true)).isTrue();

      assertThat(next.get()).isEqualTo(ofCall);
      assertThat(one.status().cancelled()).isEqualTo(2);
      assertThat(one.status().done()).isEqualTo(1);
      assertThat(one.status().lost()).isZero();
      assertThat(one.status().queued()).isZero();
    }
  }

  @Test
  void submit_futureTimesOut_stopsTheWork() throws Exception {
    Path endless = longCall();
    try (TranscriptionService one = one(false)) {
      CompletableFuture<Transcript> running = one.submit(endless).orTimeout(1, TimeUnit.SECONDS);

      assertThatThrownBy(running::get).hasCauseInstanceOf(TimeoutException.class);

      assertThat(one.transcribe(call)).isEqualTo(ofCall);
      assertThat(one.status().cancelled()).isEqualTo(1);
    }
  }

  @Test
  void transcribe_interrupted_endsTheWorkAndStaysInterrupted() throws Exception {
    Path endless = longCall();
    try (TranscriptionService one = one(false)) {
      CountDownLatch runs = new CountDownLatch(1);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread caller =
          new Thread(
              () -> {
                try {
                  one.transcribe(endless, (doneMs, totalMs) -> runs.countDown());
                } catch (IOException e) {
                  thrown.set(e);
                  interrupted.set(Thread.currentThread().isInterrupted());
                }
              });
      caller.start();
      await(runs);

      caller.interrupt();
      caller.join();

      assertThat(thrown.get())
          .isInstanceOf(InterruptedIOException.class)
          .hasMessageStartingWith("EARSHOT-238");
      assertThat(interrupted).isTrue();
      assertThat(one.transcribe(call)).isEqualTo(ofCall);
      assertThat(one.status().lost()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void close_whileRunning_allCancelledAndProcessesGone(boolean inProcess) throws Exception {
    Path endless = longCall();
    TranscriptionService one = one(inProcess);
    CountDownLatch runs = new CountDownLatch(1);
    CompletableFuture<Transcript> running =
        one.submit(endless, (doneMs, totalMs) -> runs.countDown());
    CompletableFuture<Transcript> queued = one.submit(call);
    List<ProcessHandle> processes = one.processes();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread blocked =
        new Thread(
            () -> {
              try {
                one.transcribe(call);
              } catch (IOException e) {
                thrown.set(e);
              }
            });
    blocked.start();
    await(runs);
    WorkerProcesses.until("two wait", () -> one.status().queued() == 2);

    one.close();
    one.close();

    blocked.join();
    assertThat(running).isCancelled();
    assertThat(queued).isCancelled();
    assertThat(thrown.get())
        .isInstanceOf(TranscriptionException.class)
        .hasMessageStartingWith("EARSHOT-237: " + call);
    assertThat(processes).hasSize(inProcess ? 0 : 1).noneMatch(ProcessHandle::isAlive);
    assertThatThrownBy(() -> one.submit(call))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("EARSHOT-208");
    assertThatThrownBy(() -> one.transcribe(call)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void close_fromProgress_endsEverything(boolean inProcess) throws Exception {
    TranscriptionService one = one(inProcess);
    List<ProcessHandle> processes = one.processes();

    CompletableFuture<Transcript> running =
        one.submit(longCall(), (doneMs, totalMs) -> one.close());

    assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);
    WorkerProcesses.until(
        "processes are gone", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    one.close();
  }

  @Test
  void status_afterSome_counts() throws IOException {
    try (TranscriptionService one = one(false)) {
      one.transcribe(call);
      assertThatThrownBy(() -> one.transcribe(folder)).isInstanceOf(IOException.class);

      TranscriptionService.Status status = one.status();

      assertThat(status.workers()).isEqualTo(1);
      assertThat(status.done()).isEqualTo(1);
      assertThat(status.failed()).isEqualTo(1);
      assertThat(status.running()).isZero();
      assertThat(status.queued()).isZero();
      assertThat(status.audio()).isEqualTo(Duration.ofSeconds(8));
      assertThat(status.realTimeFactor())
          .isPositive()
          .isEqualTo((double) status.work().toNanos() / status.audio().toNanos());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void start_damagedModel_itsExceptionAndNoProcessIsLeft(boolean inProcess) throws Exception {
    Path copy = folder.resolve("model");
    TestModels.copy(TestCalls.MODEL, copy);
    Path network = copy.resolve("am/final.mdl");
    Files.write(network, Arrays.copyOf(Files.readAllBytes(network), 100_000));
    TranscriptionService.Builder damaged =
        TranscriptionService.builder(VoskTranscriber.builder().model(copy));
    if (inProcess) {
      damaged.inProcess();
    }

    assertThatThrownBy(damaged::start)
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-207: Vosk cannot load the model in " + copy);
  }

  @Test
  void start_noModelThere_saysSo() {
    assertThatThrownBy(
            () -> TranscriptionService.builder(VoskTranscriber.builder().model(folder)).start())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-201");
    assertThatThrownBy(() -> TranscriptionService.builder(VoskTranscriber.builder()).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model");
  }

  @Test
  void builder_settingsThatCannotBe_refusedByName() {
    assertThatThrownBy(() -> builder().workers(0)).hasMessageContaining("workers");
    assertThatThrownBy(() -> builder().stallLimit(Duration.ZERO))
        .hasMessageContaining("stallLimit");
    assertThatThrownBy(() -> builder().loadLimit(Duration.ZERO)).hasMessageContaining("loadLimit");
    assertThatThrownBy(() -> builder().timeLimit(Duration.ofSeconds(1), Double.NaN))
        .hasMessageContaining("timesLength");
    assertThatThrownBy(() -> builder().heapBytes(1)).hasMessageContaining("heapBytes");
    assertThatThrownBy(() -> builder().residentBytes(1)).hasMessageContaining("residentBytes");
    assertThatThrownBy(() -> builder().recycleAfter(0, Duration.ofHours(1)))
        .hasMessageContaining("recordings");
  }

  /** Ten minutes, which nobody waits for. */
  private Path longCall() throws IOException {
    short[] once = TestCalls.decode(MULAW, 8_000)[0];
    short[] minutes = new short[once.length * 18];
    for (int i = 0; i < 18; i++) {
      System.arraycopy(once, 0, minutes, i * once.length, once.length);
    }
    return Files.write(folder.resolve("long.wav"), TestCalls.wav(8_000, minutes));
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings that kill their worker, with real processes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
class WorkerFaultsTest {
  @TempDir static Path shared;

  private static Path call = Path.of("");
  private static TranscriptionService service;
  private static List<TranscribedWord> words;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    call =
        TestCalls.beginning(
            TestCalls.resource("call-1006-4.mulaw.wav"), 8, shared.resolve("call.wav"));
    service = builder().workers(2).heapBytes(64 << 20).start();
    words = TestCalls.words(service.transcribe(call), 0);
  }

  @AfterAll
  static void close() throws InterruptedException {
    service.close();
    WorkerProcesses.noneIsLeft();
  }

  private static TranscriptionService.Builder builder(String... options) {
    return TranscriptionService.builder(VoskTranscriber.builder().model(TestCalls.MODEL))
        .command(FaultyWorker.command(options));
  }

  private Path call(String name) throws IOException {
    return Files.copy(call, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abort   | EARSHOT-230 | was ended by signal 6 (ABRT), and again in a second try",
        "kill    | EARSHOT-230 | was ended by signal 9 (KILL), and again in a second try",
        "segv    | EARSHOT-230 | SIGSEGV",
        "exit    | EARSHOT-230 | ended with exit status 7, and again in a second try",
        "partial | EARSHOT-230 | ended with exit status 1, and again in a second try",
        "heap    | EARSHOT-233 | used up its Java heap of 64 MB, and again in a second try",
        "garbage | EARSHOT-235 | does not keep to the protocol",
        "bug     | EARSHOT-236 | java.lang.IllegalStateException: a bug",
      })
  void transcribe_killsItsWorkerEachTime_failsAloneSayingWhy(
      String fault, String number, String reason) throws Exception {
    Path bad = call(fault + ".wav");
    List<CompletableFuture<Transcript>> good = new ArrayList<>();
    good.add(service.submit(call("a.wav")));
    CompletableFuture<Transcript> failing = service.submit(bad);
    good.add(service.submit(call("b.wav")));

    Throwable failure = catchThrowable(failing::join).getCause();

    assertThat(failure)
        .isInstanceOf(TranscriptionException.class)
        .hasMessageStartingWith(number)
        .hasMessageContaining(bad.toString())
        .hasMessageContaining(reason);
    for (CompletableFuture<Transcript> each : good) {
      assertThat(TestCalls.words(each.join(), 0)).isEqualTo(words);
    }
  }

  @Test
  void transcribe_workerDiesOnce_triedAgainAndRight() throws IOException {
    TranscriptionService.Status before = service.status();

    Transcript transcript = service.transcribe(call("once.wav"));

    assertThat(TestCalls.words(transcript, 0)).isEqualTo(words);
    assertThat(service.status().lost()).isEqualTo(before.lost() + 1);
    assertThat(service.status().done()).isEqualTo(before.done() + 1);
    assertThat(service.status().failed()).isEqualTo(before.failed());
  }

  @Test
  void transcribe_librariesPrintToStandardOutput_harmless() throws IOException {
    long lost = service.status().lost();

    Transcript transcript = service.transcribe(call("prints.wav"));

    assertThat(TestCalls.words(transcript, 0)).isEqualTo(words);
    assertThat(service.status().lost()).isEqualTo(lost);
  }

  @Test
  void transcribe_noProgress_endedAtTheLimitAndNotTriedAgain() throws IOException {
    try (TranscriptionService patient =
        builder().workers(1).stallLimit(Duration.ofSeconds(3)).start()) {
      assertThatThrownBy(() -> patient.transcribe(call("hang.wav")))
          .isInstanceOf(TranscriptionException.class)
          .hasMessageStartingWith("EARSHOT-231")
          .hasMessageContaining("no progress for 3.0 s")
          .hasMessageContaining("stallLimit");

      assertThat(TestCalls.words(patient.transcribe(call("a.wav")), 0)).isEqualTo(words);
      assertThat(patient.status().lost()).isEqualTo(1);
    }
  }

  @Test
  void transcribe_progressReportTakesLong_notTakenForAStall() throws IOException {
    try (TranscriptionService hasty =
        builder().workers(1).stallLimit(Duration.ofSeconds(3)).start()) {
      boolean[] slept = new boolean[1];

      Transcript transcript =
          hasty.transcribe(
              call("a.wav"),
              (doneMs, totalMs) -> {
                if (!slept[0]) {
                  slept[0] = true;
                  sleep(Duration.ofSeconds(4));
                }
              });

      assertThat(TestCalls.words(transcript, 0)).isEqualTo(words);
      assertThat(hasty.status().lost()).isZero();
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void transcribe_neverEnds_endedAtTheLimit() throws IOException {
    try (TranscriptionService hasty =
        builder().workers(1).timeLimit(Duration.ofSeconds(3), 0).start()) {
      assertThatThrownBy(() -> hasty.transcribe(call("endless.wav")))
          .isInstanceOf(TranscriptionException.class)
          .hasMessageStartingWith("EARSHOT-232")
          .hasMessageContaining("took longer than 3.0 s")
          .hasMessageContaining("timeLimit");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void transcribe_takesMoreAndMoreMemory_endedAtTheLimit() throws IOException {
    try (TranscriptionService small = builder().workers(1).residentBytes(700L << 20).start()) {
      assertThatThrownBy(() -> small.transcribe(call("grow.wav")))
          .isInstanceOf(TranscriptionException.class)
          .hasMessageStartingWith("EARSHOT-233")
          .hasMessageContaining("more than 700 MB")
          .hasMessageContaining("residentBytes");

      assertThat(TestCalls.words(small.transcribe(call("a.wav")), 0)).isEqualTo(words);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void transcribe_memoryDoesNotComeBack_workerReplacedBeforeTheNext() throws IOException {
    long limit = loadedBytes() + (200L << 20);
    try (TranscriptionService tight = builder().workers(1).residentBytes(limit).start()) {
      for (int i = 0; i < 4; i++) {
        assertThat(TestCalls.words(tight.transcribe(call("leak-" + i + ".wav")), 0))
            .isEqualTo(words);
      }

      assertThat(tight.status().recycled()).isPositive();
      assertThat(tight.status().lost()).isZero();
    }
  }

  private static long loadedBytes() throws IOException {
    try (TranscriptionService one = builder().workers(1).start()) {
      return SystemMemory.residentBytes(one.processes().getFirst().pid()).orElseThrow();
    }
  }

  @Test
  void cancel_workerHangs_endedAndReplaced() throws Exception {
    try (TranscriptionService one = builder().workers(1).start()) {
      CompletableFuture<Transcript> hanging = one.submit(call("hang.wav"));
      WorkerProcesses.until("it runs", () -> one.status().audio().isPositive());

      hanging.cancel(true);

      WorkerProcesses.until("it has ended", () -> one.status().running() == 0);
      assertThat(one.status().cancelled()).isEqualTo(1);
      assertThat(TestCalls.words(one.transcribe(call("a.wav")), 0)).isEqualTo(words);
    }
  }

  @Test
  void close_workersHang_returnsAndNoneIsLeft() throws Exception {
    TranscriptionService two = builder().workers(2).start();
    Set<Path> begun = ConcurrentHashMap.newKeySet();
    List<CompletableFuture<Transcript>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Path hanging = call("hang-" + i + ".wav");
      all.add(two.submit(hanging, (doneMs, totalMs) -> begun.add(hanging)));
    }
    WorkerProcesses.until("both run", () -> begun.size() == 2);
    List<ProcessHandle> processes = two.processes();

    two.close();

    assertThat(processes).hasSize(2).noneMatch(ProcessHandle::isAlive);
    assertThat(all).allMatch(CompletableFuture::isCancelled);
    assertThat(two.status().cancelled()).isEqualTo(4);
    assertThat(two.status().workers()).isZero();
  }

  @Test
  void start_workerDiesWhileLoading_fails() throws IOException {
    Path starts = Files.writeString(folder.resolve("starts"), "die\n");

    assertThatThrownBy(() -> builder("-D" + FaultyWorker.STARTS + "=" + starts).start())
        .isInstanceOf(TranscriptionException.class)
        .hasMessageStartingWith("EARSHOT-234")
        .hasMessageContaining("ended with exit status 9")
        .hasMessageContaining("inProcess()");
  }

  @Test
  void transcribe_noWorkerStartsAnyMore_allFailWithoutEndlessRestartsUntilOneDoes()
      throws Exception {
    Path starts = Files.writeString(folder.resolve("starts"), "live\n");
    try (TranscriptionService two =
        builder("-D" + FaultyWorker.STARTS + "=" + starts).workers(2).start()) {
      Files.writeString(starts, "die\n");
      WorkerProcesses.signal("KILL", two.processes().getFirst());
      WorkerProcesses.until("it is gone", () -> !two.processes().getFirst().isAlive());
      List<CompletableFuture<Transcript>> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        all.add(two.submit(call(i + ".wav")));
      }

      for (CompletableFuture<Transcript> each : all) {
        assertThatThrownBy(each::join)
            .hasCauseInstanceOf(TranscriptionException.class)
            .hasMessageContaining("EARSHOT-234");
      }

      assertThat(Files.readAllLines(starts)).hasSizeLessThan(12);
      Files.writeString(starts, "live\n");
      assertThat(TestCalls.words(two.transcribe(call("a.wav")), 0)).isEqualTo(words);
    }
  }

  @Test
  void transcribe_workerDiesWhileLoading_anotherTry() throws Exception {
    Path starts = Files.writeString(folder.resolve("starts"), "live\n");
    try (TranscriptionService one =
        builder("-D" + FaultyWorker.STARTS + "=" + starts).workers(1).start()) {
      Files.writeString(starts, "die once\n");
      WorkerProcesses.signal("KILL", one.processes().getFirst());
      WorkerProcesses.until("it is gone", () -> !one.processes().getFirst().isAlive());

      Transcript transcript = one.transcribe(call("a.wav"));

      assertThat(TestCalls.words(transcript, 0)).isEqualTo(words);
      assertThat(Files.readAllLines(starts)).hasSize(3); // the first line, and two starts
    }
  }

  @Test
  void transcribe_furtherWorkerCannotBeStarted_theOneDoesItAll() throws Exception {
    Path starts = Files.writeString(folder.resolve("starts"), "live\n");
    try (TranscriptionService two =
        builder("-D" + FaultyWorker.STARTS + "=" + starts).workers(2).start()) {
      Files.writeString(starts, "die\n");
      List<CompletableFuture<Transcript>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(two.submit(call(i + ".wav")));
      }

      for (CompletableFuture<Transcript> each : all) {
        assertThat(TestCalls.words(each.join(), 0)).isEqualTo(words);
      }

      assertThat(two.status().workers()).isEqualTo(1);
      assertThat(Files.readAllLines(starts)).hasSize(2);
    }
  }

  @Test
  void start_noSuchProgram_failsSayingSo() {
    WorkerCommand nothing = new WorkerCommand("io.earshot.NoSuchClass", List.of(), List.of());

    assertThatThrownBy(() -> builder().command(nothing).start())
        .isInstanceOf(TranscriptionException.class)
        .hasMessageStartingWith("EARSHOT-234")
        .hasMessageContaining("NoSuchClass");
  }
}

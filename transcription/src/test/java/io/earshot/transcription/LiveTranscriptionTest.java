package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.transcription.AudioChannel.Kind;
import io.earshot.transcription.AudioChannel.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real Vosk and the tiny model, but where a slow or failing one is wanted. */
class LiveTranscriptionTest {
  private static final Path MULAW = TestCalls.resource("call-1006-4.mulaw.wav");
  private static final int RATE_HZ = 8_000;
  private static final int FRAME = RATE_HZ / 50;
  private static final Duration FOREVER = Duration.ofHours(1);

  private static VoskTranscriber transcriber;
  private static Transcript recorded;
  private static short[][] call;

  @TempDir Path folder;

  private final FakeVosk vosk = new FakeVosk();

  @BeforeAll
  static void open() throws IOException {
    transcriber = VoskTranscriber.open(TestCalls.MODEL);
    recorded = transcriber.transcribe(MULAW);
    call = TestCalls.decode(MULAW, RATE_HZ);
  }

  @AfterAll
  static void close() {
    transcriber.close();
  }

  @Test
  void finish_legsSentApart_sameAsTheRecordings() throws IOException {
    try (LiveTranscription live = live().open()) {
      send(live, call, RATE_HZ);
      Transcript transcript = live.finish();

      TestCalls.assertSameWords(transcript, recorded);
      assertThat(transcript.channels()).isEqualTo(recorded.channels());
      assertThat(transcript.durationMs()).isEqualTo(recorded.durationMs());
      assertThat(transcript.coverage()).isCloseTo(recorded.coverage(), within(0.05));
      assertThat(transcript.rolesGuessed()).isTrue();
      assertThat(transcript.source()).isEqualTo("call-17");
      assertThat(transcript.model()).isEqualTo(recorded.model());
      assertThat(transcript.version()).isEqualTo(recorded.version());
      assertThat(transcript.incomplete()).isFalse();
      assertThat(transcript.warnings()).isEmpty();
    }
  }

  @Test
  void finish_interleavedMp3_wordsOfTheRecording() throws IOException {
    Path mp3 = TestCalls.resource("call-1005-1.mp3");
    short[][] legs = TestCalls.decode(mp3, 16_000);

    try (LiveTranscription live = live().sampleRateHz(16_000).open()) {
      for (int from = 0; from < legs[0].length; from += 320) {
        int length = Math.min(320, legs[0].length - from);
        short[] interleaved = new short[2 * length];
        for (int i = 0; i < length; i++) {
          interleaved[2 * i] = legs[0][from + i];
          interleaved[2 * i + 1] = legs[1][from + i];
        }
        assertThat(live.send(interleaved, 2 * length)).isTrue();
      }
      TestCalls.assertSameWords(live.finish(), transcriber.transcribe(mp3));
    }
  }

  @Test
  void finish_opusLeaksBetweenChannels_nearlyTheWordsOfTheRecording() throws IOException {
    Path opus = TestCalls.resource("call-1006-4.ogg");
    short[][] legs = TestCalls.decode(opus, 16_000);

    try (LiveTranscription live = live().sampleRateHz(16_000).open()) {
      send(live, legs, 16_000);

      WordErrorRate difference = difference(live.finish(), transcriber.transcribe(opus));
      assertThat(difference.rate()).isLessThan(0.025); // a word or two where copies begin and end
    }
  }

  @Test
  void finish_oneChannelAtAnOddRate_sameAsTheRecordings() throws IOException {
    short[][] mono = {TestCalls.decode(MULAW, 44_100)[0]};
    Path wav = Files.write(folder.resolve("odd.wav"), TestCalls.wav(44_100, mono[0]));

    try (LiveTranscription live = live().channels(1).sampleRateHz(44_100).open()) {
      send(live, mono, 44_100);
      Transcript transcript = live.finish();

      Transcript same = transcriber.transcribe(wav);
      assertThat(transcript.utterances()).isNotEmpty().isEqualTo(same.utterances());
      assertThat(transcript.durationMs()).isEqualTo(same.durationMs());
    }
  }

  @Test
  void listener_call_utterancesInOrderAndPartialsBeforeThem() throws IOException {
    List<String> events = new ArrayList<>();
    List<Utterance> utterances = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    LiveListener listener =
        new LiveListener() {
          @Override
          public void partial(int channel, String text, long atMs) {
            threads.add(Thread.currentThread());
            events.add(channel + ": " + text);
          }

          @Override
          public void utterance(Utterance utterance) {
            threads.add(Thread.currentThread());
            events.add(utterance.channel() + "! " + utterance.text());
            utterances.add(utterance);
          }
        };

    try (LiveTranscription live = live().listener(listener).open()) {
      send(live, call, RATE_HZ);
      Transcript transcript = live.finish();

      assertThat(utterances)
          .extracting(Utterance::words)
          .containsExactlyInAnyOrderElementsOf(
              transcript.utterances().stream().map(Utterance::words).toList());
      assertThat(utterances).allMatch(each -> each.role() == SpeakerRole.UNKNOWN);
    }

    assertThat(events)
        .containsSubsequence(
            "1: hello",
            "0: good evening",
            "1! hello",
            "0: good evening is that",
            "0! good evening is that samuel price",
            "1! yes who is this");
    assertThat(threads).containsOnly(threads.getFirst()).doesNotContain(Thread.currentThread());
  }

  @Test
  void listener_wordWasSaid_isInAPartialSoonByTheCallsTime() throws IOException {
    long[] heardAtMs = {0};
    LiveListener listener =
        new LiveListener() {
          @Override
          public void partial(int channel, String text, long atMs) {
            if (channel == 0 && heardAtMs[0] == 0 && text.startsWith("good evening is that")) {
              heardAtMs[0] = atMs;
            }
          }
        };

    try (LiveTranscription live = live().listener(listener).open()) {
      send(live, call, RATE_HZ);
      live.finish();
    }

    long endMs = TestCalls.words(recorded, 0).get(3).endMs();
    assertThat(heardAtMs[0]).isBetween(endMs - 300, endMs + 500); // it was 200 more
  }

  @Test
  void listener_agentsChannelConfigured_rolesInUtterances() throws IOException {
    List<SpeakerRole> roles = new ArrayList<>();
    vosk.finalResult = FakeVosk.word("hello", 0.1, 0.4);
    try (VoskTranscriber fake = fake().agentChannel(1).open();
        LiveTranscription live = fake.live("call-17").listener(noting(roles)).open()) {
      send(live, new short[2][RATE_HZ], RATE_HZ);
      live.finish();

      assertThat(roles).containsExactly(SpeakerRole.CUSTOMER, SpeakerRole.AGENT);
    }
  }

  private static LiveListener noting(List<SpeakerRole> roles) {
    return new LiveListener() {
      @Override
      public void utterance(Utterance utterance) {
        roles.add(utterance.role());
      }
    };
  }

  @Test
  void listener_throws_endsTheTranscriptionWithThatCause() throws IOException {
    LiveListener listener =
        new LiveListener() {
          @Override
          public void partial(int channel, String text, long atMs) {
            throw new IllegalArgumentException("no screen");
          }
        };

    LiveTranscription live = live().listener(listener).open();

    assertThatThrownBy(
            () -> {
              send(live, call, RATE_HZ);
              live.finish();
            })
        .hasMessageStartingWith("EARSHOT-253: the live transcription of call-17 ended at ")
        .hasMessageContaining("no screen")
        .hasRootCauseMessage("no screen");
    assertThatThrownBy(live::finish).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> live.send(0, new short[1], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no screen");
    live.close();
  }

  @Test
  void listener_finishesOrClosesTheTranscriber_refusedAndTheCallGoesOn() throws IOException {
    List<String> refused = new ArrayList<>();
    LiveTranscription[] self = new LiveTranscription[1];
    LiveListener listener =
        new LiveListener() {
          @Override
          public void utterance(Utterance utterance) {
            assertThatThrownBy(() -> self[0].finish())
                .isInstanceOf(IllegalStateException.class)
                .satisfies(e -> refused.add(e.getMessage().substring(0, 11)));
            assertThatThrownBy(transcriber::close)
                .isInstanceOf(IllegalStateException.class)
                .satisfies(e -> refused.add(e.getMessage().substring(0, 11)));
          }
        };

    try (LiveTranscription live = live().listener(listener).open()) {
      self[0] = live;
      send(live, head(call, 4), RATE_HZ);
      live.finish();
    }

    assertThat(refused).startsWith("EARSHOT-252", "EARSHOT-209");
  }

  @Test
  void listener_closes_endsWithoutTranscript() throws Exception {
    LiveTranscription[] self = new LiveTranscription[1];
    CountDownLatch closed = new CountDownLatch(1);
    LiveListener listener =
        new LiveListener() {
          @Override
          public void partial(int channel, String text, long atMs) {
            self[0].close();
            closed.countDown();
          }
        };

    try (LiveTranscription live = live().buffer(FOREVER).listener(listener).open()) {
      self[0] = live;
      assertThatThrownBy(
              () -> {
                send(live, call, RATE_HZ);
                live.finish();
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("EARSHOT-251: the live transcription of call-17 is closed");
      closed.await();
    }
  }

  @Test
  void send_recognitionStuck_restIsLostAndTheTranscriptSaysSo() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    vosk.onAccept = () -> await(goOn);
    try (VoskTranscriber fake = fake().open();
        LiveTranscription live =
            fake.live("call-17").buffer(Duration.ofSeconds(1)).longestWait(Duration.ZERO).open()) {
      int taken = 0;
      for (int i = 0; i < 150; i++) { // 3 s
        boolean first = live.send(0, new short[FRAME], FRAME);
        boolean second = live.send(1, new short[FRAME], FRAME);
        assertThat(second).isEqualTo(first);
        taken += first ? 1 : 0;
      }
      assertThat(taken).isEqualTo(50);
      assertThat(live.lagMs()).isBetween(2_900L, 3_000L);

      goOn.countDown();
      while (!live.send(0, new short[FRAME], FRAME)) {
        Thread.onSpinWait();
      }
      live.send(1, new short[FRAME], FRAME);
      Transcript transcript = live.finish();

      assertThat(transcript.incomplete()).isTrue();
      assertThat(transcript.warnings().getFirst())
          .startsWith("EARSHOT-250: ")
          .contains("of the audio of call-17 is lost, the first at 1.0 s");
      assertThat(transcript.durationMs()).isGreaterThanOrEqualTo(3_020);
      assertThat(transcript.audioChannels())
          .allSatisfy(
              channel ->
                  assertThat(channel.stretches())
                      .singleElement()
                      .satisfies(
                          stretch -> {
                            assertThat(stretch.kind()).isEqualTo(Kind.MISSING);
                            assertThat(stretch.startMs()).isEqualTo(1_000);
                            assertThat(stretch.endMs()).isGreaterThanOrEqualTo(3_000);
                          }));
      assertThat(live.lagMs()).isZero();
    }
  }

  @Test
  void send_moreThanTheBufferHolds_waitsForRoom() throws IOException {
    try (VoskTranscriber fake = fake().open();
        LiveTranscription live =
            fake.live("call-17")
                .channels(1)
                .buffer(Duration.ofMillis(100))
                .longestWait(FOREVER)
                .open()) {
      assertThat(live.send(new short[10 * RATE_HZ], 10 * RATE_HZ)).isTrue();

      assertThat(live.finish().durationMs()).isEqualTo(10_000);
    }
  }

  @Test
  void send_interruptedWhileItWaits_lostAndStillInterrupted() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    vosk.onAccept = () -> await(goOn);
    try (VoskTranscriber fake = fake().open();
        LiveTranscription live = fake.live("call-17").longestWait(FOREVER).channels(1).open()) {
      Thread.currentThread().interrupt();

      assertThat(live.send(new short[6 * RATE_HZ], 6 * RATE_HZ)).isFalse();

      assertThat(Thread.interrupted()).isTrue();
      goOn.countDown();
      assertThat(live.finish().incomplete()).isTrue();
    }
  }

  @Test
  void send_oneLegSilent_theOtherIsHeardAllTheSame() throws IOException {
    try (LiveTranscription live = live().open()) {
      for (int from = 0; from < call[0].length; from += FRAME) {
        live.send(0, Arrays.copyOfRange(call[0], from, from + FRAME), FRAME);
      }
      Transcript transcript = live.finish();

      assertThat(TestCalls.heard(transcript, 0)).isEqualTo(TestCalls.heard(recorded, 0));
      assertThat(TestCalls.heard(transcript, 1)).isEmpty();
      assertThat(transcript.audioChannels().get(1).stretches())
          .containsExactly(new Stretch(0, transcript.durationMs(), Kind.MISSING));
      assertThat(transcript.warnings()).singleElement().asString().startsWith("EARSHOT-240");
      assertThat(transcript.incomplete()).isFalse();
    }
  }

  @Test
  void send_afterFinish_refusedAndFinishingAgainGivesTheSame() throws IOException {
    LiveTranscription live = live().open();
    send(live, head(call, 2), RATE_HZ);
    Transcript transcript = live.finish();

    assertThat(live.finish()).isSameAs(transcript);
    assertThatThrownBy(() -> live.send(0, new short[1], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("EARSHOT-251: the live transcription of call-17 is finished; open another.");
    live.close();
    live.close();
    assertThat(live.finish()).isSameAs(transcript);
  }

  @Test
  void finish_nothingSent_emptyTranscript() throws IOException {
    try (LiveTranscription live = live().open()) {
      Transcript transcript = live.finish();

      assertThat(transcript.utterances()).isEmpty();
      assertThat(transcript.durationMs()).isZero();
      assertThat(transcript.channels()).isEqualTo(2);
    }
  }

  @Test
  void close_whileFramesAreDecoded_nativeMemoryFreedAndNoCrash() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 20; i++) {
        LiveTranscription live = live().open();
        CountDownLatch sending = new CountDownLatch(1);
        Future<?> sender =
            threads.submit(
                () -> {
                  sending.countDown();
                  send(live, call, RATE_HZ);
                  return null;
                });
        sending.await();
        Future<?> other = threads.submit(live::close);
        live.close();
        other.get();
        assertThatThrownBy(sender::get)
            .hasMessageContaining("EARSHOT-251: the live transcription of call-17 is closed");
      }
    }
    assertThat(transcriber.transcribe(MULAW)).isEqualTo(recorded);
  }

  @Test
  void close_unfinished_everythingFreed() throws Exception {
    CountDownLatch decoding = new CountDownLatch(1);
    vosk.onAccept = decoding::countDown;
    try (VoskTranscriber fake = fake().open()) {
      LiveTranscription live = fake.live("call-17").open();
      send(live, new short[2][RATE_HZ], RATE_HZ);
      decoding.await();

      live.close();

      assertThat(vosk.made).isPositive();
      assertThat(vosk.freed).isEqualTo(vosk.made);
      assertThatThrownBy(live::finish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("EARSHOT-251");
    }
  }

  @Test
  void send_nativeDecodingFails_toldWithTheCause() throws IOException {
    vosk.outcome = -1;
    try (VoskTranscriber fake = fake().open();
        LiveTranscription live = fake.live("call-17").buffer(FOREVER).open()) {
      assertThatThrownBy(
              () -> {
                send(live, new short[2][RATE_HZ], RATE_HZ);
                live.finish();
              })
          .hasMessageStartingWith("EARSHOT-253")
          .hasRootCauseInstanceOf(SpeechModelException.class);
      assertThat(vosk.freed).isEqualTo(vosk.made);
    }
  }

  @Test
  void closeTranscriber_liveCallGoesOn_waitsForItsEnd() throws Exception {
    VoskTranscriber own = VoskTranscriber.open(TestCalls.MODEL);
    LiveTranscription live = own.live("call-17").longestWait(FOREVER).open();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> closing = threads.submit(own::close);
      send(live, call, RATE_HZ);

      assertThat(closing.isDone()).isFalse();
      assertThat(live.finish().utterances()).isEqualTo(recorded.utterances());
      closing.get();
    }
    assertThatThrownBy(() -> own.live("call-18").open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("EARSHOT-208");
  }

  @Test
  void builder_impossibleValues_refused() {
    LiveTranscription.Builder builder = transcriber.live("call-17");

    assertThatThrownBy(() -> builder.sampleRateHz(7_999)).hasMessageContaining("8000, 48000");
    assertThatThrownBy(() -> builder.channels(9)).hasMessageContaining("[1, 8], got 9");
    assertThatThrownBy(() -> builder.buffer(Duration.ZERO)).hasMessageContaining("buffer");
    assertThatThrownBy(() -> builder.longestWait(Duration.ofMillis(-1)))
        .hasMessageContaining("longestWait");
    assertThatThrownBy(() -> builder.longestLead(FOREVER)).hasMessageContaining("longestLead");
  }

  @Test
  void send_impossibleValues_refused() throws IOException {
    try (LiveTranscription live = live().open()) {
      assertThatThrownBy(() -> live.send(2, new short[1], 1)).hasMessageContaining("got 2");
      assertThatThrownBy(() -> live.send(0, new short[1], 2)).hasMessageContaining("got 2");
      assertThatThrownBy(() -> live.send(new short[3], 3))
          .hasMessageContaining("multiple of the 2");
      assertThat(live.send(0, new short[0], 0)).isTrue();
    }
  }

  private static LiveTranscription.Builder live() {
    return transcriber.live("call-17").longestWait(FOREVER);
  }

  private VoskTranscriber.Builder fake() {
    return VoskTranscriber.builder().model(TestCalls.MODEL).skipSilence(false).vosk(vosk);
  }

  /** Sends 20 ms of each leg in turn. */
  private static void send(LiveTranscription live, short[][] legs, int sampleRateHz) {
    int frame = sampleRateHz / 50;
    for (int from = 0; from < legs[0].length; from += frame) {
      int length = Math.min(frame, legs[0].length - from);
      for (int i = 0; i < legs.length; i++) {
        live.send(i, Arrays.copyOfRange(legs[i], from, from + length), length);
      }
    }
  }

  private static short[][] head(short[][] legs, int seconds) {
    short[][] head = new short[legs.length][];
    for (int i = 0; i < legs.length; i++) {
      head[i] = Arrays.copyOf(legs[i], seconds * RATE_HZ);
    }
    return head;
  }

  private static WordErrorRate difference(Transcript live, Transcript recording) {
    return WordErrorRate.of(TestCalls.heard(recording, 0), TestCalls.heard(live, 0))
        .plus(WordErrorRate.of(TestCalls.heard(recording, 1), TestCalls.heard(live, 1)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

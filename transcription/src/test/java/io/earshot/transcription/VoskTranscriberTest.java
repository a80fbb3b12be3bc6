package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.written.WrittenForm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real Vosk and the tiny model. */
class VoskTranscriberTest {
  private static final Path MULAW = TestCalls.resource("call-1006-4.mulaw.wav");

  private static VoskTranscriber transcriber;
  private static Transcript ofMulaw;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws IOException {
    transcriber = VoskTranscriber.open(TestCalls.MODEL);
    ofMulaw = transcriber.transcribe(MULAW);
  }

  @AfterAll
  static void close() {
    transcriber.close();
  }

  @Test
  void transcribe_twoChannelCall_eachSpeakersWordsAtTheirTimes() throws IOException {
    List<TestCalls.Segment> reference = TestCalls.reference(MULAW);

    assertThat(TestCalls.errors(reference, ofMulaw).rate()).isLessThan(0.06);
    List<Long> timeErrors = TestCalls.timeErrors(reference, ofMulaw);
    assertThat(timeErrors).hasSizeGreaterThan(5);
    assertThat(TestCalls.median(timeErrors)).isLessThan(100);
    assertThat(timeErrors.getLast()).isLessThan(150);
  }

  @Test
  void transcribe_twoChannelCall_describedInTheTranscript() {
    assertThat(ofMulaw.source()).isEqualTo(MULAW.toString());
    assertThat(ofMulaw.engine()).isEqualTo("vosk");
    assertThat(ofMulaw.model()).isEqualTo("vosk-model-tiny-en-callcentre");
    assertThat(ofMulaw.version()).isEqualTo(transcriber.version());
    assertThat(ofMulaw.durationMs()).isEqualTo(34_333);
    assertThat(ofMulaw.channels()).isEqualTo(2);
    assertThat(ofMulaw.coverage()).isBetween(0.9, 1.0);
    assertThat(ofMulaw.incomplete()).isFalse();
    assertThat(ofMulaw.warnings()).isEmpty();
    assertThat(ofMulaw.utterances())
        .isSortedAccordingTo(Comparator.comparingLong(Utterance::startMs))
        .allSatisfy(
            utterance ->
                assertThat(utterance.role())
                    .isEqualTo(
                        utterance.channel() == 0 ? SpeakerRole.AGENT : SpeakerRole.CUSTOMER));
  }

  @Test
  void transcribe_opusLeaksBetweenChannels_stillEachSpeakersOwnWords() throws IOException {
    Path opus = TestCalls.resource("call-1006-4.ogg");

    Transcript transcript = transcriber.transcribe(opus);

    assertThat(TestCalls.errors(TestCalls.reference(opus), transcript).rate()).isLessThan(0.15);
    for (int channel = 0; channel < 2; channel++) {
      WordErrorRate difference =
          WordErrorRate.of(TestCalls.heard(ofMulaw, channel), TestCalls.heard(transcript, channel));
      assertThat(difference.rate()).isLessThan(0.15); // it was 1 before leaks were silenced
    }
  }

  @Test
  void transcribe_mp3_wordsAtTheirTimes() throws IOException {
    Path mp3 = TestCalls.resource("call-1005-1.mp3");

    Transcript transcript = transcriber.transcribe(mp3);

    List<Long> timeErrors = TestCalls.timeErrors(TestCalls.reference(mp3), transcript);
    assertThat(timeErrors).hasSizeGreaterThan(5);
    assertThat(TestCalls.median(timeErrors)).isLessThan(100);
  }

  @Test
  void transcribe_oneChannel_roleUnknown() throws IOException {
    short[] agent = TestCalls.decode(MULAW, 8_000)[0];
    Path mono = write("mono.wav", TestCalls.wav(8_000, agent));

    Transcript transcript = transcriber.transcribe(mono);

    assertThat(transcript.channels()).isEqualTo(1);
    assertThat(transcript.utterances())
        .isNotEmpty()
        .allMatch(utterance -> utterance.role() == SpeakerRole.UNKNOWN);
    assertThat(TestCalls.heard(transcript, 0)).isEqualTo(TestCalls.heard(ofMulaw, 0));
  }

  @Test
  void transcribe_monoMadeStereo_transcribedOnceAndNobodysRoleGuessed() throws IOException {
    short[] agent = TestCalls.decode(MULAW, 8_000)[0];
    Path file = write("upmixed.wav", TestCalls.wav(8_000, agent, agent));

    Transcript transcript = transcriber.transcribe(file);

    assertThat(TestCalls.heard(transcript, 0)).isEqualTo(TestCalls.heard(ofMulaw, 0));
    assertThat(TestCalls.heard(transcript, 1)).isEmpty();
    assertThat(transcript.audioChannels())
        .extracting(AudioChannel::state)
        .containsExactly(AudioChannel.State.SPEECH, AudioChannel.State.COPY);
    assertThat(transcript.utterances()).allMatch(each -> each.role() == SpeakerRole.UNKNOWN);
    assertThat(transcript.rolesGuessed()).isFalse();
    assertThat(transcript.warnings()).singleElement().asString().startsWith("EARSHOT-241: ");
  }

  @Test
  void transcribe_channelNotRecorded_toldSo() throws IOException {
    short[] customer = TestCalls.decode(MULAW, 8_000)[1];
    Path file = write("half.wav", TestCalls.wav(8_000, new short[customer.length], customer));

    Transcript transcript = transcriber.transcribe(file);

    assertThat(TestCalls.heard(transcript, 1)).isEqualTo(TestCalls.heard(ofMulaw, 1));
    assertThat(transcript.audioChannels().getFirst().state()).isEqualTo(AudioChannel.State.SILENT);
    assertThat(transcript.warnings()).singleElement().asString().startsWith("EARSHOT-240: ");
  }

  @Test
  void transcribe_toneNoiseAndMusicOnly_nothingHeard() throws IOException {
    short[] ringing = SteadySoundTest.tones(8_000, 6, 440, 480);
    short[] music = SteadySoundTest.chords(8_000, 6);
    Path file = write("waiting.wav", TestCalls.wav(8_000, ringing, music));

    Transcript transcript = transcriber.transcribe(file);

    assertThat(transcript.audioChannels().getFirst().stretches())
        .singleElement()
        .satisfies(
            stretch -> {
              assertThat(stretch.kind()).isEqualTo(AudioChannel.Kind.TONE);
              assertThat(stretch.startMs()).isLessThan(100);
              assertThat(stretch.endMs()).isGreaterThan(5_900);
            });
    assertThat(TestCalls.heard(transcript, 0)).isEmpty();
  }

  @Test
  void transcribe_channelsTheOtherWayRound_rolesGuessedByWhatIsSaid() throws IOException {
    short[][] call = TestCalls.decode(MULAW, 8_000);
    Path file = write("swapped.wav", TestCalls.wav(8_000, call[1], call[0]));

    Transcript transcript = transcriber.transcribe(file);

    assertThat(transcript.rolesGuessed()).isTrue();
    assertThat(transcript.utterances())
        .allMatch(
            each ->
                each.role() == (each.channel() == 1 ? SpeakerRole.AGENT : SpeakerRole.CUSTOMER));
  }

  @Test
  void transcribe_agentChannelConfigured_noGuess() throws IOException {
    try (VoskTranscriber configured =
        VoskTranscriber.builder().model(TestCalls.MODEL).agentChannel(1).open()) {
      Transcript transcript = configured.transcribe(MULAW);

      assertThat(transcript.rolesGuessed()).isFalse();
      assertThat(transcript.utterances())
          .allMatch(
              each ->
                  each.role() == (each.channel() == 1 ? SpeakerRole.AGENT : SpeakerRole.CUSTOMER));
    }
  }

  @Test
  void transcribe_speakerModelAndOneChannel_voicesToldApart() throws IOException {
    FakeVosk vosk = new FakeVosk();
    vosk.outcome = 1;
    vosk.results.add(
        "{\"alternatives\":[{\"result\":[{\"start\":0,\"end\":0.1,\"word\":\"hello\"}],\"confidence\":9}],\"spk\":[1.0,0.0],\"spk_frames\":90}");
    vosk.results.add(
        "{\"alternatives\":[{\"result\":[{\"start\":0.2,\"end\":0.3,\"word\":\"hi\"}],\"confidence\":9}],\"spk\":[0.0,1.0],\"spk_frames\":90}");
    Path mono = write("mono.wav", TestCalls.wav(8_000, new short[3_200]));
    Path voices = folder.resolve("vosk-model-spk");
    TestModels.writeSpeaker(voices);

    try (VoskTranscriber fake =
        VoskTranscriber.builder()
            .model(TestCalls.MODEL)
            .speakerModel(voices)
            .skipSilence(false)
            .vosk(vosk)
            .open()) {
      Transcript transcript = fake.transcribe(mono);

      assertThat(transcript.utterances()).extracting(Utterance::speaker).containsExactly(0, 1);
      assertThat(transcript.utterances()).allMatch(each -> each.role() == SpeakerRole.UNKNOWN);
    }
    assertThat(vosk.speakerModels).isEqualTo(1);
    assertThat(vosk.speakerModelsFreed).isEqualTo(1);
  }

  @Test
  void transcribe_silence_noUtteranceAndFullCoverage() throws IOException {
    Path silence = write("silence.wav", TestCalls.wav(8_000, new short[16_000]));

    Transcript transcript = transcriber.transcribe(silence);

    assertThat(transcript.utterances()).isEmpty();
    assertThat(transcript.coverage()).isEqualTo(1);
    assertThat(transcript.durationMs()).isEqualTo(2_000);
  }

  @Test
  void transcribe_cutShort_firstPartAndMarked() throws IOException {
    byte[] whole = Files.readAllBytes(MULAW);
    Path cut = write("cut.wav", Arrays.copyOf(whole, whole.length / 3));

    Transcript transcript = transcriber.transcribe(cut);

    assertThat(transcript.incomplete()).isTrue();
    assertThat(transcript.warnings()).singleElement().asString().contains("cut short", "11.4 s");
    assertThat(TestCalls.heard(transcript, 0)).startsWith("good", "evening", "is", "that");
    assertThat(transcript.durationMs()).isCloseTo(11_440, within(50L));
  }

  @Test
  void transcribe_writtenForms_readableTextAndWordsAsHeard() throws IOException {
    try (VoskTranscriber upper =
        VoskTranscriber.builder()
            .model(TestCalls.MODEL)
            .writtenForms(
                words -> List.of(new WrittenForm(words.size() + " WORDS", 0, words.size() - 1)))
            .open()) {
      Transcript transcript = upper.transcribe(MULAW);

      assertThat(transcript.utterances())
          .allSatisfy(
              utterance ->
                  assertThat(utterance.text())
                      .isEqualTo(
                          utterance.words().stream()
                                  .filter(word -> !word.text().equals("[unk]"))
                                  .count()
                              + " WORDS"));
    }
  }

  @Test
  void transcribe_unknownWord_keptAmongTheWordsOnly() throws IOException {
    FakeVosk vosk = new FakeVosk();
    vosk.finalResult =
        "{\"result\":[{\"start\":0,\"end\":0.3,\"word\":\"hello\"},"
            + "{\"start\":0.3,\"end\":0.6,\"word\":\"[unk]\"},"
            + "{\"start\":0.6,\"end\":0.9,\"word\":\"kevin\"}]}";
    Path mono = write("mono.wav", TestCalls.wav(8_000, new short[8_000]));

    try (VoskTranscriber fake =
        VoskTranscriber.builder().model(TestCalls.MODEL).skipSilence(false).vosk(vosk).open()) {
      Transcript transcript = fake.transcribe(mono);

      assertThat(transcript.utterances()).hasSize(1);
      assertThat(transcript.utterances().getFirst().text()).isEqualTo("hello kevin");
      assertThat(transcript.utterances().getFirst().words()).hasSize(3);
      assertThat(transcript.coverage()).isCloseTo(2 / 3.0, within(1e-9));
    }
  }

  @Test
  void transcribe_nativeDecodingFails_errorAndEverythingFreed() throws IOException {
    FakeVosk vosk = new FakeVosk();
    vosk.outcome = -1;
    VoskTranscriber fake = VoskTranscriber.builder().model(TestCalls.MODEL).vosk(vosk).open();

    assertThatThrownBy(() -> fake.transcribe(MULAW)).isInstanceOf(SpeechModelException.class);
    fake.close();
    fake.close();

    assertThat(vosk.freed).isEqualTo(vosk.made);
    assertThat(vosk.modelsFreed).isEqualTo(1);
  }

  @Test
  void transcribe_interrupted_numberedErrorAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> transcriber.transcribe(MULAW))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("EARSHOT-238: the transcription of " + MULAW + " was interrupted.");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void transcribe_headerContradictsItself_warning() throws IOException {
    byte[] wav = TestCalls.wav(8_000, new short[8_000]);
    wav[22] = 2; // channels, and the bytes a second are still those of one
    Path file = write("stereo.wav", wav);

    assertThat(transcriber.transcribe(file).warnings())
        .contains(
            "EARSHOT-215: the header of "
                + file
                + " contradicts itself: 8000 Hz, 16 bits and channels: 2 take 32000 bytes a second,"
                + " and it says 16000. If the transcript makes no sense, mend the header.");
  }

  @Test
  void transcribe_afterOthers_sameAsByANewTranscriber() throws IOException {
    Transcript before = transcriber.transcribe(MULAW);
    transcriber.transcribe(write("silence.wav", TestCalls.wav(8_000, new short[16_000])));

    Transcript after = transcriber.transcribe(MULAW);

    try (VoskTranscriber other = VoskTranscriber.open(TestCalls.MODEL)) {
      TestCalls.assertHeardTheSame(after, other.transcribe(MULAW));
    }
    TestCalls.assertHeardTheSame(after, before);
  }

  @Test
  void transcribe_severalAtOnce_sameAsOneByOne() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Transcript>> running = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        running.add(threads.submit(() -> transcriber.transcribe(MULAW)));
      }

      for (Future<Transcript> transcript : running) {
        TestCalls.assertHeardTheSame(transcript.get(), ofMulaw);
      }
    }
  }

  @Test
  void transcribe_progress_risesToTheWhole() throws IOException {
    Path mono = write("short.wav", TestCalls.wav(8_000, new short[24_000]));
    List<Long> done = Collections.synchronizedList(new ArrayList<>());

    transcriber.transcribe(
        mono,
        (doneMs, totalMs) -> {
          assertThat(totalMs).isEqualTo(3_000);
          done.add(doneMs);
        });

    assertThat(done).isSorted().last().isEqualTo(3_000L);
  }

  @Test
  void transcribe_progressThrows_reachesTheCallerAndTheNextOneWorks() throws IOException {
    Path mono = write("short.wav", TestCalls.wav(8_000, new short[24_000]));

    assertThatThrownBy(
            () ->
                transcriber.transcribe(
                    mono,
                    (doneMs, totalMs) -> {
                      throw new IllegalArgumentException("enough");
                    }))
        .hasMessage("enough");

    assertThat(transcriber.transcribe(mono).durationMs()).isEqualTo(3_000);
  }

  @Test
  void close_whileTranscribing_waitsForIt() throws Exception {
    VoskTranscriber own = VoskTranscriber.open(TestCalls.MODEL);
    CountDownLatch started = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Transcript> running =
          threads.submit(() -> own.transcribe(MULAW, (doneMs, totalMs) -> started.countDown()));
      started.await();

      own.close();

      assertThat(running.get()).isEqualTo(ofMulaw);
    }
  }

  @Test
  void close_fromProgress_refused() throws IOException {
    Path mono = write("short.wav", TestCalls.wav(8_000, new short[24_000]));

    assertThatThrownBy(() -> transcriber.transcribe(mono, (doneMs, totalMs) -> transcriber.close()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("EARSHOT-209");
  }

  @Test
  void transcribe_afterClose_refusedAndClosingTwiceHarmless() throws IOException {
    VoskTranscriber own = VoskTranscriber.open(TestCalls.MODEL);

    own.close();
    own.close();

    assertThatThrownBy(() -> own.transcribe(MULAW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("EARSHOT-208");
  }

  @Test
  void open_damagedModel_exceptionAndNoCrash() throws IOException {
    Path copy = folder.resolve("model");
    TestModels.copy(TestCalls.MODEL, copy);
    Path network = copy.resolve("am/final.mdl");
    Files.write(network, Arrays.copyOf(Files.readAllBytes(network), 100_000));

    assertThatThrownBy(() -> VoskTranscriber.open(copy))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-207: Vosk cannot load the model in " + copy);
  }

  @Test
  void open_noModelGiven_refused() {
    assertThatThrownBy(() -> VoskTranscriber.builder().open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model");
  }

  @Test
  void version_constant_isTheBuilds() throws IOException {
    String build = Files.readString(Path.of(System.getProperty("earshot.home"), "pom.xml"));

    assertThat(build).contains("<vosk.version>" + transcriber.version() + "</vosk.version>");
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}

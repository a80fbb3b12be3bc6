package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same call in every format that phone systems and mails hold. How the recordings were made is
 * in {@code src/test/formats/make.sh}.
 */
class FormatsTest {
  private static final int RATE_HZ = 16_000;
  private static final Path FOLDER = TestCalls.resource("formats");

  /** Codecs that are known to cost words; they are judged together. */
  private static final List<String> TELEPHONE =
      List.of(
          "call.gsm",
          "call.gsm.wav",
          "call.ima.wav",
          "call.ms.wav",
          "call.amr",
          "call.3gp",
          "call.awb",
          "call.low.mp3");

  private static final List<String> SAID =
      List.of(
          ("i'm driving at the moment can you call me back tomorrow at five thirty"
                  + " of course i'll call you back on saturday at five thirty")
              .split(" ", -1));

  @TempDir private static Path folder;
  private static VoskTranscriber transcriber;
  private static final Map<Path, Transcript> TRANSCRIPTS = new HashMap<>();

  @BeforeAll
  static void open() throws IOException {
    transcriber = VoskTranscriber.open(TestCalls.MODEL);
  }

  @AfterAll
  static void close() {
    transcriber.close();
  }

  static List<Path> calls() throws IOException {
    return files("call.");
  }

  static List<Path> telephone() {
    return TELEPHONE.stream().map(FOLDER::resolve).toList();
  }

  static List<Path> otherCalls() throws IOException {
    return files("call.").stream()
        .filter(file -> !TELEPHONE.contains(file.getFileName().toString()))
        .toList();
  }

  static List<Path> shorts() throws IOException {
    return files("short.");
  }

  @ParameterizedTest
  @MethodSource("otherCalls")
  void transcribe_anyFormat_sameWordsAsPcmWithin30Ms(Path file) throws IOException {
    Transcript transcript = transcriber.transcribe(file);
    Transcript pcm = once(pcm(transcript.channels()));

    assertThat(transcript.warnings()).isEmpty();
    assertThat(transcript.incomplete()).isFalse();
    for (int channel = 0; channel < transcript.channels(); channel++) {
      assertThat(TestCalls.heard(transcript, channel)).isEqualTo(TestCalls.heard(pcm, channel));
      assertTimesWithin30Ms(
          TestCalls.words(transcript, channel), TestCalls.words(pcm, channel), file);
    }
  }

  @ParameterizedTest
  @MethodSource("shorts")
  void transcribe_uncompressedFormat_sameWordsAsPcmWithin30Ms(Path file) throws IOException {
    Transcript transcript = transcriber.transcribe(file);
    Transcript pcm = once(FOLDER.resolve("short.s16le.wav"));

    assertThat(transcript.warnings()).isEmpty();
    assertThat(TestCalls.heard(transcript, 0)).containsExactly("yes", "who", "is", "this");
    assertTimesWithin30Ms(TestCalls.words(transcript, 0), TestCalls.words(pcm, 0), file);
  }

  @Test
  void transcribe_telephoneCodecs_wordErrorRateWithinTwoPointsOfPcm() throws IOException {
    Transcript pcm = once(pcm(1));
    WordErrorRate errors = WordErrorRate.NONE;

    for (Path file : telephone()) {
      Transcript transcript = transcriber.transcribe(file);
      assertThat(transcript.warnings()).as("%s", file).isEmpty();
      WordErrorRate ofFile = WordErrorRate.of(SAID, TestCalls.heard(transcript, 0));
      if (ofFile.rate() == 0) {
        assertTimesWithin30Ms(TestCalls.words(transcript, 0), TestCalls.words(pcm, 0), file);
      }
      errors = errors.plus(ofFile);
    }

    double ofPcm = WordErrorRate.of(SAID, TestCalls.heard(pcm, 0)).rate();
    System.out.printf("PCM: WER %.4f, telephone codecs: %.4f, %s%n", ofPcm, errors.rate(), errors);
    assertThat(errors.rate()).isLessThanOrEqualTo(ofPcm + 0.02);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void decode_anyFormat_asLongAndAsEarlyAsPcm(Path file) throws IOException {
    short[][] decoded = TestCalls.decode(file, RATE_HZ);
    short[][] pcm = TestCalls.decode(pcm(decoded.length), RATE_HZ);

    for (int i = 0; i < decoded.length; i++) {
      assertThat(decoded[i].length).isCloseTo(pcm[i].length, within(RATE_HZ / 10));
      assertThat(TestAudio.lag(pcm[i], decoded[i], 3_200)).isBetween(-160, 160); // 10 ms
    }
  }

  @ParameterizedTest
  @CsvSource({
    "short.s24le.wav, 100",
    "short.s32le.wav, 100",
    "short.f32le.wav, 100",
    "short.f64le.wav, 100",
    "short.rf64.wav, 100",
    "short.w64, 100",
    "short.aiff, 100",
    "short.alaw.wav, 35",
    "short.mulaw.wav, 35",
    "short.caf, 35",
    "short.au, 35",
    "short.u8.wav, 25"
  })
  void decode_uncompressed_sameSamples(String name, double decibels) throws IOException {
    short[] pcm = TestCalls.decode(FOLDER.resolve("short.s16le.wav"), 8_000)[0];

    short[] decoded = TestCalls.decode(FOLDER.resolve(name), 8_000)[0];

    assertThat(decoded).hasSameSizeAs(pcm);
    assertThat(signalToNoise(pcm, decoded)).isGreaterThan(decibels);
  }

  @ParameterizedTest
  @CsvSource({
    "tones-4.opus, 4",
    "tones-5.m4a, 5",
    "tones-6.vorbis.ogg, 6",
    "tones-8.flac, 8",
  })
  void decode_manyChannels_eachToneInAChannelOfItsOwn(String name, int channels)
      throws IOException {
    short[][] decoded = TestCalls.decode(FOLDER.resolve(name), RATE_HZ);

    List<Integer> tones = new ArrayList<>();
    for (short[] channel : decoded) {
      tones.add((int) Math.round((TestAudio.frequency(channel, RATE_HZ) - 300) / 200));
    }
    // A codec has its own order of loudspeakers, the first two are left and right in all.
    assertThat(tones).hasSize(channels).doesNotHaveDuplicates().startsWith(0, 1);
  }

  @Test
  void decode_videoWithoutSound_saysSo() {
    Path file = FOLDER.resolve("video.mp4");

    assertThatThrownBy(() -> TestCalls.decode(file, RATE_HZ))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining(
            "video.mp4: it looks like QuickTime / MOV, with video and without sound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"longer-video.mp4", "longer-video.webm"})
  void decode_videoThatGoesOnAfterTheSound_complete(String name) throws IOException {
    try (AudioDecoder decoder = AudioDecoder.open(FOLDER.resolve(name), RATE_HZ)) {
      TestCalls.decode(decoder);

      assertThat(decoder.positionMs()).isBetween(1_100L, 1_250L);
      assertThat(decoder.warnings()).isEmpty();
      assertThat(decoder.isIncomplete()).isFalse();
    }
  }

  private static Transcript once(Path file) throws IOException {
    Transcript transcript = TRANSCRIPTS.get(file);
    if (transcript == null) {
      transcript = transcriber.transcribe(file);
      TRANSCRIPTS.put(file, transcript);
    }
    return transcript;
  }

  private static List<Path> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /** The call as 16-bit WAV, both channels or their mix. */
  private static Path pcm(int channels) throws IOException {
    Path file = folder.resolve("call-" + channels + ".wav");
    if (Files.notExists(file)) {
      short[][] samples = TestCalls.decode(FOLDER.resolve("call.flac"), 8_000);
      if (channels == 1) {
        short[] mix = new short[samples[0].length];
        for (int i = 0; i < mix.length; i++) {
          mix[i] = (short) Math.round(0.9 * (samples[0][i] + samples[1][i]));
        }
        samples = new short[][] {mix};
      }
      Files.write(file, TestCalls.wav(8_000, samples));
    }
    return file;
  }

  private static void assertTimesWithin30Ms(
      List<TranscribedWord> words, List<TranscribedWord> expected, Path file) {
    assertThat(words).as("words of %s", file).hasSameSizeAs(expected);
    for (int i = 0; i < words.size(); i++) {
      assertThat(words.get(i).startMs())
          .as("start of %s in %s", words.get(i), file)
          .isCloseTo(expected.get(i).startMs(), within(30L));
    }
  }

  private static double signalToNoise(short[] expected, short[] actual) {
    double signal = 0;
    double noise = 1e-9;
    for (int i = 0; i < expected.length; i++) {
      signal += (double) expected[i] * expected[i];
      noise += Math.pow(expected[i] - actual[i], 2);
    }
    return 10 * Math.log10(signal / noise);
  }
}

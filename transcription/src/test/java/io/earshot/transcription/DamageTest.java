package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings of every format that are cut short, or overwritten in the middle. */
class DamageTest {
  private static final int RATE_HZ = 16_000;
  private static final Path FOLDER = TestCalls.resource("formats");

  /** Nothing in these tells noise from sound: each byte, or nearly each, is some sample. */
  private static final List<String> ANYTHING_IS_SOUND = List.of("short.", "call.gsm.wav");

  /** How long damage takes is guessed from the bit rate: by far less in the pauses of AMR. */
  private static final List<String> TIME_GUESSED = List.of("call.aac", "call.amr", "call.awb");

  /** The noise lies on the index of a fragment, and FFmpeg finds no other behind it. */
  private static final String REST_LOST = "call.fragments.mp4";

  @TempDir Path folder;

  static List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(call|short)\\..*"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void decode_cutInTheMiddle_audioBeforeItAndMarked(Path recording) throws IOException {
    short[] whole = TestCalls.decode(recording, RATE_HZ)[0];
    byte[] bytes = Files.readAllBytes(recording);

    Decoded cut = decode(recording, Arrays.copyOf(bytes, bytes.length / 2));

    assertStartsLike(whole, cut.samples);
    assertThat(cut.samples).hasSizeLessThan(whole.length * 6 / 10);
    assertThat(cut.incomplete).isTrue();
    String end = String.format(Locale.ROOT, "%.1f s", cut.samples.length / (double) RATE_HZ);
    assertThat(cut.warnings)
        .singleElement()
        .asString()
        .startsWith("EARSHOT-211: ")
        .contains(recording.getFileName().toString(), "is cut short", end);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void decode_noiseInTheMiddle_audioBeforeItAndTheRestInItsPlace(Path recording)
      throws IOException {
    String name = recording.getFileName().toString();
    short[] whole = TestCalls.decode(recording, RATE_HZ)[0];
    byte[] bytes = Files.readAllBytes(recording);
    byte[] noise = new byte[2_000];
    new Random(7).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, bytes.length / 2, noise.length);

    Decoded damaged = decode(recording, bytes);

    assertStartsLike(whole, damaged.samples);
    boolean guessed = TIME_GUESSED.contains(name);
    if (!name.equals(REST_LOST)) {
      assertThat(damaged.samples.length)
          .isCloseTo(whole.length, within(guessed ? 2 * RATE_HZ : RATE_HZ / 10));
    }
    if (!guessed && !name.equals(REST_LOST)) {
      int from = whole.length * 8 / 10;
      int lag =
          TestAudio.lag(
              Arrays.copyOfRange(whole, from, whole.length),
              Arrays.copyOfRange(damaged.samples, from, damaged.samples.length),
              3_200);
      assertThat(lag).isBetween(-RATE_HZ / 50, RATE_HZ / 50);
    }
    if (ANYTHING_IS_SOUND.stream().noneMatch(name::startsWith)) {
      assertThat(damaged.incomplete).isTrue();
      assertThat(damaged.warnings)
          .anyMatch(warning -> warning.startsWith("EARSHOT-212: ") && warning.contains(name));
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void decode_firstBytesOnly_decodedOrRefused(Path recording) throws IOException {
    byte[] bytes = Files.readAllBytes(recording);
    for (int length : new int[] {1, 3, 4, 8, 11, 12, 20, 35, 43, 44, 45, 60, 100, 300, 1_000}) {
      try {
        decode(recording, Arrays.copyOf(bytes, length));
      } catch (AudioFormatException e) {
        assertThat(e).hasMessageStartingWith("EARSHOT-202: cannot decode ");
      }
    }
  }

  @Test
  void decode_mp4WithoutItsIndex_saysSo() throws IOException {
    Path recording = FOLDER.resolve("call.m4a");
    byte[] bytes = Files.readAllBytes(recording);
    byte[] moov = "moov".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100; i++) {
      if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + 4), moov)) {
        bytes[i + 3] = 'x';
      }
    }

    assertThatThrownBy(() -> decode(recording, bytes))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining(
            "it looks like MP4 without its index (moov): it was cut short or never finished");
  }

  @Test
  void decode_channelCountChangesWithinTheRecording_staysAsItBegan() throws IOException {
    Path recording = FOLDER.resolve("call.flac");
    byte[] bytes = Files.readAllBytes(recording);
    int channels = 4 + 4 + 4 + 3 + 3 + 2; // in the header: behind sizes of blocks and frames
    bytes[channels] = (byte) ((bytes[channels] & 0b1111_0001) | (3 << 1)); // 4, the frames have 2
    Path file = Files.write(folder.resolve("four.flac"), bytes);

    try (AudioDecoder decoder = AudioDecoder.open(file, RATE_HZ)) {
      int before = decoder.channels();

      assertThat(TestCalls.decode(decoder)).hasNumberOfRows(before);
      assertThat(decoder.channels()).isEqualTo(before);
    }
  }

  /** What decoding a file gave; the first channel. */
  private static final class Decoded {
    private final short[] samples;
    private final boolean incomplete;
    private final List<String> warnings;

    Decoded(short[] samples, boolean incomplete, List<String> warnings) {
      this.samples = samples;
      this.incomplete = incomplete;
      this.warnings = warnings;
    }
  }

  private Decoded decode(Path like, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(like.getFileName()), bytes);
    try (AudioDecoder decoder = AudioDecoder.open(file, RATE_HZ)) {
      short[] first = TestCalls.decode(decoder)[0];
      return new Decoded(first, decoder.isIncomplete(), decoder.warnings());
    }
  }

  /** A block that holds the damage is lost as a whole, and a page of Ogg is a second long. */
  private static void assertStartsLike(short[] whole, short[] actual) {
    int alike = 0;
    while (alike < Math.min(whole.length, actual.length)
        && Math.abs(whole[alike] - actual[alike]) <= 1) {
      alike++;
    }
    assertThat(alike).as("samples that are alike").isGreaterThan(whole.length * 3 / 10);
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time is that of the recording, as its timestamps tell, unless these cannot be. */
class TimestampsTest {
  private static final int RATE_HZ = 16_000;
  private static final Path WEBM = TestCalls.resource("formats/call.webm"); // clusters of 1 s
  private static final Path M4A = TestCalls.resource("formats/call.m4a");

  @TempDir Path folder;

  @Test
  void decode_gapInTheTimestamps_restComesLaterByIt() throws IOException {
    byte[] webm = Files.readAllBytes(WEBM);
    forgetDuration(webm);
    shiftClusters(webm, 5, 10, 3_000);

    Decoded decoded = decode(webm, WEBM);

    short[] whole = TestCalls.decode(WEBM, RATE_HZ)[0];
    assertThat(decoded.samples.length).isCloseTo(whole.length + 3 * RATE_HZ, within(160));
    assertSame(whole, decoded.samples, 0, 4, 0);
    assertSame(whole, decoded.samples, 6, 9, 3);
    assertThat(TestAudio.power(decoded.samples, 6 * RATE_HZ, RATE_HZ)).isZero();
    assertThat(decoded.warnings).isEmpty();
  }

  @Test
  void decode_clockSetBack_timeCountedInSamplesAndSaid() throws IOException {
    byte[] webm = Files.readAllBytes(WEBM);
    forgetDuration(webm);
    shiftClusters(webm, 5, 10, -3_000);

    assertTimeCountedInSamples(webm);
  }

  @Test
  void decode_oneTimestampBeyondTheEnd_timeCountedInSamplesAndSaid() throws IOException {
    byte[] webm = Files.readAllBytes(WEBM);
    shiftClusters(webm, 5, 6, 30_000); // of 9.1 s

    assertTimeCountedInSamples(webm);
  }

  @Test
  void decode_clockJumpsAtEachBlock_oneWarning() throws IOException {
    byte[] webm = Files.readAllBytes(WEBM);
    shiftClusters(webm, 2, 3, 30_000);
    shiftClusters(webm, 4, 5, 30_000);
    shiftClusters(webm, 6, 7, 30_000);

    assertThat(decode(webm, WEBM).warnings)
        .singleElement()
        .asString()
        .startsWith("EARSHOT-214: the clock of ")
        .contains(" jumps at 2.0 s and at 5 more places; ");
  }

  /** A player begins where the edit list says, and so do the times of words. */
  @Test
  void decode_mp4WhoseEditListLeavesOutASecond_leftOut() throws IOException {
    byte[] m4a = Files.readAllBytes(M4A);
    int edit = positions(m4a, "656c7374").getFirst() + 12; // after elst, version and count
    ByteBuffer.wrap(m4a).putInt(edit, 8_100).putInt(edit + 4, 1_024 + 44_100);

    Decoded decoded = decode(m4a, M4A);

    short[] whole = TestCalls.decode(M4A, RATE_HZ)[0];
    assertThat(decoded.samples.length).isCloseTo(whole.length - RATE_HZ, within(1_600));
    assertThat(lag(whole, decoded.samples, 2, 8, -1)).isBetween(-16, 16);
    assertThat(decoded.warnings).isEmpty();
  }

  private void assertTimeCountedInSamples(byte[] webm) throws IOException {
    Decoded decoded = decode(webm, WEBM);

    short[] whole = TestCalls.decode(WEBM, RATE_HZ)[0];
    assertThat(decoded.samples.length).isCloseTo(whole.length, within(160));
    assertSame(whole, decoded.samples, 0, 9, 0);
    assertThat(decoded.warnings)
        .singleElement()
        .asString()
        .startsWith("EARSHOT-214: the clock of ")
        .contains("jumps at 5.0 s")
        .endsWith("; from there on time is counted in samples.");
  }

  /** What decoding a file gave; the first channel. */
  private static final class Decoded {
    private final short[] samples;
    private final List<String> warnings;

    Decoded(short[] samples, List<String> warnings) {
      this.samples = samples;
      this.warnings = warnings;
    }
  }

  private Decoded decode(byte[] bytes, Path like) throws IOException {
    Path file = Files.write(folder.resolve(like.getFileName()), bytes);
    try (AudioDecoder decoder = AudioDecoder.open(file, RATE_HZ)) {
      return new Decoded(TestCalls.decode(decoder)[0], decoder.warnings());
    }
  }

  /** Makes it as if streamed: the element's name becomes that of an empty space. */
  private static void forgetDuration(byte[] webm) {
    int duration = positions(webm, "448988").getFirst();
    webm[duration] = (byte) 0xEC;
    webm[duration + 1] = (byte) 0x89; // 1 + 8 bytes
  }

  private static void shiftClusters(byte[] webm, int from, int to, int milliseconds) {
    List<Integer> clusters = positions(webm, "1f43b675");
    for (int i = from; i < to; i++) {
      int timestamp = clusters.get(i) + 4 + 2 + 2; // name, length of two bytes, name and length
      ByteBuffer buffer = ByteBuffer.wrap(webm);
      buffer.putShort(timestamp, (short) (buffer.getShort(timestamp) + milliseconds));
    }
  }

  private static List<Integer> positions(byte[] bytes, String hex) {
    byte[] wanted = HexFormat.of().parseHex(hex);
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** Whether what is there at those seconds comes as much later in the other, to a millisecond. */
  private static void assertSame(short[] whole, short[] actual, int from, int to, int laterBy) {
    assertThat(lag(whole, actual, from, to, laterBy)).isBetween(-16, 16);
  }

  private static int lag(short[] whole, short[] actual, int from, int to, int laterBy) {
    return TestAudio.lag(
        Arrays.copyOfRange(whole, from * RATE_HZ, to * RATE_HZ),
        Arrays.copyOfRange(actual, (from + laterBy) * RATE_HZ, (to + laterBy) * RATE_HZ),
        3_200);
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Recordings of every format with random damage, decoded in this JVM: each is decoded or refused.
 *
 * <p>The file that is being decoded lies in {@code target/fuzz}, and is still there if it took the
 * JVM down. Run many more with {@code -DexcludedGroups= -Dtest=DecoderFuzzTest}; {@code
 * -Dearshot.fuzz.seed=N} begins with another seed.
 */
class DecoderFuzzTest {
  private static final int RATE_HZ = 16_000;
  private static final Path FORMATS = TestCalls.resource("formats");
  private static final int HEADER = 256; // damage there does the most
  private static final long LONGEST_GAP = 25L * 3_600 * RATE_HZ;

  @Test
  void decode_randomDamage_decodedOrRefused() throws IOException {
    fuzz(Long.getLong("earshot.fuzz.seed", 1), 4);
  }

  @Test
  @Tag("stress")
  void decode_muchRandomDamage_decodedOrRefused() throws IOException {
    fuzz(Long.getLong("earshot.fuzz.seed", 1_000_000), 400);
  }

  private static void fuzz(long firstSeed, int timesEach) throws IOException {
    List<Path> recordings;
    try (Stream<Path> files = Files.list(FORMATS)) {
      recordings = files.sorted().toList();
    }
    Path folder = Files.createDirectories(Path.of("target", "fuzz"));
    long seed = firstSeed;
    int decoded = 0;
    int refused = 0;
    for (Path recording : recordings) {
      byte[] bytes = Files.readAllBytes(recording);
      for (int i = 0; i < timesEach; i++) {
        Path file = folder.resolve(seed + "-" + recording.getFileName());
        Files.write(file, damage(bytes, new Random(seed)));
        try {
          decode(file);
          decoded++;
        } catch (AudioFormatException e) {
          assertThat(e).hasMessageStartingWith("EARSHOT-202: cannot decode " + file);
          refused++;
        } catch (IOException | RuntimeException | AssertionError e) {
          throw new AssertionError("seed " + seed + " kept as " + file.toAbsolutePath(), e);
        }
        Files.delete(file);
        seed++;
      }
    }
    System.out.printf(
        "fuzz: seeds %d to %d, %d decoded, %d refused%n", firstSeed, seed - 1, decoded, refused);
    assertThat(decoded).isGreaterThan(refused);
  }

  private static byte[] damage(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int flips = 1 << random.nextInt(8);
    int within = random.nextInt(3) == 0 ? Math.min(HEADER, bytes.length) : bytes.length;
    for (int i = 0; i < flips; i++) {
      bytes[random.nextInt(within)] = (byte) interesting(random);
    }
    int from = random.nextInt(bytes.length);
    int to = from + random.nextInt(bytes.length - from);
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, to); // cut short
      case 1 -> without(bytes, from, to);
      case 2 -> repeated(bytes, from, to);
      default -> bytes;
    };
  }

  private static int interesting(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> 0xFF;
      case 2 -> 0x7F;
      default -> random.nextInt(256);
    };
  }

  private static byte[] without(byte[] bytes, int from, int to) {
    byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, rest, from, bytes.length - to);
    return rest;
  }

  private static byte[] repeated(byte[] bytes, int from, int to) {
    byte[] more = Arrays.copyOf(bytes, bytes.length + (to - from));
    System.arraycopy(bytes, from, more, to, bytes.length - from);
    return more;
  }

  private static void decode(Path file) throws IOException {
    try (AudioDecoder decoder = AudioDecoder.open(file, RATE_HZ)) {
      int channels = decoder.channels();
      assertThat(channels).isBetween(1, 8);
      assertThat(decoder.headerDurationMs()).isNotNegative();
      long[] length = new long[1];
      decoder.decode(
          new PcmSink() {
            @Override
            public void samples(short[][] samples, int count) {
              assertThat(samples.length).isEqualTo(channels);
              assertThat(count).isBetween(1, samples[0].length);
              length[0] += count;
            }

            @Override
            public void gap(long samples) {
              assertThat(samples).isBetween(1L, LONGEST_GAP);
              length[0] += samples;
            }

            @Override
            public void end() {
              assertThat(length[0]).isNotNegative();
            }
          });
      assertThat(decoder.positionMs()).isEqualTo(length[0] * 1_000 / RATE_HZ);
      assertThat(decoder.isIncomplete())
          .isEqualTo(decoder.warnings().stream().anyMatch(w -> w.matches("EARSHOT-21[12].*")));
    }
  }
}

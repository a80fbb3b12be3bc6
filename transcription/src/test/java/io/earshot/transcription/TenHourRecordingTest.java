package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory does not grow with the length of a recording. Takes a minute: run it with {@code
 * -DexcludedGroups= -Dtest=TenHourRecordingTest}.
 */
@Tag("stress")
class TenHourRecordingTest {
  private static final int RATE_HZ = 16_000;
  private static final long HOUR = 3_600L * RATE_HZ; // in samples
  private static final long MEGABYTE = 1 << 20;
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final int PAGE = 4_096;

  @TempDir Path folder;

  @Test
  void decode_tenHoursOfMuLaw_memoryFlat() throws IOException {
    int dataBytes = 10 * 3_600 * 8_000;
    Path file = folder.resolve("ten-hours.wav");
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 7).putShort((short) 1).putInt(8_000).putInt(8_000);
    header.putShort((short) 1).putShort((short) 8);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(header.array());
      sparse.setLength(44L + dataBytes);
    }

    assertMemoryFlat(file);
  }

  @Test
  void decode_tenHoursOfMp3_memoryFlat() throws IOException {
    byte[] call = Files.readAllBytes(TestCalls.resource("formats/call.untagged.mp3")); // 9.1 s
    Path file = folder.resolve("ten-hours.mp3");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 4_000; i++) {
        out.write(call);
      }
    }

    assertMemoryFlat(file);
  }

  private static void assertMemoryFlat(Path file) throws IOException {
    assumeTrue(Files.exists(STATM), "there is no " + STATM);
    Hours hours = new Hours();
    try (AudioDecoder decoder = AudioDecoder.open(file, RATE_HZ)) {
      decoder.decode(hours);

      assertThat(decoder.warnings()).isEmpty();
    }

    System.out.printf("%s: resident MB by the hour %s%n", file.getFileName(), hours.megabytes);
    assertThat(hours.megabytes).hasSizeGreaterThanOrEqualTo(10);
    assertThat(hours.megabytes.getLast() - hours.megabytes.getFirst()).isLessThan(20);
  }

  /** Takes the size of the resident set at the end of each hour. */
  private static final class Hours implements PcmSink {
    private final List<Long> megabytes = new ArrayList<>();
    private long length;

    @Override
    public void samples(short[][] channels, int count) throws IOException {
      length += count;
      if (length >= (megabytes.size() + 1) * HOUR) {
        System.gc(); // what is left is native memory
        String statm = Files.readString(STATM, StandardCharsets.US_ASCII);
        long pages = Long.parseLong(statm.split(" ", -1)[1]);
        megabytes.add(pages * PAGE / MEGABYTE);
      }
    }

    @Override
    public void gap(long samples) {
      length += samples;
    }

    @Override
    public void end() {}
  }
}

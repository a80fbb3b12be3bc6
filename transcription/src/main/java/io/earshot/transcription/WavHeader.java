package io.earshot.transcription;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a WAV file claims to hold, for messages. */
final class WavHeader {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FORMAT_LENGTH = 16;

  /** PCM, floating point, A-law, mu-law. */
  private static final Set<Integer> UNCOMPRESSED = Set.of(1, 3, 6, 7);

  private WavHeader() {}

  /**
   * Tells the kind of audio, the channels, the sample rate and the bits of a sample.
   *
   * @param first the file's first bytes
   * @return empty if that is no WAV file, or its format is not among them
   */
  static Optional<String> claim(byte[] first) {
    if (!isWav(first)) {
      return Optional.empty();
    }
    return Optional.of(
        format(first)
            .map(
                format ->
                    String.format(
                        Locale.ROOT,
                        "WAV (kind 0x%04X, channels: %d, sample rate: %d Hz, bits: %d)",
                        format.kind,
                        format.channels,
                        format.sampleRateHz,
                        format.bits))
            .orElse("WAV without a description of its format"));
  }

  /**
   * Tells where the header of uncompressed audio says two things that cannot both be true.
   *
   * @param first the file's first bytes
   * @return empty if it does not, or the file is none of that kind
   */
  static Optional<String> contradiction(byte[] first) {
    return format(first)
        .filter(format -> UNCOMPRESSED.contains(format.kind))
        .filter(format -> format.bytesPerSecond != format.neededBytesPerSecond())
        .map(
            format ->
                String.format(
                    Locale.ROOT,
                    "%d Hz, %d bits and channels: %d take %d bytes a second, and it says %d",
                    format.sampleRateHz,
                    format.bits,
                    format.channels,
                    format.neededBytesPerSecond(),
                    format.bytesPerSecond));
  }

  private record Format(int kind, int channels, long sampleRateHz, long bytesPerSecond, int bits) {
    long neededBytesPerSecond() {
      return sampleRateHz * channels * ((bits + 7) / 8);
    }
  }

  private static boolean isWav(byte[] first) {
    ByteBuffer bytes = ByteBuffer.wrap(first);
    return isAt(bytes, 0, "RIFF") && isAt(bytes, 8, "WAVE");
  }

  private static Optional<Format> format(byte[] first) {
    ByteBuffer bytes = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
    long position = FIRST_CHUNK;
    while (isWav(first) && position + CHUNK_HEADER + FORMAT_LENGTH <= first.length) {
      int chunk = (int) position;
      int start = chunk + CHUNK_HEADER;
      if (isAt(bytes, chunk, "fmt ")) {
        return Optional.of(
            new Format(
                Short.toUnsignedInt(bytes.getShort(start)),
                Short.toUnsignedInt(bytes.getShort(start + 2)),
                Integer.toUnsignedLong(bytes.getInt(start + 4)),
                Integer.toUnsignedLong(bytes.getInt(start + 8)),
                Short.toUnsignedInt(bytes.getShort(start + 14))));
      }
      position += CHUNK_HEADER + Integer.toUnsignedLong(bytes.getInt(chunk + 4));
    }
    return Optional.empty();
  }

  private static boolean isAt(ByteBuffer bytes, int position, String name) {
    byte[] expected = name.getBytes(StandardCharsets.US_ASCII);
    return position + expected.length <= bytes.limit()
        && bytes.slice(position, expected.length).equals(ByteBuffer.wrap(expected));
  }
}

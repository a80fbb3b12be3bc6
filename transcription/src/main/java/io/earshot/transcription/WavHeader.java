package io.earshot.transcription;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What a WAV file claims to hold, for a message about one that cannot be read. */
final class WavHeader {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FORMAT_LENGTH = 16;

  private WavHeader() {}

  /**
   * Tells the kind of audio, the channels, the sample rate and the bits of a sample.
   *
   * @param first the file's first bytes
   * @return empty if that is no WAV file, or its format is not among them
   */
  static Optional<String> claim(byte[] first) {
    ByteBuffer bytes = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
    if (!isAt(bytes, 0, "RIFF") || !isAt(bytes, 8, "WAVE")) {
      return Optional.empty();
    }
    long position = FIRST_CHUNK;
    while (position + CHUNK_HEADER + FORMAT_LENGTH <= first.length) {
      int chunk = (int) position;
      if (isAt(bytes, chunk, "fmt ")) {
        return Optional.of(format(bytes, chunk + CHUNK_HEADER));
      }
      position += CHUNK_HEADER + Integer.toUnsignedLong(bytes.getInt(chunk + 4));
    }
    return Optional.of("WAV without a description of its format");
  }

  private static String format(ByteBuffer bytes, int start) {
    return String.format(
        Locale.ROOT,
        "WAV (kind 0x%04X, channels: %d, sample rate: %d Hz, bits: %d)",
        bytes.getShort(start),
        Short.toUnsignedInt(bytes.getShort(start + 2)),
        Integer.toUnsignedLong(bytes.getInt(start + 4)),
        Short.toUnsignedInt(bytes.getShort(start + 14)));
  }

  private static boolean isAt(ByteBuffer bytes, int position, String name) {
    byte[] expected = name.getBytes(StandardCharsets.US_ASCII);
    return position + expected.length <= bytes.limit()
        && bytes.slice(position, expected.length).equals(ByteBuffer.wrap(expected));
  }
}

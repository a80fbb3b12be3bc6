package io.earshot.transcription;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether an MP4 file (M4A, 3GP, QuickTime) lacks its index.
 *
 * <p>Without the index, the box {@code moov}, nothing in it can be found. Many programs write it at
 * the end, so it is missing from a recording that was cut short or never finished.
 */
final class Mp4Index {
  private static final int BOX_HEADER = 16;
  private static final int MAX_BOXES = 1_000; // a guard against endless walks

  private Mp4Index() {}

  static boolean isMissing(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long position = 0;
      for (int i = 0; i < MAX_BOXES && position < channel.size(); i++) {
        ByteBuffer header = read(channel, position);
        if (header.remaining() < 8) {
          break;
        }
        String type = type(header);
        if (type.equals("moov") || (i == 0 && !type.equals("ftyp"))) {
          return false;
        }
        long length = Integer.toUnsignedLong(header.getInt(0));
        if (length == 1 && header.remaining() == BOX_HEADER) {
          length = header.getLong(8);
        }
        if (length < 8 || length > channel.size() - position) {
          break; // 0: up to the end of the file
        }
        position += length;
      }
      return channel.size() > 0;
    }
  }

  private static String type(ByteBuffer header) {
    byte[] type = new byte[4];
    header.get(4, type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer read(SeekableByteChannel channel, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BOX_HEADER);
    channel.position(position);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // a channel may give less than asked for
    }
    return buffer.flip();
  }
}

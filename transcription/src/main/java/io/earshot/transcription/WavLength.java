package io.earshot.transcription;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a WAV file's header tells the truth about how much audio follows.
 *
 * <p>A recorder that is stopped hard leaves the length it began with: 0, the largest number, or
 * that of the last flush. FFmpeg believes a length that is too short and says nothing of one that
 * is too long.
 */
enum WavLength {
  /** The header is right, or the file is no WAV file, or one whose length is kept elsewhere. */
  TRUE,
  /** More audio is promised than there is. */
  TOO_LONG,
  /** More audio follows than is promised. */
  TOO_SHORT,
  /** The header gives a placeholder. */
  UNKNOWN;

  private static final int CHUNK_HEADER = 8;
  private static final long PLACEHOLDER = 0xFFFF_FFFFL;
  private static final int MAX_CHUNKS =
      1_000; // a guard against endless walks, far above real files

  static WavLength of(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer header = read(channel, 0, 12);
      if (header.remaining() < 12
          || !"RIFF".equals(fourCharacters(header, 0))
          || !"WAVE".equals(fourCharacters(header, 8))) {
        return TRUE;
      }
      return ofChunks(channel);
    }
  }

  private static WavLength ofChunks(SeekableByteChannel channel) throws IOException {
    long bytesPerSecond = 0;
    long position = 12;
    for (int i = 0; i < MAX_CHUNKS; i++) {
      ByteBuffer chunk = read(channel, position, CHUNK_HEADER);
      if (chunk.remaining() < CHUNK_HEADER) {
        return TRUE; // no data chunk: decoding will say so
      }
      String name = fourCharacters(chunk, 0);
      long length = Integer.toUnsignedLong(chunk.getInt(4));
      position += CHUNK_HEADER;
      if ("data".equals(name)) {
        return ofData(channel, position, length, bytesPerSecond);
      }
      if ("fmt ".equals(name)) {
        ByteBuffer format = read(channel, position, 12);
        bytesPerSecond = format.remaining() < 12 ? 0 : Integer.toUnsignedLong(format.getInt(8));
      }
      position += length + (length & 1); // chunks begin at even offsets
    }
    return TRUE;
  }

  private static WavLength ofData(
      SeekableByteChannel channel, long start, long length, long bytesPerSecond)
      throws IOException {
    long available = channel.size() - start;
    if (length == PLACEHOLDER || (length == 0 && !isChunks(channel, start))) {
      return UNKNOWN;
    }
    if (length > available) {
      return TOO_LONG;
    }
    long end = start + length;
    long beyond = available - length;
    boolean worthASyllable = beyond > Math.max(bytesPerSecond / 10, 1);
    return worthASyllable && !isChunks(channel, end) && !isChunks(channel, end + (length & 1))
        ? TOO_SHORT
        : TRUE;
  }

  /** Whether well-formed chunks fill the rest of the file. */
  private static boolean isChunks(SeekableByteChannel channel, long start) throws IOException {
    long position = start;
    for (int i = 0; i < MAX_CHUNKS && position < channel.size(); i++) {
      ByteBuffer chunk = read(channel, position, CHUNK_HEADER);
      if (chunk.remaining() < CHUNK_HEADER || !isName(chunk)) {
        return false;
      }
      long length = Integer.toUnsignedLong(chunk.getInt(4));
      position += CHUNK_HEADER + length;
      if (position > channel.size()) {
        return false;
      }
      position += length & 1;
    }
    return true;
  }

  private static boolean isName(ByteBuffer chunk) {
    for (int i = 0; i < 4; i++) {
      if (chunk.get(i) < ' ' || chunk.get(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String fourCharacters(ByteBuffer buffer, int offset) {
    byte[] name = new byte[4];
    buffer.get(offset, name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer read(SeekableByteChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    if (position >= 0 && position < channel.size()) {
      channel.position(position);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // a channel may give less than asked for
      }
    }
    return buffer.flip();
  }
}

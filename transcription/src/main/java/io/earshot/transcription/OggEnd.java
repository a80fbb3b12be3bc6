package io.earshot.transcription;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether an Ogg file ends as it should: with a whole page that carries the end mark (RFC 3533).
 *
 * <p>An Ogg file's length stands nowhere but in its last page, so a file that was cut short looks
 * like a shorter one.
 */
final class OggEnd {
  private static final int PAGE_HEADER = 27;
  private static final int LARGEST_PAGE = PAGE_HEADER + 255 + 255 * 255;
  private static final int END_MARK = 4;

  private OggEnd() {}

  static boolean isMissing(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(channel.size(), 2 * LARGEST_PAGE));
      channel.position(channel.size() - tail.capacity());
      while (tail.hasRemaining() && channel.read(tail) >= 0) {
        // a channel may give less than asked for
      }
      tail.flip();
      for (int i = tail.limit() - PAGE_HEADER; i >= 0; i--) {
        if (tail.get(i) == 'O'
            && tail.get(i + 1) == 'g'
            && tail.get(i + 2) == 'g'
            && tail.get(i + 3) == 'S') {
          return !isWholeLastPage(tail, i);
        }
      }
      return true;
    }
  }

  private static boolean isWholeLastPage(ByteBuffer tail, int start) {
    int segments = Byte.toUnsignedInt(tail.get(start + PAGE_HEADER - 1));
    int end = start + PAGE_HEADER + segments;
    if (end > tail.limit()) {
      return false;
    }
    for (int i = start + PAGE_HEADER; i < start + PAGE_HEADER + segments; i++) {
      end += Byte.toUnsignedInt(tail.get(i));
    }
    return end <= tail.limit() && (tail.get(start + 5) & END_MARK) != 0;
  }
}

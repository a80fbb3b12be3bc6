package io.earshot.indexers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, one at a time, however large the file is.
 *
 * <p>UTF-8, or UTF-16 where a byte order mark says so; the mark itself is dropped. A line ends at
 * LF or CR LF. Not thread-safe.
 */
final class TextLines implements Closeable {
  /** A longer line is cut here: a file without line breaks must not fill the memory. */
  static final int MAX_LINE_CHARS = 64 << 20;

  private static final char REPLACEMENT =
      '\uFFFD'; // what a decoder puts in a malformed byte's place

  private final Reader reader;
  private final int maxLineChars;
  private final char[] buffer = new char[1 << 15];
  private int position;
  private int limit;
  private long number;
  private boolean mended;
  private boolean cut;

  TextLines(InputStream in) throws IOException {
    this(in, MAX_LINE_CHARS);
  }

  TextLines(InputStream in, int maxLineChars) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(in, 3);
    byte[] mark = pushback.readNBytes(3);
    this.maxLineChars = maxLineChars;
    Charset charset = StandardCharsets.UTF_8;
    int markLength = 0;
    if (starts(mark, 0xEF, 0xBB, 0xBF)) {
      markLength = 3;
    } else if (starts(mark, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      markLength = 2;
    } else if (starts(mark, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      markLength = 2;
    }
    pushback.unread(mark, markLength, mark.length - markLength);
    reader = new InputStreamReader(pushback, charset);
  }

  private static boolean starts(byte[] bytes, int... expected) {
    if (bytes.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** The next line without its end, or null after the last one. */
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean any = false;
    boolean ended = false;
    cut = false;
    while (!ended && fill()) {
      any = true;
      int from = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      int room = maxLineChars - line.length();
      line.append(buffer, from, Math.min(position - from, room));
      cut |= position - from > room;
      if (position < limit) {
        position++;
        ended = true;
      }
    }
    if (!any) {
      return null;
    }
    number++;
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    mended = line.indexOf(String.valueOf(REPLACEMENT)) >= 0;
    return line.toString();
  }

  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    position = 0;
    limit = reader.read(buffer, 0, buffer.length);
    return limit > 0;
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** Whether the line that was read last has characters that could not be decoded. */
  boolean mended() {
    return mended;
  }

  /** Whether the line that was read last was too long, and its end is missing. */
  boolean cut() {
    return cut;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

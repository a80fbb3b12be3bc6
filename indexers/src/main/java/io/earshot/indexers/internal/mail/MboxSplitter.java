package io.earshot.indexers.internal.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Cuts an mbox into its messages, on bytes and one message at a time.
 *
 * <p>A message begins at a line "From " at the file's start or after an empty line, if the line
 * holds a date with a time, or if a header field follows it. So neither a sentence that begins with
 * "From" nor a From_ line without an address or without a year goes wrong. In the body of a message
 * one ">" is taken off every line of the form ">From " (the mboxrd rule, which also reads mboxo).
 *
 * <p>Not thread-safe.
 */
public final class MboxSplitter {
  private static final int LOOK_AHEAD = 4096;

  private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";

  /** A From_ line of which nobody doubts: weekday, date and time in either of the two orders. */
  private static final Pattern DATED =
      Pattern.compile(
          "From (?:.{0,300} )??(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +)(?:"
              + MONTH
              + " +\\d{1,2}|\\d{1,2} +"
              + MONTH
              + ")(?:,? +\\d{4})? +\\d{1,2}:\\d{2}.*");

  /** Lines that are From_ lines if a header field follows: an address or a date in another form. */
  private static final Pattern LIKELY =
      Pattern.compile("From (?:\\S*[@!]\\S*|-|MAILER[-_]DAEMON|\\S+ .*\\d{1,2}:\\d{2}.*)(?: .*)?");

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private long offset;
  private long index;
  private boolean ended;
  private boolean cut;

  /**
   * A splitter that reads from there.
   *
   * @param maxBytes of one longer message only the first are kept
   */
  public MboxSplitter(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** Whether a file's first bytes are a From_ line, empty lines before it left aside. */
  public static boolean beginsWithFromLine(byte[] head) {
    MboxSplitter splitter = new MboxSplitter(new ByteArrayInputStream(head), 0);
    try {
      while (splitter.fill(1) && splitter.isBlankLine()) {
        splitter.consume(splitter.lineEnd(splitter.start) - splitter.start);
      }
      return splitter.isFromLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A piece of the file.
   *
   * @param index number of the message, from 1; 0 for what stands before the first one
   * @param position byte in the file at which its From_ line begins
   * @param fromLine that line; empty for what stands before the first one
   * @param content the message's bytes without that line and with its quoting undone
   * @param cut whether the message was longer than what is kept of it
   * @param checksum of the bytes it takes in the file, without the From_ line
   */
  // Handed on and never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Piece(
      long index, long position, String fromLine, byte[] content, boolean cut, String checksum) {}

  /**
   * The next piece; none at the end.
   *
   * @throws IOException if the file cannot be read on
   */
  public Optional<Piece> next() throws IOException {
    if (!fill(1)) {
      return Optional.empty();
    }
    long position = offset;
    String fromLine = "";
    if (isFromLine()) {
      index++;
      fromLine = takeLine();
    }
    return Optional.of(piece(position, fromLine));
  }

  private Piece piece(long position, String fromLine) throws IOException {
    MessageDigest digest = ContentDigest.sha256();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    cut = false;
    boolean inBody = false;
    boolean afterBlank = fromLine.isEmpty();
    while (fill(1)) {
      fill(LOOK_AHEAD);
      if (afterBlank && offset > position && isFromLine()) {
        break;
      }
      afterBlank = isBlankLine();
      inBody |= afterBlank;
      takeLine(content, digest, inBody);
    }
    byte[] bytes = content.toByteArray();
    return new Piece(
        fromLine.isEmpty() ? 0 : index,
        position,
        fromLine,
        withoutSeparator(bytes),
        cut,
        ContentDigest.checksum(digest));
  }

  /** The empty line before the next From_ line is no part of the message. */
  private static byte[] withoutSeparator(byte[] bytes) {
    int length = bytes.length;
    if (length > 1 && bytes[length - 1] == '\n') {
      int last = bytes[length - 2] == '\r' ? 2 : 1;
      if (length > last && bytes[length - last - 1] == '\n') {
        return Arrays.copyOf(bytes, length - last);
      }
    }
    return bytes;
  }

  /** Takes a whole line, however long, into the message. */
  private void takeLine(ByteArrayOutputStream content, MessageDigest digest, boolean inBody)
      throws IOException {
    int skip = inBody && isQuotedFromLine() ? 1 : 0;
    boolean lineEnded = false;
    while (!lineEnded && fill(1)) {
      int at = start;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      lineEnded = at < end;
      int length = at - start + (lineEnded ? 1 : 0);
      digest.update(buffer, start, length);
      int kept = Math.min(length - skip, maxBytes - content.size());
      cut |= kept < length - skip;
      content.write(buffer, start + skip, kept);
      skip = 0;
      consume(length);
    }
  }

  private String takeLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    takeLine(line, ContentDigest.sha256(), false);
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private boolean isFromLine() throws IOException {
    fill(LOOK_AHEAD);
    if (!startsWith("From ", start)) {
      return false;
    }
    int lineEnd = lineEnd(start);
    String line = new String(buffer, start, lineEnd - start, StandardCharsets.ISO_8859_1).strip();
    return DATED.matcher(line).matches()
        || ((LIKELY.matcher(line).matches() || line.equals("From")) && fieldFollows(lineEnd));
  }

  private boolean fieldFollows(int at) {
    byte[] next = Arrays.copyOfRange(buffer, at, Math.max(at, lineEnd(at)));
    return MailShape.fieldNameLength(next, 0) > 0;
  }

  private boolean isQuotedFromLine() {
    int at = start;
    while (at < end && buffer[at] == '>') {
      at++;
    }
    return at > start && startsWith("From ", at);
  }

  private boolean isBlankLine() {
    return buffer[start] == '\n'
        || (buffer[start] == '\r' && start + 1 < end && buffer[start + 1] == '\n');
  }

  private boolean startsWith(String text, int at) {
    return end - at >= text.length()
        && new String(buffer, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }

  private int lineEnd(int at) {
    int i = at;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, end);
  }

  private void consume(int count) {
    start += count;
    offset += count;
  }

  /** Tries to have that many bytes at hand; false if there is not even one. */
  private boolean fill(int wanted) throws IOException {
    if (end - start < wanted && !ended) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
      while (end < wanted && !ended) {
        int read = in.read(buffer, end, buffer.length - end);
        ended = read < 0;
        end += Math.max(read, 0);
      }
    }
    return start < end;
  }
}

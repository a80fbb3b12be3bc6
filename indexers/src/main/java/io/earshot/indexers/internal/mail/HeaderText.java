package io.earshot.indexers.internal.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of header fields: folding, raw 8-bit bytes and encoded words (RFC 2047). */
final class HeaderText {
  /** Longer fields are no one's subject or name; what lies beyond is left out. */
  private static final int MAX_BYTES = 1_000_000;

  private static final Pattern ENCODED_WORD =
      Pattern.compile("=\\?([^?\\s]{1,60})\\?([bBqQ])\\?([^?]*)\\?=");

  private HeaderText() {}

  /** The field's characters, unfolded; encoded words stay as they are. */
  static String unfolded(byte[] body) {
    byte[] part = body.length <= MAX_BYTES ? body : Arrays.copyOf(body, MAX_BYTES);
    String text = TextDecoder.decode(part);
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        line.append(' ');
      } else if (c != '\r' && c != '\n') {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** Text with its encoded words decoded; what is no proper encoded word stays as it is. */
  static String decodeWords(String text) {
    if (!text.contains("=?")) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    Run run = new Run();
    Matcher words = ENCODED_WORD.matcher(text);
    int end = 0;
    while (words.find()) {
      byte[] bytes = bytes(words.group(2).charAt(0), words.group(3));
      if (bytes == null) {
        continue;
      }
      String between = text.substring(end, words.start());
      // White space between two encoded words is only there to fold the line (RFC 2047, 6.2).
      if (!between.isBlank() || run.isEmpty()) {
        run.flushTo(decoded);
        decoded.append(between);
      }
      run.add(charsetName(words.group(1)), bytes, decoded);
      end = words.end();
    }
    run.flushTo(decoded);
    return decoded.append(text, end, text.length()).toString();
  }

  /** Text with white space collapsed to single blanks, and without control characters. */
  static String collapsed(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = true;
      } else if (!Character.isISOControl(c)) {
        if (blank && !line.isEmpty()) {
          line.append(' ');
        }
        blank = false;
        line.append(c);
      }
    }
    return line.toString();
  }

  private static String charsetName(String name) {
    int language = name.indexOf('*');
    return language < 0 ? name : name.substring(0, language);
  }

  private static byte @Nullable [] bytes(char encoding, String text) {
    if (encoding == 'q' || encoding == 'Q') {
      return quoted(text);
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text.strip().replaceAll("=+$", ""));
      return bytes.length == 0 && !text.isBlank() ? null : bytes;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] quoted(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
      if (in[i] == '=' && low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(in[i] == '_' ? ' ' : in[i]);
      }
    }
    return out.toByteArray();
  }

  /** Neighbouring words of one charset: mailers cut them in the middle of a character. */
  private static final class Run {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable String charset;

    boolean isEmpty() {
      return charset == null;
    }

    void add(String name, byte[] more, StringBuilder out) {
      if (charset != null && !charset.equalsIgnoreCase(name)) {
        flushTo(out);
      }
      charset = name;
      bytes.writeBytes(more);
    }

    void flushTo(StringBuilder out) {
      if (charset != null) {
        out.append(TextDecoder.decode(bytes.toByteArray(), charset, warning -> {}));
        bytes.reset();
        charset = null;
      }
    }
  }
}

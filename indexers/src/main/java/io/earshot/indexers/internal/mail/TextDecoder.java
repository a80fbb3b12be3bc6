package io.earshot.indexers.internal.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into text, whatever their charset is said to be.
 *
 * <p>A charset that is right decides. Where it is missing, unknown or wrong, every well-formed
 * UTF-8 sequence is read as UTF-8 and every other byte as windows-1252, so that no byte is lost:
 * what mail programs mislabel is nearly always one of the two.
 */
public final class TextDecoder {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final char[] WINDOWS_1252_CHARS = windows1252();

  /** Names that mail programs write, and the superset that also reads what they really send. */
  private static final Map<String, String> SUPERSETS =
      Map.of(
          "gb2312", "GB18030",
          "gbk", "GB18030",
          "ks_c_5601-1987", "x-windows-949",
          "euc-kr", "x-windows-949",
          "shift_jis", "windows-31j",
          "x-sjis", "windows-31j",
          "iso-8859-8-i", "ISO-8859-8",
          "iso-8859-9", "windows-1254",
          "cp-850", "IBM850");

  private TextDecoder() {}

  /** The text, with a leading byte order mark left out; says when the charset was no help. */
  public static String decode(byte[] bytes, @Nullable String name, Consumer<String> warnings) {
    if (isAscii(bytes)) {
      // Of the 7-bit charsets only these read ASCII bytes as something else.
      boolean shifted = name != null && name.toLowerCase(Locale.ROOT).startsWith("iso-2022");
      if (!shifted && !isWide(name)) {
        return new String(bytes, ISO_8859_1);
      }
    }
    return withoutMark(decodeAs(bytes, name, warnings));
  }

  /** The text of bytes whose charset nobody names. */
  public static String decode(byte[] bytes) {
    return isAscii(bytes) ? new String(bytes, ISO_8859_1) : withoutMark(mixed(bytes));
  }

  private static String decodeAs(byte[] bytes, @Nullable String name, Consumer<String> warnings) {
    if (name == null || name.isBlank()) {
      return hasWideMark(bytes) ? new String(bytes, Charset.forName("UTF-16")) : mixed(bytes);
    }
    Charset charset = named(name);
    if (charset == null) {
      warnings.accept("unknown charset; read as UTF-8 or windows-1252");
      return mixed(bytes);
    }
    if (charset.equals(US_ASCII)) {
      warnings.accept("8-bit text declared as US-ASCII; read as UTF-8 or windows-1252");
      return mixed(bytes);
    }
    if (charset.equals(ISO_8859_1) || charset.equals(WINDOWS_1252)) {
      return singleBytes(bytes, charset.equals(ISO_8859_1));
    }
    String strict = strict(bytes, charset);
    if (strict != null) {
      return strict;
    }
    if (!charset.equals(UTF_8)) {
      String replaced = new String(bytes, charset);
      long lost = replaced.chars().filter(c -> c == '\uFFFD').count();
      if (lost * 50 <= replaced.length()) {
        warnings.accept(lost + " characters are broken in the declared charset and were replaced");
        return replaced;
      }
    }
    warnings.accept("the text is not in its declared charset; read as UTF-8 or windows-1252");
    return mixed(bytes);
  }

  /** The charset of that name, or null if there is none. */
  static @Nullable Charset named(String name) {
    String clean = name.strip().replace("\"", "").replace("'", "").toLowerCase(Locale.ROOT);
    try {
      return Charset.forName(SUPERSETS.getOrDefault(clean, clean));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  private static @Nullable String strict(byte[] bytes, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Well-formed UTF-8 sequences as UTF-8, every other byte as windows-1252. */
  static String mixed(byte[] bytes) {
    String whole = strict(bytes, UTF_8);
    if (whole != null) {
      return whole;
    }
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; ) {
      int length = sequenceLength(bytes, i);
      if (length > 1) {
        text.append(new String(bytes, i, length, UTF_8));
        i += length;
      } else {
        text.append(WINDOWS_1252_CHARS[bytes[i] & 0xFF]);
        i++;
      }
    }
    return text.toString();
  }

  /**
   * What is declared as ISO-8859-1 is windows-1252 where it has quotation marks and dashes in place
   * of control characters, but not where the bytes are those of a UTF-8 sequence: there nobody
   * knows, and the declaration holds.
   */
  private static String singleBytes(byte[] bytes, boolean latin1) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int length = latin1 ? sequenceLength(bytes, i) : 1;
      text.append(length == 1 ? WINDOWS_1252_CHARS[bytes[i] & 0xFF] : (char) (bytes[i] & 0xFF));
      for (int rest = length - 1; rest > 0; rest--) {
        i++;
        text.append((char) (bytes[i] & 0xFF));
      }
    }
    return text.toString();
  }

  /** Length of the well-formed UTF-8 sequence there; 1 if it is none, or ASCII. */
  private static int sequenceLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
    if (length == 1 || at + length > bytes.length) {
      return 1;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 1;
      }
    }
    // Overlong forms, surrogates and what lies beyond Unicode: let the JDK's decoder say.
    return new String(bytes, at, length, UTF_8).indexOf('\uFFFD') < 0 ? length : 1;
  }

  /** Bytes that windows-1252 leaves undefined become the control characters of that number. */
  private static char[] windows1252() {
    char[] chars = new char[256];
    for (int i = 0; i < 256; i++) {
      char decoded = new String(new byte[] {(byte) i}, WINDOWS_1252).charAt(0);
      chars[i] = decoded == '\uFFFD' ? (char) i : decoded;
    }
    return chars;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWide(@Nullable String name) {
    if (name == null) {
      return false;
    }
    Charset charset = named(name);
    return charset != null
        && (charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32"));
  }

  private static boolean hasWideMark(byte[] bytes) {
    return bytes.length > 1
        && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}

package io.earshot.indexers.internal.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A header field of the form {@code value; name=value; ...}, such as Content-Type.
 *
 * <p>Reads what the grammar of RFC 2045 allows, and what mail programs write instead: unquoted
 * values with any character, missing closing quotes, encoded words in values. Continued and encoded
 * parameters (RFC 2231) are put together.
 *
 * @param value what stands before the first semicolon, in lower case and without white space
 * @param parameters by lower-case name
 */
record HeaderParameters(String value, Map<String, String> parameters) {
  private static final int MAX_PIECES = 1000;

  static HeaderParameters parse(String field) {
    String value = field.substring(0, end(field, 0)).strip().toLowerCase(Locale.ROOT);
    int[] at = {end(field, 0)};
    if (value.contains("=")) {
      // The value is missing and the parameters begin at once.
      value = "";
      at[0] = -1;
    }
    Map<String, String> raw = new LinkedHashMap<>();
    while (at[0] < field.length() && raw.size() < MAX_PIECES) {
      at[0]++;
      readParameter(field, at, raw);
    }
    int comment = value.indexOf('(');
    String clean = comment < 0 ? value : value.substring(0, comment);
    return new HeaderParameters(
        clean.indexOf(' ') < 0 ? clean : clean.replace(" ", ""), joined(raw));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isBlank());
  }

  private static int end(String field, int from) {
    int semicolon = field.indexOf(';', from);
    return semicolon < 0 ? field.length() : semicolon;
  }

  /** Reads one parameter from {@code at[0]} on, and leaves {@code at[0]} at the next semicolon. */
  private static void readParameter(String field, int[] at, Map<String, String> into) {
    int equals = field.indexOf('=', at[0]);
    int semicolon = end(field, at[0]);
    if (equals < 0 || equals > semicolon) {
      at[0] = semicolon;
      return;
    }
    String name = field.substring(at[0], equals).strip().toLowerCase(Locale.ROOT);
    int start = equals + 1;
    while (start < field.length() && field.charAt(start) == ' ') {
      start++;
    }
    String value;
    if (start < field.length() && field.charAt(start) == '"') {
      StringBuilder quoted = new StringBuilder();
      at[0] = end(field, readQuoted(field, start + 1, quoted));
      value = quoted.toString();
    } else {
      at[0] = end(field, start);
      value = field.substring(Math.min(start, at[0]), at[0]).strip();
    }
    into.putIfAbsent(name, value);
  }

  private static int readQuoted(String field, int from, StringBuilder into) {
    int i = from;
    while (i < field.length() && field.charAt(i) != '"') {
      boolean escaped =
          field.charAt(i) == '\\'
              && i + 1 < field.length()
              && (field.charAt(i + 1) == '"' || field.charAt(i + 1) == '\\');
      i += escaped ? 1 : 0;
      into.append(field.charAt(i++));
    }
    return Math.min(i + 1, field.length());
  }

  private static Map<String, String> joined(Map<String, String> raw) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Map<String, TreeMap<Integer, Piece>> continued = new LinkedHashMap<>();
    raw.forEach(
        (name, value) -> {
          int star = name.indexOf('*');
          if (star < 0) {
            parameters.put(name, value);
          } else {
            boolean encoded = name.endsWith("*");
            String number = name.substring(star + 1);
            continued
                .computeIfAbsent(name.substring(0, star), key -> new TreeMap<>())
                .put(number(number.replace("*", "")), new Piece(value, encoded));
          }
        });
    continued.forEach((name, pieces) -> parameters.put(name, text(pieces)));
    return parameters;
  }

  private static int number(String digits) {
    return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : 0;
  }

  private static String text(TreeMap<Integer, Piece> pieces) {
    String charset = null;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean first = true;
    for (Piece piece : pieces.values()) {
      String value = piece.text();
      int apostrophe = value.indexOf('\'');
      int second = apostrophe < 0 ? -1 : value.indexOf('\'', apostrophe + 1);
      if (first && piece.encoded() && second >= 0) {
        charset = value.substring(0, apostrophe);
        value = value.substring(second + 1);
      }
      first = false;
      bytes.writeBytes(
          piece.encoded() ? percentDecoded(value) : value.getBytes(StandardCharsets.UTF_8));
    }
    return TextDecoder.decode(bytes.toByteArray(), charset, warning -> {});
  }

  private static byte[] percentDecoded(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
      if (low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toByteArray();
  }

  private record Piece(String text, boolean encoded) {}
}

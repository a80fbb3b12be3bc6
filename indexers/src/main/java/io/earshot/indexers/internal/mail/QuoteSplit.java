package io.earshot.indexers.internal.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Parts a plain-text body into what was newly written, what is quoted at its end, and the
 * signature.
 *
 * <p>Nothing is ever dropped, and what is not clearly a quote or a signature stays in the text; so
 * does everything where nothing else would be left of it.
 *
 * @param text what was newly written
 * @param quoted the quote at the end, with the line that introduces it; may be empty
 * @param signature what follows the line {@code "-- "} (RFC 3676, section 4.3); may be empty
 */
record QuoteSplit(String text, String quoted, String signature) {
  private static final int MAX_SIGNATURE_LINES = 20;
  private static final int MAX_ATTRIBUTION_LINES = 3;

  private static final Pattern ORIGINAL_MESSAGE =
      Pattern.compile(
          "\\s*-{2,}\\s*(?:Original Message|Original Appointment|Ursprüngliche Nachricht"
              + "|Message d'origine|Mensaje original|Messaggio originale|Oorspronkelijk bericht"
              + "|Mensagem original|Oryginalna wiadomość)\\s*-{2,}\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern ATTRIBUTION =
      Pattern.compile(
          "(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał"
              + "|написал)\\b.{0,80}[:：]\\s*$|^\\s*(?:On|Am|Le|El|Il|Op|Em|Den)\\b.{5,200}[:：]\\s*$",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

  static QuoteSplit of(String body) {
    List<String> lines = new ArrayList<>(List.of(body.split("\n", -1)));
    String quoted = cut(lines, quoteStart(lines));
    String signature = cut(lines, signatureStart(lines));
    if (quoted.isEmpty()) {
      quoted = cut(lines, quoteStart(lines));
    }
    return new QuoteSplit(join(lines), quoted, signature.replaceFirst("^-- ?\n", ""));
  }

  /** Takes the lines from there on out of the list, unless only blank lines would be left. */
  private static String cut(List<String> lines, int start) {
    if (start <= 0 || lines.subList(0, start).stream().allMatch(String::isBlank)) {
      return "";
    }
    List<String> tail = lines.subList(start, lines.size());
    String text = join(tail);
    tail.clear();
    return text;
  }

  private static String join(List<String> lines) {
    return String.join("\n", lines).stripTrailing();
  }

  /** Where the quote at the end begins; negative if there is none. */
  private static int quoteStart(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("--") && ORIGINAL_MESSAGE.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    int start = lines.size();
    int marked = 0;
    for (int i = lines.size() - 1; i >= 0; i--) {
      boolean mark = lines.get(i).startsWith(">");
      if (!mark && !lines.get(i).isBlank()) {
        break;
      }
      marked += mark ? 1 : 0;
      start = mark ? i : start;
    }
    if (marked == 0) {
      return -1;
    }
    int attribution = attributionStart(lines, start);
    // One marked line that nothing introduces may be anything.
    return attribution >= 0 ? attribution : marked > 1 ? start : -1;
  }

  private static int attributionStart(List<String> lines, int quote) {
    int last = quote - 1;
    while (last >= 0 && lines.get(last).isBlank()) {
      last--;
    }
    for (int first = last; first >= 0 && first > last - MAX_ATTRIBUTION_LINES; first--) {
      if (lines.get(first).isBlank()) {
        return -1;
      }
      if (ATTRIBUTION.matcher(String.join(" ", lines.subList(first, last + 1))).find()) {
        boolean continues = first > 0 && first == last && opensAttribution(lines.get(first - 1));
        return continues ? first - 1 : first;
      }
    }
    return -1;
  }

  private static boolean opensAttribution(String line) {
    return line.matches("\\s*(?:On|Am|Le|El|Il|Op|Em|Den) .*\\d.*");
  }

  private static int signatureStart(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0 && i >= lines.size() - 1 - MAX_SIGNATURE_LINES; i--) {
      String line = lines.get(i);
      if (line.equals("-- ") || line.equals("--")) {
        return i;
      }
      if (line.startsWith(">")) {
        return -1;
      }
    }
    return -1;
  }
}

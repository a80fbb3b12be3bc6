package io.earshot.indexers.internal.mail;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the dates of mail headers: RFC 5322 with its obsolete forms, C's asctime, ISO 8601, and the
 * mixtures that mail programs write.
 *
 * <p>A date without a zone, or with one nobody knows, is taken as UTC.
 */
final class MailDate {
  private static final int MAX_LENGTH = 200;

  private static final String TIME =
      "(?<hour>\\d{1,2}) ?[:.] ?(?<minute>\\d{2})(?: ?[:.] ?(?<second>\\d{2})(?:\\.\\d{1,9})?)?";
  private static final String ZONE =
      "(?: ?(?<zone>[A-Za-z]{0,5} ?[+-]\\d{1,2}:?\\d{2}\\b|[A-Za-z]{1,5}\\b))?";
  private static final String HALF = "(?: ?(?<half>[AaPp])\\.?[Mm]\\b\\.?)?";

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile(
              "(?<day>\\d{1,2})(?:st|nd|rd|th)?[ .-]{1,3}(?<month>[A-Za-z]{3})[a-z]*[ .,-]{1,3}"
                  + "(?<year>\\d{4}|\\d{2,3})(?:,? (?:at )?"
                  + TIME
                  + HALF
                  + ZONE
                  + ")?"),
          Pattern.compile(
              "\\b(?<month>[A-Za-z]{3})[a-z]*\\.? (?<day>\\d{1,2}) "
                  + TIME
                  + ZONE
                  + " (?<year>\\d{4})(?<offset> [+-]\\d{4})?"),
          Pattern.compile(
              "\\b(?<month>[A-Za-z]{3})[a-z]*\\.? (?<day>\\d{1,2}),? (?<year>\\d{4})(?:,? (?:at )?"
                  + TIME
                  + HALF
                  + ZONE
                  + ")?"),
          Pattern.compile(
              "(?<year>\\d{4})[-/](?<number>\\d{1,2})[-/](?<day>\\d{1,2})(?:[T ]"
                  + TIME
                  + ZONE
                  + ")?"));

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  /** Minutes east of Greenwich of the names in use (RFC 5322, 4.3, and some of the rest). */
  private static final Map<String, Integer> ZONES =
      Map.ofEntries(
          Map.entry("EST", -300),
          Map.entry("EDT", -240),
          Map.entry("CST", -360),
          Map.entry("CDT", -300),
          Map.entry("MST", -420),
          Map.entry("MDT", -360),
          Map.entry("PST", -480),
          Map.entry("PDT", -420),
          Map.entry("BST", 60),
          Map.entry("CET", 60),
          Map.entry("MET", 60),
          Map.entry("CEST", 120),
          Map.entry("MEST", 120),
          Map.entry("EET", 120),
          Map.entry("EEST", 180),
          Map.entry("MSK", 180),
          Map.entry("JST", 540),
          Map.entry("AEST", 600),
          Map.entry("AEDT", 660));

  private MailDate() {}

  /** The instant, if the text holds one between the years 1970 and 9999. */
  static Optional<Instant> parse(String field) {
    String text = HeaderText.collapsed(withoutComments(field));
    text = text.substring(0, Math.min(text.length(), MAX_LENGTH));
    for (Pattern form : FORMS) {
      Matcher match = form.matcher(text);
      if (match.find()) {
        Optional<Instant> instant = instant(match, form.pattern());
        if (instant.isPresent()) {
          return instant;
        }
      }
    }
    return Optional.empty();
  }

  private static String withoutComments(String field) {
    String text = field.substring(0, Math.min(field.length(), 4 * MAX_LENGTH));
    return text.indexOf('(') < 0 ? text : text.replaceAll("\\([^()]*\\)", " ");
  }

  private static Optional<Instant> instant(Matcher match, String form) {
    int month =
        form.contains("?<number>")
            ? Integer.parseInt(match.group("number"))
            : 1 + MONTHS.indexOf(match.group("month").toLowerCase(Locale.ROOT));
    String zone = match.group("zone");
    if (form.contains("?<offset>") && match.group("offset") != null) {
      zone = match.group("offset");
    }
    boolean afternoon = form.contains("?<half>") && match.group("half") != null;
    int hour = number(match, "hour");
    if (afternoon) {
      hour = hour % 12 + (match.group("half").equalsIgnoreCase("p") ? 12 : 0);
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              year(match.group("year")),
              month,
              number(match, "day"),
              hour,
              number(match, "minute"),
              Math.min(number(match, "second"), 59));
      Instant instant =
          local.minusMinutes(zone == null ? 0 : offset(zone)).toInstant(ZoneOffset.UTC);
      return instant.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(instant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher match, String group) {
    String digits = match.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** Years of two and three digits as RFC 5322, section 4.3, has them. */
  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    if (digits.length() == 4) {
      return year;
    }
    return digits.length() == 2 && year < 50 ? 2000 + year : 1900 + year;
  }

  private static int offset(String zone) {
    int sign = Math.max(zone.indexOf('+'), zone.indexOf('-'));
    if (sign < 0) {
      return ZONES.getOrDefault(zone.strip().toUpperCase(Locale.ROOT), 0);
    }
    String digits = zone.substring(sign + 1).replace(":", "");
    int value = Integer.parseInt(digits);
    int minutes = value / 100 * 60 + value % 100;
    if (minutes > 18 * 60) {
      return 0;
    }
    return zone.charAt(sign) == '-' ? -minutes : minutes;
  }
}

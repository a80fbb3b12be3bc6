package io.earshot.indexers;

import static java.util.Map.entry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The date and time at the beginning of a line of a WhatsApp export, and what follows it.
 *
 * <p>Android writes {@code 17/12/2024, 15:10 - }, iOS {@code [17/12/2024, 15:10:34] }; order,
 * separators, digits and the marks of a 12-hour clock follow the phone's language.
 *
 * @param first the date's first number
 * @param second the date's second number
 * @param third the date's third number
 * @param firstIsYear whether the first number can only be a year
 * @param american whether it looks as phones set to American English write it
 * @param time the time of day
 * @param raw date and time as they stand in the file
 * @param rest the line's rest
 */
record WhatsAppStamp(
    int first,
    int second,
    int third,
    boolean firstIsYear,
    boolean american,
    LocalTime time,
    String raw,
    String rest) {

  /** The order of a date's numbers. */
  enum DateOrder {
    DMY("day, month, year"),
    MDY("month, day, year"),
    YMD("year, month, day");

    private final String words;

    DateOrder(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private static final String SPACE = "[\\p{Zs}\\u200E\\u200F]";
  private static final String MARKER = "(\\p{L}[\\p{L}\\p{M}.]{0,12}(?:\\p{Zs}\\p{L}{1,11}\\.?)?)";

  /** Every repetition is bounded, so that no line takes longer than its length. */
  private static final Pattern STAMP =
      Pattern.compile(
          "[\\u200E\\u200F\\u202A-\\u202E]{0,4}(\\[)?"
              + "((\\p{Nd}{1,4})([./-])\\p{Zs}?(\\p{Nd}{1,2})\\4\\p{Zs}?(\\p{Nd}{1,4})\\.?[,\u060C]?"
              + (SPACE + "{1,3}")
              + ("(?:" + MARKER + "\\p{Zs}?)?")
              + "(\\p{Nd}{1,2})[:.](\\p{Nd}{2})(?:[:.](\\p{Nd}{2}))?"
              + ("(?:" + SPACE + "{0,2}" + MARKER + ")?")
              + ")(\\]|\\p{Zs}-)(?:\\p{Zs}|$)");

  /** The halves of the day as phones write them, in lower case, without dots and spaces. */
  private static final Map<String, Boolean> AFTERNOON =
      Map.ofEntries(
          entry("am", false),
          entry("pm", true),
          entry("fm", false), // Swedish
          entry("em", true),
          entry("\u03C0\u03BC", false), // Greek
          entry("\u03BC\u03BC", true),
          entry("\u0635", false), // Arabic
          entry("\u0645", true),
          entry("\u4E0A\u5348", false), // Chinese
          entry("\u51CC\u6668", false),
          entry("\u65E9\u4E0A", false),
          entry("\u4E2D\u5348", true),
          entry("\u4E0B\u5348", true),
          entry("\u665A\u4E0A", true),
          entry("\u5348\u524D", false), // Japanese
          entry("\u5348\u5F8C", true),
          entry("\uC624\uC804", false), // Korean
          entry("\uC624\uD6C4", true),
          entry("sa", false), // Vietnamese
          entry("ch", true),
          entry("de", false), // Hungarian
          entry("du", true),
          entry("\u00F6\u00F6", false), // Turkish
          entry("\u00F6s", true));

  /** The stamp a line begins with; empty if it begins with none and so continues a message. */
  static Optional<WhatsAppStamp> of(String line) {
    Matcher matcher = STAMP.matcher(line);
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    boolean bracket = matcher.group(1) != null;
    if (bracket != matcher.group(12).equals("]")) {
      return Optional.empty();
    }
    String before = matcher.group(7);
    String after = matcher.group(11);
    String marker = before == null ? after : before;
    Boolean afternoon = marker == null ? null : AFTERNOON.get(normalised(marker));
    if (marker != null && afternoon == null) {
      return Optional.empty();
    }
    int hour = hour(number(matcher.group(8)), afternoon);
    int minute = number(matcher.group(9));
    int second = matcher.group(10) == null ? 0 : number(matcher.group(10));
    if (hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    String first = matcher.group(3);
    return Optional.of(
        new WhatsAppStamp(
            number(first),
            number(matcher.group(5)),
            number(matcher.group(6)),
            first.length() > 2,
            american(matcher, after),
            LocalTime.of(hour, minute, second),
            matcher.group(2),
            line.substring(matcher.end())));
  }

  private static String normalised(String marker) {
    return marker.replaceAll("[.\\p{Zs}]", "").toLowerCase(Locale.ROOT);
  }

  /** 12 AM is midnight, 12 PM noon; some phones write 00 AM, and 15 PM where both clocks mix. */
  private static int hour(int hour, @Nullable Boolean afternoon) {
    if (afternoon == null || hour > 12) {
      return hour;
    }
    return hour % 12 + (afternoon ? 12 : 0);
  }

  /** As CLDR's short format for en-US: slashes, no leading zeros, two-digit year, AM and PM. */
  private static boolean american(Matcher matcher, @Nullable String marker) {
    return ("AM".equals(marker) || "PM".equals(marker))
        && matcher.group(4).equals("/")
        && !matcher.group(3).startsWith("0")
        && !matcher.group(5).startsWith("0")
        && matcher.group(6).length() == 2;
  }

  private static int number(String digits) {
    int value = 0;
    for (int i = 0; i < digits.length(); ) {
      int digit = digits.codePointAt(i);
      value = value * 10 + Character.digit(digit, 10);
      i += Character.charCount(digit);
    }
    return value;
  }

  /** The day in that order; empty if there is no such day. */
  Optional<LocalDate> date(DateOrder order) {
    if (firstIsYear != (order == DateOrder.YMD)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (order) {
            case DMY -> LocalDate.of(year(third), second, first);
            case MDY -> LocalDate.of(year(third), first, second);
            case YMD -> LocalDate.of(first, second, third);
          });
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int year(int number) {
    return number < 100 ? 2000 + number : number; // WhatsApp began in 2009
  }
}

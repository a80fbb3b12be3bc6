package io.earshot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the dates and durations of the query language, and writes durations.
 *
 * <p>Nothing here throws: what is no date or duration is empty. Texts longer than any date are
 * refused before they are looked at, which keeps a hostile query linear.
 */
final class QueryTimes {
  private static final int MAX_LENGTH = 64;

  /** A hundred years: more than any history, and far from where milliseconds overflow. */
  private static final long MAX_MILLIS = Duration.ofDays(36_525).toMillis();

  private static final int MAX_MONTHS = 1_200;

  /** Dates beyond the year 10,000 or so would overflow where an index counts milliseconds. */
  private static final long MAX_EPOCH_SECOND = 400_000_000_000L;

  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
  private static final Pattern AMOUNT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|min|mo|s|m|h|d|w|y)");
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final Pattern MONTH = Pattern.compile("(\\d{4})[-/](\\d{1,2})");
  private static final Pattern DAY = Pattern.compile("(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})");
  private static final Pattern GERMAN_DAY = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})");
  private static final Pattern DATE_TIME =
      Pattern.compile("([^T]+T\\d\\d:\\d\\d)(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)?");
  private static final Map<String, Long> MILLIS =
      Map.of(
          "ms", 1L,
          "s", 1_000L,
          "m", 60_000L,
          "min", 60_000L,
          "h", 3_600_000L,
          "d", 86_400_000L,
          "w", 604_800_000L);

  private final Clock clock;
  private final QueryWarnings warnings;

  QueryTimes(Clock clock, QueryWarnings warnings) {
    this.clock = clock;
    this.warnings = warnings;
  }

  /** From an instant to the instant after the last. */
  record Span(Instant from, Instant until) {}

  /** Months are apart, since their length depends on when they are. */
  private record Amount(long months, long millis) {}

  /** An amount as it was typed, perhaps too long or negative. */
  private record Sum(BigDecimal months, BigDecimal millis) {
    boolean isTooLong() {
      return months.compareTo(BigDecimal.valueOf(MAX_MONTHS)) > 0
          || millis.compareTo(BigDecimal.valueOf(MAX_MILLIS)) > 0;
    }

    Optional<Amount> amount() {
      return millis.signum() < 0 || isTooLong()
          ? Optional.empty()
          : Optional.of(new Amount(months.longValue(), millis.longValue()));
    }
  }

  /** How long {@code 1h30m}, {@code PT10S} or {@code 90} is; in whole milliseconds. */
  Optional<Duration> duration(String text) {
    return amount(text)
        .filter(amount -> amount.months == 0)
        .map(amount -> Duration.ofMillis(amount.millis));
  }

  /**
   * Why a text is no duration, or no time up to now, although it is nearly one; else empty.
   *
   * @param text what {@link #duration} or {@link #past} did not understand
   */
  static String fault(String text) {
    boolean negative = text.startsWith("-");
    Optional<Sum> sum = sum(negative ? text.substring(1) : text);
    if (sum.isEmpty()) {
      return "";
    }
    if (negative || sum.get().millis.signum() < 0) {
      return "a time cannot be negative";
    }
    if (sum.get().isTooLong()) {
      return "a hundred years is the most";
    }
    return sum.get().months.signum() == 0
        ? ""
        : "months and years have no fixed length; days and weeks have";
  }

  /** The time up to now: {@code 30d}, {@code 6mo}. */
  Optional<Span> past(String text) {
    return amount(text).flatMap(this::before);
  }

  private Optional<Span> before(Amount amount) {
    try {
      ZonedDateTime now = ZonedDateTime.now(clock).truncatedTo(ChronoUnit.MILLIS);
      Instant from = now.minusMonths(amount.months).toInstant().minusMillis(amount.millis);
      return bounded(new Span(from, now.toInstant().plusMillis(1))); // now is included
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Optional<Amount> amount(String text) {
    Optional<Amount> amount = sum(text).flatMap(Sum::amount);
    if (amount.isPresent() && NUMBER.matcher(text).matches()) {
      warnings.addQuoting(text, "has no unit and was taken as seconds");
    }
    return amount;
  }

  private static Optional<Sum> sum(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("p")) {
      return iso(text);
    }
    return parts(NUMBER.matcher(lower).matches() ? lower + "s" : lower);
  }

  private static Optional<Sum> iso(String text) {
    try {
      long millis = Duration.parse(text).toMillis();
      return Optional.of(new Sum(BigDecimal.ZERO, BigDecimal.valueOf(millis)));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Sum> parts(String text) {
    BigDecimal millis = BigDecimal.ZERO;
    BigDecimal months = BigDecimal.ZERO;
    Matcher part = AMOUNT.matcher(text);
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      BigDecimal number = new BigDecimal(part.group(1));
      switch (part.group(2)) {
        case "mo" -> months = months.add(number);
        case "y" -> months = months.add(number.multiply(BigDecimal.valueOf(12)));
        case String unit ->
            millis = millis.add(number.multiply(BigDecimal.valueOf(MILLIS.getOrDefault(unit, 0L))));
      }
      end = part.end();
    }
    boolean whole = months.stripTrailingZeros().scale() <= 0;
    return end == 0 || end < text.length() || !whole
        ? Optional.empty()
        : Optional.of(new Sum(months, millis.setScale(0, RoundingMode.HALF_UP)));
  }

  /** The time that a date names: a day, a month, {@code last-week}. */
  Optional<Span> date(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      Optional<Span> moment = moment(text.toUpperCase(Locale.ROOT));
      return (moment.isPresent() ? moment : days(text.toLowerCase(Locale.ROOT)))
          .flatMap(QueryTimes::bounded);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty(); // 2026-02-30
    }
  }

  /**
   * The time from one date to another: {@code 2026-05-01..2026-05-10} with both, {@code
   * 2026-05-01..<2026-06-01} without the second; either may be missing.
   */
  Optional<Span> dates(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      return date(text);
    }
    String first = text.substring(0, dots);
    boolean excluded = text.startsWith("<", dots + 2);
    String second = text.substring(dots + (excluded ? 3 : 2));
    Optional<Span> from = first.isEmpty() ? limit(Instant.MIN) : date(first);
    Optional<Span> until = second.isEmpty() ? limit(Instant.MAX) : date(second);
    if (from.isEmpty() || until.isEmpty() || (first.isEmpty() && second.isEmpty())) {
      return Optional.empty();
    }
    Span whole = new Span(from.get().from, excluded ? until.get().from : until.get().until);
    return from.get().from.isAfter(until.get().from) ? Optional.empty() : Optional.of(whole);
  }

  /** Whether it is from one date to an earlier one. */
  boolean endsBeforeItBegins(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      return false;
    }
    Optional<Span> from = date(text.substring(0, dots));
    Optional<Span> until = date(text.substring(dots + (text.startsWith("<", dots + 2) ? 3 : 2)));
    return from.isPresent() && until.isPresent() && from.get().from.isAfter(until.get().from);
  }

  private static Optional<Span> limit(Instant instant) {
    return Optional.of(new Span(instant, instant));
  }

  private static Optional<Span> bounded(Span span) {
    boolean fits =
        Math.abs(span.from.getEpochSecond()) < MAX_EPOCH_SECOND
            && Math.abs(span.until.getEpochSecond()) < MAX_EPOCH_SECOND;
    return fits ? Optional.of(span) : Optional.empty();
  }

  private Optional<Span> moment(String text) {
    Matcher matcher = DATE_TIME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Instant from =
        matcher.group(4) == null
            ? LocalDateTime.parse(text).atZone(zone()).toInstant()
            : OffsetDateTime.parse(text).toInstant();
    ChronoUnit precision =
        matcher.group(2) == null
            ? ChronoUnit.MINUTES
            : matcher.group(3) == null ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
    return Optional.of(new Span(from, from.plus(1, precision)));
  }

  private Optional<Span> days(String text) {
    if (YEAR.matcher(text).matches()) {
      LocalDate first = LocalDate.of(Integer.parseInt(text), 1, 1);
      return span(first, first.plusYears(1));
    }
    Matcher month = MONTH.matcher(text);
    if (month.matches()) {
      LocalDate first = YearMonth.of(number(month, 1), number(month, 2)).atDay(1);
      return span(first, first.plusMonths(1));
    }
    Matcher day = DAY.matcher(text);
    if (day.matches()) {
      return oneDay(LocalDate.of(number(day, 1), number(day, 3), number(day, 4)));
    }
    Matcher german = GERMAN_DAY.matcher(text);
    if (german.matches()) {
      return oneDay(LocalDate.of(number(german, 3), number(german, 2), number(german, 1)));
    }
    return named(text, LocalDate.now(clock));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private Optional<Span> named(String text, LocalDate today) {
    LocalDate week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)); // ISO 8601
    LocalDate month = today.withDayOfMonth(1);
    LocalDate year = today.withDayOfYear(1);
    return switch (text) {
      case "today" -> oneDay(today);
      case "yesterday" -> oneDay(today.minusDays(1));
      case "this-week" -> span(week, week.plusWeeks(1));
      case "last-week" -> span(week.minusWeeks(1), week);
      case "this-month" -> span(month, month.plusMonths(1));
      case "last-month" -> span(month.minusMonths(1), month);
      case "this-year" -> span(year, year.plusYears(1));
      case "last-year" -> span(year.minusYears(1), year);
      default -> weekday(text, today);
    };
  }

  private Optional<Span> weekday(String text, LocalDate today) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).equals(text)) {
        return oneDay(today.with(TemporalAdjusters.previousOrSame(day)));
      }
    }
    return Optional.empty();
  }

  private Optional<Span> oneDay(LocalDate day) {
    return span(day, day.plusDays(1));
  }

  private Optional<Span> span(LocalDate from, LocalDate until) {
    return Optional.of(
        new Span(from.atStartOfDay(zone()).toInstant(), until.atStartOfDay(zone()).toInstant()));
  }

  private ZoneId zone() {
    return clock.getZone();
  }

  /** A duration as it would be typed: {@code 1h30m}. Less than a millisecond is dropped. */
  static String print(Duration time) {
    if (time.isNegative()) {
      return time.toString(); // made by a host; the language has none
    }
    StringBuilder printed = new StringBuilder();
    append(printed, time.toHours(), "h");
    append(printed, time.toMinutesPart(), "m");
    append(printed, time.toSecondsPart(), "s");
    append(printed, time.toMillisPart(), "ms");
    return printed.isEmpty() ? "0s" : printed.toString();
  }

  private static void append(StringBuilder printed, long number, String unit) {
    if (number != 0) {
      printed.append(number).append(unit);
    }
  }
}

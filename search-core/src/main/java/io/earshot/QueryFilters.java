package io.earshot;

import io.earshot.internal.Edits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.util.BytesRef;

/**
 * Understands {@code name:value}: filters, attributes, and those restrictions that have a value.
 *
 * <p>What it does not understand is empty; the parser then takes it as plain text.
 */
final class QueryFilters {
  /** What each name takes, for warnings. */
  private static final Map<String, String> TAKES =
      Map.ofEntries(
          Map.entry("channel", "a channel's name, as in channel:call"),
          Map.entry("direction", "inbound, outbound or internal"),
          Map.entry("from", "a name, address or id, as in from:emma"),
          Map.entry("agent", "a name, address or id, as in agent:nina"),
          Map.entry("said-by", "a role or name, as in said-by:customer"),
          Map.entry("tag", "a tag, as in tag:vip"),
          Map.entry("lang", "a language's tag, as in lang:en"),
          Map.entry("filename", "words of a name, as in filename:invoice"),
          Map.entry("has", "what there is, as in has:attachment"),
          Map.entry("before", "a date, as in before:2026-05-17"),
          Map.entry("after", "a date, as in after:2026-05-17"),
          Map.entry("on", "a date, as in on:2026-05-17"),
          Map.entry("during", "a date, as in during:2026-05"),
          Map.entry("past", "a time up to a hundred years, as in past:30d"),
          Map.entry("duration", "times up to a hundred years, as in duration:>10m"),
          Map.entry("first", "a time up to a hundred years, as in first:60s"),
          Map.entry("last", "a time up to a hundred years, as in last:60s"),
          Map.entry("is", "only question, as in is:question"));

  private static final Set<String> RESTRICTIONS =
      Set.of("said-by", "is", "first", "last", "turn", "subject");

  private static final Set<String> PARTS =
      Set.of("attachment", "recording", "transcript", "subject", "thread", "quote", "signature");

  private static final String REVERSED = "the range begins after it ends";
  private static final int MAX_NUMBER_LENGTH = 64;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9_-]+");

  private final QueryTimes times;

  QueryFilters(QueryTimes times) {
    this.times = times;
  }

  /** What was typed behind a colon or comma; in quotes it is only text. */
  record Value(String text, boolean quoted) {}

  /** Whether a name is the language's own, and so no attribute. */
  static boolean isKnown(String name) {
    return TAKES.containsKey(lower(name)) || isRestriction(name);
  }

  /** Whether a name restricts what stands behind it, rather than filters interactions. */
  static boolean isRestriction(String name) {
    return RESTRICTIONS.contains(lower(name));
  }

  /** Whether a name is of something that any interaction may have, and so of no attribute alone. */
  static boolean isPart(String name) {
    return PARTS.contains(lower(name));
  }

  /** The language's own name that was probably meant by one that is not. */
  static Optional<String> closest(String name) {
    String typed = lower(name);
    int letters = typed.codePointCount(0, typed.length());
    if (letters < 3) {
      return Optional.empty();
    }
    int most = letters <= 4 ? 1 : 2;
    Edits edits = new Edits(typed, most);
    Comparator<String> nearest = Comparator.comparingInt(known -> edits.to(new BytesRef(known)));
    return Stream.concat(TAKES.keySet().stream(), RESTRICTIONS.stream())
        .filter(known -> edits.to(new BytesRef(known)) <= most)
        .min(nearest.thenComparing(Comparator.naturalOrder()));
  }

  /** What a name takes. */
  static String takes(String name) {
    String takes = TAKES.get(lower(name));
    return takes == null
        ? "a range is of numbers, as in orderTotal:>=100"
        : lower(name) + ": takes " + takes;
  }

  /** Why some values of that name were not understood. */
  String complaint(String name, List<Value> values) {
    return values.stream()
        .map(value -> fault(name, value))
        .filter(fault -> !fault.isEmpty())
        .findFirst()
        .orElseGet(() -> takes(name));
  }

  /** What is wrong with a value that is nearly right; empty if it is another one's. */
  private String fault(String name, Value value) {
    String text = value.text;
    return switch (lower(name)) {
      case "past", "first", "last" -> QueryTimes.fault(text);
      case "before", "after" -> text.contains("..") ? "on: and during: take ranges of dates" : "";
      case "on", "during" -> times.endsBeforeItBegins(text) ? REVERSED : "";
      case "duration" ->
          range(text)
              .map(ends -> fault(ends, times::duration, QueryTimes::fault))
              .orElseGet(() -> QueryTimes.fault(text));
      default -> isKnown(name) ? "" : attributeFault(value);
    };
  }

  private static String attributeFault(Value value) {
    return value.text.isBlank()
        ? "there is no value behind its colon"
        : range(value.text).map(ends -> fault(ends, QueryFilters::number, end -> "")).orElse("");
  }

  private static <T extends Comparable<T>> String fault(
      Range ends, Function<String, Optional<T>> reader, UnaryOperator<String> fault) {
    String ofAnEnd =
        Stream.of(ends.least, ends.most)
            .map(fault)
            .filter(one -> !one.isEmpty())
            .findFirst()
            .orElse("");
    Optional<T> least = reader.apply(ends.least);
    Optional<T> most = reader.apply(ends.most);
    if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
      return REVERSED;
    }
    boolean areRead =
        (least.isPresent() || ends.least.isEmpty()) && (most.isPresent() || ends.most.isEmpty());
    return areRead ? "nothing is in that range" : ofAnEnd;
  }

  /** The filter of that name for any of the values. */
  Optional<Query> filter(String name, List<Value> values) {
    List<Query> any = new ArrayList<>();
    for (Value value : values) {
      Optional<? extends Query> one = filter(name, value);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      any.add(one.get());
    }
    return switch (any.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(any.getFirst());
      default -> Optional.of(new Query.AnyOf(any));
    };
  }

  /** The restriction of that name, to be put before a query. */
  Optional<UnaryOperator<Query>> restriction(String name, List<Value> values) {
    if (lower(name).equals("said-by")) {
      return anybody(values).map(who -> query -> new Query.SaidBy(who, query));
    }
    if (values.size() != 1) {
      return Optional.empty();
    }
    String value = values.getFirst().text;
    return switch (lower(name)) {
      case "first" -> times.duration(value).map(time -> query -> new Query.First(time, query));
      case "last" -> times.duration(value).map(time -> query -> new Query.Last(time, query));
      default ->
          value.equalsIgnoreCase("question") ? Optional.of(Query.Question::new) : Optional.empty();
    };
  }

  /** Several are one restriction: the words of one group may be said by one and by the other. */
  private static Optional<String> anybody(List<Value> values) {
    List<String> anybody =
        values.stream()
            .flatMap(value -> Arrays.stream(value.text.split("\\|")))
            .map(String::strip)
            .filter(QueryFilters::hasWord)
            .toList();
    return anybody.isEmpty() ? Optional.empty() : Optional.of(String.join("|", anybody));
  }

  private Optional<? extends Query> filter(String name, Value value) {
    String text = value.text;
    return switch (lower(name)) {
      case "channel" -> channel(text);
      case "direction" -> direction(text);
      case "from" -> words(text).map(Query.From::new);
      case "agent" -> words(text).map(Query.WithAgent::new);
      case "filename" -> words(text).map(Query.FileNamed::new);
      case "tag" -> notBlank(text).map(Query.Tagged::new);
      case "has" -> notBlank(text).map(QueryFilters::has);
      case "lang" ->
          LANGUAGE.matcher(text).matches()
              ? Optional.of(new Query.InLanguage(text))
              : Optional.empty();
      case "before" -> times.date(text).map(at -> new Query.Started(Instant.MIN, at.from()));
      case "after" -> times.date(text).map(at -> new Query.Started(at.from(), Instant.MAX));
      case "on", "during" -> times.dates(text).map(QueryFilters::started);
      case "past" -> times.past(text).map(QueryFilters::started);
      case "duration" -> lasted(text);
      default -> attribute(name, value);
    };
  }

  private static Query started(QueryTimes.Span span) {
    return new Query.Started(span.from(), span.until());
  }

  private static Optional<Query> channel(String text) {
    try {
      return Optional.of(new Query.OnChannel(Channel.of(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Query> direction(String text) {
    return Arrays.stream(Direction.values())
        .filter(direction -> direction.name().equalsIgnoreCase(text))
        .findAny()
        .map(Query.Directed::new);
  }

  private static Query has(String what) {
    return new Query.Has(isPart(what) ? lower(what) : what);
  }

  private static Optional<String> words(String text) {
    return hasWord(text) ? Optional.of(text) : Optional.empty();
  }

  static boolean hasWord(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private static Optional<String> notBlank(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private Optional<Query> lasted(String text) {
    Optional<Range> range = range(text);
    if (range.isEmpty()) {
      return times.duration(text).map(time -> new Query.Lasted(time, time));
    }
    Range ends = range.get();
    Optional<Duration> least = end(ends.least, Duration.ZERO, times::duration);
    Optional<Duration> most = end(ends.most, Query.Lasted.ANY, times::duration);
    if (least.isEmpty() || most.isEmpty()) {
      return Optional.empty();
    }
    Duration from = ends.withoutLeast ? least.get().plusMillis(1) : least.get();
    Duration to = ends.withoutMost ? most.get().minusMillis(1) : most.get();
    return to.compareTo(from) < 0 ? Optional.empty() : Optional.of(new Query.Lasted(from, to));
  }

  private static Optional<Query> attribute(String name, Value value) {
    Optional<Range> range = value.quoted ? Optional.empty() : range(value.text);
    if (range.isEmpty()) {
      return notBlank(value.text).map(text -> new Query.Attribute(name, text));
    }
    boolean compares = "<>=".indexOf(value.text.charAt(0)) >= 0;
    return compares || range.get().isOfNumbers()
        ? numbers(name, range.get())
        : Optional.of(new Query.Attribute(name, value.text)); // a list of versions, a path
  }

  private static Optional<Query> numbers(String name, Range ends) {
    Optional<Double> least = end(ends.least, Double.NEGATIVE_INFINITY, QueryFilters::number);
    Optional<Double> most = end(ends.most, Double.POSITIVE_INFINITY, QueryFilters::number);
    if (least.isEmpty() || most.isEmpty()) {
      return Optional.empty();
    }
    // Adding zero makes 0.0 of -0.0, which records tell apart.
    double from = 0.0 + (ends.withoutLeast ? Math.nextUp(least.get()) : least.get());
    double to = 0.0 + (ends.withoutMost ? Math.nextDown(most.get()) : most.get());
    boolean holdsNumbers =
        from <= to && from < Double.POSITIVE_INFINITY && to > Double.NEGATIVE_INFINITY;
    return holdsNumbers ? Optional.of(new Query.AttributeRange(name, from, to)) : Optional.empty();
  }

  private static Optional<Double> number(String text) {
    if (text.length() > MAX_NUMBER_LENGTH || !NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
  }

  /** The ends of a range as they were typed; an empty one is no limit. */
  private record Range(String least, boolean withoutLeast, String most, boolean withoutMost) {
    boolean isOfNumbers() {
      return end(least, 0.0, QueryFilters::number).isPresent()
          && end(most, 0.0, QueryFilters::number).isPresent();
    }
  }

  /** An end of a range: the limit if none was typed. */
  private static <T> Optional<T> end(String text, T limit, Function<String, Optional<T>> reader) {
    return text.isEmpty() ? Optional.of(limit) : reader.apply(text);
  }

  private static Optional<Range> range(String text) {
    int dots = text.indexOf("..");
    Range range =
        switch (text.isEmpty() ? ' ' : text.charAt(0)) {
          case '>' ->
              text.startsWith(">=")
                  ? new Range(operand(text, 2), false, "", false)
                  : new Range(operand(text, 1), true, "", false);
          case '<' ->
              text.startsWith("<=")
                  ? new Range("", false, operand(text, 2), false)
                  : new Range("", false, operand(text, 1), true);
          case '=' -> new Range(operand(text, 1), false, operand(text, 1), false);
          default ->
              dots < 0 || text.length() == 2
                  ? null
                  : new Range(text.substring(0, dots), false, text.substring(dots + 2), false);
        };
    return Optional.ofNullable(range);
  }

  /** What a comparison compares with; a blank stands for nothing, which no reader understands. */
  private static String operand(String text, int start) {
    return text.length() > start ? text.substring(start) : " ";
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

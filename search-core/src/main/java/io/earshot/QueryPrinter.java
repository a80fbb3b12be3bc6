package io.earshot;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a query as it would be typed, with no more parentheses than needed: the parser bounds how
 * deep they may nest, and reads back whatever it made.
 *
 * <p>Times are written as instants, since what "yesterday" was depends on when it is read: {@code
 * after:2026-05-01T00:00:00Z}, {@code before:2026-06-01T00:00:00Z}, and with both limits {@code
 * on:2026-05-01T00:00:00Z..<2026-06-01T00:00:00Z}, whose {@code <} leaves the second instant out.
 *
 * <p>What only a host can build is written as the nearest that can be typed: words with white space
 * as a phrase, a quotation mark within quotation marks as an apostrophe, nothing at all as {@code
 * -()}.
 */
final class QueryPrinter {
  // How tightly something binds; what binds less tightly than its place asks for gets parentheses.
  private static final int ALL = 0;
  private static final int ANY = 1;
  private static final int NEAR = 2;
  private static final int ONE = 3;

  private final StringBuilder out = new StringBuilder();

  private QueryPrinter() {}

  static String print(Query query) {
    QueryPrinter printer = new QueryPrinter();
    printer.whole(query);
    return printer.out.toString();
  }

  /** Writes a query that stands alone, or alone between parentheses. */
  private void whole(Query query) {
    switch (query) {
      case Query.AllOf all -> joined(all.queries(), " ", ANY);
      case Query.AnyOf any -> any(any);
      case Query.Near near -> pair(near.left(), "NEAR/" + near.words(), near.right());
      case Query.Within within ->
          pair(within.left(), "WITHIN/" + QueryTimes.print(within.time()), within.right());
      case Query.Not not -> not(not.query());
      case Query.SaidBy said -> loose("said-by:" + values(said.who()), said.query());
      case Query.Question question -> loose("is:question", question.query());
      case Query.First first -> loose("first:" + QueryTimes.print(first.time()), first.query());
      case Query.Last last -> loose("last:" + QueryTimes.print(last.time()), last.query());
      case Query.SameTurn same -> direct("turn:", same.query());
      case Query.InSubject in -> direct("subject:", in.query());
      default -> out.append(leaf(query));
    }
  }

  private void any(Query.AnyOf any) {
    if (any.queries().isEmpty()) {
      out.append("-()");
    } else {
      joined(any.queries(), " OR ", NEAR);
    }
  }

  private void joined(List<Query> queries, String separator, int binding) {
    for (int i = 0; i < queries.size(); i++) {
      out.append(i == 0 ? "" : separator);
      part(queries.get(i), binding);
    }
  }

  private void pair(Query left, String operator, Query right) {
    part(left, NEAR);
    out.append(' ').append(operator).append(' ');
    part(right, ONE);
  }

  private void part(Query query, int binding) {
    if (binding(query) < binding) {
      grouped(query);
    } else {
      whole(query);
    }
  }

  private void grouped(Query query) {
    out.append('(');
    whole(query);
    out.append(')');
  }

  private static int binding(Query query) {
    return switch (query) {
      case Query.AllOf all -> ALL;
      case Query.AnyOf any -> any.queries().isEmpty() ? ONE : ANY;
      case Query.Near near -> NEAR;
      case Query.Within within -> NEAR;
      default -> isOpen(query) ? ALL : ONE;
    };
  }

  /** Whether a restriction stands last and would hold for whatever is written behind it. */
  private static boolean isOpen(Query query) {
    return switch (query) {
      case Query.SaidBy said -> isEverything(said.query()) || isOpen(said.query());
      case Query.Question question -> isEverything(question.query()) || isOpen(question.query());
      case Query.First first -> isEverything(first.query()) || isOpen(first.query());
      case Query.Last last -> isEverything(last.query()) || isOpen(last.query());
      case Query.SameTurn same -> isOpen(same.query());
      case Query.InSubject in -> isOpen(in.query());
      case Query.Not not -> isOpen(not.query());
      default -> false;
    };
  }

  private static boolean isEverything(Query query) {
    return query instanceof Query.AllOf all && all.queries().isEmpty();
  }

  private void not(Query query) {
    if (query instanceof Query.Words words && reads("-" + words.text(), new Query.Not(words))) {
      out.append('-').append(words.text()); // also OR, which alone is an operator
      return;
    }
    out.append('-');
    if (isLeaf(query) && !leaf(query).startsWith("-")) {
      out.append(leaf(query));
    } else if (isRestriction(query)) {
      whole(query);
    } else {
      grouped(query);
    }
  }

  /** Writes a restriction that needs nothing behind it, and what it holds for. */
  private void loose(String restriction, Query query) {
    out.append(restriction);
    if (!isEverything(query)) {
      out.append(' ');
      restricted(query, false);
    }
  }

  /** Writes a restriction that stands directly before what it holds for. */
  private void direct(String restriction, Query query) {
    out.append(restriction);
    restricted(query, true);
  }

  private void restricted(Query query, boolean directly) {
    Query operand = query instanceof Query.Not not ? not.query() : query;
    boolean group = query instanceof Query.Not && !isLeaf(operand);
    if (group || isRestriction(operand) || (isText(operand) && !(directly && isNamed(operand)))) {
      whole(query);
    } else {
      grouped(query);
    }
  }

  private static boolean isRestriction(Query query) {
    return switch (query) {
      case Query.SaidBy said -> true;
      case Query.Question question -> true;
      case Query.First first -> true;
      case Query.Last last -> true;
      case Query.SameTurn same -> true;
      case Query.InSubject in -> true;
      default -> false;
    };
  }

  /** Whether it is a word or filter. */
  private static boolean isLeaf(Query query) {
    return switch (query) {
      case Query.AllOf all -> false;
      case Query.AnyOf any -> false;
      case Query.Near near -> false;
      case Query.Within within -> false;
      case Query.Not not -> false;
      default -> !isRestriction(query);
    };
  }

  private static boolean isText(Query query) {
    return query instanceof Query.Words
        || query instanceof Query.Phrase
        || query instanceof Query.Prefix
        || query instanceof Query.Typo;
  }

  /** Whether it is written like a filter, which {@code subject:} takes for words. */
  private static boolean isNamed(Query query) {
    return QueryParser.colon(leaf(query), 0) >= 0;
  }

  private static String leaf(Query query) {
    return switch (query) {
      case Query.Words words -> words(words);
      case Query.Phrase phrase -> phrase(phrase.text());
      case Query.Prefix prefix -> typed(prefix.text() + "*", prefix, quoted(prefix.text() + "*"));
      case Query.Typo typo -> typed(typo.word() + "~" + typo.edits(), typo, phrase(typo.word()));
      case Query.OnChannel on -> "channel:" + value(on.channel().name());
      case Query.Directed directed ->
          "direction:" + QueryFilters.lower(directed.direction().name());
      case Query.From from -> "from:" + value(from.who());
      case Query.WithAgent with -> "agent:" + value(with.who());
      case Query.Tagged tagged -> "tag:" + value(tagged.tag());
      case Query.InLanguage in -> "lang:" + value(in.tag());
      case Query.FileNamed file -> "filename:" + value(file.name());
      case Query.Has has -> "has:" + value(has.what());
      case Query.Started started -> started(started);
      case Query.Lasted lasted -> lasted(lasted);
      case Query.Attribute attribute -> name(attribute.name()) + ":" + value(attribute.value());
      case Query.AttributeRange range -> name(range.name()) + ":" + numbers(range);
      default -> throw new AssertionError(query.getClass());
    };
  }

  private static String words(Query.Words words) {
    String text = words.text();
    if (reads(text, words)) {
      return text;
    }
    // A tilde keeps the operator OR from being one, and does nothing else to so short a word.
    return typed(text + "~", words, phrase(text));
  }

  /** What was typed if it is read as meant, else something else. */
  private static String typed(String typed, Query meant, String otherwise) {
    return reads(typed, meant) ? typed : otherwise;
  }

  /** A text as a phrase; without the star that would make a beginning of its last word. */
  private static String phrase(String text) {
    return quoted(QueryWords.beginning(text.strip()).orElse(text));
  }

  private static boolean reads(String typed, Query meant) {
    return QueryParser.parse(typed, Clock.systemUTC()).query().equals(meant);
  }

  private static String started(Query.Started started) {
    boolean from = !started.from().equals(Instant.MIN);
    boolean until = !started.until().equals(Instant.MAX);
    if (from && until) {
      return "on:" + started.from() + "..<" + started.until();
    }
    return from ? "after:" + started.from() : until ? "before:" + started.until() : "()";
  }

  private static String lasted(Query.Lasted lasted) {
    String least = QueryTimes.print(lasted.least());
    String most = QueryTimes.print(lasted.most());
    if (lasted.most().equals(Query.Lasted.ANY)) {
      return "duration:>=" + least;
    }
    return lasted.least().isZero() ? "duration:<=" + most : "duration:" + least + ".." + most;
  }

  private static String numbers(Query.AttributeRange range) {
    boolean least = range.least() != Double.NEGATIVE_INFINITY;
    boolean most = range.most() != Double.POSITIVE_INFINITY;
    if (least && most) {
      return number(range.least()) + ".." + number(range.most());
    }
    return most
        ? "<=" + number(range.most())
        : ">=" + number(least ? range.least() : -Double.MAX_VALUE);
  }

  private static String number(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return whole ? Long.toString((long) number) : Double.toString(number);
  }

  private static String name(String name) {
    StringBuilder typed = new StringBuilder();
    for (int c : name.codePoints().toArray()) {
      typed.appendCodePoint(QueryParser.isNamePart(c, typed.isEmpty()) ? c : '_');
    }
    return typed.toString();
  }

  /** Of those that a bar parts, each for itself. */
  private static String values(String anyOf) {
    return Arrays.stream(anyOf.split("\\|", -1))
        .map(QueryPrinter::value)
        .collect(Collectors.joining(","));
  }

  private static String value(String value) {
    boolean plain =
        !value.isEmpty()
            && !value.contains("..") // else it would be a range
            && value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_@.-*".indexOf(c) >= 0);
    return plain ? value : quoted(value);
  }

  private static String quoted(String text) {
    return '"' + QueryParser.straightened(text).replace('"', '\'') + '"';
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * What a search asks for: a tree, read from what somebody typed ({@link #parse}) or built by the
 * host.
 *
 * <p>Three kinds of nodes: <b>words</b> ({@link Words}, {@link Phrase}, {@link Prefix}, {@link
 * Typo}) match words of an interaction; <b>operators</b> join or restrict what they stand before;
 * <b>filters</b> look at the interaction as a whole. They nest freely. {@code
 * docs/query-language.md} gives the meaning of each, with examples.
 *
 * <p>A search takes trees of up to 500 nodes one in another and of up to 100,000 nodes in all, one
 * that stands there several times counted each time. Of others only the parts may be looked at:
 * {@code toString}, {@code equals} and {@code hashCode} go down to the leaves, and the thread's
 * stack, or a lifetime, may not suffice.
 *
 * <p>Immutable.
 */
public sealed interface Query {
  /**
   * Reads what somebody typed, with the system's time zone and clock.
   *
   * @param text any text; never an error
   */
  static ParsedQuery parse(String text) {
    return parse(text, Clock.system(ZoneId.systemDefault()));
  }

  /**
   * Reads what somebody typed.
   *
   * @param text any text; never an error
   * @param clock says when "yesterday" is, and in which time zone
   */
  static ParsedQuery parse(String text, Clock clock) {
    return QueryParser.parse(requireNonNull(text, "text"), requireNonNull(clock, "clock"));
  }

  /** The query as it would be typed; what the parser made parses back to an equal tree. */
  @Override
  String toString();

  /** Everything in scope. */
  static Query everything() {
    return new AllOf(List.of());
  }

  /**
   * A run of text without white space: one word, or several that stand side by side; in any
   * inflection.
   */
  record Words(String text) implements Query {
    /** Checks the component. */
    public Words {
      requireNonNull(text, "text");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** Words that stand side by side, in that order, in one turn; in any inflection. */
  record Phrase(String text) implements Query {
    /** Checks the component. */
    public Phrase {
      requireNonNull(text, "text");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * Words that begin so: {@code refun*}. Of several side by side, {@code ORD-20*} or {@code "full
   * ref*"}, only the last is begun; the others are in any inflection.
   */
  record Prefix(String text) implements Query {
    /** Checks the component. */
    public Prefix {
      requireNonNull(text, "text");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * Words that are spelled nearly so: {@code kettel~}.
   *
   * @param word the word
   * @param edits most letters to insert, remove, replace or swap; 1 or 2 (Damerau, 1964)
   */
  record Typo(String word, int edits) implements Query {
    /** Checks the components. */
    public Typo {
      requireNonNull(word, "word");
      if (edits < 1 || edits > 2) {
        throw new IllegalArgumentException("edits must be 1 or 2, got " + edits);
      }
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** All of them; of none of them, everything. */
  record AllOf(List<Query> queries) implements Query {
    /** Copies the list. */
    public AllOf {
      queries = List.copyOf(queries);
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** At least one of them; of none of them, nothing. */
  record AnyOf(List<Query> queries) implements Query {
    /** Copies the list. */
    public AnyOf {
      queries = List.copyOf(queries);
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** Interactions that the query does not find. */
  record Not(Query query) implements Query {
    /** Checks the component. */
    public Not {
      requireNonNull(query, "query");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * Both close to each other in one turn, in either order: {@code a NEAR/8 b}.
   *
   * @param words most words between them, in [0, 999]
   */
  record Near(Query left, Query right, int words) implements Query {
    /** Most words that may be allowed in between. */
    public static final int MAX_WORDS = 999;

    /** Checks the components. */
    public Near {
      requireNonNull(left, "left");
      requireNonNull(right, "right");
      if (words < 0 || words > MAX_WORDS) {
        throw new IllegalArgumentException(
            "words must be in [0, %d], got %d".formatted(MAX_WORDS, words));
      }
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * Both said or written within a time, in either order: {@code a WITHIN/10s b}.
   *
   * @param time how long after one begins the other may begin; whole milliseconds, not negative
   */
  record Within(Query left, Query right, Duration time) implements Query {
    /** Checks the components. */
    public Within {
      requireNonNull(left, "left");
      requireNonNull(right, "right");
      requireNotNegative("time", time);
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * Said or written by somebody: {@code said-by:customer cancel}.
   *
   * @param who a {@link Role}'s name in any case, else words of the speaker's name, id or address;
   *     several with {@code |} between them: any of them
   * @param query what holds for each of its words; {@link Query#everything()} for any word at all
   */
  record SaidBy(String who, Query query) implements Query {
    /** Checks the components. */
    public SaidBy {
      requireNonNull(who, "who");
      requireNonNull(query, "query");
    }

    /** Said or written by somebody of that role. */
    public SaidBy(Role role, Query query) {
      this(role.name().toLowerCase(Locale.ROOT), query);
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * In a sentence that asks: {@code is:question refund}.
   *
   * @param query what holds for each of its words; {@link Query#everything()} for any word at all
   */
  record Question(Query query) implements Query {
    /** Checks the component. */
    public Question {
      requireNonNull(query, "query");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * In the first part of an interaction: {@code first:60s(refund)}.
   *
   * @param time how long after the beginning a word may start; not negative
   * @param query what holds for each of its words; {@link Query#everything()} for any word at all
   */
  record First(Duration time, Query query) implements Query {
    /** Checks the components. */
    public First {
      requireNotNegative("time", time);
      requireNonNull(query, "query");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * In the last part of an interaction: {@code last:60s(refund)}.
   *
   * @param time how long before the end a word may start; not negative
   * @param query what holds for each of its words; {@link Query#everything()} for any word at all
   */
  record Last(Duration time, Query query) implements Query {
    /** Checks the components. */
    public Last {
      requireNotNegative("time", time);
      requireNonNull(query, "query");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** All in one and the same turn: {@code turn:(kettle broken)}. */
  record SameTurn(Query query) implements Query {
    /** Checks the component. */
    public SameTurn {
      requireNonNull(query, "query");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** In the subject line: {@code subject:refund}. */
  record InSubject(Query query) implements Query {
    /** Checks the component. */
    public InSubject {
      requireNonNull(query, "query");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** On that channel: {@code channel:call}. */
  record OnChannel(Channel channel) implements Query {
    /** Checks the component. */
    public OnChannel {
      requireNonNull(channel, "channel");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** Begun by that side: {@code direction:inbound}. */
  record Directed(Direction direction) implements Query {
    /** Checks the component. */
    public Directed {
      requireNonNull(direction, "direction");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * Sent by somebody, or, where there is no sender, with a turn of theirs: {@code from:emma}.
   *
   * @param who words of a name, address or id
   */
  record From(String who) implements Query {
    /** Checks the component. */
    public From {
      requireNonNull(who, "who");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * With an agent: {@code agent:nina}.
   *
   * @param who words of a name, address or id
   */
  record WithAgent(String who) implements Query {
    /** Checks the component. */
    public WithAgent {
      requireNonNull(who, "who");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** With that tag, whatever its case: {@code tag:vip}. */
  record Tagged(String tag) implements Query {
    /** Checks the component. */
    public Tagged {
      requireNonNull(tag, "tag");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** In that language: {@code lang:en}, which en-GB is, too. */
  record InLanguage(String tag) implements Query {
    /** Checks the component. */
    public InLanguage {
      requireNonNull(tag, "tag");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** With an attachment of that name: {@code filename:invoice}, {@code filename:inv*}. */
  record FileNamed(String name) implements Query {
    /** Checks the component. */
    public FileNamed {
      requireNonNull(name, "name");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * That has something: {@code has:attachment}.
   *
   * @param what {@code attachment}, {@code recording}, {@code transcript}, {@code subject}, {@code
   *     thread}, {@code quote}, {@code signature}, or an attribute's name
   */
  record Has(String what) implements Query {
    /** Checks the component. */
    public Has {
      requireNonNull(what, "what");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * Begun in a time: {@code after:2026-05}, {@code during:2026}, {@code past:30d}.
   *
   * @param from the first instant; {@link Instant#MIN} for no limit
   * @param until the instant after the last; {@link Instant#MAX} for no limit
   */
  record Started(Instant from, Instant until) implements Query {
    /** Checks the components. */
    public Started {
      requireNonNull(from, "from");
      requireNonNull(until, "until");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * That lasted so long: {@code duration:>10m}.
   *
   * @param least the shortest
   * @param most the longest
   */
  record Lasted(Duration least, Duration most) implements Query {
    /** Stands for no upper limit. */
    public static final Duration ANY = Duration.ofMillis(Long.MAX_VALUE);

    /** Checks the components. */
    public Lasted {
      requireNonNull(least, "least");
      requireNonNull(most, "most");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /** With an attribute of that value, whatever its case: {@code orderStatus:open}. */
  record Attribute(String name, String value) implements Query {
    /** Checks the components. */
    public Attribute {
      requireNonNull(name, "name");
      requireNonNull(value, "value");
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  /**
   * With an attribute whose value is a number in a range: {@code orderTotal:>=100}.
   *
   * @param least the smallest number; {@link Double#NEGATIVE_INFINITY} for no limit
   * @param most the largest number; {@link Double#POSITIVE_INFINITY} for no limit
   */
  record AttributeRange(String name, double least, double most) implements Query {
    /** Checks the components. */
    public AttributeRange {
      requireNonNull(name, "name");
      if (Double.isNaN(least) || Double.isNaN(most)) {
        throw new IllegalArgumentException("a range's ends must be numbers");
      }
    }

    @Override
    public String toString() {
      return QueryPrinter.print(this);
    }
  }

  private static void requireNotNegative(String name, Duration time) {
    if (requireNonNull(time, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, got " + time);
    }
  }
}

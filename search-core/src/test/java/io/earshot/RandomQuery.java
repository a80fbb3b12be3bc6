package io.earshot;

import io.earshot.Query.AllOf;
import io.earshot.Query.AnyOf;
import io.earshot.Query.Attribute;
import io.earshot.Query.AttributeRange;
import io.earshot.Query.Directed;
import io.earshot.Query.FileNamed;
import io.earshot.Query.First;
import io.earshot.Query.From;
import io.earshot.Query.Has;
import io.earshot.Query.InLanguage;
import io.earshot.Query.InSubject;
import io.earshot.Query.Last;
import io.earshot.Query.Lasted;
import io.earshot.Query.Near;
import io.earshot.Query.Not;
import io.earshot.Query.OnChannel;
import io.earshot.Query.Phrase;
import io.earshot.Query.Prefix;
import io.earshot.Query.Question;
import io.earshot.Query.SaidBy;
import io.earshot.Query.SameTurn;
import io.earshot.Query.Started;
import io.earshot.Query.Tagged;
import io.earshot.Query.Typo;
import io.earshot.Query.WithAgent;
import io.earshot.Query.Within;
import io.earshot.Query.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * Random queries for a {@link RandomHistory}: every kind of node, nested, with the small distances
 * and times that the history has.
 *
 * <p>Left out is what has no one meaning, see {@link #isClear}.
 */
final class RandomQuery {
  private final Random random;

  private RandomQuery(Random random) {
    this.random = random;
  }

  /** Queries of every kind, nested up to that deep. */
  static Arbitrary<Query> any(int depth) {
    return arbitrary(queries -> queries.query(depth));
  }

  /** Two to five words and phrases with nothing but NEAR and WITHIN between them, nested anyhow. */
  static Arbitrary<Query> chains() {
    return arbitrary(queries -> queries.chain(2 + queries.random.nextInt(4)));
  }

  private static Arbitrary<Query> arbitrary(Function<RandomQuery, Query> maker) {
    return Arbitraries.fromGenerator(
        random -> {
          RandomQuery queries = new RandomQuery(random);
          Query query = maker.apply(queries);
          while (!isClear(query)) {
            query = maker.apply(queries);
          }
          return new Shrinking(query);
        });
  }

  private Query chain(int leaves) {
    if (leaves == 1) {
      return chance(0.1) ? new AnyOf(some(2, this::leaf)) : leaf();
    }
    int left = 1 + random.nextInt(leaves - 1);
    return chance(0.5)
        ? near(chain(left), chain(leaves - left))
        : within(chain(left), chain(leaves - left));
  }

  /** A query of any kind, mostly an operator; every other one as flat as it can be. */
  private Query query(int depth) {
    return switch (random.nextInt(10)) {
      case 0 -> leaf(random.nextInt(LEAVES));
      case 1, 2 -> filter(random.nextInt(FILTERS));
      default -> operator(random.nextInt(OPERATORS), chance(0.5) ? 2 : depth);
    };
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private static List<Query> some(int count, Supplier<Query> query) {
    return Stream.generate(query).limit(count).toList();
  }

  // ---- Leaves.

  private static final int LEAVES = 4;
  private static final int PHRASE = 1;

  private Query leaf() {
    return leaf(one(List.of(0, 0, 0, 0, 0, 0, 1, 1, 2, 3)));
  }

  private Query leaf(int kind) {
    return switch (kind) {
      case 0 -> new Words(chance(0.9) ? word() : word() + "-" + word());
      case PHRASE -> {
        int words = one(List.of(1, 2, 2, 2, 2, 3));
        yield new Phrase(String.join(" ", Stream.generate(this::word).limit(words).toList()));
      }
      case 2 -> new Prefix(one(BEGINNINGS));
      default -> new Typo(one(MISSPELLED), one(List.of(1, 2)));
    };
  }

  private String word() {
    String word =
        chance(0.07)
            ? "zebra"
            : one(chance(0.5) ? RandomHistory.FREQUENT_WORDS : RandomHistory.WORDS);
    return chance(0.8) ? word : word.toUpperCase(Locale.ROOT);
  }

  private static final List<String> BEGINNINGS =
      List.of(
          "ref",
          "Refund",
          "refunds",
          "kett",
          "kettl",
          "KETTLE",
          "k",
          "cl",
          "lamp",
          "o",
          "zeb",
          "ig",
          "lampx",
          "refundsx",
          "sofa-ov",
          "oven-l",
          "refund-k",
          "refunds-refund",
          "refunds ke",
          "order o",
          "lamp sofa ig");

  private static final List<String> MISSPELLED =
      List.of(
          "refund", "refudns", "fund", "Kettle", "ketle", "ektltel", "lamp", "lmap", "amp",
          "clampp", "sfoa", "ofa", "ofen", "voen", "oen", "zebra", "igloo", "asfoo");

  // ---- Operators.

  private static final int OPERATORS = 15;

  private Query operator(int kind, int depth) {
    return switch (kind) {
      case 0, 1 -> conjunction(depth - 1);
      case 2 -> alternatives(depth);
      case 3 -> new Not(chance(0.6) ? alternatives(2) : group(depth - 1));
      case 4, 5 -> near(close(depth - 1), simple(depth - 1));
      case 6, 7 -> within(timed(depth - 1), simple(depth - 1));
      case 8, 9, 10 -> restricted(random.nextInt(4), operand(depth - 1));
      case 11 -> anyWord();
      case 12 -> new InSubject(chance(0.7) ? alternatives(2) : operand(depth - 1));
      case 13 -> new SameTurn(operand(depth - 1));
      default -> new SameTurn(conjunction(depth - 1));
    };
  }

  /** Operators over atoms: they have matches themselves. */
  private Query atom(int depth) {
    if (depth <= 1 || chance(0.4)) {
      return leaf();
    }
    return switch (random.nextInt(11)) {
      case 0, 1 -> new AnyOf(some(2 + random.nextInt(2), () -> atom(depth - 1)));
      case 2, 3 -> near(atom(depth - 1), atom(depth - 1));
      case 4, 5 -> within(chance(0.3) ? leaf(PHRASE) : atom(depth - 1), atom(depth - 1));
      case 6, 7 -> restricted(random.nextInt(4), atom(depth - 1));
      case 8 -> anyWord();
      case 9 -> new InSubject(atom(depth - 1));
      default -> new SameTurn(atom(depth - 1));
    };
  }

  /** Anything. */
  private Query group(int depth) {
    if (chance(0.1)) {
      return filter(random.nextInt(FILTERS));
    }
    return depth <= 1 || chance(0.4) ? atom(depth) : operator(random.nextInt(OPERATORS), depth);
  }

  private Query operand(int depth) {
    return switch (random.nextInt(10)) {
      case 0 -> conjunction(depth - 1);
      case 1 -> group(depth);
      default -> atom(depth);
    };
  }

  private Query simple(int depth) {
    return chance(0.5) ? leaf() : operand(depth);
  }

  /** With more of NEAR: it is its matches that the other words may stand in. */
  private Query close(int depth) {
    return chance(0.3) ? near(leaf(), leaf()) : operand(depth);
  }

  /** With more phrases: it is their first word that counts. */
  private Query timed(int depth) {
    return chance(0.3) ? leaf(PHRASE) : operand(depth);
  }

  private Query conjunction(int depth) {
    return new AllOf(some(chance(0.8) ? 2 : 3, () -> group(depth)));
  }

  private Query alternatives(int depth) {
    return new AnyOf(some(1 + random.nextInt(3), () -> group(depth - 1)));
  }

  private Query near(Query left, Query right) {
    return new Near(left, right, one(List.of(0, 0, 1, 1, 2, 3)));
  }

  private Query within(Query left, Query right) {
    return new Within(left, right, time());
  }

  private Query restricted(int kind, Query query) {
    return switch (kind) {
      case 0 -> new SaidBy(one(chance(0.6) ? ROLES : NAMES), query);
      case 1 -> new Question(query);
      case 2 -> new First(time(), query);
      default -> new Last(time(), query);
    };
  }

  /** One or two restrictions with nothing behind them. */
  private Query anyWord() {
    Query one = restricted(random.nextInt(4), Query.everything());
    return chance(0.5) ? one : restricted(random.nextInt(4), one);
  }

  private Duration time() {
    return Duration.ofMillis(one(TIMES));
  }

  // Sums of a history's units of 250 ms, and thirds and halves of them.
  private static final List<Integer> TIMES =
      List.of(0, 83, 125, 250, 333, 416, 500, 500, 750, 1_000, 1_000, 1_500, 2_000, 3_000, 5_000);

  private static final List<String> ROLES =
      List.of("customer", "customer", "Agent", "bot", "other", "customer|bot");

  private static final List<String> NAMES =
      List.of(
          "emma",
          "Emma Clarke",
          "clarke",
          "emile",
          "helper-bot",
          "kim",
          "example.com",
          "example.co",
          "nina@shop.example",
          "clarke emma",
          "+49301234567",
          "49 30",
          "nobody");

  // ---- Filters.

  private static final int FILTERS = 12;

  private Query filter(int kind) {
    return switch (kind) {
      case 0 ->
          new OnChannel(one(List.of(Channel.CALL, Channel.CHAT, Channel.EMAIL, Channel.NOTE)));
      case 1 -> new Directed(one(List.of(Direction.values())));
      case 2 -> new From(one(NAMES));
      case 3 -> new WithAgent(chance(0.4) ? "nina" : one(NAMES));
      case 4 -> new Tagged(one(List.of("vip", "cafe", "CAFÉ", "two words", "two", "vi")));
      case 5 -> new InLanguage(one(List.of("en", "EN-gb", "de", "d")));
      case 6 -> new FileNamed(one(FILES));
      case 7 -> new Has(one(FEATURES));
      case 8 -> started();
      case 9 -> lasted();
      case 10 -> new Attribute("orderStatus", one(List.of("open", "CLOSED", "tres bien", "pen")));
      default -> attributeRange();
    };
  }

  private static final List<String> FILES =
      List.of("invoice", "inv*", "pdf", "INVOICE 8", "7.pdf", "bill.pdf", "copied b*", "nvoice");

  private static final List<String> FEATURES =
      List.of(
          "attachment",
          "recording",
          "transcript",
          "subject",
          "thread",
          "quote",
          "signature",
          "orderStatus",
          "orderTotal",
          "nothing");

  private Query started() {
    Supplier<Instant> instant =
        () ->
            RandomHistory.START.plusMillis(
                one(List.of(-1L, 0L, 1L, 86_400_000L, 86_400_001L, 172_800_000L, 300_000_000L)));
    return switch (random.nextInt(3)) {
      case 0 -> new Started(instant.get(), Instant.MAX);
      case 1 -> new Started(Instant.MIN, instant.get());
      default -> new Started(instant.get(), instant.get());
    };
  }

  private Query lasted() {
    return switch (random.nextInt(3)) {
      case 0 -> new Lasted(time(), Lasted.ANY);
      case 1 -> new Lasted(Duration.ZERO, time());
      default -> new Lasted(time(), time());
    };
  }

  private Query attributeRange() {
    Supplier<Double> number =
        () -> one(List.of(-6.0, -5.0, 0.0, 99.0, 99.5, 100.0, 100.5, 200.0, 201.0));
    return switch (random.nextInt(3)) {
      case 0 -> new AttributeRange("orderTotal", number.get(), Double.POSITIVE_INFINITY);
      case 1 -> new AttributeRange("orderTotal", Double.NEGATIVE_INFINITY, number.get());
      default -> new AttributeRange("orderTotal", number.get(), number.get());
    };
  }

  // ---- Smaller queries, for a failure that can be read.

  private record Shrinking(Query value) implements Shrinkable<Query> {
    @Override
    public Stream<Shrinkable<Query>> shrink() {
      return smaller(value).stream().filter(RandomQuery::isClear).map(Shrinking::new);
    }

    @Override
    public ShrinkingDistance distance() {
      return ShrinkingDistance.of(size(value));
    }
  }

  private static int size(Query query) {
    return 1 + parts(query).stream().mapToInt(RandomQuery::size).sum();
  }

  /** A part alone, a member left out, a part made smaller. */
  private static List<Query> smaller(Query query) {
    List<Query> parts = parts(query);
    List<Query> smaller = new ArrayList<>(parts);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.size() > 1 && (query instanceof AllOf || query instanceof AnyOf)) {
        List<Query> fewer = new ArrayList<>(parts);
        fewer.remove(i);
        smaller.add(withParts(query, fewer));
      }
      for (Query part : smaller(parts.get(i))) {
        List<Query> replaced = new ArrayList<>(parts);
        replaced.set(i, part);
        smaller.add(withParts(query, replaced));
      }
    }
    return smaller;
  }

  private static Query withParts(Query query, List<Query> parts) {
    return switch (query) {
      case AllOf q -> new AllOf(parts);
      case AnyOf q -> new AnyOf(parts);
      case Not q -> new Not(parts.getFirst());
      case Near q -> new Near(parts.getFirst(), parts.getLast(), q.words());
      case Within q -> new Within(parts.getFirst(), parts.getLast(), q.time());
      case SaidBy q -> new SaidBy(q.who(), parts.getFirst());
      case Question q -> new Question(parts.getFirst());
      case First q -> new First(q.time(), parts.getFirst());
      case Last q -> new Last(q.time(), parts.getFirst());
      case SameTurn q -> new SameTurn(parts.getFirst());
      case InSubject q -> new InSubject(parts.getFirst());
      default -> query;
    };
  }

  // ---- What has one meaning only.

  /**
   * Whether the meaning of a query follows from what is written about it. It does not:
   *
   * <ul>
   *   <li>for an exclusion in a turn in a turn: may the two turns differ?
   *   <li>for NEAR and WITHIN between two groups, unless both are words that must all be there:
   *       which of the two is taken apart first?
   *   <li>for NEAR and WITHIN beside something without a word;
   *   <li>for nothing at all as a part, unless a restriction stands before it.
   * </ul>
   */
  static boolean isClear(Query query) {
    return switch (query) {
      case SameTurn q ->
          isClear(q.query())
              && !q.query().equals(Query.everything())
              && !excludesInTurn(q.query(), false);
      case Near q -> fit(q.left(), q.right());
      case Within q -> fit(q.left(), q.right());
      default ->
          parts(query).stream().allMatch(RandomQuery::isClear)
              && (isRestriction(query) || !parts(query).contains(Query.everything()));
    };
  }

  private static boolean isRestriction(Query query) {
    return query instanceof SaidBy
        || query instanceof Question
        || query instanceof First
        || query instanceof Last;
  }

  /** What stands directly in it. */
  static List<Query> parts(Query query) {
    return switch (query) {
      case AllOf q -> q.queries();
      case AnyOf q -> q.queries();
      case Not q -> List.of(q.query());
      case Near q -> List.of(q.left(), q.right());
      case Within q -> List.of(q.left(), q.right());
      case SaidBy q -> List.of(q.query());
      case Question q -> List.of(q.query());
      case First q -> List.of(q.query());
      case Last q -> List.of(q.query());
      case SameTurn q -> List.of(q.query());
      case InSubject q -> List.of(q.query());
      default -> List.of();
    };
  }

  private static boolean excludesInTurn(Query query, boolean inTurn) {
    return (inTurn && query instanceof Not)
        || parts(query).stream()
            .anyMatch(part -> excludesInTurn(part, inTurn || query instanceof SameTurn));
  }

  private static boolean fit(Query left, Query right) {
    if (!isClear(left) || !isClear(right)) {
      return false;
    }
    if (!mayStandBeside(left) || !mayStandBeside(right) || leaves(left) + leaves(right) > 5) {
      return false;
    }
    if (isAtom(left)) {
      return isAtom(right) || !holdsTurn(left);
    }
    if (isAtom(right)) {
      return !holdsTurn(right);
    }
    return isPlainGroup(left) && isPlainGroup(right);
  }

  /** Each of its members and alternatives has a word. */
  private static boolean mayStandBeside(Query query) {
    return switch (query) {
      case AllOf q ->
          q.queries().stream().anyMatch(RandomQuery::mayStandBeside)
              && q.queries().stream().allMatch(p -> leaves(p) == 0 || mayStandBeside(p));
      default ->
          parts(query).isEmpty()
              ? leaves(query) > 0
              : parts(query).stream()
                  .allMatch(p -> p.equals(Query.everything()) || mayStandBeside(p));
    };
  }

  private static int leaves(Query query) {
    return switch (query) {
      case Words q -> 1;
      case Phrase q -> 1;
      case Prefix q -> 1;
      case Typo q -> 1;
      case AllOf q -> q.queries().isEmpty() ? 1 : sum(q);
      default -> sum(query);
    };
  }

  private static int sum(Query query) {
    return parts(query).stream().mapToInt(RandomQuery::leaves).sum();
  }

  /** Whether it has matches of its own, so that nothing need be distributed. */
  private static boolean isAtom(Query query) {
    return switch (query) {
      case AllOf q -> q.queries().size() < 2 && q.queries().stream().allMatch(RandomQuery::isAtom);
      case Not q -> false;
      default ->
          parts(query).isEmpty()
              ? leaves(query) > 0
              : parts(query).stream().allMatch(RandomQuery::isAtom);
    };
  }

  private static boolean holdsTurn(Query query) {
    return query instanceof SameTurn || parts(query).stream().anyMatch(RandomQuery::holdsTurn);
  }

  /** Atoms and filters, all of them required. */
  private static boolean isPlainGroup(Query query) {
    if (isAtom(query)) {
      return !holdsTurn(query);
    }
    return leaves(query) == 0
        || (query instanceof AllOf all
            && all.queries().stream().allMatch(RandomQuery::isPlainGroup));
  }
}

package io.earshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every text and every tree of the query language. */
class QueryPropertiesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-17T18:10:00.123456789Z"), ZoneId.of("Europe/Berlin"));

  private static final List<String> FRAGMENTS =
      List.of(
          " ",
          " ",
          " ",
          " ",
          "(",
          ")",
          "\"",
          "\u201c",
          "-",
          "--",
          "~",
          "*",
          ":",
          ",",
          "|",
          "/",
          "..",
          "<",
          ">=",
          "OR",
          " OR ",
          "NEAR/3",
          " NEAR/3 ",
          "NEAR/",
          " WITHIN/10s ",
          "WITHIN/1",
          "~8",
          "~2",
          "refund",
          "a",
          "ab",
          "kettel",
          "ORD-20",
          "\"a b*\"",
          "10:30",
          "https://x",
          "said-by:",
          "said-by:customer ",
          "said-by:\"Emma, Clarke\"",
          "is:question",
          "is:question ",
          "first:60s",
          "first:",
          "last:2m ",
          "turn:",
          "turn:(",
          "subject:",
          "subject: ",
          "channel:",
          "channel:call",
          "from:emma",
          "agent:",
          "tag:vip,new ",
          "lang:en",
          "filename:inv*",
          "has:attachment ",
          "direction:inbound",
          "before:2026 ",
          "after:",
          "on:2026-05-01..2026-05-10",
          "during:last-week",
          "past:30d ",
          "past:6mo",
          "duration:>10m",
          "duration:5..10m ",
          "total:100..200",
          "total:>=9.5 ",
          "total:<-0",
          "note:x",
          "x",
          "60",
          "-3s",
          "\u00e9\u0301",
          "\u4f60\u597d\u4e16\u754c",
          "\u202e",
          "\ud800",
          "\udc00",
          "\u0000",
          "\n",
          "\ufeff",
          "!",
          "'");

  private static Query parse(String text) {
    return Query.parse(text, CLOCK).query();
  }

  @Property
  void parse_anyString_readBackAsPrinted(@ForAll String text) {
    Query query = parse(text);

    assertThat(parse(query.toString())).isEqualTo(query);
  }

  @Property(tries = 5_000)
  void parse_fragments_readBackAsPrinted(@ForAll("texts") String text) {
    Query query = parse(text);

    assertThat(parse(query.toString())).as(query.toString()).isEqualTo(query);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(FRAGMENTS).list().ofMinSize(1).ofMaxSize(14).map(f -> String.join("", f));
  }

  @Property(tries = 1_000)
  void parse_canonicalTree_readBackAsPrinted(@ForAll("trees") Query query) {
    assertThat(parse(query.toString())).as(query.toString()).isEqualTo(query);
  }

  /** Trees as the parser makes them, without nodes that it simplifies. */
  @Provide
  Arbitrary<Query> trees() {
    return trees(4);
  }

  private static Arbitrary<Query> trees(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<Query> inner = Arbitraries.lazy(() -> trees(depth - 1));
    Arbitrary<List<Query>> several = inner.list().ofMinSize(2).ofMaxSize(3);
    Arbitrary<Query> restricted = Arbitraries.oneOf(inner, Arbitraries.just(Query.everything()));
    Arbitrary<Duration> times = Arbitraries.longs().between(0, 10_000_000).map(Duration::ofMillis);
    return Arbitraries.oneOf(
        List.of(
            leaves(),
            several.map(Query.AllOf::new),
            several.map(Query.AnyOf::new),
            inner.map(Query.Not::new),
            Combinators.combine(inner, inner, Arbitraries.integers().between(0, 999))
                .as(Query.Near::new),
            Combinators.combine(inner, inner, times).as(Query.Within::new),
            Combinators.combine(Arbitraries.of("customer", "agent|bot", "O'Neil, Jo"), restricted)
                .as((who, query) -> new Query.SaidBy(who, query)),
            restricted.map(Query.Question::new),
            Combinators.combine(times, restricted).as(Query.First::new),
            Combinators.combine(times, restricted).as(Query.Last::new),
            inner.map(Query.SameTurn::new),
            inner.map(Query.InSubject::new)));
  }

  private static Arbitrary<Query> leaves() {
    Arbitrary<Instant> instants =
        Arbitraries.longs()
            .between(-9_999_999_999_999L, 99_999_999_999_999L)
            .map(Instant::ofEpochMilli);
    Arbitrary<Double> numbers = Arbitraries.doubles().map(number -> number + 0.0);
    Arbitrary<Duration> times = Arbitraries.longs().between(0, 99_999_999).map(Duration::ofMillis);
    return Arbitraries.oneOf(
        List.of(
            Arbitraries.of("refund", "10:30", "--x", "OR", "before:soon", "it's", "a*b")
                .map(Query.Words::new),
            Arbitraries.of("full refund", "OR", " a (b) ", "channel:call").map(Query.Phrase::new),
            Arbitraries.of("refun", "ORD-20", "--x", "is:op", "full refun", "*a", "a:b c")
                .map(Query.Prefix::new),
            Combinators.combine(Arbitraries.of("kettel", "it"), Arbitraries.of(1, 2))
                .as(Query.Typo::new),
            Arbitraries.of("call", "x-y_z").map(name -> new Query.OnChannel(Channel.of(name))),
            Arbitraries.of(Direction.values()).map(Query.Directed::new),
            Arbitraries.of("emma", "Emma Clarke", "e@x.org", "-1").map(Query.From::new),
            Arbitraries.of("nina", "a,b").map(Query.WithAgent::new),
            Arbitraries.of("vip", "..", ">1", "(x)").map(Query.Tagged::new),
            Arbitraries.of("en-GB").map(Query.InLanguage::new),
            Arbitraries.of("inv*", "a b.pdf").map(Query.FileNamed::new),
            Arbitraries.of("attachment", "order total").map(Query.Has::new),
            instants.map(at -> new Query.Started(at, Instant.MAX)),
            instants.map(at -> new Query.Started(Instant.MIN, at)),
            Combinators.combine(instants, times)
                .as((from, time) -> new Query.Started(from, from.plus(time))),
            Combinators.combine(times, times)
                .as((least, more) -> new Query.Lasted(least, least.plus(more))),
            times.map(least -> new Query.Lasted(least, Query.Lasted.ANY)),
            Arbitraries.of("open", ">5", "1..2", "=x", "/", "x,y")
                .map(value -> new Query.Attribute("status", value)),
            Combinators.combine(numbers, numbers)
                .as((a, b) -> new Query.AttributeRange("total", Math.min(a, b), Math.max(a, b))),
            numbers.map(a -> new Query.AttributeRange("total", a, Double.POSITIVE_INFINITY)),
            numbers.map(a -> new Query.AttributeRange("total", Double.NEGATIVE_INFINITY, a))));
  }

  @Property
  void print_treeOfAnyStrings_doesNotThrow(@ForAll String text, @ForAll("trees") Query query) {
    List<Query> odd =
        List.of(
            new Query.Words(text),
            new Query.Phrase(text),
            new Query.Prefix(text),
            new Query.Typo(text, 1),
            new Query.From(text),
            new Query.Attribute(text, text),
            new Query.SaidBy(text, new Query.Words(text)),
            new Query.AllOf(List.of(query)),
            new Query.AnyOf(List.of()),
            new Query.Not(new Query.AllOf(List.of())));

    String printed = new Query.Near(new Query.AllOf(odd), new Query.AnyOf(odd), 1).toString();

    assertThat(parse(printed)).isNotNull();
  }
}

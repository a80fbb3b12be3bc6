package io.earshot;

import static io.earshot.Query.everything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the query language's texts are read as, each rule with an example. */
class QueryParserTest {
  /** A Wednesday, ten past eight in the evening in Berlin, which is two hours ahead of UTC. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-17T18:10:00Z"), ZoneId.of("Europe/Berlin"));

  private static final Query A = new Words("a");
  private static final Query B = new Words("b");
  private static final Query C = new Words("c");
  private static final Query CALL = new OnChannel(Channel.CALL);

  private static final String REVERSED = "the range begins after it ends";
  private static final String NEGATIVE = "a time cannot be negative";
  private static final String TOO_LONG = "a hundred years is the most";
  private static final String MONTHS = "months and years have no fixed length; days and weeks have";
  private static final String EMPTY_GROUP = "parentheses with nothing between them were left out";
  private static final String EMPTY_PHRASE =
      "quotation marks with nothing between them were left out";

  private static ParsedQuery parse(String text) {
    return Query.parse(text, CLOCK);
  }

  private static Query all(Query... queries) {
    return new AllOf(List.of(queries));
  }

  private static Query any(Query... queries) {
    return new AnyOf(List.of(queries));
  }

  private static Query not(Query query) {
    return new Not(query);
  }

  private static Query customer(Query query) {
    return new SaidBy("customer", query);
  }

  private static Query asked(Query query) {
    return new Question(query);
  }

  private static Query subject(Query query) {
    return new InSubject(query);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Query lasted(long leastMs, long mostMs) {
    return new Lasted(Duration.ofMillis(leastMs), Duration.ofMillis(mostMs));
  }

  static Stream<Arguments> understood() {
    return Stream.of(
            words(), groups(), proximity(), exclusions(), restrictions(), direct(), filters())
        .flatMap(table -> table);
  }

  private static Stream<Arguments> words() {
    return Stream.of(
        arguments("", everything()),
        arguments(" \t\n ", everything()),
        arguments("a", A),
        arguments("ORD-2026-4512", new Words("ORD-2026-4512")),
        arguments("a b", all(A, B)),
        arguments("\"a b\"", new Phrase("a b")),
        arguments("\u201ca b\u201d", new Phrase("a b")),
        arguments("\u201ea b\u201c", new Phrase("a b")),
        arguments("a\"b\"c", all(A, new Phrase("b"), C)),
        arguments("refun*", new Prefix("refun")),
        arguments("refun**", new Prefix("refun")),
        arguments("ORD-20*", new Prefix("ORD-20")),
        arguments("\"full refun*\"", new Prefix("full refun")),
        arguments("\" full refun** \"", new Prefix("full refun")),
        arguments("\"refun*\"", new Prefix("refun")),
        arguments("\"ORD-20*\"", new Prefix("ORD-20")),
        arguments("-\"full refun*\"", not(new Prefix("full refun"))),
        arguments("OR~", new Words("OR")),
        arguments("https://x.org/~kim", new Words("https://x.org/~kim")),
        arguments("kettel~~", new Typo("kettel", 2)),
        arguments("kettel~~1", new Typo("kettel", 1)),
        arguments("lam~", new Typo("lam", 1)),
        arguments("ovens~", new Typo("ovens", 1)),
        arguments("kettel~", new Typo("kettel", 2)),
        arguments("kettel~1", new Typo("kettel", 1)),
        arguments("lam~2", new Typo("lam", 2)),
        arguments("10:30", new Words("10:30")),
        arguments("https://example.com/a", new Words("https://example.com/a")),
        arguments("C:\\a", new Words("C:\\a")),
        arguments("hello:", new Words("hello:")),
        arguments("or Or And near", all(words("or", "Or", "And", "near"))));
  }

  private static Query[] words(String... words) {
    return Arrays.stream(words).map(Words::new).toArray(Query[]::new);
  }

  private static Stream<Arguments> groups() {
    return Stream.of(
        arguments("(((a)))", A),
        arguments("(a b) c", all(all(A, B), C)),
        arguments("a OR b", any(A, B)),
        arguments("a OR b c", all(any(A, B), C)),
        arguments("a b OR c", all(A, any(B, C))),
        arguments("a OR (b c)", any(A, all(B, C))),
        arguments("a OR b OR c", any(A, B, C)),
        arguments("(a)OR\"b\"", any(A, new Phrase("b"))),
        arguments("ORB", new Words("ORB")),
        arguments("a OR b NEAR/3 c", any(A, new Near(B, C, 3))),
        arguments("(a OR b)(c)", all(any(A, B), C)));
  }

  private static Stream<Arguments> proximity() {
    return Stream.of(
        arguments("a NEAR/8 b", new Near(A, B, 8)),
        arguments("a NEAR/0 b", new Near(A, B, 0)),
        arguments("a NEAR/999 b", new Near(A, B, 999)),
        arguments("a NEAR/1 b NEAR/2 c", new Near(new Near(A, B, 1), C, 2)),
        arguments("a NEAR/1 (b NEAR/2 c)", new Near(A, new Near(B, C, 2), 1)),
        arguments("a WITHIN/10s b", new Within(A, B, seconds(10))),
        arguments("a WITHIN/PT10S b", new Within(A, B, seconds(10))),
        arguments("a WITHIN/1h30m b", new Within(A, B, seconds(5400))),
        arguments("a WITHIN/1.5s b", new Within(A, B, Duration.ofMillis(1500))),
        arguments("a WITHIN/250ms b", new Within(A, B, Duration.ofMillis(250))),
        arguments("a WITHIN/2min b NEAR/1 c", new Near(new Within(A, B, seconds(120)), C, 1)),
        arguments("a NEAR/8 channel:call", new Near(A, CALL, 8)),
        arguments("-a NEAR/8 b", new Near(not(A), B, 8)),
        arguments("(a b) NEAR/8 c", new Near(all(A, B), C, 8)),
        arguments("\"a b c\"~8", new Near(new Near(A, B, 8), C, 8)),
        arguments("\"a b\"~0", new Near(A, B, 0)),
        arguments("\"a b\"~~8", new Near(A, B, 8)),
        arguments("\"a b*\"~8", new Near(A, new Prefix("b"), 8)),
        arguments("\"a b\"~8 c", all(new Near(A, B, 8), C)));
  }

  private static Stream<Arguments> exclusions() {
    return Stream.of(
        arguments("-a", not(A)),
        arguments("a -b", all(A, not(B))),
        arguments("(-a)", not(A)),
        arguments("-\"a b\"", not(new Phrase("a b"))),
        arguments("-(a b)", not(all(A, B))),
        arguments("-(-a)", not(not(A))),
        arguments("a-b", new Words("a-b")),
        arguments("--a", new Words("--a")),
        arguments("a - b", all(A, B)),
        arguments("\"a\"-b", all(new Phrase("a"), B)),
        arguments("(a)-b", all(A, B)),
        arguments("-tag:vip", not(new Tagged("vip"))),
        arguments("-tag:vip,new", not(any(new Tagged("vip"), new Tagged("new")))),
        arguments("subject:-a", subject(not(A))),
        arguments("said-by:customer -a", customer(not(A))));
  }

  private static Stream<Arguments> restrictions() {
    return Stream.of(
        arguments("said-by:customer a", customer(A)),
        arguments("SAID-BY:customer a", customer(A)),
        arguments("said-by:customer a b", all(customer(A), B)),
        arguments("said-by:customer (a -b)", customer(all(A, not(B)))),
        arguments("said-by:customer(a)", customer(A)),
        arguments("said-by:\"Emma Clarke\" a", new SaidBy("Emma Clarke", A)),
        arguments("said-by:customer,agent a", new SaidBy("customer|agent", A)),
        arguments("said-by:customer|agent a", new SaidBy("customer|agent", A)),
        arguments("said-by:customer", customer(everything())),
        arguments("(said-by:customer) a", all(customer(everything()), A)),
        arguments("said-by:customer OR a", any(customer(everything()), A)),
        arguments("said-by:customer NEAR/3 a", new Near(customer(everything()), A, 3)),
        arguments("said-by:customer a NEAR/3 b", new Near(customer(A), B, 3)),
        arguments("-said-by:customer a", not(customer(A))),
        arguments("is:question", asked(everything())),
        arguments("is:Question a", asked(A)),
        arguments("said-by:customer is:question", customer(asked(everything()))),
        arguments("said-by:customer is:question a", customer(asked(A))),
        arguments("is:question channel:call", all(asked(everything()), CALL)),
        arguments("is:question -channel:call a", all(asked(everything()), not(CALL), A)),
        arguments("is:question (channel:call)", asked(CALL)),
        arguments("is:question sideways:", asked(new Words("sideways:"))),
        arguments("first:60s(a)", new First(seconds(60), A)),
        arguments("first:60s a", new First(seconds(60), A)),
        arguments("first:2m", new First(seconds(120), everything())),
        arguments("last:60s\"a b\"", new Last(seconds(60), new Phrase("a b"))),
        arguments("last:PT1M (a OR b)", new Last(seconds(60), any(A, B))),
        arguments("last:1w a", new Last(Duration.ofDays(7), A)),
        arguments("said-by:\"customer\"-a", customer(A)));
  }

  private static Stream<Arguments> direct() {
    return Stream.of(
        arguments("subject:refund", subject(new Words("refund"))),
        arguments("Subject:refun*", subject(new Prefix("refun"))),
        arguments("subject:\"full refund\"", subject(new Phrase("full refund"))),
        arguments("subject:(a OR b)", subject(any(A, B))),
        arguments("subject: (a OR b)", subject(any(A, B))),
        arguments("subject: \"a b\"", subject(new Phrase("a b"))),
        arguments("subject:re:refund", subject(new Phrase("re:refund"))),
        arguments("subject:re:refun*", subject(new Prefix("re:refun"))),
        arguments("subject:\"full refun*\"", subject(new Prefix("full refun"))),
        arguments("subject:said-by:customer a", subject(customer(A))),
        arguments("turn:(a b)", new SameTurn(all(A, B))),
        arguments("turn: (a -b)", new SameTurn(all(A, not(B)))));
  }

  private static Stream<Arguments> filters() {
    Query orders = any(new Attribute("order", "x y"), new Attribute("order", "z"));
    return Stream.of(
        arguments("channel:call", CALL),
        arguments("CHANNEL:Call", CALL),
        arguments("channel:call,email", any(CALL, new OnChannel(Channel.EMAIL))),
        arguments("channel:call, a", all(CALL, A)),
        arguments("direction:Inbound", new Directed(Direction.INBOUND)),
        arguments("from:emma", new From("emma")),
        arguments("from:\"Emma Clarke\",nina", any(new From("Emma Clarke"), new From("nina"))),
        arguments("from:emma(a)", all(new From("emma"), A)),
        arguments("agent:nina", new WithAgent("nina")),
        arguments("tag:vip", new Tagged("vip")),
        arguments("lang:en-GB", new InLanguage("en-GB")),
        arguments("filename:inv*", new FileNamed("inv*")),
        arguments("has:Attachment", new Has("attachment")),
        arguments("has:orderTotal", new Has("orderTotal")),
        arguments("orderStatus:open", new Attribute("orderStatus", "open")),
        arguments("order:\"x y\",z", orders),
        arguments("größe:12", new Attribute("größe", "12")),
        arguments("note:\">5\"", new Attribute("note", ">5")),
        arguments("version:1..x", new Attribute("version", "1..x")),
        arguments("total:100..200", new AttributeRange("total", 100, 200)),
        arguments("total:..200", new AttributeRange("total", Double.NEGATIVE_INFINITY, 200)),
        arguments("total:-1.5..", new AttributeRange("total", -1.5, Double.POSITIVE_INFINITY)),
        arguments("total:>=99.5", new AttributeRange("total", 99.5, Double.POSITIVE_INFINITY)),
        arguments(
            "total:>5", new AttributeRange("total", Math.nextUp(5.0), Double.POSITIVE_INFINITY)),
        arguments(
            "total:<5", new AttributeRange("total", Double.NEGATIVE_INFINITY, Math.nextDown(5.0))),
        arguments("total:=5", new AttributeRange("total", 5, 5)),
        arguments("duration:>10m", new Lasted(Duration.ofMillis(600_001), Lasted.ANY)),
        arguments("duration:>=10m", new Lasted(Duration.ofMinutes(10), Lasted.ANY)),
        arguments("duration:<10m", lasted(0, 599_999)),
        arguments("duration:<=10m", lasted(0, 600_000)),
        arguments("duration:=10m", lasted(600_000, 600_000)),
        arguments("duration:10m", lasted(600_000, 600_000)),
        arguments("duration:5m..10m", lasted(300_000, 600_000)),
        arguments("duration:..10m", lasted(0, 600_000)),
        arguments("duration:10m..", new Lasted(Duration.ofMinutes(10), Lasted.ANY)));
  }

  @ParameterizedTest
  @MethodSource("understood")
  void parse_understoodText_treeWithoutWarning(String text, Query expected) {
    // "a - b" leaves out a hyphen, as any punctuation that stands alone; the one that warns.
    List<String> warnings =
        text.equals("a - b")
            ? List.of("there is nothing to search for in punctuation alone; it was left out")
            : List.of();

    assertThat(parse(text)).isEqualTo(new ParsedQuery(expected, warnings));
  }

  static Stream<Arguments> misunderstood() {
    return Stream.of(misplaced(), stars(), tildes(), limited(), misspelt(), values())
        .flatMap(table -> table);
  }

  private static Stream<Arguments> misplaced() {
    return Stream.of(
        arguments("OR a", A, "an OR needs something on both sides and was left out"),
        arguments("a OR", A, "an OR needs something on both sides and was left out"),
        arguments("a OR OR b", any(A, B), "an OR needs something on both sides and was left out"),
        arguments("NEAR/3 a", A, "a NEAR needs something on both sides and was left out"),
        arguments("(a NEAR/3)", A, "a NEAR needs something on both sides and was left out"),
        arguments("a WITHIN/3s", A, "a WITHIN needs something on both sides and was left out"),
        arguments("a)b", all(A, B), "a \")\" without its \"(\" was left out"),
        arguments("(a b", all(A, B), "a \"(\" without its \")\" was taken to end with the query"),
        arguments(
            "\"a b",
            new Phrase("a b"),
            "a quotation mark without its second was taken to end with the query"),
        arguments("a () b", all(A, B), EMPTY_GROUP),
        arguments("a OR b (\t)", any(A, B), EMPTY_GROUP),
        arguments("a \"\" b", all(A, B), EMPTY_PHRASE),
        arguments("a \" \"~3", A, EMPTY_PHRASE),
        arguments("a (\"\")", A, EMPTY_PHRASE),
        arguments("a (", A, "a \"(\" without its \")\" was taken to end with the query"),
        arguments(
            "a !!! b",
            all(A, B),
            "there is nothing to search for in punctuation alone; it was left out"),
        arguments("a *", A, "a \"*\" needs the beginning of a word before it and was left out"));
  }

  static Stream<Arguments> leftOut() {
    String star = "a \"*\" needs the beginning of a word before it and was left out";
    String punctuation = "there is nothing to search for in punctuation alone; it was left out";
    String unclosed = "a quotation mark without its second was taken to end with the query";
    return Stream.of(
        arguments("()", List.of(EMPTY_GROUP)),
        arguments("( ( ) )", List.of(EMPTY_GROUP)),
        arguments("\"\"", List.of(EMPTY_PHRASE)),
        arguments("\"\"\"", List.of(EMPTY_PHRASE, unclosed)),
        arguments("\"", List.of(unclosed)),
        arguments("*", List.of(star)),
        arguments("(* !!!)", List.of(star, punctuation)),
        arguments("turn:()", List.of(EMPTY_GROUP, withIt("turn:"))),
        arguments("subject:\"\"", List.of(EMPTY_PHRASE, withIt("subject:"))),
        arguments("-()", List.of(EMPTY_GROUP, withIt("-"))),
        arguments(
            "is:question -subject: ()", List.of(EMPTY_GROUP, withIt("is:question -subject:"))),
        arguments("said-by:customer !!!", List.of(punctuation, withIt("said-by:customer"))),
        arguments("OR", List.of("an OR needs something on both sides and was left out")),
        arguments(")", List.of("a \")\" without its \"(\" was left out")));
  }

  private static String withIt(String prefix) {
    return "\"%s\" was left out with what it stands before".formatted(prefix);
  }

  @ParameterizedTest
  @MethodSource("leftOut")
  void parse_nothingLeft_everythingWithAWarningThatSaysSo(String text, List<String> warnings) {
    List<String> expected = new ArrayList<>(warnings);
    expected.add(
        "nothing is left to search for; as with an empty query, the whole history is the answer");

    assertThat(parse(text)).isEqualTo(new ParsedQuery(everything(), expected));
  }

  @Test
  void parse_exclusionOfNothingBesideAWord_wordAlone() {
    assertThat(parse("a -()")).isEqualTo(new ParsedQuery(A, List.of(EMPTY_GROUP, withIt("-"))));
  }

  private static Stream<Arguments> stars() {
    return Stream.of(
        star("a*b?c", "a*b?c", new Words("a*b?c")),
        star("*ing", "*ing", new Words("*ing")),
        star("*ing*", "*ing*", new Prefix("*ing")),
        star("ORD-*", "ORD-*", new Words("ORD-*")),
        star("c++*", "c++*", new Words("c++*")),
        star("\"wash* machine\"", "wash* machine", new Phrase("wash* machine")),
        star("\"wash* mach*\"", "wash* mach*", new Prefix("wash* mach")),
        star("\"washing *\"", "washing *", new Phrase("washing *")),
        star("\"a* b\"~3", "a* b", new Near(A, B, 3)),
        star("subject:re:a*b", "re:a*b", subject(new Phrase("re:a*b"))));
  }

  private static Arguments star(String text, String quoted, Query expected) {
    return arguments(
        text,
        expected,
        "\"%s\" has a * that was taken as plain text: it goes directly behind the beginning of a word, in quotation marks of the last one"
            .formatted(quoted));
  }

  private static Stream<Arguments> tildes() {
    String number =
        "a ~ behind quotation marks needs a number, as in \"full refund\"~3, and was left out";
    String one = "\"~8\" was left out: only one word is in the quotation marks";
    return Stream.of(
        tilde("ORD-20~"),
        tilde("~2"),
        tilde("~kettel"),
        tilde("a~b"),
        tilde("kettel~0.8"),
        tilde("ab~c~"),
        arguments("a ~", A, "there is nothing to search for in punctuation alone; it was left out"),
        arguments(
            "lea~0",
            new Words("lea"),
            "\"lea~0\" allows no letter to differ; the word was searched as it is"),
        arguments("ab~", new Words("ab"), fewerLetters("ab~")),
        arguments("a~~", A, fewerLetters("a~~")),
        arguments("\"a b\"~", new Phrase("a b"), number),
        arguments("\"a b\"~ c", all(new Phrase("a b"), C), number),
        arguments("\"a\"~8", new Phrase("a"), one),
        arguments("\"a*\"~8", new Prefix("a"), one));
  }

  private static Arguments tilde(String word) {
    return arguments(
        word,
        new Words(word),
        "\"%s\" has a ~ that was taken as plain text: it goes directly behind a single word, as in kettel~ or kettel~1"
            .formatted(word));
  }

  private static String fewerLetters(String typed) {
    return "\"%s\" has fewer than three letters and was searched as it is; ~1 allows one to differ"
        .formatted(typed);
  }

  private static Stream<Arguments> limited() {
    String nine = "of words between others at most 999 can be allowed";
    return Stream.of(
        arguments("a NEAR/1000 b", new Near(A, B, 999), nine),
        arguments("a NEAR/99999999999999999999 b", new Near(A, B, 999), nine),
        arguments("\"a b\"~1000", new Near(A, B, 999), nine),
        arguments(
            "kettel~9",
            new Typo("kettel", 2),
            "\"kettel~9\" allows more than 2 letters to differ; 2 were allowed"),
        arguments(
            "first:60 a",
            new First(seconds(60), A),
            "\"60\" has no unit and was taken as seconds"));
  }

  private static Stream<Arguments> misspelt() {
    return Stream.of(
        plain("NEAR/x", "words between are typed as in NEAR/8, times as in WITHIN/10s"),
        plain("WITHIN/-3s", NEGATIVE),
        plain("WITHIN/1mo", MONTHS),
        plain("WITHIN/x", "words between are typed as in NEAR/8, times as in WITHIN/10s"),
        plain("near/3", "words between are typed as in NEAR/8, times as in WITHIN/10s"),
        plain("Within/10s", "words between are typed as in NEAR/8, times as in WITHIN/10s"),
        foreign("a", "NEAR", "words between are typed as in NEAR/8, times as in WITHIN/10s"),
        foreign("a", "WITHIN", "words between are typed as in NEAR/8, times as in WITHIN/10s"),
        foreign("a", "AND", "all of the words are asked for without it"),
        foreign("\"b c\"", "AND", "all of the words are asked for without it"),
        foreign("a", "NOT", "a hyphen excludes, as in -voucher"),
        arguments(
            "(NOT a)",
            all(new Words("NOT"), A),
            "\"NOT\" was taken as plain text: a hyphen excludes, as in -voucher"),
        arguments(
            "subject: a",
            all(new Words("subject"), A),
            "\"subject:\" was taken as plain text: it stands directly before a word, quotation mark"
                + " or ("),
        arguments(
            "turn:",
            new Words("turn"),
            "\"turn:\" was taken as plain text: it stands directly before a word, quotation mark"
                + " or ("));
  }

  private static Stream<Arguments> values() {
    String date = "before: takes a date, as in before:2026-05-17";
    String first = "first: takes a time up to a hundred years, as in first:60s";
    String range = "a range is of numbers, as in orderTotal:>=100";
    return Stream.of(
        plain("before:yesterdayish", date),
        plain("before:2026-02-30", date),
        plain("before:2026-05..2026-06", "on: and during: take ranges of dates"),
        plain("on:2026-06..2026-05", REVERSED),
        plain("during:2026-05-10..<2026-05-01", REVERSED),
        plain("on:2026-06..soon", "on: takes a date, as in on:2026-05-17"),
        plain("direction:sideways", "direction: takes inbound, outbound or internal"),
        plain("has:", "has: takes what there is, as in has:attachment"),
        plain("from:!", "from: takes a name, address or id, as in from:emma"),
        plain("is:open", "is: takes only question, as in is:question"),
        plain("channel:a/b", "channel: takes a channel's name, as in channel:call"),
        plain("first:soon", first),
        plain("first:-3s", NEGATIVE),
        plain("last:PT-3S", NEGATIVE),
        plain("first:1mo", MONTHS),
        plain("first:99999999999h", TOO_LONG),
        plain("first:101y", TOO_LONG),
        plain("past:-30d", NEGATIVE),
        plain("past:-P30D", NEGATIVE),
        plain("past:101y", TOO_LONG),
        plain("past:1000001h", TOO_LONG),
        plain("past:99999999999d", TOO_LONG),
        plain("past:soon", "past: takes a time up to a hundred years, as in past:30d"),
        plain("duration:-5m", NEGATIVE),
        plain("duration:>-5m", NEGATIVE),
        plain("duration:5m..1y", MONTHS),
        plain("duration:..200y", TOO_LONG),
        plain("duration:10m..5m", REVERSED),
        plain("duration:5m,20m..5m", REVERSED),
        plain("duration:<0s", "nothing is in that range"),
        plain(
            "duration:5m..soon",
            "duration: takes times up to a hundred years, as in duration:>10m"),
        plain("total:>abc", range),
        plain("total:>", range),
        plain("total:200..100", REVERSED),
        plain("total:5,200..100", REVERSED),
        plain("total:>1.7976931348623157e308", "nothing is in that range"));
  }

  private static Arguments plain(String word, String reason) {
    return arguments(
        word, new Words(word), "\"%s\" was taken as plain text: %s".formatted(word, reason));
  }

  /** What stands between two others, and is no operator here. */
  private static Arguments foreign(String left, String word, String reason) {
    Query first = left.startsWith("\"") ? new Phrase(left.replace("\"", "")) : new Words(left);
    return arguments(
        left + " " + word + " a",
        all(first, new Words(word), A),
        "\"%s\" was taken as plain text: %s".formatted(word, reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "terms and conditions",
        "not a or b",
        "near within and",
        "near/far within/reach",
        "AND",
        "NOT",
        "a AND",
        "AND a",
        "(AND a)",
        "(a NOT) b",
        "a -AND b",
        "a -NOT b",
        "subject:NOT b",
        "WITHIN a",
        "a NEAR",
        "\"a AND b\" \"NOT a\" \"near/3\"",
        "ANDY NOTES NEARLY",
      })
  void parse_wordsThatAreNoOperatorsThere_noWarning(String text) {
    assertThat(parse(text).warnings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("misunderstood")
  void parse_misunderstoodText_treeWithWarning(String text, Query expected, String warning) {
    assertThat(parse(text)).isEqualTo(new ParsedQuery(expected, List.of(warning)));
  }

  static Stream<Arguments> valuesInQuotes() {
    String unclosed = "a quotation mark without its second was taken to end with the query";
    String from = "was taken as plain text: from: takes a name, address or id, as in from:emma";
    String none = "was taken as plain text: there is no value behind its colon";
    return Stream.of(
        arguments("from:\"", new Phrase("from:"), List.of(unclosed, "'from:\"' " + from)),
        arguments("from:\"!", new Phrase("from:"), List.of(unclosed, "'from:\"!' " + from)),
        arguments("from:\"\"", new Phrase("from:"), List.of("'from:\"\"' " + from, EMPTY_PHRASE)),
        arguments("order:\"", new Phrase("order:"), List.of(unclosed, "'order:\"' " + none)),
        arguments("from:\"kim doe", new From("kim doe"), List.of(unclosed)));
  }

  @ParameterizedTest
  @MethodSource("valuesInQuotes")
  void parse_quotationMarksWithoutAValue_warningQuotesThemInApostrophes(
      String text, Query expected, List<String> warnings) {
    ParsedQuery parsed = parse(text);

    assertThat(parsed.query()).isEqualTo(expected);
    assertThat(parsed.warnings()).startsWith(warnings.toArray(String[]::new));
  }

  @Test
  void parse_restrictionNotUnderstoodBeforeGroup_bothSearched() {
    ParsedQuery parsed = parse("first:-3s(a)");

    assertThat(parsed.query()).isEqualTo(all(new Words("first:-3s"), A));
    assertThat(parsed.warnings()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    // in Berlin days begin at 22:00 UTC in summer, at 23:00 UTC in winter
    "2026,                       2025-12-31T23:00:00Z, 2026-12-31T23:00:00Z",
    "2026-05,                    2026-04-30T22:00:00Z, 2026-05-31T22:00:00Z",
    "2026-05-17,                 2026-05-16T22:00:00Z, 2026-05-17T22:00:00Z",
    "2026/05/17,                 2026-05-16T22:00:00Z, 2026-05-17T22:00:00Z",
    "17.05.2026,                 2026-05-16T22:00:00Z, 2026-05-17T22:00:00Z",
    "2026-03-29,                 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "2026-05-17T10:00,           2026-05-17T08:00:00Z, 2026-05-17T08:01:00Z",
    "2026-05-17T10:00:30,        2026-05-17T08:00:30Z, 2026-05-17T08:00:31Z",
    "2026-05-17T10:00Z,          2026-05-17T10:00:00Z, 2026-05-17T10:01:00Z",
    "2026-05-17T10:00:30-02:00,  2026-05-17T12:00:30Z, 2026-05-17T12:00:31Z",
    "today,                      2026-06-16T22:00:00Z, 2026-06-17T22:00:00Z",
    "Yesterday,                  2026-06-15T22:00:00Z, 2026-06-16T22:00:00Z",
    "wednesday,                  2026-06-16T22:00:00Z, 2026-06-17T22:00:00Z",
    "thursday,                   2026-06-10T22:00:00Z, 2026-06-11T22:00:00Z",
    "this-week,                  2026-06-14T22:00:00Z, 2026-06-21T22:00:00Z",
    "last-week,                  2026-06-07T22:00:00Z, 2026-06-14T22:00:00Z",
    "this-month,                 2026-05-31T22:00:00Z, 2026-06-30T22:00:00Z",
    "last-month,                 2026-04-30T22:00:00Z, 2026-05-31T22:00:00Z",
    "this-year,                  2025-12-31T23:00:00Z, 2026-12-31T23:00:00Z",
    "last-year,                  2024-12-31T23:00:00Z, 2025-12-31T23:00:00Z",
    "2026-05-01..2026-05-10,     2026-04-30T22:00:00Z, 2026-05-10T22:00:00Z",
    "2026-05-01..<2026-05-10,    2026-04-30T22:00:00Z, 2026-05-09T22:00:00Z",
  })
  void parse_onDate_startedInItsRange(String date, Instant from, Instant until) {
    assertThat(parse("on:" + date)).isEqualTo(new ParsedQuery(new Started(from, until), List.of()));
    assertThat(parse("during:" + date)).isEqualTo(parse("on:" + date));
  }

  @Test
  void parse_beforeAndAfterDate_limitIsItsStart() {
    Instant start = Instant.parse("2026-04-30T22:00:00Z");

    assertThat(parse("before:2026-05").query()).isEqualTo(new Started(Instant.MIN, start));
    assertThat(parse("after:2026-05").query()).isEqualTo(new Started(start, Instant.MAX));
  }

  @Test
  void parse_openDateRange_oneLimit() {
    assertThat(parse("on:2026-05..").query()).isEqualTo(parse("after:2026-05").query());
    assertThat(parse("on:..<2026-05").query()).isEqualTo(parse("before:2026-05").query());
  }

  @ParameterizedTest
  @CsvSource({
    "30d,  2026-05-18T18:10:00Z",
    "36h,  2026-06-16T06:10:00Z",
    "6mo,  2025-12-17T19:10:00Z", // the same time of day in winter
    "1y,   2025-06-17T18:10:00Z",
    "P2D,  2026-06-15T18:10:00Z",
  })
  void parse_past_startedFromThenToNow(String time, Instant from) {
    Instant afterNow = CLOCK.instant().plusMillis(1);

    assertThat(parse("past:" + time))
        .isEqualTo(new ParsedQuery(new Started(from, afterNow), List.of()));
  }

  @Test
  void parse_moreThanThousandWords_firstThousandSearched() {
    String text =
        IntStream.range(0, 5_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" OR "));

    ParsedQuery parsed = parse(text);

    assertThat(((AnyOf) parsed.query()).queries()).hasSize(1_000).endsWith(new Words("w999"));
    assertThat(parsed.warnings()).containsExactly("only the first 1,000 words were searched");
  }

  @Test
  void parse_moreThanThousandFilters_firstThousandUsed() {
    ParsedQuery parsed = parse("from:a ".repeat(1_001));

    assertThat(((AllOf) parsed.query()).queries()).hasSize(1_000);
    assertThat(parsed.warnings()).containsExactly("only the first 1,000 filters were used");
  }

  @Test
  void parse_phraseOfMoreThanHundredWords_cut() {
    ParsedQuery parsed = parse("\"" + "w ".repeat(150) + "\"");

    assertThat(parsed.query()).isEqualTo(new Phrase("w ".repeat(100).strip()));
    assertThat(parsed.warnings())
        .containsExactly("of a phrase only the first 100 words were searched");
  }

  @Test
  void parse_nearPhraseOfMoreThanHundredWords_cut() {
    ParsedQuery parsed = parse("\"" + "w ".repeat(150) + "\"~3");

    assertThat(depth(parsed.query())).isEqualTo(100);
    assertThat(parsed.warnings())
        .containsExactly("of a phrase only the first 100 words were searched");
  }

  @Test
  void parse_parentheses200Deep_noWarning() {
    ParsedQuery parsed = parse("(a ".repeat(200) + ")".repeat(200));

    assertThat(depth(parsed.query())).isEqualTo(200);
    assertThat(parsed.warnings()).isEmpty();
    assertThat(parse(parsed.query().toString())).isEqualTo(parsed);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 400})
  void parse_parenthesesTooDeep_leftOutWithWarning(int deep) {
    ParsedQuery parsed = parse("(a ".repeat(deep) + "b) ".repeat(deep) + "c");

    assertThat(depth(parsed.query())).isEqualTo(202); // of 200 pairs around "a b", and "c"
    assertThat(parsed.warnings())
        .containsExactly("parentheses nested more than 200 deep were left out");
    assertThat(((AllOf) parsed.query()).queries()).endsWith(C).hasSize(2);
  }

  @Test
  void parse_parenthesesFarTooDeep_wordInsideSearched() {
    ParsedQuery parsed = parse("(".repeat(10_000) + "a" + ")".repeat(10_000));

    assertThat(parsed.query()).isEqualTo(A);
    assertThat(parsed.warnings())
        .containsExactly("parentheses nested more than 200 deep were left out");
  }

  @Test
  void parse_whatPrintsWithParenthesesAt200Deep_leftOutOrReadBack() {
    for (String inner :
        List.of("a NEAR/1 \"b c\"~2", "-tag:x,y", "is:question tag:x", "subject: a")) {
      Query query = parse("w " + "(w ".repeat(200) + inner + ")".repeat(200)).query();

      assertThat(parse(query.toString()).query()).isEqualTo(query);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "said-by:a ",
        "-said-by:a ",
        "is:question -",
        "a NEAR/3 ",
        "a WITHIN/3s ",
        "subject:",
        "subject:-",
        "(said-by:a ",
        "(a NEAR/3 ",
        "-(a NEAR/3 is:question -",
        "(a OR -",
        "-",
        "\"a b\"~3 NEAR/3 ",
      })
  @Timeout(20)
  void parse_longChain_shallowTreeThatIsReadBack(String link) {
    ParsedQuery parsed = parse(link.repeat(50_000) + "b");

    assertThat(depth(parsed.query())).isLessThan(1_100);
    assertThat(parse(parsed.query().toString()).query()).isEqualTo(parsed.query());
  }

  @Test
  void parse_nearChainTooLong_cutIntoShorterOnes() {
    ParsedQuery parsed =
        parse(
            IntStream.range(0, 1_000)
                .mapToObj(i -> "w" + i)
                .collect(Collectors.joining(" NEAR/3 ")));

    assertThat(((AllOf) parsed.query()).queries())
        .hasSize(10)
        .allMatch(chain -> depth(chain) <= 101);
    assertThat(parsed.warnings())
        .containsExactly("restrictions, NEAR and WITHIN nested more than 100 deep were left out");
  }

  @Test
  void parse_restrictionsTooMany_innermostHold() {
    ParsedQuery parsed = parse("said-by:a ".repeat(10) + "is:question ".repeat(100) + "b");

    assertThat(parsed.query().toString()).isEqualTo("is:question ".repeat(100) + "b");
    assertThat(parsed.warnings())
        .containsExactly("restrictions, NEAR and WITHIN nested more than 100 deep were left out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refund ",
        "a:,",
        "a:x,",
        "b\u0301",
        "(",
        ")",
        "\"",
        "a\"",
        "-",
        "OR ",
        "x:y ",
        "before:nonsense ",
        "~",
        "*",
        "a~",
        "NEAR/",
        "NEAR/9 ",
        "WITHIN/1s ",
        "1",
        "first:1",
        "\u4f60\u597d",
        "\u202e\u200f",
        "\u0000",
        "\ud800",
        "\udc00 ",
        "\ufeff",
      })
  @Timeout(20)
  void parse_hundredKilobytes_parsedAndReadBack(String fragment) {
    String text = fragment.repeat(100_000 / fragment.length());

    ParsedQuery parsed = parse(text);

    assertThat(parsed.warnings()).hasSizeLessThan(40);
    assertThat(parse(parsed.query().toString()).query()).isEqualTo(parsed.query());
  }

  @Test
  @Timeout(20)
  void parse_hundredKilobytesOfDifferentMistakes_fewWarnings() {
    String text =
        IntStream.range(0, 10_000).mapToObj(i -> "on:x" + i).collect(Collectors.joining(" "));

    assertThat(parse(text).warnings())
        .hasSize(22) // 20 mistakes, that there are more, and that there are too many words
        .contains("more of the query was taken otherwise than it may have been meant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u001f\u007f",
        "\ud83d",
        "a\ud800b \udc00",
        "\ud800:x",
        "\u200f\u202ea\u202c -b",
        "before:\u202e2026",
        "\"\ud800",
        "*~*~",
        "~~~",
        "\uff0d\uff0a",
        "-",
        "- -- --- -() -)",
        ":",
        "a:\"",
        "first: last:-1s turn:",
        "said-by:,|,| a",
        "on:+999999999-12-31T23:59:59Z",
        "on:0000-01-01..9999-12-31",
        "past:100y",
        "a NEAR/3 NEAR/4 OR OR",
        "-OR -NEAR/3 OR~ subject:OR subject:NEAR/3",
      })
  void parse_hostileText_readBack(String text) {
    Query query = parse(text).query();

    assertThat(parse(query.toString()).query()).isEqualTo(query);
  }

  @Test
  void parse_controlCharactersInMistake_warningIsPrintable() {
    ParsedQuery parsed = parse("before:a\u0007\u202eb" + "c".repeat(100));

    assertThat(parsed.warnings())
        .containsExactly(
            "\"before:a\ufffd\ufffdb"
                + "c".repeat(29)
                + "...\" was taken as plain text: before: takes a date, as in before:2026-05-17");
  }

  static Stream<Arguments> printed() {
    Instant may = Instant.parse("2026-05-01T00:00:00Z");
    Instant june = Instant.parse("2026-06-01T00:00:00Z");
    return Stream.of(
        arguments(everything(), ""),
        arguments(all(any(A, B), C), "a OR b c"),
        arguments(any(all(A, B), C), "(a b) OR c"),
        arguments(new Near(A, new Near(B, C, 1), 2), "a NEAR/2 (b NEAR/1 c)"),
        arguments(new Within(A, B, Duration.ofMillis(5_400_250)), "a WITHIN/1h30m250ms b"),
        arguments(all(asked(everything()), A), "(is:question) a"),
        arguments(customer(all(A, not(B))), "said-by:customer (a -b)"),
        arguments(customer(CALL), "said-by:customer (channel:call)"),
        arguments(subject(new Phrase("a b")), "subject:\"a b\""),
        arguments(new Prefix("ORD-20"), "ORD-20*"),
        arguments(new Prefix("a b"), "\"a b*\""),
        arguments(new Started(may, june), "on:2026-05-01T00:00:00Z..<2026-06-01T00:00:00Z"),
        arguments(new Started(may, Instant.MAX), "after:2026-05-01T00:00:00Z"),
        arguments(new Started(Instant.MIN, june), "before:2026-06-01T00:00:00Z"),
        arguments(lasted(300_000, 600_000), "duration:5m..10m"),
        arguments(new AttributeRange("total", 100, 200.5), "total:100..200.5"),
        arguments(new Attribute("order", "x y"), "order:\"x y\""),
        // only a host builds these
        arguments(new Words("a b"), "\"a b\""),
        arguments(new Words("a \"b\""), "\"a 'b'\""),
        arguments(new Words("channel:call"), "\"channel:call\""),
        arguments(new Prefix("a b "), "\"a b *\""),
        arguments(new Phrase("a b*"), "\"a b\""),
        arguments(new Words("a*"), "\"a\""),
        arguments(any(), "-()"),
        arguments(not(everything()), "-()"),
        arguments(new Attribute("a b", "c"), "a_b:c"),
        arguments(lasted(-5, 5), "duration:PT-0.005S..5ms"),
        arguments(new Started(Instant.MIN, Instant.MAX), "()"));
  }

  @ParameterizedTest
  @MethodSource("printed")
  void print_query_asItWouldBeTyped(Query query, String expected) {
    assertThat(query.toString()).isEqualTo(expected);
  }

  /** How many nodes are on the longest way from the root. */
  private static int depth(Query query) {
    return 1 + RandomQuery.parts(query).stream().mapToInt(QueryParserTest::depth).max().orElse(0);
  }
}

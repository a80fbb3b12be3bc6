package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.call;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.mail;
import static io.earshot.Samples.marked;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What synonyms find, beside what was typed. */
class SynonymSearchTest {
  private static final String RULES =
      """
      tv, television, telly
      credit card, cc
      sim card, sim
      card, pass
      etd => estimated time of delivery
      asap, as soon as possible
      refund, money back
      """;

  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().synonyms(Synonyms.parse(RULES)).open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  private void addHistory() {
    index.add(chat("telly", "c-1", MAY, "the television flickers", "your telly again?"));
    index.add(chat("tv", "c-1", MAY, "my TV is dark", "which one"));
    index.add(chat("cc", "c-1", MAY, "is my CC charged twice", "we will refund it"));
    index.add(chat("card", "c-1", MAY, "my credit card was stolen", "we block the card"));
    index.add(chat("apart", "c-1", MAY, "the card is here", "on credit then"));
    index.add(chat("sim", "c-1", MAY, "the sim is lost", "noted"));
    index.add(chat("etd", "c-1", MAY, "what is the ETD", "no idea"));
    index.add(
        mail(
            "eta",
            "c-1",
            MAY,
            "Estimated time of delivery",
            Turn.of("kim@example.com", "Tell me as soon as possible.")));
    index.add(call("call", "c-1", MAY, "hello i want my money back now", "on my credit card"));
  }

  private SearchResult search(String query) {
    return index.customer("c-1").search(SearchRequest.builder(query).explaining(true).build());
  }

  private List<String> found(String query) {
    SearchResult result = search(query);
    assertThat(result.relaxed()).as(query).isFalse();
    return ids(result);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "tv | tv telly",
        "TELEVISIONS | tv telly",
        "televisions dark | tv",
        "cc | cc card call",
        "credit card | cc card call apart",
        "my credit card | cc card call",
        "(credit card) stolen | card",
        "charged (credit card) | cc",
        "charged (my credit) card | cc",
        "credit OR card | card call apart",
        "`\"my credit card\"` | cc card call",
        "`\"my cc\"` | cc card call",
        "`\"cc was stolen\"` | card",
        "`\"the tv flickers\"` | telly",
        "`\"my credit card was charged\"` | ``",
        "credit-card | cc card call",
        "sim card | sim",
        "etd | etd eta",
        "estimated time of delivery | eta",
        "`\"estimated time of delivery\"` | eta",
        "ASAP | eta",
        "cc -refund | card",
        "tv -telly | ``",
        "stolen -cc | ``",
        "lost -(sim card) | ``",
        "flickers -\"the tv\" | ``",
        "cc NEAR/1 stolen | card",
        "cc NEAR/0 stolen | ``",
        "(credit card) NEAR/1 charged | cc",
        "(credit card) NEAR/0 is | ``",
        "(credit card) NEAR/1 is | cc",
        "cc WITHIN/5s refund | call",
        "(credit card) WITHIN/1s refund | ``",
        "(credit card) WITHIN/2m refund | cc call",
        "said-by:agent tv | telly",
        "said-by:agent (credit card) | ``",
        "said-by:customer (credit card) | cc card call",
        "said-by:customer cc | cc card call",
        "first:500ms refund | ``",
        "first:2s refund | call",
        "turn:(cc charged) | cc",
        "turn:(credit card my) | cc card call",
        "subject:etd | eta",
        "is:question etd | ``",
        "cc channel:call | call",
        "cc* | cc",
        "telvision~ | telly",
        "from:cc | ``",
      })
  void search_synonyms_findsBoth(String query, String expected) {
    addHistory();

    SearchResult result =
        index.customer("c-1").search(SearchRequest.builder(query).relaxing(false).build());

    assertThat(ids(result))
        .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" ", -1));
    assertThat(result.hits()).allMatch(hit -> hit.matchedBy() == MatchedBy.WORDS);
  }

  @Test
  void search_synonym_weighsLessThanTheWord() {
    index.add(chat("1", "c-1", MAY, "my telly here", "ok"));
    index.add(chat("2", "c-1", MAY, "my tv here", "ok"));
    index.add(chat("3", "c-1", MAY, "my television here", "ok"));
    index.add(chat("4", "c-1", MAY, "my credit card here", "ok"));
    index.add(chat("5", "c-1", MAY, "my cc x here", "ok"));

    assertThat(found("tv")).startsWith("2");
    assertThat(found("telly")).startsWith("1");
    assertThat(found("credit card")).containsExactly("4", "5");
  }

  @Test
  void search_rareSynonymOfAnEverydayWord_weighsLessThanTheWord() {
    index.useSynonyms(Synonyms.parse("cc, credit card\nnot working, kaputt"));
    index.add(chat("1", "c-1", MAY, "my cc was charged in the end", "and the kettle not working"));
    index.add(chat("2", "c-1", MAY, "credit card"));
    index.add(chat("3", "c-1", MAY, "kaputt"));

    assertThat(found("cc")).containsExactly("1", "2");
    assertThat(found("not working")).containsExactly("1", "3");
  }

  @Test
  void search_chainOfRules_isNotFollowed() {
    index.useSynonyms(Synonyms.parse("a1, b1\nb1, c1\nc1 => a1"));
    index.add(chat("a", "c-1", MAY, "a1"));
    index.add(chat("b", "c-1", MAY, "b1"));
    index.add(chat("c", "c-1", MAY, "c1"));

    assertThat(found("a1")).containsExactlyInAnyOrder("a", "b");
    assertThat(found("b1")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(found("c1")).containsExactlyInAnyOrder("a", "b", "c"); // by two rules, each one step
  }

  @Test
  void passages_synonymFound_isMarkedExactly() {
    addHistory();

    assertThat(marks("television", "tv")).containsExactly("TV");
    assertThat(marks("credit card", "cc")).containsExactly("CC");
    assertThat(marks("cc", "card")).containsExactly("credit card");
    assertThat(marks("cc", "apart")).isEmpty();
    assertThat(marks("credit card", "apart")).containsExactlyInAnyOrder("card", "credit");
    assertThat(marks("\"my cc\"", "card")).containsExactly("my credit card");
    assertThat(marks("tv", "telly")).containsExactlyInAnyOrder("television", "telly");
  }

  private List<String> marks(String query, String id) {
    return search(query).hits().stream()
        .filter(hit -> hit.id().equals(id))
        .flatMap(hit -> hit.passages().stream())
        .flatMap(passage -> marked(passage).stream())
        .toList();
  }

  @Test
  void passages_synonymInACall_pointAtItsSecond() {
    addHistory();

    Passage passage = search("refund channel:call").hits().getFirst().passages().getFirst();

    assertThat(marked(passage)).containsExactly("money back");
    assertThat(passage.audioStartMs()).hasValue(1_400);
    assertThat(passage.audioEndMs()).hasValue(1_590);
  }

  @Test
  void explanation_synonyms_areNamed() {
    addHistory();

    assertThat(search("telly dark").hits().getFirst().explanation().getFirst())
        .startsWith("telly (or tv, television): 1 \u00d7 in turns (weight 1.00, rarity ");
    assertThat(search("credit card charged").hits().getFirst().explanation())
        .anyMatch(line -> line.startsWith("credit (or cc): 1 \u00d7 in turns"))
        .anyMatch(line -> line.startsWith("card (or cc): 1 \u00d7 in turns"));
  }

  @Test
  void search_relaxed_wordIsThereIfItsSynonymIs() {
    addHistory();

    SearchResult result = search("credit card charged giraffe");

    assertThat(result.relaxed()).isTrue();
    assertThat(ids(result)).containsExactly("cc");
    assertThat(result.hits().getFirst().lacks()).containsExactly("giraffe");
    assertThat(search("credit card credit charged giraffe").hits().getFirst().lacks())
        .containsExactly("giraffe");
    assertThat(search("telly giraffe").hits())
        .hasSize(2)
        .allMatch(hit -> hit.lacks().equals(List.of("giraffe")));
  }

  @Test
  void didYouMean_wordWithASynonymThatIsThere_isLeft() {
    index.add(chat("1", "c-1", MAY, "the television has bells", "noted"));

    assertThat(search("telly televison").didYouMean()).contains("telly television");
    index.useSynonyms(Synonyms.parse("bell pushes => bells\ntelly => video"));
    assertThat(search("telly xyzzy").didYouMean()).contains("bells xyzzy");
  }

  @Test
  void useSynonyms_openIndex_nextSearchHasThem() {
    addHistory();
    assertThat(found("handset")).isEmpty();

    index.useSynonyms(Synonyms.parse("handset => tv"));
    assertThat(found("handset")).containsExactly("tv");
    assertThat(found("cc")).containsExactly("cc");

    index.useSynonyms(Synonyms.none());
    assertThat(found("handset")).isEmpty();
  }

  @Test
  void useSynonyms_whileOthersSearch_eachSearchHasOneOrTheOther() throws Exception {
    addHistory();
    List<Synonyms> all = List.of(Synonyms.none(), Synonyms.parse(RULES));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> searches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        searches.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 100; n++) {
                    assertThat(ids(search("tv -cc")).size()).isIn(1, 2);
                    assertThat(ids(search("credit card")).size()).isIn(3, 4);
                  }
                }));
      }
      for (int n = 0; n < 200; n++) {
        index.useSynonyms(all.get(n % 2));
      }
      for (Future<?> one : searches) {
        one.get();
      }
    }
  }

  @Test
  void cursor_underOtherSynonyms_isRefused() {
    IntStream.range(0, 9)
        .forEach(i -> index.add(chat("k" + i, "c-1", MAY, i % 2 == 0 ? "tv" : "telly here", "ok")));
    SearchRequest first = SearchRequest.builder("tv").limit(4).build();
    List<String> whole = ids(index.customer("c-1").search("tv"));
    SearchResult page = index.customer("c-1").search(first);
    SearchRequest second = first.toBuilder().cursor(page.nextCursor().orElseThrow()).build();

    index.useSynonyms(Synonyms.parse(RULES)); // equal ones
    assertThat(whole).startsWith(ids(page).toArray(String[]::new)).hasSize(9);
    assertThat(ids(index.customer("c-1").search(second))).isEqualTo(whole.subList(4, 8));

    for (Synonyms others : List.of(Synonyms.none(), Synonyms.parse("tv, telly"))) {
      index.useSynonyms(others);
      assertThatThrownBy(() -> index.customer("c-1").search(second))
          .isInstanceOf(EarshotException.class)
          .hasMessageStartingWith("EARSHOT-112")
          .hasMessageContaining("synonyms");
    }
  }

  @Test
  void search_othersHistory_changesNothing() {
    addHistory();
    String before = answers();

    for (int i = 0; i < 50; i++) {
      index.add(chat("x" + i, "c-2", MAY, "tv telly television cc credit card sim", "etd"));
    }

    assertThat(answers()).isEqualTo(before);
  }

  private String answers() {
    return List.of("tv", "cc", "\"my credit card\"", "credit card giraffe", "sim card", "").stream()
        .map(query -> shown(search(query)))
        .collect(joining("\n"));
  }

  private static String shown(SearchResult result) {
    return result.hits().stream()
        .map(hit -> hit + " " + hit.passages() + hit.explanation() + hit.lacks())
        .collect(joining("\n"));
  }

  /** An index with rules that concern other words, and one with none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tv",
        "credit card",
        "my (credit card) OR telly",
        "\"my credit card\" -tv",
        "credit card giraffe",
        "(credit card) NEAR/3 stolen",
        "said-by:customer cc",
        "refund refund card giraffe"
      })
  void search_noRuleForTheWords_answersAsWithoutSynonyms(String query) {
    addHistory();
    index.useSynonyms(Synonyms.none());
    String without = shown(search(query));

    index.useSynonyms(Synonyms.parse("xylophone, metallophone"));

    assertThat(shown(search(query))).isEqualTo(without);
  }

  @Test
  void search_moreSynonymsThanAreLookedFor_warns() {
    String many = IntStream.range(0, 30).mapToObj(i -> "word" + i).collect(joining(", "));
    index.useSynonyms(Synonyms.parse("thing, " + many));
    index.add(chat("1", "c-1", MAY, "word0 word19", "ok"));
    index.add(chat("2", "c-1", MAY, "word20", "ok"));

    SearchResult result = search("thing");

    assertThat(ids(result)).containsExactly("1");
    assertThat(result.warnings())
        .containsExactly("of the synonyms of \"thing\" only the first 20 were looked for");
  }

  @Test
  void search_thousandWordsWithSynonyms_isAnswered() {
    String rules =
        IntStream.range(0, 500)
            .mapToObj(i -> "w%d, %s".formatted(i, others(i)))
            .collect(joining("\n"));
    index.useSynonyms(Synonyms.parse(rules));
    String each = IntStream.range(0, 500).mapToObj(i -> "x" + i + " c").collect(joining(" "));
    index.add(chat("1", "c-1", MAY, each, "ok"));

    String typed = IntStream.range(0, 1_000).mapToObj(i -> "w" + i % 500).collect(joining(" "));

    assertThat(ids(search(typed))).containsExactly("1");
    assertThat(ids(search(typed + " giraffe"))).containsExactly("1");
    assertThat(ids(search("\"" + typed.substring(0, 300) + "\""))).isEmpty();
  }

  private static String others(int i) {
    return IntStream.range(0, 19).mapToObj(n -> "y%d z%d".formatted(i, n)).collect(joining(", "))
        + ", x"
        + i;
  }

  @Test
  void samples_everyRule_finds() throws IOException {
    Path file = Path.of(System.getProperty("earshot.home", ".."), "samples", "synonyms.txt");
    Synonyms samples = Synonyms.read(file);
    index.useSynonyms(samples);
    addHistory();

    assertThat(samples.size()).isGreaterThan(10);
    assertThat(found("reimbursement")).containsExactlyInAnyOrder("call", "cc");
    assertThat(found("TVs")).containsExactlyInAnyOrder("tv", "telly");
    assertThat(found("as soon as possible")).containsExactly("eta");
    assertThat(found("asap")).containsExactly("eta");
    assertThat(found("etd")).containsExactlyInAnyOrder("etd", "eta");
    assertThat(found("broken")).isEmpty();
  }

  @Property(tries = 300)
  void search_synonyms_findsWhatTheirAlternativesFind(
      @ForAll("texts") List<String> texts, @ForAll("rewritten") List<String> query) {
    try (InteractionIndex history = InteractionIndex.builder().inMemory().open()) {
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        int middle = text.indexOf(' ', text.length() / 2);
        history.add(
            chat("i" + i, "c-1", MAY, text.substring(0, middle), text.substring(middle + 1)));
      }
      Set<String> meant = strictly(history, query.get(1));

      history.useSynonyms(Synonyms.parse(RULES));

      assertThat(strictly(history, query.get(0))).isEqualTo(meant);
    }
  }

  private static Set<String> strictly(InteractionIndex history, String query) {
    SearchRequest request = SearchRequest.builder(query).relaxing(false).limit(100).build();
    return new TreeSet<>(ids(history.customer("c-1").search(request)));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.of("tv", "telly", "credit", "card", "cc", "my", "sim", "lost")
        .list()
        .ofMinSize(6)
        .ofMaxSize(10)
        .map(words -> String.join(" ", words))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  /** What is typed, and the same without synonyms. */
  @Provide
  Arbitrary<List<String>> rewritten() {
    return Arbitraries.of(
        List.of("tv", "tv OR telly"),
        List.of("credit card", "(credit card) OR cc"),
        List.of("credit card telly", "((credit card) OR cc) (tv OR telly)"),
        List.of("sim card lost", "((sim card) OR sim) lost"),
        List.of("cc -tv", "(cc OR \"credit card\") -(tv OR telly)"),
        List.of("lost -(credit card)", "lost -((credit card) OR cc)"),
        List.of("\"my cc\"", "\"my cc\" OR \"my credit card\""),
        List.of(
            "\"cc my sim\"",
            "\"cc my sim\" OR \"credit card my sim\" OR \"cc my sim card\" OR \"credit card my sim card\""),
        List.of("(credit card) NEAR/2 tv", "((credit card) OR cc) NEAR/2 (tv OR telly)"),
        List.of("cc NEAR/1 lost", "(cc OR \"credit card\") NEAR/1 lost"),
        List.of("(credit card) WITHIN/5s my", "((credit card) OR cc) WITHIN/5s my"),
        List.of("turn:(credit card lost)", "turn:(((credit card) OR cc) lost)"),
        List.of("said-by:agent (credit card)", "said-by:agent ((credit card) OR cc)"),
        List.of("-said-by:agent cc", "-said-by:agent (cc OR \"credit card\")"));
  }

  @ParameterizedTest
  @CsvSource({
    "de, Fernsehern, Ihr Fernseher ist da",
    "de, TV, die Fernsehern",
    "ja, 払い戻し, 返金をお願いします",
    "ja, 返金, 払い戻しをお願いします",
    "th, ทีวี, ซื้อโทรทัศน์ใหม่"
  })
  void search_otherLanguages_findsSynonyms(String language, String query, String text) {
    index.useSynonyms(Synonyms.parse("TV, Fernseher\n払い戻し, 返金\nทีวี, โทรทัศน์"));
    index.add(chat("1", "c-1", MAY, text, "x").toBuilder().language(language).build());
    index.add(chat("2", "c-1", MAY, "something else", "x"));

    assertThat(found(query)).containsExactly("1");
  }

  @Test
  void history_synonyms_areLookedFor() {
    addHistory();

    HistoryPage page =
        index
            .customer("c-1")
            .history(
                SearchRequest.builder("television")
                    .clock(Clock.fixed(MAY, ZoneOffset.UTC))
                    .build());

    assertThat(page.total()).isEqualTo(2);
  }

  @Test
  void useSynonyms_closedIndex_throws() {
    index.close();

    assertThatThrownBy(() -> index.useSynonyms(Synonyms.none()))
        .isInstanceOf(IllegalStateException.class);
  }
}

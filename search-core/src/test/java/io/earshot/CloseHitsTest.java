package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.marked;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only comes close is shown apart, and never instead of what was found. */
class CloseHitsTest {
  private InteractionIndex index;

  @BeforeEach
  void write() {
    index = InteractionIndex.builder().inMemory().open();
    index.add(chat("both", "c-1", MAY, "the refund for the kettle"));
    index.add(chat("kettle", "c-1", MAY.plusSeconds(1), "the kettle is broken"));
    index.add(chat("refund", "c-1", MAY.plusSeconds(2), "please, the refund"));
    index.add(chat("lamp", "c-1", MAY.plusSeconds(3), "please, the lamp"));
    index.add(chat("theirs", "c-2", MAY, "kettle refund", "kettlemaker giraffe"));
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  private SearchResult search(String query, UnaryOperator<SearchRequest.Builder> settings) {
    return index.customer("c-1").search(settings.apply(SearchRequest.builder(query)).build());
  }

  private SearchResult search(String query) {
    return search(query, it -> it);
  }

  private static List<String> close(SearchResult result) {
    return result.closeHits().stream().map(Hit::id).toList();
  }

  private static Map<String, List<String>> lacks(SearchResult result) {
    Map<String, List<String>> lacks = new TreeMap<>();
    result.closeHits().forEach(hit -> lacks.put(hit.id(), hit.lacks()));
    return lacks;
  }

  @Test
  void search_fewHits_closeOnesAreShownApartAndNotCounted() {
    SearchResult result = search("kettle refund", it -> it.facets(true));

    assertThat(ids(result)).containsExactly("both");
    assertThat(result.total()).isEqualTo(1);
    assertThat(result.relaxed()).isFalse();
    assertThat(result.nextCursor()).isEmpty();
    assertThat(result.facets().get("channel")).containsExactly(Map.entry("chat", 1L));
    assertThat(close(result)).containsExactlyInAnyOrder("kettle", "refund");
    assertThat(lacks(result))
        .isEqualTo(Map.of("kettle", List.of("refund"), "refund", List.of("kettle")));
    assertThat(result.hits().getFirst().lacks()).isEmpty();
  }

  @Test
  void search_closeHits_markTheWordsThatTheyHave() {
    Hit close = search("kettle refund").closeHits().getFirst();

    assertThat(marked(close.passages().getFirst())).containsExactly(close.id());
  }

  @Test
  void search_closeHits_bestFirst() {
    index.add(chat("two", "c-1", MAY.minusSeconds(9), "the kettle and the oven"));

    SearchResult result = search("kettle oven refund broken");

    assertThat(result.hits()).isEmpty();
    assertThat(close(result)).endsWith("refund").hasSize(4); // it has one of the words
    assertThat(result.closeHits())
        .isSortedAccordingTo((one, other) -> Double.compare(other.score(), one.score()));
    assertThat(lacks(result)).containsEntry("two", List.of("refund", "broken"));
  }

  @Test
  void search_relaxed_closeHitsAreOthersThanTheHits() {
    SearchResult result = search("kettle refund giraffe");

    assertThat(result.relaxed()).isTrue();
    assertThat(ids(result)).containsExactly("both");
    assertThat(close(result)).containsExactlyInAnyOrder("kettle", "refund");
    assertThat(lacks(result)).containsEntry("kettle", List.of("refund", "giraffe"));
  }

  @Test
  void search_misspeltWord_nearlySpelledIsCloseAndNoHit() {
    SearchResult result = search("kettel");

    assertThat(result.hits()).isEmpty();
    assertThat(result.total()).isZero();
    assertThat(result.didYouMean()).contains("kettle");
    assertThat(close(result)).containsExactlyInAnyOrder("kettle", "both");
    assertThat(lacks(result)).containsEntry("kettle", List.of("kettel"));
    assertThat(marked(result.closeHits().getFirst().passages().getFirst())).contains("kettle");
  }

  @Test
  void search_wordThatTheHistoryHolds_isNotTakenForAnother() {
    index.add(chat("kettel", "c-1", MAY, "kettel"));

    assertThat(close(search("kettel"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"giraffe", "kettlemaker", "kettlemakr"})
  void search_wordOfAnotherCustomer_comesCloseToNothing(String query) {
    assertThat(close(search(query))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"refund kettle\"",
        "\"kettle refund\" channel:chat",
        "please giraffe",
        "please the hello",
        "please",
        "2026 4512",
        "-giraffe -kettle",
        "(kettle OR oven) NEAR/1 lamp",
        "kettle* lampshade*",
        ""
      })
  void search_nothingTellingToDoWithout_noCloseHits(String query) {
    assertThat(close(search(query))).isEmpty();
  }

  @Test
  void search_everythingElse_mustHoldOfCloseHits() {
    assertThat(close(search("kettle refund -broken"))).containsExactly("refund");
    assertThat(close(search("kettle refund channel:email"))).isEmpty();
    assertThat(close(search("kettle oven \"is broken\""))).isEmpty(); // is a relaxed hit
    assertThat(close(search("kettle refund said-by:agent lamp"))).isEmpty();
  }

  @Test
  void search_everydayWord_countsButIsNotEnough() {
    SearchResult result = search("please kettle giraffe");

    assertThat(close(result)).doesNotContain("lamp");
    assertThat(lacks(search("please refund oven lamp"))).containsKeys("both");
  }

  @ParameterizedTest
  @EnumSource(
      value = SortOrder.class,
      names = {"NEWEST", "OLDEST"})
  void search_otherOrders_noCloseHits(SortOrder sort) {
    assertThat(close(search("kettle refund", it -> it.sort(sort)))).isEmpty();
  }

  @Test
  void search_notAskedFor_noCloseHits() {
    assertThat(close(search("kettle refund", it -> it.relaxing(false)))).isEmpty();
    assertThat(close(search("kettle refund", it -> it.closeHits(false)))).isEmpty();
    assertThat(close(search("kettle refund", it -> it.grouping(Grouping.THREAD)))).isEmpty();
    assertThat(close(search("kettle refund", it -> it.limit(0)))).isEmpty();
    SearchResult like =
        index.customer("c-1").moreLikeThis(chat("x", "c-1", MAY, "kettle refund lamp"));
    assertThat(close(like)).isEmpty();
  }

  @Test
  void search_limit_holdsForHitsAndCloseHitsTogether() {
    assertThat(close(search("kettle refund", it -> it.limit(1)))).isEmpty();
    assertThat(close(search("kettle refund", it -> it.limit(2)))).hasSize(1);
    assertThat(close(search("kettle refund", it -> it.limit(3)))).hasSize(2);
  }

  @Test
  void search_nextPages_noCloseHits() {
    for (int i = 0; i < 5; i++) {
      index.add(chat("b" + i, "c-1", MAY, "the refund for the kettle"));
    }
    SearchRequest request = SearchRequest.builder("kettle refund").limit(4).build();
    SearchResult first = index.customer("c-1").search(request);
    String cursor = first.nextCursor().orElseThrow();

    SearchResult last = index.customer("c-1").search(request.toBuilder().cursor(cursor).build());

    assertThat(close(first)).isEmpty();
    assertThat(ids(last)).hasSize(2);
    assertThat(close(last)).isEmpty();
  }

  @Test
  void search_timeIsOver_noCloseHits() {
    SearchResult result = search("kettle refund", it -> it.timeLimit(Duration.ofNanos(1)));

    assertThat(result.timedOut()).isTrue();
    assertThat(close(result)).isEmpty();
  }

  @Test
  void search_explaining_closeHitsSayWhy() {
    SearchResult result = search("kettle refund", it -> it.explaining(true));

    assertThat(result.closeHits()).allSatisfy(hit -> assertThat(hit.explanation()).isNotEmpty());
  }

  @Test
  void search_synonymOfSeveralWords_isCloseAndMarked() {
    index.useSynonyms(Synonyms.parse("tea maker, samovar"));
    index.add(chat("samovar", "c-1", MAY, "the samovar leaks"));

    SearchResult result = search("tea maker giraffe zebra lion");

    assertThat(result.hits()).isEmpty();
    assertThat(lacks(result)).isEqualTo(Map.of("samovar", List.of("giraffe", "zebra", "lion")));
    assertThat(marked(result.closeHits().getFirst().passages().getFirst()))
        .containsExactly("samovar");
  }
}

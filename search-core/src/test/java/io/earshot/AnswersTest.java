package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.call;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an answer holds beside its hits: relaxation, facets, limits, explanations. */
class AnswersTest {
  private final InteractionIndex index = InteractionIndex.builder().inMemory().open();

  @AfterEach
  void close() {
    index.close();
  }

  private SearchResult search(String query) {
    return index.customer("c-1").search(query);
  }

  @Test
  void search_noHitHasAllWords_mostOfThemAndWhatEachLacks() {
    index.add(chat("1", "c-1", MAY, "my kettle is leaking", "send it back"));
    index.add(chat("2", "c-1", MAY.plusSeconds(60), "the toaster is leaking"));
    index.add(chat("3", "c-2", MAY, "kettle toaster broken leaking"));

    SearchResult result = search("kettle broken leaking");

    assertThat(result.relaxed()).isTrue();
    assertThat(ids(result)).containsExactly("1");
    assertThat(result.hits().getFirst().lacks()).containsExactly("broken");
    assertThat(result.total()).isEqualTo(1);
  }

  @Test
  void search_twoWordsOneOfThemUnknown_theOtherIsFound() {
    index.add(chat("1", "c-1", MAY, "my kettle is leaking"));

    SearchResult result = search("kettle helicopter");

    assertThat(result.relaxed()).isTrue();
    assertThat(result.hits().getFirst().lacks()).containsExactly("helicopter");
  }

  @Test
  void search_oneHitHasAllWords_othersAreNotMixedIn() {
    index.add(chat("1", "c-1", MAY, "kettle broken"));
    index.add(chat("2", "c-1", MAY, "kettle leaking"));

    SearchResult result = search("kettle broken");

    assertThat(result.relaxed()).isFalse();
    assertThat(ids(result)).containsExactly("1");
    assertThat(result.hits().getFirst().lacks()).isEmpty();
  }

  @Test
  void search_phraseFilterExclusionAndOperators_areNeverRelaxed() {
    index.add(chat("1", "c-1", MAY, "kettle leaking badly"));

    for (String query :
        List.of(
            "kettle leaking \"money back\"",
            "kettle leaking channel:call",
            "kettle leaking -badly",
            "kettle leaking said-by:agent badly",
            "kettle leaking toaster NEAR/3 badly",
            "kettle leaking (toaster OR oven)")) {
      assertThat(search(query).hits()).as(query).isEmpty();
      assertThat(search(query).relaxed()).as(query).isFalse();
    }
  }

  @Test
  void search_relaxingOff_noHitStaysNoHit() {
    index.add(chat("1", "c-1", MAY, "kettle leaking"));

    SearchResult result =
        index
            .customer("c-1")
            .search(SearchRequest.builder("kettle helicopter").relaxing(false).build());

    assertThat(result.hits()).isEmpty();
    assertThat(result.relaxed()).isFalse();
  }

  @Test
  void search_standardFacets_countAllMatchesUnderTheFilter() {
    index.add(
        chat("1", "c-1", MAY, "kettle", "sorry").toBuilder()
            .direction(Direction.INBOUND)
            .tags(List.of("VIP", "fault"))
            .attribute("orderStatus", "open")
            .build());
    index.add(
        call("2", "c-1", MAY.plusSeconds(60), "kettle").toBuilder()
            .tags(List.of("fault"))
            .language("de")
            .attribute("orderStatus", "Closed")
            .build());
    index.add(chat("3", "c-2", MAY, "kettle"));

    Map<String, Map<String, Long>> facets =
        index
            .customer("c-1")
            .search(
                SearchRequest.builder("kettle")
                    .facets(true)
                    .facet("orderStatus")
                    .zone(ZoneOffset.UTC)
                    .limit(1)
                    .build())
            .facets();

    assertThat(facets.get("channel")).isEqualTo(Map.of("chat", 1L, "call", 1L));
    assertThat(facets.get("month")).isEqualTo(Map.of("2026-05", 2L));
    assertThat(facets.get("agent")).isEqualTo(Map.of("Nina Kraus", 1L));
    assertThat(facets.get("direction")).isEqualTo(Map.of("inbound", 1L));
    assertThat(facets.get("language")).isEqualTo(Map.of("en", 1L, "de", 1L));
    assertThat(facets.get("tag")).isEqualTo(Map.of("fault", 2L, "VIP", 1L));
    assertThat(facets.get("tag").keySet()).startsWith("fault");
    assertThat(facets.get("orderStatus")).isEqualTo(Map.of("open", 1L, "Closed", 1L));
    assertThat(
            index
                .customer("c-1")
                .search(SearchRequest.builder("kettle channel:call").facet("tag").build())
                .facets())
        .isEqualTo(Map.of("tag", Map.of("fault", 1L)));
  }

  @Test
  void search_timeIsOver_saysSoAndTheTotalIsALowerBound() {
    index.add(chat("1", "c-1", MAY, "kettle"));

    SearchResult result =
        index
            .customer("c-1")
            .search(SearchRequest.builder("kettle").timeLimit(Duration.ofNanos(1)).build());

    assertThat(result.timedOut()).isTrue();
    assertThat(result.totalIsExact()).isFalse();
    assertThat(result.relaxed()).isFalse();
    assertThat(search("kettle").timedOut()).isFalse();
  }

  @Test
  @SuppressWarnings("NullAway") // what it does with null
  void builder_null_isRefusedByName() {
    SearchRequest.Builder builder = SearchRequest.builder("kettle");

    assertThatNullPointerException()
        .isThrownBy(() -> SearchRequest.builder((Query) null))
        .withMessage("query");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.timeLimit(null))
        .withMessage("timeLimit");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.facet((String) null))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.facet((String[]) null))
        .withMessage("names");
  }

  @Test
  void builder_timeLimitNotPositive_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.builder("kettle").timeLimit(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.builder("kettle").timeLimit(Duration.ofMillis(-1)));
  }

  @Test
  void search_explaining_saysWhereEachWordStandsAndTheScore() {
    index.add(
        mail(
            "1",
            "c-1",
            MAY,
            "Kettle broken",
            Turn.of("kim@example.com", "the kettle is a broken kettle")));

    Hit hit =
        index
            .customer("c-1")
            .search(SearchRequest.builder("kettle \"broken kettle\"").explaining(true).build())
            .hits()
            .getFirst();

    assertThat(hit.explanation())
        .contains("kettle: 1 \u00d7 in the subject, 2 \u00d7 in turns")
        .anyMatch(line -> line.startsWith("\"broken kettle\": 1"))
        .anyMatch(line -> line.startsWith("score: "));
    assertThat(
            index
                .customer("c-1")
                .search(SearchRequest.builder("channel:email").explaining(true).build())
                .hits()
                .getFirst()
                .explanation())
        .isEmpty();
    assertThat(search("kettle").hits().getFirst().explanation()).isEmpty();
  }

  @Test
  void search_builtInJava_sameAsTyped() {
    index.add(chat("1", "c-1", MAY, "I want to cancel the contract", "do you really?"));
    index.add(chat("2", "c-1", MAY, "hello", "you may cancel the contract"));
    Query built =
        new Query.SaidBy(
            Role.CUSTOMER,
            new Query.Near(new Query.Words("cancel"), new Query.Words("contract"), 1));

    SearchResult result = index.customer("c-1").search(SearchRequest.builder(built).build());

    assertThat(ids(result)).containsExactly("1");
    assertThat(result.understood()).isEqualTo(built);
    assertThat(ids(search(result.query()))).containsExactly("1");
  }

  @Test
  void search_unknownAttributeName_searchedAsTextWithAWarning() {
    index.add(chat("1", "c-1", MAY, "re:kettle it leaks"));
    index.add(
        chat("2", "c-1", MAY, "hello").toBuilder()
            .attribute("OrderStatus", "Open")
            .attribute("total", "120.50")
            .build());

    SearchResult text = search("re:kettle");

    assertThat(ids(text)).containsExactly("1");
    assertThat(text.warnings()).anyMatch(warning -> warning.contains("\"re\""));
    assertThat(ids(search("orderstatus:OPEN"))).containsExactly("2");
    assertThat(ids(search("total:>=120.5"))).containsExactly("2");
    assertThat(ids(search("total:>120.5"))).isEmpty();
    assertThat(ids(search("total:100..121"))).containsExactly("2");
    assertThat(search("orderstatus:open").warnings()).isEmpty();
  }

  @Test
  void search_attachmentMatches_passageNamesIt() {
    index.add(
        mail("1", "c-1", MAY, "Invoice", Turn.of("kim@example.com", "see below")).toBuilder()
            .attachments(
                List.of(attachment("a.txt", "nothing"), attachment("invoice 12.txt", "one kettle")))
            .build());

    Passage passage = search("kettle").hits().getFirst().passages().getFirst();

    assertThat(passage.source()).isEqualTo(PassageSource.ATTACHMENT);
    assertThat(passage.attachment()).contains("invoice 12.txt");
    assertThat(passage.speaker()).isEmpty();
  }

  @Test
  void search_wordsOfOneTurnAmongManyTurns_foundWithoutComparingAllTurnsWithAll() {
    String[] lines = new String[20_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "turn says thing" + i;
    }
    index.add(chat("1", "c-1", MAY, lines));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20), // all with all takes minutes
        () -> {
          assertThat(ids(search("turn:(says thing19999)"))).containsExactly("1");
          assertThat(search("turn:(thing1 thing19999)").relaxed()).isFalse();
          assertThat(search("turn:(thing1 thing19999)").hits()).isEmpty();
        });
  }

  private static Attachment attachment(String name, String text) {
    return new Attachment(
        name, Optional.of("text/plain"), OptionalLong.of(text.length()), Optional.of(text));
  }
}

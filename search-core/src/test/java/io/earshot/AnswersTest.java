package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.call;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.mail;
import static io.earshot.Samples.marked;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
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
        .anyMatch(line -> line.startsWith("kettle: 1 \u00d7 in the subject (weight 1.50, rarity "))
        .anyMatch(
            line ->
                line.matches(
                    "kettle: .* 2 \u00d7 in turns \\(weight 1.00, rarity 2.\\d\\d, of 6 words\\); scores .*"))
        .anyMatch(line -> line.startsWith("words together: one passage holds 100 %"))
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
  void search_unknownAttributeName_understoodAsText() {
    index.add(chat("1", "c-1", MAY, "re:kettle it leaks"));

    SearchResult result = search("re:kettle chanel:call total:>5");

    assertThat(result.understood())
        .isEqualTo(
            new Query.AllOf(
                List.of(
                    new Query.Phrase("re:kettle"),
                    new Query.Phrase("chanel:call"),
                    new Query.Phrase("total:>=5.000000000000001"))));
  }

  @Test
  void search_unknownAttributeNameLikeAFilters_offersTheFilter() {
    index.add(chat("1", "c-1", MAY, "hello"));

    assertThat(search("chanel:call").warnings())
        .containsExactly(
            "nothing here has an attribute \"chanel\"; chanel:call was searched as text;"
                + " did you mean channel:call?");
    assertThat(search("saidby:\"kim doe\"").warnings())
        .containsExactly(
            "nothing here has an attribute \"saidby\"; saidby:\"kim doe\" was searched as text;"
                + " did you mean said-by:\"kim doe\"?");
    assertThat(search("order:4512").warnings())
        .containsExactly(
            "nothing here has an attribute \"order\"; order:4512 was searched as text");
  }

  @Test
  void search_manyUnknownAttributes_fewShortWarnings() {
    index.add(chat("1", "c-1", MAY, "hello"));
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      query.append("x".repeat(300)).append(i).append(":y\u202e ");
    }

    assertThat(search(query.toString()).warnings())
        .hasSizeLessThan(25)
        .allMatch(warning -> warning.length() < 200 && warning.indexOf('\u202e') < 0);
  }

  /** What is told beside the hits when there are none. */
  private List<String> hints(String query) {
    SearchResult result = search(query);
    assertThat(result.hits()).as(query).isEmpty();
    return result.warnings();
  }

  @Test
  void search_nothingFoundForAFilter_saysWhich() {
    index.add(
        chat("1", "c-1", MAY, "kettle").toBuilder()
            .tags(List.of("vip"))
            .direction(Direction.INBOUND)
            .attribute("orderStatus", "open")
            .build());
    index.add(mail("2", "c-1", MAY, "Kettle", Turn.of("kim@example.com", "leaks")));

    assertThat(hints("channel:phone kettle"))
        .containsExactly("\"channel:phone\" matches no interaction here: there are chat, email");
    assertThat(hints("has:atachment"))
        .containsExactly(
            "\"has:atachment\" matches no interaction here: has: takes what there is, as in"
                + " has:attachment");
    assertThat(hints("has:recording kettle"))
        .containsExactly("\"has:recording\" matches no interaction here");
    assertThat(hints("tag:vpi from:kimm agent:ninna lang:de filename:a orderStatus:opne"))
        .containsExactly(
            "\"tag:vpi\" matches no interaction here",
            "\"from:kimm\" matches no interaction here",
            "\"agent:ninna\" matches no interaction here",
            "\"lang:de\" matches no interaction here",
            "\"filename:a\" matches no interaction here",
            "\"orderStatus:opne\" matches no interaction here");
    assertThat(hints("is:question (kettle OR direction:outbound) toast"))
        .containsExactly("\"direction:outbound\" matches no interaction here");
    assertThat(hints("channel:chat tag:vip has:subject orderStatus:open toaster")).isEmpty();
    assertThat(hints("toaster -channel:phone")).isEmpty();
    assertThat(search("channel:phone,chat kettle").warnings()).isEmpty();
    assertThat(search("kettle -tag:vpi").warnings()).isEmpty();
  }

  @Test
  void search_nothingSaidByAnybodyOfThatName_saysSo() {
    index.add(chat("1", "c-1", MAY, "kettle", "sorry"));

    assertThat(hints("said-by:custmer kettle"))
        .containsExactly(
            "\"said-by:custmer\" names nobody here: said-by: takes a role or name, as in"
                + " said-by:customer");
    assertThat(hints("said-by:bot,otto kettle"))
        .containsExactly(
            "\"said-by:otto\" names nobody here: said-by: takes a role or name, as in"
                + " said-by:customer");
    assertThat(hints("said-by:agent,kim,nina,agent-1 toaster")).isEmpty();
    assertThat(search("said-by:custmer,kim kettle").warnings()).isEmpty();
  }

  @Test
  void search_nothingFound_hintsComeOfTheScopeAlone() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    index.add(
        Interaction.builder("2", Channel.of("secret-line"), MAY)
            .customers(List.of("c-2"))
            .participants(List.of(Participant.of("caller", Role.CUSTOMER).withName("Otto Secret")))
            .turns(List.of(Turn.of("caller", "kettle")))
            .tags(List.of("secret"))
            .attribute("Secret", "yes")
            .build());

    assertThat(hints("channel:secret-line"))
        .containsExactly("\"channel:secret-line\" matches no interaction here: there is chat");
    assertThat(hints("tag:secret")).containsExactly("\"tag:secret\" matches no interaction here");
    assertThat(hints("said-by:otto")).hasSize(1);
    assertThat(facetWarnings("secret"))
        .containsExactly("\"secret\" is no facet, and nothing here has such an attribute");
  }

  @Test
  void search_manyFiltersWithoutAMatch_fewHints() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      query.append("tag:").append("x".repeat(300)).append(i).append(' ');
    }

    assertThat(hints(query.toString()))
        .hasSizeLessThan(25)
        .allMatch(warning -> warning.length() < 100);
  }

  @Test
  void search_lowerCaseOrAndNothingFound_saysHowToTypeIt() {
    index.add(chat("1", "c-1", MAY, "kettle", "this or that", "terms and conditions"));
    String hint = "\"or\" was taken as plain text: OR between alternatives is upper case";

    assertThat(hints("\"no kettle\" or \"no toaster\"")).containsExactly(hint);
    assertThat(search("kettle or toaster").warnings()).containsExactly(hint);
    assertThat(hints("said-by:agent (giraffe or zebra)")).containsExactly(hint);
    assertThat(search("this or that").warnings()).isEmpty();
    assertThat(hints("\"toaster or giraffe\"")).isEmpty();
    assertThat(search("or kettle toaster").warnings()).isEmpty();
    assertThat(search("terms and toasters").warnings()).isEmpty();
  }

  private List<String> facetWarnings(String... names) {
    return index
        .customer("c-1")
        .search(SearchRequest.builder("kettle").facet(names).build())
        .warnings();
  }

  @Test
  void search_facetOfNothing_saysSo() {
    index.add(
        chat("1", "c-1", MAY, "hello").toBuilder()
            .attribute("orderStatus", "open")
            .attribute("remark", "x".repeat(1_000))
            .build());
    index.add(chat("2", "c-1", MAY, "kettle"));

    assertThat(facetWarnings("nosuch", "orderstatus", "Channel", "subject"))
        .containsExactly(
            "\"nosuch\" is no facet, and nothing here has such an attribute",
            "\"orderstatus\" is no facet, and nothing here has such an attribute; there is"
                + " \"orderStatus\"",
            "\"Channel\" is no facet, and nothing here has such an attribute; there is"
                + " \"channel\"",
            "\"subject\" is no facet, and nothing here has such an attribute");
    assertThat(facetWarnings("orderStatus", "remark", "tag", "direction")).isEmpty();
  }

  @Test
  void search_unknownCustomer_saysSo() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    index.add(chat("2", "c-3", MAY, "kettle"));
    index.remove("2");

    for (String customer : List.of("c-2", "C-1", "c-3", "")) {
      SearchResult result =
          index
              .customer(customer)
              .search(SearchRequest.builder("tag:x or kettle").facet("nosuch").build());

      assertThat(result.warnings())
          .containsExactly("no interaction of customer \"" + customer + "\" is indexed");
      assertThat(index.customer(customer).history(SearchRequest.of("")).warnings()).hasSize(1);
    }
    assertThat(index.everyone().search("toaster").warnings()).isEmpty();
    assertThat(search("toaster").warnings()).isEmpty();
  }

  @Test
  void history_filterWithoutAMatch_saysWhich() {
    index.add(chat("1", "c-1", MAY, "kettle"));

    HistoryPage page = index.customer("c-1").history(SearchRequest.of("channel:phone"));

    assertThat(page.warnings())
        .containsExactly("\"channel:phone\" matches no interaction here: there is chat");
  }

  @Test
  void search_matchesFarApartInOneTurn_eachWordIsShownBeforeOneIsAgain() {
    String filler = "so it goes on and on. ".repeat(30);
    String text = "kettle " + filler + "kettle " + filler + "kettle " + filler + "refund " + filler;
    index.add(chat("1", "c-1", MAY, text, "thanks for the kettle"));

    List<Passage> two = passages("kettle refund", 2);
    List<Passage> all = passages("kettle refund", 100);

    assertThat(two)
        .extracting(Samples::marked)
        .containsExactly(List.of("kettle"), List.of("refund"));
    assertThat(all).hasSize(5);
    assertThat(all.stream().flatMap(passage -> marked(passage).stream()))
        .containsExactly("kettle", "refund", "kettle", "kettle", "kettle");
    assertThat(all).last().extracting(Passage::text).isEqualTo("thanks for the kettle");
    assertThat(all.get(1).text()).startsWith("\u2026 ").endsWith(" \u2026").hasSizeLessThan(300);
  }

  @Test
  void search_oneTurnHasAllOfTheWordsTogetherSomewhere_showsThatPlaceFirst() {
    String filler = "so it goes on and on. ".repeat(30);
    index.add(chat("1", "c-1", MAY, "kettle " + filler + "a refund for my kettle " + filler));

    assertThat(passages("kettle refund", 3))
        .extracting(Samples::marked)
        .containsExactly(List.of("refund", "kettle"), List.of("kettle"));
  }

  private List<Passage> passages(String query, int most) {
    SearchRequest request = SearchRequest.builder(query).passages(most).build();
    return index.customer("c-1").search(request).hits().getFirst().passages();
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

  @Test
  void search_nearBetweenGroupsOfManyWords_isTakenAsAndWithAWarning() {
    String many = IntStream.range(0, 33).mapToObj(i -> "left" + i).collect(joining(" "));
    String more = IntStream.range(0, 32).mapToObj(i -> "right" + i).collect(joining(" "));
    index.add(chat("1", "c-1", MAY, many + " and " + more));

    SearchResult result = index.customer("c-1").search("(" + many + ") NEAR/5 (" + more + ")");

    assertThat(ids(result)).containsExactly("1");
    assertThat(result.warnings()).anyMatch(warning -> warning.contains("was taken as \"and\""));
  }

  @Test
  void search_treeOfMoreAlternativesThanCanBeSearched_saysSo() {
    List<Query> words =
        IntStream.range(0, 5_000).<Query>mapToObj(i -> new Query.Words("w" + i)).toList();

    assertThatThrownBy(
            () ->
                index.customer("c-1").search(SearchRequest.builder(new Query.AnyOf(words)).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave some out");
  }

  @Test
  void search_filterOfMoreThanThousandValues_doesNotFindWhatNoneOfThemNames() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    String names = IntStream.range(0, 1_500).mapToObj(i -> "n" + i).collect(joining(","));

    SearchResult none = index.customer("c-1").search("kettle channel:" + names);
    SearchResult one = index.customer("c-1").search("kettle channel:chat," + names);

    assertThat(none.hits()).isEmpty();
    assertThat(ids(one)).containsExactly("1");
    assertThat(one.warnings()).containsExactly("only the first 1,000 filters were used");
  }

  @Test
  void search_unknownAttributeWithAVeryLongValue_isAPhraseOfAHundredWords() {
    index.add(chat("1", "c-1", MAY, "kettle"));

    SearchResult result = index.customer("c-1").search("a:".repeat(50_000));

    assertThat(result.hits()).isEmpty();
    assertThat(result.warnings()).contains("of a phrase only the first 100 words were searched");
    assertThat(result.understood().toString()).hasSizeLessThan(1_000);
  }
}

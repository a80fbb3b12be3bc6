package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.call;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.mail;
import static io.earshot.Samples.marked;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerHistoryTest {
  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  private SearchResult search(String query) {
    return index.customer("c-1").search(query);
  }

  @Test
  void search_wordsInDifferentTurns_found() {
    index.add(chat("1", "c-1", MAY, "my kettle is broken", "i will arrange a refund"));
    index.add(chat("2", "c-1", MAY, "my kettle is fine"));

    SearchResult result = search("kettle refund");

    assertThat(ids(result)).containsExactly("1");
    assertThat(result.total()).isEqualTo(1);
    assertThat(result.hits().getFirst().passages()).hasSize(2);
  }

  @Test
  void search_otherInflection_foundAndMarkedAsWritten() {
    index.add(chat("1", "c-1", MAY, "She Refunded both orders’ prices"));

    Passage passage = search("refunds order").hits().getFirst().passages().getFirst();

    assertThat(marked(passage)).containsExactly("Refunded", "orders");
    assertThat(passage.speaker()).contains("Kim Doe");
    assertThat(passage.role()).contains(Role.CUSTOMER);
    assertThat(passage.at()).isEqualTo(MAY);
  }

  @Test
  void search_exactFormBesideInflection_exactFormFirst() {
    index.add(chat("inflected", "c-1", MAY.plusSeconds(9), "they charge too much for it"));
    index.add(chat("exact", "c-1", MAY, "they charged too much for it"));

    assertThat(ids(search("charged"))).containsExactly("exact", "inflected");
  }

  @Test
  void search_phrase_marksThePhraseOnlyAndNeverCrossesTurns() {
    index.add(chat("1", "c-1", MAY, "broken is the kettle", "the broken kettle leaks"));
    index.add(chat("2", "c-1", MAY, "it is broken", "kettle again"));

    SearchResult result = search("\"broken kettle\"");

    assertThat(ids(result)).containsExactly("1");
    assertThat(result.hits().getFirst().passages()).hasSize(1);
    Passage passage = result.hits().getFirst().passages().getFirst();
    assertThat(marked(passage)).containsExactly("broken kettle");
    assertThat(passage.speaker()).contains("Nina Kraus");
  }

  @Test
  void search_exclusion_leavesOutWhatHoldsIt() {
    index.add(chat("1", "c-1", MAY, "kettle and toaster"));
    index.add(chat("2", "c-1", MAY, "kettle alone"));

    assertThat(ids(search("kettle -toaster"))).containsExactly("2");
    assertThat(ids(search("-\"and toaster\""))).containsExactly("2");
    assertThat(ids(search("kettle - toaster"))).containsExactly("1");
  }

  @Test
  void search_or_bindsTighterThanTheImplicitAnd() {
    index.add(chat("1", "c-1", MAY, "red kettle"));
    index.add(chat("2", "c-1", MAY.minusSeconds(1), "blue kettle"));
    index.add(chat("3", "c-1", MAY, "red toaster"));

    assertThat(ids(search("red OR blue kettle"))).containsExactlyInAnyOrder("1", "2");
    assertThat(ids(search("kettle (blue OR (red toaster))"))).containsExactly("2");
    assertThat(ids(search("toaster OR -red"))).containsExactlyInAnyOrder("2", "3");
  }

  @Test
  void search_call_passageHasTheTimesOfTheMarkedWords() {
    index.add(call("1", "c-1", MAY, "hello there", "i want to cancel my order please"));

    Passage passage = search("\"cancel my order\"").hits().getFirst().passages().getFirst();

    // The second turn begins at 2,200 ms; its fourth word 300 ms later; its sixth ends 590 ms
    // later.
    assertThat(passage.audioStartMs()).isEqualTo(OptionalLong.of(2_500));
    assertThat(passage.audioEndMs()).isEqualTo(OptionalLong.of(2_790));
    assertThat(passage.at()).isEqualTo(MAY.plusMillis(2_200));
    assertThat(passage.speaker()).contains("caller");
  }

  @Test
  void search_textForReadingDiffersFromWordsHeard_timesFollowTheWords() {
    Turn turn =
        Turn.builder("caller")
            .audio(1_000, 3_000)
            .text("Well, the Order is wrong; cancel it!")
            .words(
                List.of(
                    new Word("well", 1_000, 1_100, 1),
                    new Word("um", 1_200, 1_300, 1),
                    new Word("the", 1_400, 1_500, 1),
                    new Word("odour", 1_600, 1_700, 1),
                    new Word("is", 1_800, 1_900, 1),
                    new Word("wrong", 2_000, 2_100, 1),
                    new Word("cancel", 2_200, 2_300, 1),
                    new Word("it", 2_400, 2_500, 1)))
            .build();
    index.add(call("1", "c-1", MAY, "x").toBuilder().turns(List.of(turn)).build());

    assertThat(search("order").hits().getFirst().passages().getFirst().audioStartMs())
        .isEqualTo(OptionalLong.of(1_600));
    assertThat(search("cancel").hits().getFirst().passages().getFirst().audioStartMs())
        .isEqualTo(OptionalLong.of(2_200));
  }

  @Test
  void search_writtenFormOfSeveralHeardWords_endsWithTheLast() {
    Turn turn =
        Turn.builder("caller")
            .audio(0, 3_000)
            .text("order 4512 please")
            .words(
                List.of(
                    new Word("order", 0, 400, 1),
                    new Word("four", 500, 900, 1),
                    new Word("five", 1_000, 1_400, 1),
                    new Word("one", 1_500, 1_900, 1),
                    new Word("two", 2_000, 2_400, 1),
                    new Word("please", 2_500, 2_900, 1)))
            .build();
    index.add(call("1", "c-1", MAY, "x").toBuilder().turns(List.of(turn)).build());

    Passage number = search("4512").hits().getFirst().passages().getFirst();
    Passage please = search("please").hits().getFirst().passages().getFirst();

    assertThat(number.audioStartMs()).isEqualTo(OptionalLong.of(500));
    assertThat(number.audioEndMs()).isEqualTo(OptionalLong.of(2_400));
    assertThat(please.audioStartMs()).isEqualTo(OptionalLong.of(2_500));
  }

  @Test
  void search_manyHeardWordsMissingInTheText_timesAfterThemAreTrue() {
    List<Word> words = new java.util.ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      words.add(new Word("w" + i, 500L * i, 500L * i + 400, 1));
      if (i < 10 || i > 25) {
        text.append("w").append(i).append(' ');
      }
    }
    Turn turn = Turn.builder("caller").audio(0, 30_000).text(text.toString()).words(words).build();
    index.add(call("1", "c-1", MAY, "x").toBuilder().turns(List.of(turn)).build());

    for (int i : new int[] {9, 26, 30, 59}) {
      assertThat(search("w" + i).hits().getFirst().passages().getFirst().audioStartMs())
          .isEqualTo(OptionalLong.of(500L * i));
    }
  }

  @Test
  void search_hyphenAfterQuotationMark_excludesNothing() {
    index.add(chat("1", "c-1", MAY, "the self-service kiosk"));

    assertThat(ids(search("\"self\"-service"))).containsExactly("1");
    assertThat(ids(search("(self)-service"))).containsExactly("1");
    assertThat(ids(search("\u201cself service\u201d"))).containsExactly("1");
    assertThat(ids(search("\u201cservice self\u201d"))).isEmpty();
  }

  @Test
  void search_hugePhrase_answeredWithAWarning() {
    index.add(chat("1", "c-1", MAY, "a ".repeat(3_000)));

    SearchResult result = search("a-".repeat(50_000));

    assertThat(ids(result)).containsExactly("1");
    assertThat(result.warnings()).anyMatch(warning -> warning.contains("100"));
  }

  @Test
  void search_turnWithoutWordTimes_wordsAreSpreadEvenly() {
    Turn turn = Turn.builder("caller").audio(10_000, 14_000).text("one two three four").build();
    index.add(call("1", "c-1", MAY, "x").toBuilder().turns(List.of(turn)).build());

    Passage passage = search("three").hits().getFirst().passages().getFirst();

    assertThat(passage.audioStartMs()).isEqualTo(OptionalLong.of(12_000));
    assertThat(passage.audioEndMs()).isEqualTo(OptionalLong.of(13_000));
  }

  @Test
  void search_subjectQuoteAndAttachment_foundAndNamed() {
    Turn turn =
        Turn.builder("kim@example.com")
            .at(MAY)
            .text("Any news?")
            .quotedText("> the gasket is leaking")
            .signature("Kim Doe, Plumber")
            .build();
    Interaction mail =
        mail("1", "c-1", MAY, "Your invoice", turn).toBuilder()
            .attachments(
                List.of(
                    new Attachment(
                        "bill-77.pdf",
                        Optional.of("application/pdf"),
                        OptionalLong.of(5),
                        Optional.of("total amount due"))))
            .build();
    index.add(mail);

    assertThat(search("invoice").hits().getFirst().passages().getFirst().source())
        .isEqualTo(PassageSource.SUBJECT);
    assertThat(search("amount").hits().getFirst().passages().getFirst().source())
        .isEqualTo(PassageSource.ATTACHMENT);
    assertThat(search("gasket").hits().getFirst().passages().getFirst().text())
        .isEqualTo("> the gasket is leaking");
    Passage signature = search("plumber").hits().getFirst().passages().getFirst();
    assertThat(signature.source()).isEqualTo(PassageSource.QUOTED);
    assertThat(signature.speaker()).isEmpty(); // a quote is perhaps somebody else's words
    assertThat(search("invoice amount gasket").total()).isEqualTo(1);
  }

  @Test
  void search_quotedText_ranksBelowTheOriginal() {
    Turn reply =
        Turn.builder("kim@example.com").text("yes please").quotedText("shall we refund it").build();
    Turn original = Turn.builder("kim@example.com").text("shall we refund it").build();
    index.add(mail("reply", "c-1", MAY.plusSeconds(60), "a", reply));
    index.add(mail("original", "c-1", MAY, "b", original));

    assertThat(ids(search("refund"))).containsExactly("original", "reply");
  }

  @Test
  void search_longTurn_passageIsShortenedAroundTheMatches() {
    String filler = "lorem ipsum dolor sit amet ".repeat(60);
    index.add(chat("1", "c-1", MAY, filler + "the purple elephant " + filler));

    Passage passage = search("purple elephant").hits().getFirst().passages().getFirst();

    assertThat(passage.text()).hasSizeLessThan(320).startsWith("… ").endsWith(" …");
    assertThat(marked(passage)).containsExactly("purple", "elephant");
  }

  @Test
  void search_wordThatStandsEverywhereInAHugeTurn_showsAPassage() {
    index.add(chat("1", "c-1", MAY, "refund ".repeat(200_000) + "at last a kettle"));

    Passage frequent = search("refund").hits().getFirst().passages().getFirst();
    Passage rare = search("kettle").hits().getFirst().passages().getFirst();

    assertThat(marked(frequent)).isNotEmpty().containsOnly("refund");
    assertThat(marked(rare)).containsExactly("kettle");
  }

  @Test
  void search_emptyQuery_listsTheHistoryNewestFirst() {
    index.add(chat("old", "c-1", MAY.minusSeconds(100), "a"));
    index.add(chat("new", "c-1", MAY, "first line", "second line"));
    index.add(chat("other", "c-2", MAY, "a"));

    SearchResult result = search("  ");

    assertThat(ids(result)).containsExactly("new", "old");
    Passage passage = result.hits().getFirst().passages().getFirst();
    assertThat(passage.text()).isEqualTo("first line");
    assertThat(passage.highlights()).isEmpty();
  }

  @Test
  void search_unknownCustomer_hasNoHits() {
    index.add(chat("1", "c-1", MAY, "kettle"));

    SearchResult result = index.customer("nobody").search("kettle");

    assertThat(result.hits()).isEmpty();
    assertThat(result.total()).isZero();
    assertThat(result.coverage()).isEqualTo(new Coverage(0, 0));
  }

  @Test
  void search_everyone_findsAllCustomers() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    index.add(chat("2", "c-2", MAY.minusSeconds(1), "kettle"));

    SearchResult result = index.everyone().search("kettle");

    assertThat(ids(result)).containsExactly("1", "2");
    assertThat(result.customer()).isEmpty();
  }

  @Test
  void search_sortAndLimit_newestOrOldestFirst() {
    for (int i = 0; i < 5; i++) {
      index.add(chat("" + i, "c-1", MAY.plusSeconds(i), "kettle"));
    }

    SearchRequest.Builder request = SearchRequest.builder("kettle").limit(2);
    CustomerHistory history = index.customer("c-1");

    assertThat(ids(history.search(request.sort(SortOrder.NEWEST).build())))
        .containsExactly("4", "3");
    SearchResult oldest = history.search(request.sort(SortOrder.OLDEST).build());
    assertThat(ids(oldest)).containsExactly("0", "1");
    assertThat(oldest.total()).isEqualTo(5);
    assertThat(history.search(request.limit(0).build()).hits()).isEmpty();
  }

  @Test
  void search_facets_countChannelsAndMonthsOfAllHits() {
    index.add(chat("1", "c-1", MAY, "kettle"));
    index.add(call("2", "c-1", Instant.parse("2026-04-30T23:30:00Z"), "kettle"));
    index.add(call("3", "c-1", MAY, "toaster"));

    SearchRequest.Builder request = SearchRequest.builder("kettle").facets(true).limit(1);
    SearchResult utc = index.customer("c-1").search(request.zone(ZoneOffset.UTC).build());
    SearchResult east = index.customer("c-1").search(request.zone(ZoneOffset.ofHours(2)).build());

    assertThat(utc.facets())
        .containsEntry("channel", Map.of("call", 1L, "chat", 1L))
        .containsEntry("month", Map.of("2026-05", 1L, "2026-04", 1L));
    assertThat(east.facets().get("month")).isEqualTo(Map.of("2026-05", 2L));
  }

  @Test
  void search_coverage_countsCallsAndThosePoorlyHeard() {
    index.add(call("1", "c-1", MAY, "kettle"));
    index.add(
        call("2", "c-1", MAY, "kettle").toBuilder()
            .transcript(new TranscriptInfo("vosk", "tiny", "0.3.45", 0.3))
            .build());
    index.add(call("3", "c-2", MAY, "kettle"));
    index.add(Interaction.builder("silent", Channel.CALL, MAY).customers(List.of("c-1")).build());

    assertThat(search("toaster").coverage()).isEqualTo(new Coverage(3, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"",
        "\"\"\"",
        "(",
        ")",
        "((((",
        "))))",
        "-",
        "--",
        "-(",
        "OR",
        "OR OR",
        "a OR",
        "OR a",
        "*",
        "a*b",
        "~",
        "\\",
        "\u0000",
        "\ud800",
        "\udc00x",
        "\u202e\u200f",
        "AND NOT",
        "a:b:c",
        "[1 TO 2]",
        "-\"\"",
        "- -",
        "(-)",
        "()",
        "(OR)",
        "\"(\" )",
        "😀",
        "½",
        "a\u3000b",
        "ORDER",
        "-OR"
      })
  void search_anythingTyped_neverThrows(String query) {
    index.add(chat("1", "c-1", MAY, "a kettle"));

    SearchResult result = search(query);

    assertThat(result.query()).isEqualTo(query);
  }

  @Test
  void search_hugeQueries_answeredWithAWarning() {
    index.add(chat("1", "c-1", MAY, "kettle"));

    SearchResult many = search("kettle" + " OR word".repeat(5_000));
    SearchResult deep = search("(".repeat(10_000) + "kettle" + ")".repeat(10_000));
    SearchResult longWord = search("x".repeat(100_000));

    assertThat(ids(many)).containsExactly("1");
    assertThat(many.warnings()).anyMatch(warning -> warning.contains("1,000"));
    assertThat(deep.warnings()).anyMatch(warning -> warning.contains("nested"));
    assertThat(longWord.hits()).isEmpty();
  }

  @Test
  void search_scriptsOfTheWorld_found() {
    index.add(chat("bn", "c-1", MAY, "আমার কেটলি ভেঙে গেছে"));
    index.add(chat("ja", "c-1", MAY, "東京都に住んでいます"));
    index.add(chat("de", "c-1", MAY, "Die Größe der Tür"));
    index.add(chat("fr", "c-1", MAY, "déjà payé"));

    assertThat(ids(search("কেটলি"))).containsExactly("bn");
    assertThat(ids(search("東京"))).containsExactly("ja");
    assertThat(ids(search("GRÖSSE"))).containsExactly("de");
    assertThat(ids(search("deja paye"))).containsExactly("fr");
  }

  @Test
  void search_identifierTypedInOneGo_matchesItsPartsSideBySide() {
    index.add(chat("1", "c-1", MAY, "my order is ORD-2026-4512, kim@example.com"));
    index.add(chat("2", "c-1", MAY, "4512 is my ord of 2026"));

    SearchResult result = search("ord-2026-4512");

    assertThat(ids(result)).containsExactly("1");
    assertThat(marked(result.hits().getFirst().passages().getFirst()))
        .containsExactly("ORD-2026-4512");
    assertThat(ids(search("Kim@Example.com"))).containsExactly("1");
  }

  @Test
  void forEach_history_newestFirstAndWhole() {
    Interaction old = chat("old", "c-1", MAY.minusSeconds(100), "a");
    Interaction fresh = call("new", "c-1", MAY, "hello there");
    index.add(old);
    index.add(fresh);
    index.add(chat("other", "c-2", MAY, "a"));
    List<Interaction> seen = new java.util.ArrayList<>();

    long count = index.customer("c-1").forEach(seen::add);

    assertThat(count).isEqualTo(2);
    assertThat(seen).containsExactly(fresh, old);
  }
}

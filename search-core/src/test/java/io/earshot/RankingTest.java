package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.call;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes first, and what makes it so: each test fails if that is taken out. */
class RankingTest {
  private static final Instant LATER = MAY.plusSeconds(60);

  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  private List<String> ranked(String query) {
    return ids(index.customer("c-1").search(query));
  }

  private List<String> ranked(String query, UnaryOperator<RankingProfile.Builder> settings) {
    return ids(
        index.customer("c-1").search(SearchRequest.builder(query).ranking(with(settings)).build()));
  }

  private static RankingProfile with(UnaryOperator<RankingProfile.Builder> settings) {
    return settings.apply(RankingProfile.builder()).build();
  }

  private double score(String query, String id, UnaryOperator<RankingProfile.Builder> settings) {
    SearchRequest request = SearchRequest.builder(query).ranking(with(settings)).build();
    return index.customer("c-1").search(request).hits().stream()
        .filter(hit -> hit.id().equals(id))
        .findAny()
        .orElseThrow()
        .score();
  }

  private static String filler(int words) {
    return "toaster ".repeat(words);
  }

  // ---- Where the words stand.

  @Test
  void search_wordsTogether_beatWordsFarApart() {
    index.add(chat("near", "c-1", MAY, filler(60) + "kettle lamp refund " + filler(20)));
    index.add(chat("far", "c-1", LATER, "refund " + filler(80) + "kettle"));

    assertThat(ranked("kettle refund")).containsExactly("near", "far");
    assertThat(ranked("kettle refund", it -> it.passage(0).phrase(0)))
        .containsExactly("far", "near");
  }

  @Test
  void search_wordsInNeighbouringTurns_beatWordsFarApart() {
    index.add(chat("near", "c-1", MAY, filler(50) + "kettle", "refund " + filler(30)));
    index.add(chat("far", "c-1", LATER, "kettle " + filler(50), filler(30) + "refund"));

    assertThat(ranked("kettle refund")).containsExactly("near", "far");
  }

  @ParameterizedTest
  @ValueSource(ints = {970, 1_000, 1_010, 2_005})
  void search_wordsFarApartInOneLongTurn_areNotTogether(int between) {
    index.add(chat("near", "c-1", MAY, "kettle " + filler(10) + "refund " + filler(between - 10)));
    index.add(chat("far", "c-1", LATER, "kettle " + filler(between) + "refund"));

    assertThat(ranked("kettle refund")).containsExactly("near", "far");
  }

  @Test
  void search_wordsOfTwoAttachments_areNotTogether() {
    index.add(withFiles("near", MAY, "kettle lamp lamp lamp refund", "lamp"));
    index.add(withFiles("far", LATER, "lamp lamp lamp kettle", "refund lamp"));

    assertThat(ranked("kettle refund")).containsExactly("near", "far");
  }

  private static Interaction withFiles(String id, Instant startedAt, String... texts) {
    List<Attachment> files = new ArrayList<>();
    for (String text : texts) {
      files.add(new Attachment("a.txt", Optional.empty(), OptionalLong.empty(), Optional.of(text)));
    }
    return chat(id, "c-1", startedAt, "hello").toBuilder().attachments(files).build();
  }

  @Test
  void search_inTheOrderTyped_beatsOtherwise() {
    index.add(chat("typed", "c-1", MAY, "the broken kettle stands here"));
    index.add(chat("turned", "c-1", LATER, "the kettle broken stands here"));

    assertThat(ranked("broken kettle")).containsExactly("typed", "turned");
    assertThat(ranked("kettle broken")).containsExactly("turned", "typed");
    assertThat(ranked("broken kettle", it -> it.phrase(0))).containsExactly("turned", "typed");
  }

  @Test
  void search_longCallThatSaysItInOnePassage_beatsAShortMailThatSaysItApart() {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      said.add("the toaster is fine and the lamp is fine too");
    }
    said.set(12, "i want the refund for the kettle");
    index.add(call("call", "c-1", MAY, said.toArray(String[]::new)));
    index.add(written("mail", LATER, "lamp", "kettle " + filler(60) + "refund"));

    assertThat(ranked("refund kettle")).containsExactly("call", "mail");
  }

  private static Interaction written(String id, Instant at, String subject, String text) {
    return mail(id, "c-1", at, subject, Turn.builder("kim@example.com").text(text).build());
  }

  @Test
  void search_veryLongCallThatSaysItInOnePassage_beatsAMailThatSaysItApart() {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      said.add("the toaster is fine and the lamp is fine too");
    }
    said.set(500, "i want the refund for the kettle");
    index.add(call("call", "c-1", MAY, said.toArray(String[]::new)));
    index.add(
        written(
            "mail",
            LATER,
            "lamp",
            filler(200) + "kettle " + filler(450) + "refund " + filler(200)));

    assertThat(ranked("refund kettle")).containsExactly("call", "mail");
  }

  @Test
  void search_wordsTogetherInASignatureOrAQuote_earnLittle() {
    Turn.Builder turn = Turn.builder("kim@example.com").text("ok thanks");
    index.add(mail("signed", "c-1", LATER, "Re: parcel", turn.signature("parcel soaked?").build()));
    index.add(
        written("said", MAY, "hello", "the parcel was left in the rain, and all of it was soaked"));

    assertThat(ranked("parcel soaked")).containsExactly("said", "signed");
  }

  /** Of equal evidence the short one wins, of more of it the long one does. */
  @Test
  void search_longAndShort_neitherAlwaysWins() {
    index.add(chat("short", "c-1", MAY, "the kettle is here"));
    index.add(chat("long", "c-1", LATER, filler(40) + "the kettle is here"));

    assertThat(ranked("kettle")).containsExactly("short", "long");
    assertThat(ranked("kettle", it -> it.lengthNormalization(0))).containsExactly("long", "short");

    index.add(chat("long", "c-1", LATER, (filler(10) + "kettle ").repeat(4)));

    assertThat(ranked("kettle")).containsExactly("long", "short");
    assertThat(ranked("kettle", it -> it.saturation(0).lengthNormalization(0)))
        .containsExactly("long", "short"); // newest first: how often it stands there counts nothing
    assertThat(score("kettle", "long", it -> it.saturation(0).recency(0, Duration.ofDays(1))))
        .isEqualTo(score("kettle", "short", it -> it.saturation(0).recency(0, Duration.ofDays(1))));
  }

  // ---- In which part.

  @Test
  void search_quotedTextAndSignature_countLittle() {
    Turn.Builder turn = Turn.builder("kim@example.com");
    index.add(written("said", MAY, "lamp", "kettle"));
    index.add(mail("quoted", "c-1", LATER, "lamp", turn.text("hi").quotedText("kettle").build()));
    index.add(
        mail(
            "signed",
            "c-1",
            LATER,
            "lamp",
            Turn.builder("kim@example.com").text("hi").signature("kettle").build()));

    assertThat(ranked("kettle")).hasSize(3).startsWith("said");
    assertThat(score("kettle", "quoted", it -> it))
        .isLessThan(score("kettle", "said", it -> it) / 4);
    assertThat(score("kettle", "signed", it -> it))
        .isLessThan(score("kettle", "said", it -> it) / 4);
    assertThat(ranked("kettle", it -> it.quotes(2)).getLast()).isEqualTo("said");
  }

  @Test
  void search_subject_beatsTurnAndTurnBeatsAttachment() {
    index.add(written("subject", MAY, "kettle", "lamp"));
    index.add(written("turn", LATER, "lamp", "kettle"));
    index.add(withFiles("attachment", LATER.plusSeconds(1), "kettle"));

    assertThat(ranked("kettle")).containsExactly("subject", "turn", "attachment");
    assertThat(ranked("kettle", it -> it.subject(0.5).attachments(3)))
        .containsExactly("attachment", "turn", "subject");
    assertThat(ranked("kettle", it -> it.turns(9)).getFirst()).isEqualTo("turn");
  }

  @Test
  void search_wordInSeveralParts_othersCountAShare() {
    index.add(written("both", MAY, "kettle", "kettle"));
    index.add(written("one", LATER, "kettle", "lamp"));

    assertThat(ranked("kettle")).containsExactly("both", "one");
    assertThat(ranked("kettle", it -> it.otherFields(0))).containsExactly("one", "both");
  }

  // ---- The interaction itself.

  @Test
  void search_equalText_newerFirst() {
    index.add(chat("old", "c-1", MAY.minus(Duration.ofDays(400)), "kettle"));
    index.add(chat("new", "c-1", MAY, "kettle"));

    assertThat(ranked("kettle")).containsExactly("new", "old");
    assertThat(score("kettle", "new", it -> it)).isGreaterThan(score("kettle", "old", it -> it));
  }

  @Test
  void search_muchNewer_beatsALittleMoreUnlessRecencyIsTakenOut() {
    index.add(chat("old", "c-1", MAY.minus(Duration.ofDays(900)), "kettle is here"));
    index.add(chat("new", "c-1", MAY, "kettle is here " + filler(3)));

    assertThat(ranked("kettle")).containsExactly("new", "old");
    assertThat(ranked("kettle", it -> it.recency(0, Duration.ofDays(180))))
        .containsExactly("old", "new");
  }

  @Test
  void search_olderByTheHalfLife_gainsHalf() {
    Duration halfLife = Duration.ofDays(10);
    index.add(chat("new", "c-1", MAY, "kettle"));
    index.add(chat("old", "c-1", MAY.minus(halfLife), "kettle"));
    index.add(chat("older", "c-1", MAY.minus(halfLife.multipliedBy(2)), "kettle"));

    double nothing = score("kettle", "new", it -> it.recency(0, halfLife));
    assertThat(score("kettle", "new", it -> it.recency(1, halfLife)) / nothing)
        .isBetween(1.999, 2.001);
    assertThat(score("kettle", "old", it -> it.recency(1, halfLife)) / nothing)
        .isBetween(1.499, 1.501);
    assertThat(score("kettle", "older", it -> it.recency(1, halfLife)) / nothing)
        .isBetween(1.249, 1.251);
  }

  @Test
  void search_channelWeights_multiplyScores() {
    index.add(chat("chat", "c-1", LATER, "kettle"));
    index.add(call("call", "c-1", MAY, "kettle"));

    assertThat(ranked("kettle", it -> it.channel(Channel.CALL, 2))).containsExactly("call", "chat");
    assertThat(ranked("kettle", it -> it.channel(Channel.CHAT, 0.4)))
        .containsExactly("call", "chat");
    assertThat(ranked("kettle", it -> it.channel(Channel.CHAT, 2))).containsExactly("chat", "call");
    assertThat(score("kettle", "call", it -> it.channel(Channel.CALL, 3)))
        .isCloseTo(3 * score("kettle", "call", it -> it), withPercentage(0.01));
  }

  // ---- How rare a word is.

  @Test
  void search_everydayWords_countLittleInASmallHistory() {
    index.add(chat("everyday", "c-1", LATER, "please please please hello"));
    index.add(chat("telling", "c-1", MAY, "kettle hello toaster hello"));

    assertThat(ranked("please OR kettle")).containsExactly("telling", "everyday");
    assertThat(ranked("please OR kettle", it -> it.rarity(RankingProfile.Rarity.BACKGROUND)))
        .containsExactly("telling", "everyday");
    assertThat(ranked("please OR kettle", it -> it.rarity(RankingProfile.Rarity.SCOPE)))
        .containsExactly("everyday", "telling");
  }

  /** "Sorry" is an everyday word, and its stem, "sorri", is not in any list. */
  @Test
  void search_everydayWordWithAStemOfItsOwn_countsLittle() {
    index.add(chat("everyday", "c-1", LATER, "sorry sorry sorry hello"));
    index.add(chat("telling", "c-1", MAY, "kettle hello toaster hello"));

    assertThat(ranked("sorry OR kettle")).containsExactly("telling", "everyday");
  }

  @Test
  void search_wordThatEveryInteractionHas_countsLessThanARareOne() {
    for (int i = 0; i < 30; i++) {
      index.add(chat("" + i, "c-1", MAY, "kettle lamp"));
    }
    index.add(chat("rare", "c-1", MAY.minusSeconds(9), "lamp oven"));

    assertThat(ranked("kettle OR oven").getFirst()).isEqualTo("rare");
    assertThat(
            ranked("kettle OR oven", it -> it.rarity(RankingProfile.Rarity.BACKGROUND)).getFirst())
        .isNotEqualTo("rare");
  }

  @Test
  void search_exactWord_beatsItsInflection() {
    index.add(chat("exact", "c-1", MAY, "the refund came"));
    index.add(chat("inflected", "c-1", LATER, "the refunds came"));

    assertThat(ranked("refund")).containsExactly("exact", "inflected");
    assertThat(ranked("refunds")).containsExactly("inflected", "exact");
  }

  @Test
  void search_wholeIdentifier_comesBeforeItsParts() {
    index.add(chat("whole", "c-1", MAY, "about ORD-2026-4512 again"));
    index.add(chat("parts", "c-1", LATER, "ord 4512 of 2026 and 2026 and ORD-2026-9999 ord"));

    assertThat(ranked("ORD-2026-4512 OR 2026 OR ord").getFirst()).isEqualTo("whole");
    assertThat(ranked("ord 2026 4512")).startsWith("whole");
  }

  private List<String> shown(String query) {
    SearchResult result = index.customer("c-1").search(query);
    List<String> shown = new ArrayList<>(ids(result));
    result.closeHits().forEach(hit -> shown.add(hit.id()));
    return shown;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kettle E4017",
        "order kettle ORD-2026-4512",
        "order 4512",
        "where is my kettle 4512",
        "status of my kettle 4512 please",
        "kettle giraffe order 2026 4512",
        "kettle anna.long@example.com",
        "kettle 07700 900456",
        "giraffe zebra 4512"
      })
  void search_identifierBesideOtherWords_comesBeforeThose(String query) {
    for (int i = 0; i < 12; i++) {
      index.add(chat("kettle" + i, "c-1", LATER, "where is my kettle, the status of my order is"));
    }
    index.add(
        chat(
            "identified",
            "c-1",
            MAY,
            "E4017 and ORD-2026-4512, write to anna.long@example.com or call 07700 900456"));

    assertThat(shown(query)).startsWith("identified");
  }

  @Test
  void search_identifierBesideWordsThatOneHas_othersWithTheIdentifierComeNext() {
    index.add(chat("all", "c-1", MAY, "the refund for ORD-2026-4512"));
    index.add(chat("number", "c-1", MAY, "it is ORD-2026-4512"));
    index.add(chat("word", "c-1", LATER, "the refund the refund"));

    assertThat(shown("refund ORD-2026-4512")).containsExactly("all", "number", "word");
  }

  @Test
  void search_numberThatMayBeACount_isNoIdentifier() {
    index.add(chat("kettle", "c-1", MAY, "a kettle"));
    index.add(chat("count", "c-1", LATER, "in 2026 we paid 49.99 for 12 of them at 5pm"));

    for (String number : List.of("2026", "49.99", "12", "5pm")) {
      assertThat(shown("kettle giraffe " + number)).as(number).containsExactly("kettle");
    }
  }

  @Test
  void search_equalScores_newestFirstThenById() {
    UnaryOperator<RankingProfile.Builder> timeless = it -> it.recency(0, Duration.ofDays(1));
    for (String id : List.of("d", "b", "c", "a")) {
      index.add(chat(id, "c-1", id.equals("d") ? LATER : MAY, "kettle lamp"));
      index.commit();
    }

    assertThat(ranked("kettle", timeless)).containsExactly("d", "a", "b", "c");
    assertThat(ranked("kettle lamp", timeless)).containsExactly("d", "a", "b", "c");
    index.add(chat("b", "c-1", MAY, "kettle lamp")); // into the last segment
    assertThat(ranked("kettle lamp", timeless)).containsExactly("d", "a", "b", "c");
  }

  // ---- Profiles.

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1_000.5, Double.NaN, Double.POSITIVE_INFINITY})
  void profile_settingOutOfRange_refusedByName(double value) {
    RankingProfile.Builder builder = RankingProfile.builder();

    assertThatThrownBy(() -> builder.turns(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("turns must be in [0, 1000.0], got " + value);
    assertThatThrownBy(() -> builder.subject(value)).hasMessageStartingWith("subject must be");
    assertThatThrownBy(() -> builder.attachments(value)).hasMessageStartingWith("attachments must");
    assertThatThrownBy(() -> builder.quotes(value)).hasMessageStartingWith("quotes must be");
    assertThatThrownBy(() -> builder.saturation(value)).hasMessageStartingWith("saturation must");
    assertThatThrownBy(() -> builder.passage(value)).hasMessageStartingWith("passage must be");
    assertThatThrownBy(() -> builder.phrase(value)).hasMessageStartingWith("phrase must be");
    assertThatThrownBy(() -> builder.recency(value, Duration.ofDays(1)))
        .hasMessageStartingWith("recency must be");
    assertThatThrownBy(() -> builder.channel(Channel.CALL, value))
        .hasMessageStartingWith("channel call must be");
    assertThatThrownBy(() -> builder.otherFields(value))
        .hasMessage("otherFields must be in [0, 1.0], got " + value);
    assertThatThrownBy(() -> builder.stem(value)).hasMessageStartingWith("stem must be in [0, 1");
    assertThatThrownBy(() -> builder.lengthNormalization(value))
        .hasMessageStartingWith("lengthNormalization must be in [0, 1");
  }

  @Test
  void profile_halfLifeThatIsNotPositive_refused() {
    for (Duration halfLife : List.of(Duration.ZERO, Duration.ofDays(-1))) {
      assertThatThrownBy(() -> RankingProfile.builder().recency(1, halfLife))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("halfLife must be positive, got " + halfLife);
    }
  }

  @Test
  void profile_longestHalfLife_isTaken() {
    index.add(chat("new", "c-1", MAY, "kettle"));
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);

    assertThat(score("kettle", "new", it -> it.recency(1, ages))).isFinite().isPositive();
  }

  @Test
  void profile_halfLifeOfANanosecond_isNoDivisionByNought() {
    index.add(chat("new", "c-1", MAY, "kettle"));
    index.add(chat("old", "c-1", MAY.minusSeconds(1), "kettle"));

    assertThat(score("kettle", "new", it -> it.recency(1, Duration.ofNanos(1))))
        .isFinite()
        .isGreaterThan(score("kettle", "old", it -> it.recency(1, Duration.ofNanos(1))));
  }

  @ParameterizedTest
  @EnumSource(RankingProfile.Rarity.class)
  void profile_everythingAtNought_findsTheSame(RankingProfile.Rarity rarity) {
    index.add(written("1", MAY, "kettle", "the kettles were refunded"));
    index.add(chat("2", "c-1", LATER, "refund the kettle"));

    assertThat(
            ranked(
                "refund kettle",
                it ->
                    it.turns(0)
                        .subject(0)
                        .quotes(0)
                        .attachments(0)
                        .stem(0)
                        .otherFields(0)
                        .saturation(0)
                        .passage(0)
                        .phrase(0)
                        .rarity(rarity)))
        .containsExactly("2", "1");
  }

  @Test
  void profile_ofTheRequest_goesOverTheIndexsOwn() {
    RankingProfile calls = with(it -> it.channel(Channel.CALL, 9));
    try (InteractionIndex tuned = InteractionIndex.builder().inMemory().ranking(calls).open()) {
      tuned.add(chat("chat", "c-1", LATER, "kettle"));
      tuned.add(call("call", "c-1", MAY, "kettle"));
      CustomerHistory history = tuned.customer("c-1");
      SearchRequest standard =
          SearchRequest.builder("kettle").ranking(RankingProfile.standard()).build();

      assertThat(ids(history.search("kettle"))).containsExactly("call", "chat");
      assertThat(ids(history.search(standard))).containsExactly("chat", "call");
    }
  }

  @Test
  void cursor_madeWithAnotherProfile_refused() {
    for (int i = 0; i < 5; i++) {
      index.add(chat("" + i, "c-1", MAY, "kettle"));
    }
    SearchRequest request = SearchRequest.builder("kettle").limit(2).build();
    String cursor = index.customer("c-1").search(request).nextCursor().orElseThrow();
    SearchRequest next = request.toBuilder().cursor(cursor).build();
    SearchRequest other =
        next.toBuilder().ranking(with(it -> it.channel(Channel.CALL, 1.5))).build();
    SearchRequest same = next.toBuilder().ranking(RankingProfile.standard()).build();

    assertThatThrownBy(() -> index.customer("c-1").search(other))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-112")
        .hasMessageContaining("ranking");
    assertThat(index.customer("c-1").search(same).hits()).hasSize(2);
  }

  @Test
  void profile_sameSettings_equal() {
    assertThat(RankingProfile.builder().build())
        .isEqualTo(RankingProfile.standard())
        .hasSameHashCodeAs(RankingProfile.standard());
    assertThat(with(it -> it.phrase(3))).isNotEqualTo(RankingProfile.standard());
  }
}

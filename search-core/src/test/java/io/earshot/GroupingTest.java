package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.call;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupingTest {
  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  private SearchResult search(String query, Grouping grouping) {
    return index.customer("c-1").search(SearchRequest.builder(query).grouping(grouping).build());
  }

  private static Interaction inThread(String id, String thread, int hours, String text) {
    return mail(
            id, "c-1", MAY.plus(Duration.ofHours(hours)), "Order", Turn.of("kim@example.com", text))
        .toBuilder()
        .thread(thread)
        .build();
  }

  private static List<String> timeline(Hit hit) {
    return hit.group().orElseThrow().timeline().stream().map(TimelineEntry::id).toList();
  }

  private static List<List<String>> groups(SearchResult result) {
    return result.hits().stream().map(GroupingTest::timeline).toList();
  }

  @Test
  void search_notGrouped_hitsHaveNoGroup() {
    index.add(inThread("1", "t", 0, "my kettle is broken"));

    assertThat(search("kettle", Grouping.NONE).hits().getFirst().group()).isEmpty();
  }

  @Test
  void search_byThread_bestHitStandsForAllOfTheThread() {
    index.add(inThread("1", "t", 0, "my kettle is broken"));
    index.add(inThread("2", "t", 5, "we will see what can be done"));
    index.add(inThread("3", "t", 9, "kettle kettle kettle"));
    index.add(inThread("4", "other", 1, "a kettle, a toaster, a mixer, and many more things"));
    index.add(chat("5", "c-1", MAY, "and on its own, without any thread, yet another kettle here"));

    SearchResult result = search("kettle", Grouping.THREAD);

    assertThat(result.total()).isEqualTo(4);
    assertThat(ids(result)).hasSize(3).startsWith("3").contains("4", "5");
    HitGroup group = result.hits().getFirst().group().orElseThrow();
    assertThat(group.grouping()).isEqualTo(Grouping.THREAD);
    assertThat(group.thread()).isEqualTo("t");
    assertThat(group.matched()).isEqualTo(2);
    assertThat(group.repeats()).isZero();
    assertThat(group.identifiers()).isEmpty();
    assertThat(group.timeline().stream().map(TimelineEntry::id)).containsExactly("1", "2", "3");
    assertThat(group.timeline().stream().map(TimelineEntry::matched))
        .containsExactly(true, false, true);
    assertThat(group.timeline().getFirst().opening()).isEqualTo("my kettle is broken");
    assertThat(group.timeline().getFirst().direction()).contains(Direction.INBOUND);
    assertThat(group.timeline().getFirst().subject()).contains("Order");
    HitGroup alone = result.hits().get(ids(result).indexOf("5")).group().orElseThrow();
    assertThat(alone.thread()).isEmpty();
    assertThat(alone.matched()).isEqualTo(1);
    assertThat(alone.timeline()).hasSize(1);
  }

  @Test
  void search_byThread_copiesAndMereQuotesAreCountedAndLeftOut() {
    index.add(inThread("1", "t", 0, "my kettle is broken and leaks"));
    index.add(inThread("copy", "t", 1, "My kettle is broken, and leaks!"));
    Turn reply =
        Turn.builder("kim@example.com")
            .text("any news of this?")
            .quotedText("> my kettle is broken and leaks")
            .build();
    index.add(
        mail("quote", "c-1", MAY.plusSeconds(9_000), "Re", reply).toBuilder().thread("t").build());

    SearchResult result = search("kettle", Grouping.THREAD);

    assertThat(result.total()).isEqualTo(3);
    HitGroup group = result.hits().getFirst().group().orElseThrow();
    assertThat(group.matched()).isEqualTo(3);
    assertThat(group.repeats()).isEqualTo(2);
    assertThat(timeline(result.hits().getFirst())).containsExactly(result.hits().getFirst().id());
    assertThat(timeline(search("news", Grouping.THREAD).hits().getFirst()))
        .containsExactly("1", "quote");
  }

  @Test
  void search_byThread_longTimelineIsCutAroundTheHit() {
    for (int i = 0; i < 150; i++) {
      index.add(inThread("m%03d".formatted(i), "t", i, i == 30 ? "the kettle" : "answer " + i));
    }

    List<String> timeline = timeline(search("kettle", Grouping.THREAD).hits().getFirst());

    assertThat(timeline).hasSize(100).contains("m030").startsWith("m000").isSorted();
  }

  @Test
  void search_byThread_sameThreadOfAnotherCustomerIsAnother() {
    index.add(inThread("1", "t", 0, "my kettle is broken"));
    index.add(
        inThread("2", "t", 1, "my kettle is broken as well").toBuilder()
            .customers(List.of("c-2"))
            .build());

    SearchResult mine = search("kettle", Grouping.THREAD);
    SearchResult all =
        index.everyone().search(SearchRequest.builder("kettle").grouping(Grouping.THREAD).build());

    assertThat(groups(mine)).containsExactly(List.of("1"));
    assertThat(groups(all)).containsExactlyInAnyOrder(List.of("1"), List.of("2"));
  }

  @Test
  void search_byThreadSortedByTime_groupStandsWhereItsNewestStands() {
    index.add(inThread("1", "a", 0, "kettle"));
    index.add(inThread("2", "b", 1, "kettle"));
    index.add(inThread("3", "a", 2, "kettle"));

    SearchRequest newest =
        SearchRequest.builder("kettle").grouping(Grouping.THREAD).sort(SortOrder.NEWEST).build();
    SearchRequest oldest = newest.toBuilder().sort(SortOrder.OLDEST).build();

    assertThat(ids(index.customer("c-1").search(newest))).containsExactly("3", "2");
    assertThat(ids(index.customer("c-1").search(oldest))).containsExactly("1", "2");
  }

  @Test
  void search_byEpisode_sharedIdentifierJoinsMailChatAndCall() {
    addTheStoryOfTheKettle();

    SearchResult result = search("", Grouping.EPISODE);

    assertThat(groups(result))
        .containsExactlyInAnyOrder(
            List.of("mail", "chat", "reply", "call"), List.of("voucher"), List.of("later"));
    Hit story = result.hits().stream().filter(hit -> timeline(hit).size() > 1).findFirst().get();
    assertThat(story.group().orElseThrow().identifiers()).containsExactly("ORD-4512");
    assertThat(story.group().orElseThrow().matched()).isEqualTo(4);
  }

  private void addTheStoryOfTheKettle() {
    theStoryOfTheKettle().forEach(index::add);
  }

  private static List<Interaction> theStoryOfTheKettle() {
    Turn first = Turn.of("kim@example.com", "ORD-4512 arrived. The kettle leaks, +44 7700 900123");
    Turn second = Turn.of("kim@example.com", "A courier collects it on Monday.");
    return List.of(
        mail("mail", "c-1", MAY, "Leaking", first).toBuilder().thread("t").build(),
        chat("chat", "c-1", MAY.plus(Duration.ofDays(5)), "any news of ORD-4512", "not yet"),
        mail("reply", "c-1", MAY.plus(Duration.ofDays(9)), "Re: Leaking", second).toBuilder()
            .thread("t")
            .build(),
        call("call", "c-1", MAY.plus(Duration.ofDays(40)), "it is about ORD-4512 again"),
        chat("voucher", "c-1", MAY.plus(Duration.ofDays(6)), "my voucher expired on Sunday"),
        chat("later", "c-1", MAY.plus(Duration.ofDays(300)), "what was ORD-4512 ?"));
  }

  @Test
  void search_byEpisode_wordsInCommonJoinCallsNearInTime() {
    index.add(call("1", "c-1", MAY, "the washing machine leaks and grinds terribly"));
    index.add(
        call(
            "2",
            "c-1",
            MAY.plus(Duration.ofDays(4)),
            "you collected a washing machine that leaks"));
    index.add(
        call("3", "c-1", MAY.plus(Duration.ofDays(5)), "the toaster burned two slices of bread"));
    index.add(
        call("4", "c-1", MAY.plus(Duration.ofDays(90)), "the washing machine leaks and grinds"));
    for (int i = 0; i < 6; i++) {
      index.add(chat("s" + i, "c-1", MAY.plus(Duration.ofDays(100 + i)), "parcel depot" + i));
    }

    assertThat(groups(search("washing OR toaster", Grouping.EPISODE)))
        .containsExactlyInAnyOrder(List.of("1", "2"), List.of("3"), List.of("4"));
  }

  @Test
  void search_byEpisode_ownAddressAndAccountNumberAreNoMatter() {
    for (int i = 0; i < 14; i++) {
      Turn turn =
          Turn.of("kim@example.com", "alpha%d beta%d, ACC-7788, kim@example.com".formatted(i, i));
      index.add(mail("" + i, "c-1", MAY.plus(Duration.ofDays(2L * i)), "gamma" + i, turn));
    }

    SearchResult result =
        index
            .customer("c-1")
            .search(SearchRequest.builder("").grouping(Grouping.EPISODE).limit(50).build());

    assertThat(result.hits()).hasSize(14);
  }

  @Test
  void search_byEpisode_sameWhateverTheOrderAndSegments() throws Exception {
    List<Interaction> story = new ArrayList<>(theStoryOfTheKettle());
    story.forEach(index::add);
    List<List<String>> expected = groups(search("", Grouping.EPISODE));

    Collections.shuffle(story, new Random(7));
    try (InteractionIndex other = InteractionIndex.builder().inMemory().open()) {
      for (Interaction one : story) {
        other.add(one);
        other.commit();
        other.customer("c-1").search("");
      }
      assertThat(
              groups(
                  other
                      .customer("c-1")
                      .search(SearchRequest.builder("").grouping(Grouping.EPISODE).build())))
          .isEqualTo(expected);
    }
  }

  @Test
  void search_grouped_pagesHoldEachGroupOnce() {
    addTheStoryOfTheKettle();
    List<String> seen = new ArrayList<>();
    SearchRequest request = SearchRequest.builder("").grouping(Grouping.EPISODE).limit(1).build();

    for (SearchResult page = index.customer("c-1").search(request); ; ) {
      assertThat(page.total()).isEqualTo(6);
      seen.addAll(ids(page));
      if (page.nextCursor().isEmpty()) {
        break;
      }
      String cursor = page.nextCursor().get();
      page = index.customer("c-1").search(request.toBuilder().cursor(cursor).build());
    }

    assertThat(seen).containsExactly("later", "call", "voucher");
  }

  @Test
  void search_groupedWithoutLimit_noHitsAndNoCursor() {
    addTheStoryOfTheKettle();

    SearchResult result =
        index
            .customer("c-1")
            .search(SearchRequest.builder("").grouping(Grouping.THREAD).limit(0).build());

    assertThat(result.hits()).isEmpty();
    assertThat(result.total()).isEqualTo(6);
    assertThat(result.nextCursor()).isEmpty();
  }

  @Test
  void search_openingOfATimeline_isShortenedAtAWord() {
    index.add(inThread("1", "t", 0, "\n kettle\n\n and   toaster " + "lengthy ".repeat(40)));

    TimelineEntry entry =
        search("kettle", Grouping.THREAD)
            .hits()
            .getFirst()
            .group()
            .orElseThrow()
            .timeline()
            .getFirst();

    assertThat(entry.opening()).startsWith("kettle and toaster lengthy").endsWith("lengthy \u2026");
    assertThat(entry.opening().length()).isBetween(100, 125);
    assertThat(entry.startedAt()).isEqualTo(Instant.parse("2026-05-04T09:30:00Z"));
  }
}

package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of more hits than those for which it counts where their words stand. */
class RerankedPagingTest {
  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  /** Holds "sorry" and "kettle", near or far, in either order, in one turn or in two. */
  private static Interaction apart(String id, int number) {
    String filler = "toaster ".repeat(number * 7 % 60);
    boolean turned = number % 3 == 0;
    String first = turned ? "kettle " : "sorry ";
    String second = turned ? "sorry" : "kettle";
    String[] lines =
        number % 5 == 0
            ? new String[] {first + filler, filler + second}
            : new String[] {first + filler + second, "lamp ".repeat(number % 11)};
    Interaction chat = chat(id, "c-1", MAY.plus(Duration.ofHours(number / 2)), lines);
    return number % 4 == 0 ? chat.toBuilder().thread("thread-" + number % 24).build() : chat;
  }

  private void add(int many) {
    for (int i = 0; i < many; i++) {
      index.add(apart("k%03d".formatted(i), i));
    }
  }

  private static SearchRequest request(String query) {
    Clock clock = Clock.fixed(MAY.plus(Duration.ofDays(90)), ZoneOffset.UTC);
    return SearchRequest.builder(query).clock(clock).limit(7).build();
  }

  private static List<String> whole(CustomerHistory history, SearchRequest request) {
    return ids(history.search(request.toBuilder().limit(1_000).build()));
  }

  /** The ids of all pages; before each but the first something is done. */
  private static List<String> paged(
      CustomerHistory history, SearchRequest request, IntConsumer between) {
    SearchResult page = history.search(request);
    List<String> seen = new ArrayList<>(ids(page));
    for (int i = 0; page.nextCursor().isPresent(); i++) {
      assertThat(page.hits()).hasSize(request.limit());
      String cursor = page.nextCursor().orElseThrow();
      between.accept(i);
      page = history.search(request.toBuilder().cursor(cursor).build());
      seen.addAll(ids(page));
    }
    return seen;
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 100, 101, 105, 250})
  void search_pageAfterPage_sameAsAllAtOnce(int many) {
    add(many);
    for (String query : List.of("sorry kettle", "\"sorry toaster\" kettle", "kettle sorry lamp*")) {
      SearchRequest request = request(query);

      List<String> seen = paged(index.customer("c-1"), request, page -> {});

      assertThat(seen).as(query).isEqualTo(whole(index.customer("c-1"), request));
    }
    assertThat(whole(index.customer("c-1"), request("sorry kettle"))).hasSize(many);
  }

  @Test
  void search_explaining_wordsTogetherOnlyWhereItCounted() {
    add(120);
    SearchRequest request = request("sorry kettle").toBuilder().limit(40).explaining(true).build();
    List<Boolean> together = new ArrayList<>();

    SearchResult page = index.customer("c-1").search(request);
    page.hits().forEach(hit -> together.add(isTogether(hit)));
    while (page.nextCursor().isPresent()) {
      String cursor = page.nextCursor().orElseThrow();
      page = index.customer("c-1").search(request.toBuilder().cursor(cursor).build());
      page.hits().forEach(hit -> together.add(isTogether(hit)));
    }

    assertThat(together.subList(0, 50)).containsOnly(true);
    assertThat(together.subList(50, 120)).containsOnly(false);
  }

  private static boolean isTogether(Hit hit) {
    return hit.explanation().stream().anyMatch(line -> line.startsWith("words together"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 99, 100, 101, 150})
  void search_pagesOfAnyLength_sameAsAllAtOnce(int limit) {
    add(210);
    SearchRequest request = request("sorry kettle").toBuilder().limit(limit).build();

    assertThat(paged(index.customer("c-1"), request, page -> {}))
        .isEqualTo(whole(index.customer("c-1"), request));
  }

  @ParameterizedTest
  @CsvSource({"THREAD,false", "THREAD,true", "EPISODE,false"})
  void search_groups_eachOnceInTheSameOrder(Grouping grouping, boolean changes) {
    add(150);
    SearchRequest request = request("sorry kettle").toBuilder().grouping(grouping).build();
    List<String> expected = whole(index.customer("c-1"), request);

    List<String> seen =
        paged(
            index.customer("c-1"),
            request,
            page -> {
              if (changes) {
                addNew(page, 10);
              }
            });

    seen.removeIf(id -> id.startsWith("new"));
    assertThat(seen).doesNotHaveDuplicates().isEqualTo(expected);
  }

  private void addNew(int page, int many) {
    for (int i = 0; i < many; i++) {
      Duration later = Duration.ofDays(30 + page);
      index.add(chat("new" + page + "-" + i, "c-1", MAY.plus(later), "sorry kettle", "sorry"));
      index.add(chat("other" + page + "-" + i, "c-2", MAY, "sorry", "kettle"));
    }
    index.commit();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 140})
  void search_betterHitsComeBetweenPages_whatStaysIsFoundOnceInTheSameOrder(int many) {
    add(180);
    SearchRequest request = request("sorry kettle");
    List<String> expected = whole(index.customer("c-1"), request);

    List<String> seen =
        paged(
            index.customer("c-1"),
            request,
            page -> {
              if (page < 3) {
                addNew(page, many);
              }
            });

    assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
    seen.removeIf(id -> id.startsWith("new"));
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void search_hitsGoBetweenPages_whatStaysIsFoundOnceInTheSameOrder() {
    add(180);
    SearchRequest request = request("sorry kettle");
    List<String> expected = whole(index.customer("c-1"), request);
    List<String> gone = new ArrayList<>();

    List<String> seen =
        paged(
            index.customer("c-1"),
            request,
            page -> {
              String first = expected.get(page * 5); // shown, or still to come
              String later = expected.get(Math.min(179, page * 13));
              gone.addAll(List.of(first, later));
              index.remove(first);
              index.remove(later);
              index.commit();
            });

    assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
    seen.removeAll(gone);
    List<String> stayed = new ArrayList<>(expected);
    stayed.removeAll(gone);
    assertThat(seen).isEqualTo(stayed);
  }

  @Test
  void search_firstOfAnotherLanguageComesBetweenPages_whatStaysKeepsItsPlace() {
    for (int i = 0; i < 60; i++) { // "wegen" is an everyday word in German alone
      String word = i % 2 == 0 ? "wegen " : "kettle ";
      String other = i % 2 == 0 ? "kettle" : "wegen";
      String text = word.repeat(1 + i % 5) + "toaster ".repeat(i % 7) + other;
      index.add(english("k%03d".formatted(i), text));
    }
    SearchRequest request = request("wegen kettle");
    List<String> expected = whole(index.customer("c-1"), request);

    List<String> seen =
        paged(
            index.customer("c-1"),
            request,
            page ->
                index.add(
                    chat("new" + page, "c-1", MAY, "Die Rechnungen stimmen nicht").toBuilder()
                        .language("de")
                        .build()));

    assertThat(seen).isEqualTo(expected);
  }

  private static Interaction english(String id, String text) {
    return chat(id, "c-1", MAY, text).toBuilder().language("en").build();
  }

  @Test
  void search_everybodysReplacedInteractions_pagesAsAllAtOnce() {
    for (int time = 0; time < 3; time++) { // some that were replaced may still lie about
      for (int i = 0; i < 40; i++) {
        index.add(apart("k%03d".formatted(i), i));
      }
      index.add(chat("stays" + time, "c-1", MAY, "toaster")); // and with it its segment
      index.commit();
    }
    SearchRequest request = request("sorry kettle");

    assertThat(paged(index.everyone(), request, page -> {}))
        .isEqualTo(whole(index.everyone(), request))
        .hasSize(40);
  }
}

package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  /** Of different lengths and with two inflections, so that scores differ and some are equal. */
  private static Interaction kettle(int number) {
    String filler = "toaster ".repeat(number % 4);
    String word = number % 3 == 0 ? "kettles " : "kettle ".repeat(1 + number % 2);
    Instant startedAt = MAY.plus(Duration.ofHours(number / 2));
    return chat("k%02d".formatted(number), "c-1", startedAt, filler + word, "it leaks");
  }

  private void addKettles(int many) {
    for (int i = 0; i < many; i++) {
      index.add(kettle(i));
    }
  }

  private SearchRequest request(String query) {
    return SearchRequest.builder(query).clock(Clock.fixed(MAY, ZoneOffset.UTC)).limit(3).build();
  }

  private static SearchRequest next(SearchRequest request, SearchResult page) {
    return request.toBuilder().cursor(page.nextCursor().orElseThrow()).build();
  }

  private List<String> whole(SearchRequest request) {
    return ids(index.customer("c-1").search(request.toBuilder().limit(100).build()));
  }

  @ParameterizedTest
  @EnumSource(SortOrder.class)
  void search_pageAfterPage_sameAsAllAtOnce(SortOrder sort) {
    addKettles(20);
    for (String query : List.of("kettle", "\"kettles it\" OR kettle", "kettle*", "ketle~2", "")) {
      SearchRequest request = request(query).toBuilder().sort(sort).build();
      List<String> seen = new ArrayList<>();

      SearchResult page = index.customer("c-1").search(request);
      seen.addAll(ids(page));
      while (page.nextCursor().isPresent()) {
        assertThat(page.hits()).hasSize(3);
        page = index.customer("c-1").search(next(request, page));
        seen.addAll(ids(page));
        assertThat(page.total()).isEqualTo(20);
      }

      assertThat(seen).isEqualTo(whole(request)).hasSize(20);
    }
  }

  @ParameterizedTest
  @EnumSource(SortOrder.class)
  void search_indexChangesBetweenPages_whatStaysIsFoundOnceInTheSameOrder(SortOrder sort) {
    addKettles(24);
    for (String query :
        List.of("kettle", "kettles it", "\"kettles\" OR leaks", "kettle -missing")) {
      SearchRequest request = request(query).toBuilder().sort(sort).build();
      List<String> expected = new ArrayList<>(whole(request));
      List<String> seen = new ArrayList<>();

      SearchResult page = index.customer("c-1").search(request);
      seen.addAll(ids(page));
      for (int i = 0; page.nextCursor().isPresent(); i++) {
        change(i);
        page = index.customer("c-1").search(next(request, page));
        seen.addAll(ids(page));
      }

      assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
      seen.removeIf(id -> !id.startsWith("k"));
      List<String> gone = List.of("k04", "k05", "k06", "k07");
      seen.removeAll(gone);
      expected.removeIf(id -> !id.startsWith("k"));
      expected.removeAll(gone);
      assertThat(seen).isEqualTo(expected);
      for (String id : gone) { // as before, for the next query
        index.add(kettle(Integer.parseInt(id.substring(1))));
      }
    }
  }

  /** Adds, removes, and commits, so that segments come, and are merged. */
  private void change(int step) {
    for (int i = 0; i < 4; i++) {
      String id = "new" + step + "-" + i;
      index.add(chat(id, "c-1", MAY.plusSeconds(step), "kettle ".repeat(i) + "kettles leaks"));
      index.add(chat("other" + step + i, "c-2", MAY, "kettles kettle leaks"));
      index.commit();
      index.customer("c-1").search("kettle");
      if (i % 2 == 1) {
        index.remove(id);
      }
    }
    index.remove("k0" + (4 + step % 4));
    index.remove("other" + step + "1");
    index.commit();
  }

  @Test
  void search_formThatComesIntoScopeBetweenPages_changesNoScoreOfAPhrase() {
    for (int i = 0; i < 8; i++) {
      index.add(chat("" + i, "c-1", MAY.plusSeconds(i), "toaster ".repeat(i) + "refunded orders"));
    }
    SearchRequest request = request("\"refunds order\"");
    SearchResult first = index.customer("c-1").search(request);
    double score = first.hits().getLast().score();

    index.add(chat("9", "c-1", MAY, "refunds order ".repeat(2) + "toaster ".repeat(40)));
    SearchResult second = index.customer("c-1").search(next(request, first));

    assertThat(ids(first)).containsExactly("0", "1", "2");
    assertThat(ids(second)).contains("3").doesNotContain("0", "1", "2");
    assertThat(second.hits().getFirst().score()).isLessThanOrEqualTo(score);
  }

  @Test
  void search_attributeThatComesIntoScopeBetweenPages_staysText() {
    for (int i = 0; i < 5; i++) {
      index.add(chat("" + i, "c-1", MAY.plusSeconds(i), "size:large"));
    }
    SearchRequest request = request("size:large");
    SearchResult first = index.customer("c-1").search(request);

    index.add(chat("9", "c-1", MAY, "a shirt").toBuilder().attribute("size", "large").build());
    SearchResult second = index.customer("c-1").search(next(request, first));

    assertThat(ids(first)).hasSize(3);
    assertThat(ids(second)).hasSize(2).doesNotContain("9");
  }

  @Test
  void search_relaxed_nextPagesAreRelaxedTooThoughAStrictHitHasCome() {
    addKettles(8);
    SearchRequest request = request("kettle absent");
    SearchResult first = index.customer("c-1").search(request);
    index.add(chat("strict", "c-1", MAY, "kettle absent"));

    SearchResult second = index.customer("c-1").search(next(request, first));

    assertThat(first.relaxed()).isTrue();
    assertThat(second.relaxed()).isTrue();
    assertThat(ids(second)).hasSize(3).doesNotContainAnyElementsOf(ids(first));
  }

  @Test
  void search_relativeDates_meanTheSameOnEveryPage() {
    for (int i = 0; i < 6; i++) {
      index.add(chat("" + i, "c-1", MAY.minus(Duration.ofHours(i)), "kettle"));
    }
    SearchRequest request =
        request("kettle past:3h").toBuilder().sort(SortOrder.NEWEST).limit(2).build();
    SearchResult first = index.customer("c-1").search(request);

    Clock later = Clock.fixed(MAY.plus(Duration.ofDays(1)), ZoneOffset.UTC);
    SearchResult second =
        index.customer("c-1").search(next(request, first).toBuilder().clock(later).build());

    assertThat(ids(first)).containsExactly("0", "1");
    assertThat(ids(second)).containsExactly("2", "3");
  }

  @Test
  void search_lastPage_hasNoCursor() {
    addKettles(6);
    SearchRequest request = request("kettle");

    SearchResult first = index.customer("c-1").search(request);
    SearchResult second = index.customer("c-1").search(next(request, first));

    assertThat(second.hits()).hasSize(3);
    assertThat(second.nextCursor()).isEmpty();
    assertThat(index.customer("c-1").search("absent").nextCursor()).isEmpty();
    assertThat(index.customer("c-1").search(request.toBuilder().limit(0).build()).nextCursor())
        .isEmpty();
  }

  @Test
  void search_otherLimitPassagesAndFacets_sameCursorGoesOn() {
    addKettles(10);
    SearchRequest request = request("kettle");
    SearchResult first = index.customer("c-1").search(request);

    SearchRequest other =
        next(request, first).toBuilder().limit(100).passages(1).facets(true).build();

    assertThat(ids(index.customer("c-1").search(other))).isEqualTo(whole(request).subList(3, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 100_001, 10_000_000, Integer.MIN_VALUE})
  void limit_outOfRange_refused(int limit) {
    assertThatThrownBy(() -> SearchRequest.builder("kettle").limit(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be in [0, 100,000], got " + "%,d".formatted(limit));
  }

  @Test
  void limit_largest_allOfIt() {
    addKettles(12);

    assertThat(ids(index.customer("c-1").search(SearchRequest.builder("").limit(100_000).build())))
        .hasSize(12);
  }

  private void assertRefused(CustomerHistory history, SearchRequest request) {
    assertThatThrownBy(() -> history.search(request))
        .isInstanceOf(EarshotException.class)
        .hasMessageStartingWith("EARSHOT-112: the cursor is not one that this index gave")
        .hasMessageContaining("grouping")
        .hasMessageEndingWith("Ask for the first page again, without a cursor");
  }

  @Test
  void search_cursorOfSomethingElse_refused() {
    addKettles(9);
    index.add(chat("other", "c-2", MAY, "kettle"));
    SearchRequest request = request("kettle");
    String cursor = index.customer("c-1").search(request).nextCursor().orElseThrow();
    SearchRequest good = request.toBuilder().cursor(cursor).build();

    assertThat(index.customer("c-1").search(good).hits()).hasSize(3);
    assertRefused(index.customer("c-2"), good);
    assertRefused(index.everyone(), good);
    CustomerHistory mine = index.customer("c-1");
    assertRefused(mine, request("kettles").toBuilder().cursor(cursor).build());
    assertRefused(mine, good.toBuilder().sort(SortOrder.NEWEST).build());
    assertRefused(mine, good.toBuilder().grouping(Grouping.THREAD).build());
    assertRefused(mine, good.toBuilder().relaxing(false).build());
    assertRefused(mine, good.toBuilder().zone(ZoneId.of("Asia/Tokyo")).build());
    assertRefused(
        mine,
        SearchRequest.builder(new Query.Words("kettle"))
            .clock(request.clock())
            .cursor(cursor)
            .build());
    try (InteractionIndex another = InteractionIndex.builder().inMemory().open()) {
      another.add(kettle(1));
      assertRefused(another.customer("c-1"), good);
    }
  }

  @Test
  void search_customerAndQueryThatRunTogether_areToldApart() {
    for (int i = 0; i < 5; i++) {
      index.add(chat("" + i, "a\u0000b", MAY.plusSeconds(i), "c"));
    }
    String cursor = index.customer("a\u0000b").search(request("c")).nextCursor().orElseThrow();

    assertRefused(index.customer("a"), request("b\u0000c").toBuilder().cursor(cursor).build());
  }

  @Test
  void search_tamperedCursor_refusedWhateverWasChanged() {
    addKettles(9);
    SearchRequest request = request("kettle");
    String cursor = index.customer("c-1").search(request).nextCursor().orElseThrow();

    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'B' ? 'C' : 'B';
      String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertRefused(index.customer("c-1"), request.toBuilder().cursor(changed).build());
      String cut = cursor.substring(0, i);
      assertRefused(index.customer("c-1"), request.toBuilder().cursor(cut).build());
    }
    for (String wrong :
        List.of(cursor + "A", cursor + "=", cursor + cursor, " " + cursor, "\u00e4", "%", "AAAA")) {
      assertRefused(index.customer("c-1"), request.toBuilder().cursor(wrong).build());
    }
  }

  @Test
  void search_indexOpenedAgainForReading_cursorGoesOn(@TempDir Path folder) {
    SearchRequest request = request("kettle");
    SearchResult first;
    try (InteractionIndex written = InteractionIndex.open(folder)) {
      for (int i = 0; i < 9; i++) {
        written.add(kettle(i));
      }
      first = written.customer("c-1").search(request);
    }

    try (InteractionIndex read = InteractionIndex.builder().directory(folder).readOnly().open()) {
      SearchResult second = read.customer("c-1").search(next(request, first));

      assertThat(ids(second)).hasSize(3).doesNotContainAnyElementsOf(ids(first));
    }
  }

  @Test
  void search_everyone_pagesHoldTheSameIdOfTwoCustomersTwice() {
    for (int i = 0; i < 4; i++) {
      index.add(kettle(i).toBuilder().customers(List.of("c-1", "c-2")).build());
    }
    SearchRequest request = request("kettle");
    List<String> seen = new ArrayList<>();

    for (SearchResult page = index.everyone().search(request); ; ) {
      page.hits().forEach(hit -> seen.add(hit.id() + hit.customer()));
      if (page.nextCursor().isEmpty()) {
        break;
      }
      page = index.everyone().search(next(request, page));
    }

    assertThat(seen).hasSize(8).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(SortOrder.class)
  void history_pageAfterPage_wholeHistoryOnceWhileItChanges(SortOrder sort) {
    addKettles(11);
    SearchRequest request = request("kettle").toBuilder().sort(sort).build();
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      SearchRequest.Builder page = request.toBuilder();
      cursor.ifPresent(page::cursor);
      HistoryPage read = index.customer("c-1").history(page.build());
      read.interactions().forEach(one -> seen.add(one.id()));
      cursor = read.nextCursor();
      index.add(chat("middle" + seen.size(), "c-2", MAY.plusSeconds(3), "kettle"));
    } while (cursor.isPresent());

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      expected.add("k%02d".formatted(i));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(seen.getFirst()).isEqualTo(sort == SortOrder.OLDEST ? "k00" : "k10");
    String wrong = "AAAA";
    assertThatThrownBy(
            () -> index.customer("c-1").history(request.toBuilder().cursor(wrong).build()))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-112");
  }

  @Test
  void cursor_ofSearchAndOfHistory_goOnInTheirOwnAnswersOnly() {
    addKettles(9);
    SearchRequest newest = request("kettle").toBuilder().sort(SortOrder.NEWEST).build();
    CustomerHistory history = index.customer("c-1");
    String searched = history.search(newest).nextCursor().orElseThrow();
    String read = history.history(newest).nextCursor().orElseThrow();

    assertThatThrownBy(() -> history.history(newest.toBuilder().cursor(searched).build()))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-112");
    assertThatThrownBy(() -> history.search(newest.toBuilder().cursor(read).build()))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-112");
    assertThat(history.history(newest.toBuilder().cursor(read).build()).interactions()).hasSize(3);
  }

  @Test
  void cursor_moreLikeALongInteraction_isShortAndGoesOnWhileTheIndexChanges() {
    String words = IntStream.range(0, 2_000).mapToObj(i -> "word" + i).collect(joining(" "));
    Interaction like = chat("like", "c-1", MAY, words);
    for (int i = 0; i < 12; i++) {
      String some = IntStream.range(i, 1_000).mapToObj(w -> "word" + w).collect(joining(" "));
      index.add(chat("k" + i, "c-1", MAY.plusSeconds(i), some));
    }
    SearchRequest request = request("");
    List<String> whole =
        ids(index.customer("c-1").moreLikeThis(like, request.toBuilder().limit(100).build()));
    List<String> seen = new ArrayList<>();

    SearchResult page = index.customer("c-1").moreLikeThis(like, request);
    seen.addAll(ids(page));
    assertThat(page.nextCursor().orElseThrow().length()).isLessThan(1_000);
    for (int i = 0; page.nextCursor().isPresent(); i++) {
      index.add(chat("new" + i, "c-1", MAY, "word5 word6 " + "word1500 ".repeat(40)));
      page = index.customer("c-1").moreLikeThis(like, next(request, page));
      seen.addAll(ids(page));
    }

    seen.removeIf(id -> id.startsWith("new"));
    assertThat(seen).isEqualTo(whole).hasSize(12);
  }
}

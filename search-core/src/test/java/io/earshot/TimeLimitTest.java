package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered when time is over in the middle: no test looks at a clock. */
class TimeLimitTest {
  private static final int TURNS = 600;
  private static final int TIMES = 60_000; // that each word stands there

  private final InteractionIndex index = InteractionIndex.builder().inMemory().open();

  @AfterEach
  void closeIndex() {
    index.close();
  }

  /** Over after it was asked so many times. */
  private static final class Asked implements BooleanSupplier {
    private final int most;
    private int times;

    private Asked(int most) {
      this.most = most;
    }

    @Override
    public boolean getAsBoolean() {
      return times++ >= most;
    }
  }

  private SearchResult search(SearchRequest request, BooleanSupplier isOver) {
    return index.read(
        reader -> {
          Search search =
              new Search(
                  index,
                  reader,
                  Optional.of("c"),
                  SearchResult.class,
                  request,
                  Optional.empty(),
                  System.nanoTime());
          search.limitTime(isOver);
          return search.answer();
        });
  }

  /** How often the clock is looked at before the first document. */
  private int asksOf(String query) {
    Asked never = new Asked(Integer.MAX_VALUE);
    search(SearchRequest.builder(query).limit(0).build(), never);
    return never.times;
  }

  private void addLongChat() {
    String line = "the refund of the kettle ".repeat(TIMES / TURNS);
    index.add(chat("1", "c", MAY, Collections.nCopies(TURNS, line).toArray(String[]::new)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn:(refund kettle)",
        "refund NEAR/3 kettle",
        "refund WITHIN/10s kettle",
        "said-by:kim",
        "said-by:kim refund",
        "said-by:kim \"refund of the\"",
        "is:question refund OR said-by:kim kettle"
      })
  void search_timeIsOverInsideAnInteraction_countsItAsNotFound(String query) {
    addLongChat();
    int before = asksOf("refund");

    SearchResult cutOff = search(SearchRequest.of(query), new Asked(before));
    SearchResult whole = index.customer("c").search(query);

    assertThat(cutOff.timedOut()).isTrue();
    assertThat(cutOff.totalIsExact()).isFalse();
    assertThat(cutOff.total()).isZero();
    assertThat(cutOff.hits()).isEmpty();
    assertThat(whole.timedOut()).isFalse();
    assertThat(whole.total()).isEqualTo(1);
  }

  @Test
  void search_timeIsOverAmongCloseHits_totalIsExactAllTheSame() {
    index.add(chat("1", "c", MAY, "the refund of the kettle"));
    for (int i = 2; i < 40; i++) {
      index.add(chat("" + i, "c", MAY, "the kettle"));
    }
    SearchRequest request = SearchRequest.of("refund kettle");
    int onlyAmongCloseHits = 0;

    for (int asks = 0; asks < 200; asks++) {
      SearchResult result = search(request, new Asked(asks));
      if (result.totalIsExact()) {
        assertThat(result.total()).as("%s asks", asks).isEqualTo(1);
        onlyAmongCloseHits += result.timedOut() ? 1 : 0;
      }
    }

    assertThat(onlyAmongCloseHits).isPositive();
  }

  @Test
  void search_timeIsOverInsideWhatIsExcluded_doesNotFindItEither() {
    addLongChat();
    String query = "refund -turn:(refund kettle)";

    SearchResult cutOff = search(SearchRequest.of(query), new Asked(asksOf("refund")));

    assertThat(cutOff.timedOut()).isTrue();
    assertThat(cutOff.total()).isZero();
    assertThat(index.customer("c").search(query).total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kettel~ refnud~ lamb~", "kettel refnud lamb"})
  void search_timeIsOverBeforeSimilarWordsAreLookedFor_looksForNone(String query) {
    addLongChat();

    SearchResult cutOff = search(SearchRequest.of(query), new Asked(0));

    assertThat(cutOff.timedOut()).isTrue();
    assertThat(cutOff.total()).isZero();
    assertThat(cutOff.didYouMean()).isEmpty();
  }

  @Test
  void search_moreCombinationsExcludedThanAreLookedAt_totalIsALowerBound() {
    List<String> lines = new ArrayList<>(Collections.nCopies(TURNS, "refund kettle ".repeat(50)));
    lines.add("zebra");
    index.add(chat("1", "c", MAY, lines.toArray(String[]::new)));
    String within = "(refund WITHIN/100d kettle) WITHIN/1m zebra";

    SearchRequest request = SearchRequest.of("refund -(" + within + ")");
    SearchResult without = index.customer("c").search(request);

    assertThat(without.total()).isZero();
    assertThat(without.totalIsExact()).isFalse();
    assertThat(without.warnings()).anyMatch(warning -> warning.contains("not every combination"));
    assertThat(index.customer("c").history(request).warnings())
        .anyMatch(warning -> warning.contains("not every combination"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kettle", "refund kettle", "\"the kettle\""})
  void search_timeIsOverWhileMarking_showsSomeOfWhatMatched(String query) {
    addLongChat();
    SearchRequest request = SearchRequest.builder(query).explaining(true).build();

    SearchResult cutOff = search(request, new Asked(asksOf(query)));
    SearchResult whole = index.customer("c").search(request);

    assertThat(cutOff.timedOut()).isTrue();
    assertThat(cutOff.total()).isEqualTo(1);
    assertThat(cutOff.hits().getFirst().passages().getFirst().highlights()).isNotEmpty();
    assertThat(cutOff.hits().getFirst().explanation().toString()).doesNotContain("60,000 ");
    assertThat(whole.timedOut()).isFalse();
    assertThat(whole.hits().getFirst().explanation().toString()).contains("60,000 ");
  }

  @Test
  void search_timeIsOverWhileMarkingAllThatSomebodySaid_showsSomeOfIt() {
    addLongChat();
    SearchRequest request = SearchRequest.builder("said-by:kim").passages(1).build();
    Asked never = new Asked(Integer.MAX_VALUE);
    search(request.toBuilder().limit(0).build(), never);

    SearchResult cutOff = search(request, new Asked(never.times));

    assertThat(cutOff.timedOut()).isTrue();
    assertThat(cutOff.hits().getFirst().passages().getFirst().highlights()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 3_000})
  void search_timeIsOverBeforeEpisodesAreFormed_showsSingleHits(int chats) {
    List<Interaction> all = new ArrayList<>();
    for (int i = 0; i < chats; i++) {
      all.add(
          chat("i" + i, "c", MAY.plusSeconds(i), "the kettle of order ORD-4512 leaks " + i)
              .toBuilder()
              .thread("t")
              .build());
    }
    all.forEach(index::add);
    SearchRequest request =
        SearchRequest.builder("kettle").grouping(Grouping.EPISODE).limit(2).build();

    SearchResult cutOff = search(request, new Asked(asksOf("kettle")));
    SearchResult whole = index.customer("c").search(request);

    assertThat(cutOff.timedOut()).isTrue();
    assertThat(cutOff.total()).isEqualTo(chats);
    assertThat(cutOff.hits()).hasSize(2);
    assertThat(cutOff.hits())
        .allSatisfy(hit -> assertThat(hit.group().orElseThrow().timeline()).hasSize(1));
    assertThat(cutOff.nextCursor()).isPresent();
    assertThat(whole.timedOut()).isFalse();
    assertThat(whole.hits().getFirst().group().orElseThrow().timeline())
        .hasSize(Math.min(chats, Groups.LONGEST_TIMELINE));
  }

  @Test
  void search_timeOfAges_isNoLimit() {
    index.add(chat("a", "c", MAY, "the refund of the kettle"));

    SearchResult result =
        index
            .customer("c")
            .search(
                SearchRequest.builder("refund")
                    .timeLimit(Duration.ofSeconds(Long.MAX_VALUE))
                    .build());

    assertThat(result.timedOut()).isFalse();
    assertThat(result.total()).isEqualTo(1);
  }

  @Test
  void search_timeSuffices_isWhatItIsWithout() {
    addLongChat();
    SearchRequest request = SearchRequest.of("turn:(refund kettle)");

    SearchResult limited =
        index.customer("c").search(request.toBuilder().timeLimit(Duration.ofDays(1)).build());

    assertThat(limited.timedOut()).isFalse();
    assertThat(limited.hits())
        .usingRecursiveComparison()
        .isEqualTo(index.customer("c").search(request).hits());
  }
}

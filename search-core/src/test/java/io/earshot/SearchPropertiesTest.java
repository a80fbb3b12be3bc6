package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Searches compared with a brute-force reading of the same turns. */
class SearchPropertiesTest {
  // No two of them share a stem, and none is a stem of itself in another form.
  private static final List<String> WORDS =
      List.of("red", "blue", "kettle", "lamp", "sofa", "oven");

  /** A query, and what it asks of the turns of one interaction. */
  record Asked(String query, Predicate<List<List<String>>> oracle) {
    @Override
    public String toString() {
      return query;
    }
  }

  @Provide
  Arbitrary<List<List<List<String>>>> histories() {
    Arbitrary<List<String>> turn = Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(5);
    return turn.list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Asked> queries() {
    return all(2);
  }

  private Arbitrary<Asked> all(int depth) {
    return any(depth)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            parts ->
                new Asked(
                    parts.stream().map(Asked::query).collect(Collectors.joining(" ")),
                    turns -> parts.stream().allMatch(part -> part.oracle.test(turns))));
  }

  private Arbitrary<Asked> any(int depth) {
    return one(depth)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            parts ->
                new Asked(
                    parts.stream().map(Asked::query).collect(Collectors.joining(" OR ")),
                    turns -> parts.stream().anyMatch(part -> part.oracle.test(turns))));
  }

  private Arbitrary<Asked> one(int depth) {
    Arbitrary<Asked> positive =
        depth == 0
            ? Arbitraries.oneOf(word(), phrase())
            : Arbitraries.oneOf(word(), phrase(), all(depth - 1).map(SearchPropertiesTest::group));
    return Combinators.combine(positive, Arbitraries.integers().between(0, 3))
        .as(
            (asked, excluded) ->
                excluded > 0
                    ? asked
                    : new Asked("-" + asked.query, turns -> !asked.oracle.test(turns)));
  }

  private static Asked group(Asked asked) {
    return new Asked("(" + asked.query + ")", asked.oracle);
  }

  private static Arbitrary<Asked> word() {
    return Arbitraries.of(WORDS)
        .map(word -> new Asked(word, turns -> turns.stream().anyMatch(t -> t.contains(word))));
  }

  private static Arbitrary<Asked> phrase() {
    return Arbitraries.of(WORDS)
        .list()
        .ofSize(2)
        .map(
            pair ->
                new Asked(
                    '"' + String.join(" ", pair) + '"',
                    turns ->
                        turns.stream()
                            .anyMatch(t -> java.util.Collections.indexOfSubList(t, pair) >= 0)));
  }

  /** Turns of all lengths around that of a passage; in each some words that are looked for. */
  @Property(tries = 200)
  void search_turnsOfAnyLength_eachMatchIsShownInSomePassage(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> turns = new ArrayList<>();
    Set<String> expected = new TreeSet<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      StringBuilder turn = new StringBuilder();
      int density = random.nextInt(2, 60);
      for (int n = random.nextInt(1, 400); n > 0; n--) {
        boolean planted = expected.size() < 100 && random.nextInt(density) == 0;
        String word = planted ? (n % 2 == 0 ? "ket" : "lam") + expected.size() : "so";
        turn.append(word).append(random.nextInt(9) == 0 ? ". " : " ");
        if (planted) {
          expected.add(word);
        }
      }
      turns.add(turn.toString());
    }
    try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
      index.add(chat("1", "c-1", MAY, turns.toArray(String[]::new)));
      SearchRequest request = SearchRequest.builder("ket* OR lam*").passages(100).build();

      List<Passage> passages =
          index.customer("c-1").search(request).hits().stream()
              .flatMap(hit -> hit.passages().stream())
              .toList();

      Set<String> marked = new TreeSet<>();
      passages.forEach(passage -> marked.addAll(Samples.marked(passage)));
      assertThat(marked).isEqualTo(expected);
      assertThat(passages)
          .allMatch(passage -> passage.text().length() <= Passages.MAX_LENGTH + 4)
          .allMatch(passage -> !passage.highlights().isEmpty());
      boolean both =
          expected.stream().anyMatch(word -> word.startsWith("ket"))
              && expected.stream().anyMatch(word -> word.startsWith("lam"));
      if (both) { // each of the query's words is shown before one is shown again
        assertThat(passages.stream().limit(2).flatMap(one -> Samples.marked(one).stream()))
            .anyMatch(word -> word.startsWith("ket"))
            .anyMatch(word -> word.startsWith("lam"));
      }
    }
  }

  @Property(tries = 300)
  void search_anyQuery_findsWhatABruteForceReadingFinds(
      @ForAll("histories") List<List<List<String>>> history, @ForAll("queries") Asked asked) {
    try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
      Set<String> expected = new TreeSet<>();
      for (int i = 0; i < history.size(); i++) {
        index.add(interaction("" + i, "c-1", history.get(i)));
        index.add(interaction("other" + i, "c-2", history.get(i)));
        if (asked.oracle.test(history.get(i))) {
          expected.add("" + i);
        }
      }

      SearchResult result =
          index.customer("c-1").search(SearchRequest.builder(asked.query).relaxing(false).build());

      assertThat(new TreeSet<>(Samples.ids(result))).isEqualTo(expected);
      assertThat(result.total()).isEqualTo(expected.size());
      assertThat(result.warnings()).isEmpty();
    }
  }

  @Property(tries = 300)
  void search_anyText_neverThrowsAndHighlightsLieInTheText(
      @ForAll String query, @ForAll List<String> turns) {
    try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
      index.add(chat("1", "c-1", MAY, turns.toArray(String[]::new)));

      SearchResult result = index.customer("c-1").search(query);

      for (Hit hit : result.hits()) {
        for (Passage passage : hit.passages()) {
          int from = 0;
          for (Highlight highlight : passage.highlights()) {
            assertThat(highlight.start()).isGreaterThanOrEqualTo(from);
            assertThat(highlight.end()).isLessThanOrEqualTo(passage.text().length());
            from = highlight.end();
          }
        }
      }
    }
  }

  @Property(tries = 60)
  void search_withAndWithoutOtherCustomers_sameAnswerToTheByte(
      @ForAll("histories") List<List<List<String>>> mine,
      @ForAll("histories") List<List<List<String>>> others,
      @ForAll("queries") Asked asked,
      @ForAll boolean commits) {
    try (InteractionIndex alone = InteractionIndex.builder().inMemory().open();
        InteractionIndex crowded = InteractionIndex.builder().inMemory().open()) {
      for (int i = 0; i < others.size(); i++) {
        crowded.add(interaction("before" + i, "c-0", others.get(i)));
        if (commits) {
          crowded.commit(); // many segments on one side, one on the other
        }
      }
      for (int i = 0; i < mine.size(); i++) {
        alone.add(interaction("" + i, "c-1", mine.get(i)));
        crowded.add(interaction("" + i, "c-1", mine.get(mine.size() - 1 - i)));
        crowded.add(interaction("after" + i, "c-2", others.get(i % others.size())));
        if (commits) {
          crowded.commit();
        }
      }
      for (int i = 0; i < mine.size(); i++) { // the same again, so that deleted ones lie about
        crowded.add(interaction("" + i, "c-1", mine.get(i)));
      }

      String expected = answer(alone, asked.query);

      assertThat(answer(crowded, asked.query)).isEqualTo(expected);
    }
  }

  private static Interaction interaction(String id, String customer, List<List<String>> turns) {
    return chat(
        id,
        customer,
        MAY.plusSeconds(60L * (id.hashCode() % 3)),
        turns.stream().map(turn -> String.join(" ", turn)).toArray(String[]::new));
  }

  @Property(tries = 100)
  void search_inflectionsThatOnlyStrangersUse_changeNoScore(
      @ForAll("inflected") List<String> mine,
      @ForAll("inflected") List<String> others,
      @ForAll("inflected") List<String> asked) {
    try (InteractionIndex alone = InteractionIndex.builder().inMemory().open();
        InteractionIndex crowded = InteractionIndex.builder().inMemory().open()) {
      for (InteractionIndex index : List.of(alone, crowded)) {
        index.add(chat("1", "c-1", MAY, String.join(" ", mine)));
        index.add(chat("2", "c-1", MAY, "refund", "order"));
      }
      crowded.add(chat("3", "c-2", MAY, String.join(" ", others)));

      for (String query : List.of(String.join(" ", asked), '"' + String.join(" ", asked) + '"')) {
        assertThat(answer(crowded, query)).isEqualTo(answer(alone, query));
      }
    }
  }

  @Provide
  Arbitrary<List<String>> inflected() {
    return Arbitraries.of(
            "refund", "refunds", "refunded", "refunding", "order", "orders", "ordered")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static String answer(InteractionIndex index, String query) {
    SearchResult result =
        index.customer("c-1").search(SearchRequest.builder(query).facets(true).build());
    List<String> lines = new ArrayList<>();
    lines.add(result.total() + " " + result.facets() + " " + result.coverage());
    for (Hit hit : result.hits()) {
      lines.add(hit.id() + " " + Double.toHexString(hit.score()) + " " + hit.passages());
    }
    return String.join("\n", lines);
  }
}

package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A customer of so many interactions that their words are counted and intersected otherwise than
 * those of a small one; compared with a reading of the texts, and with a search over everybody,
 * which goes through the postings.
 */
class LargeScopeTest {
  private static final int INTERACTIONS = 12_000;
  private static final List<String> FORMS =
      List.of("refund", "refunds", "refunded", "order", "orders", "lamp", "lamps", "sofa");

  private final Random random = new Random(7);

  /** One interaction's words; those of a Thai one have no stems. */
  private record Written(String id, boolean thai, List<String> words) {
    boolean has(String word) {
      return words.stream().anyMatch(one -> thai ? one.equals(word) : stem(one).equals(stem(word)));
    }

    private static String stem(String word) {
      return word.replaceAll("(s|ed)$", "");
    }
  }

  private List<Written> written(boolean thais) {
    List<Written> all = new ArrayList<>();
    for (int i = 0; i < INTERACTIONS; i++) {
      boolean thai = thais && random.nextInt(3) == 0;
      List<String> words = new ArrayList<>();
      for (int w = random.nextInt(4); w >= 0; w--) {
        words.add(FORMS.get(random.nextInt(FORMS.size())));
      }
      all.add(new Written("i" + i, thai, words));
    }
    return all;
  }

  private static void add(InteractionIndex index, List<Written> all) {
    int i = 0;
    for (Written one : all) {
      Interaction chat = chat(one.id, "c-1", MAY.plusSeconds(i++), String.join(" ", one.words));
      index.add(one.thai ? chat.toBuilder().language("th").build() : chat);
    }
    index.commit();
  }

  private static void assertFinds(
      InteractionIndex index, List<Written> all, String query, Predicate<Written> matches) {
    List<String> expected = all.stream().filter(matches).map(Written::id).sorted().toList();
    SearchResult found =
        index.customer("c-1").search(SearchRequest.builder(query).limit(1_000).build());

    assertThat(found.total()).as(query).isEqualTo(expected.size());
    assertThat(found.hits()).as(query).hasSize(Math.min(1_000, expected.size()));
    assertThat(expected).as(query).containsAll(found.hits().stream().map(Hit::id).toList());
    assertThat(found.hits())
        .as(query)
        .allSatisfy(hit -> assertThat(hit.passages().getFirst().highlights()).isNotEmpty());
  }

  private static List<String> scored(SearchResult result) {
    return result.hits().stream().map(hit -> hit.id() + " " + hit.score()).toList();
  }

  private void assertAgrees(boolean thais, Path folder) {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      List<Written> all = written(thais);
      add(index, all);
      for (String one : FORMS) {
        assertFinds(index, all, one, w -> w.has(one));
        for (String two : FORMS) {
          String both = one + " " + two;
          assertFinds(index, all, both, w -> w.has(one) && w.has(two));
          // Nothing was removed yet, so everybody's statistics are the customer's.
          SearchRequest top = SearchRequest.builder(both).limit(50).build();
          assertThat(scored(index.customer("c-1").search(top)))
              .isEqualTo(scored(index.everyone().search(top)));
        }
      }
      assertFinds(index, all, "refund -orders", w -> w.has("refund") && !w.has("orders"));
      assertFinds(
          index,
          all,
          "lamps OR sofa refunds",
          w -> (w.has("lamps") || w.has("sofa")) && w.has("refunds"));
      assertFinds(
          index,
          all,
          "\"refunds lamp\"",
          w ->
              IntStream.range(1, w.words.size())
                  .anyMatch(
                      i ->
                          new Written("", w.thai, w.words.subList(i - 1, i)).has("refunds")
                              && new Written("", w.thai, w.words.subList(i, i + 1)).has("lamp")));
      List<Written> kept = new ArrayList<>(all);
      for (int i = 0; i < INTERACTIONS; i += 3) {
        index.remove("i" + i);
        kept.remove(all.get(i));
      }
      for (String both : List.of("refund lamp", "refunded order", "sofa lamps")) {
        List<String> words = Arrays.asList(both.split(" ", -1));
        assertFinds(index, kept, both, w -> words.stream().allMatch(w::has));
      }
    }
  }

  @Test
  void search_thousandsOfInteractions_findsWhatTheTextsHold(@TempDir Path folder) {
    assertAgrees(false, folder);
  }

  @Test
  void search_thousandsOfInteractionsPartlyWithoutStems_findsWhatTheTextsHold(
      @TempDir Path folder) {
    assertAgrees(true, folder);
  }
}

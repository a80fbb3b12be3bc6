package io.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Values computed by hand, and what must hold of any ranking. */
class MeasureTest {
  private static final Map<String, Integer> GRADES =
      Map.of("a", 3, "b", 2, "c", 1, "d", 0, "spam", -2);

  private static double of(Measure measure, Map<String, Integer> grades, String... ranking) {
    return measure.of(List.of(ranking), grades, 2);
  }

  @Test
  void nDCG_gradesAndUnjudged_isGainOverLogOfTheRankByTheIdeal() {
    // 1/log2(3) = 0.6309298, 1/log2(4) = 0.5, 1/log2(5) = 0.4306766
    double found = 2 * 1 + 3 * 0.5 + 1 * 0.4306766; // b, unjudged, a, c
    double ideal = 3 * 1 + 2 * 0.6309298 + 1 * 0.5; // a, b, c

    assertThat(of(Measure.NDCG_10, GRADES, "b", "unjudged", "a", "c"))
        .isEqualTo(found / ideal, within(1e-6))
        .isEqualTo(0.825450, within(1e-6));
    assertThat(of(Measure.NDCG_10, GRADES, "a", "b", "c")).isEqualTo(1);
    assertThat(of(Measure.NDCG_10, GRADES, "spam", "d", "unjudged")).isZero();
    assertThat(of(Measure.NDCG_10, GRADES)).isZero();
  }

  /** The gain is the grade, as in trec_eval: with 2^grade - 1 it would be (1 + 3/2) / (3 + 1/2). */
  @Test
  void nDCG_gain_isLinear() {
    assertThat(of(Measure.NDCG_10, Map.of("a", 2, "b", 1), "b", "a"))
        .isEqualTo((1 + 2 * 0.6309298) / (2 + 0.6309298), within(1e-6));
  }

  @Test
  void everyMeasure_elevenRelevant_looksAtTheFirstTen() {
    Map<String, Integer> grades = new LinkedHashMap<>();
    IntStream.range(0, 11).forEach(i -> grades.put("r" + i, 2));
    List<String> ideal = List.copyOf(grades.keySet());
    List<String> eleventh = new ArrayList<>(Collections.nCopies(10, "no"));
    IntStream.range(0, 10).forEach(i -> eleventh.set(i, "no" + i));
    eleventh.add("r0");

    assertThat(Measure.NDCG_10.of(ideal, grades, 2)).isEqualTo(1); // the ideal has ten, too
    assertThat(Measure.RECALL_10.of(ideal, grades, 2)).isEqualTo(10.0 / 11);
    assertThat(Measure.MRR_10.of(eleventh, grades, 2)).isZero();
    assertThat(Measure.RECALL_10.of(eleventh, grades, 2)).isZero();
    assertThat(Measure.JUDGED_10.of(eleventh, grades, 2)).isZero();
  }

  @Test
  void binaryMeasures_gradeBelowRelevantFrom_isNotRelevant() {
    assertThat(of(Measure.RECALL_10, GRADES, "c", "b")).isEqualTo(0.5); // of a and b
    assertThat(of(Measure.MRR_10, GRADES, "c", "d", "b", "a")).isEqualTo(1.0 / 3);
    assertThat(of(Measure.SUCCESS_1, GRADES, "c", "a")).isZero();
    assertThat(of(Measure.SUCCESS_1, GRADES, "b", "d")).isEqualTo(1);
    assertThat(Measure.SUCCESS_1.of(List.of("c"), GRADES, 1)).isEqualTo(1);
    assertThat(of(Measure.SUCCESS_1, GRADES)).isZero();
  }

  @Test
  void judged_fewerThanTenFound_isTheShareOfThese() {
    assertThat(of(Measure.JUDGED_10, GRADES, "a", "unjudged", "d", "new")).isEqualTo(0.5);
    assertThat(of(Measure.JUDGED_10, GRADES)).isEqualTo(1);
  }

  @Property
  void everyMeasure_anyRanking_isFromZeroToOne(
      @ForAll @Size(max = 15) List<@IntRange(min = -1, max = 3) Integer> gradesInOrder,
      @ForAll @IntRange(min = 1, max = 3) int relevantFrom) {
    Ranked ranked = Ranked.of(gradesInOrder);

    for (Measure measure : Measure.values()) {
      assertThat(measure.of(ranked.ids(), ranked.grades(), relevantFrom))
          .as(measure.label())
          .isBetween(0.0, 1.0 + 1e-12);
    }
  }

  @Property
  void nDCG_idealOrder_isOne(
      @ForAll @Size(min = 1, max = 15) List<@IntRange(min = 0, max = 3) Integer> grades) {
    List<Integer> ideal = grades.stream().sorted(Comparator.reverseOrder()).toList();
    Ranked ranked = Ranked.of(ideal);

    double value = Measure.NDCG_10.of(ranked.ids(), ranked.grades(), 1);

    assertThat(value).isEqualTo(ideal.getFirst() == 0 ? 0 : 1, within(1e-12));
  }

  @Property
  void nDCG_betterOneSwappedUp_neverFalls(
      @ForAll @Size(min = 2, max = 15) List<@IntRange(min = -1, max = 3) Integer> gradesInOrder,
      @ForAll @IntRange(max = 14) int one,
      @ForAll @IntRange(max = 14) int another) {
    Ranked ranked = Ranked.of(gradesInOrder);
    int above = Math.min(one, another) % gradesInOrder.size();
    int below = Math.max(one, another) % gradesInOrder.size();
    List<String> swapped = new ArrayList<>(ranked.ids());
    Collections.swap(swapped, above, below);
    boolean better =
        (above < below) == (gradesInOrder.get(below) > gradesInOrder.get(above)) || above == below;

    double before = Measure.NDCG_10.of(ranked.ids(), ranked.grades(), 1);
    double after = Measure.NDCG_10.of(swapped, ranked.grades(), 1);

    assertThat(better ? after - before : before - after).isGreaterThanOrEqualTo(-1e-12);
  }

  /** A ranking of judged interactions with these grades, from the first to the last. */
  private record Ranked(List<String> ids, Map<String, Integer> grades) {
    static Ranked of(List<Integer> gradesInOrder) {
      Map<String, Integer> grades = new LinkedHashMap<>();
      for (Integer grade : gradesInOrder) {
        grades.put("d" + grades.size(), grade);
      }
      return new Ranked(List.copyOf(grades.keySet()), grades);
    }
  }
}

package io.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignificanceTestTest {
  private static double[] zeros(int count) {
    return new double[count];
  }

  @Test
  void pValue_fewTopics_isTheCountOfAllSignsByHand() {
    // Of 1, 2 and 4 eight signed sums: 7 5 3 1 -1 -3 -5 -7. As far from 0 as 5 are four of them.
    assertThat(SignificanceTest.pValue(new double[] {-1, 2, 4}, zeros(3))).isEqualTo(4 / 8.0);
    assertThat(SignificanceTest.pValue(new double[] {1, 2, 4}, zeros(3))).isEqualTo(2 / 8.0);
    assertThat(SignificanceTest.pValue(zeros(3), new double[] {1, 2, 4})).isEqualTo(2 / 8.0);
    assertThat(SignificanceTest.pValue(new double[] {-1, -2, 3}, zeros(3))).isEqualTo(1);
    assertThat(SignificanceTest.pValue(new double[] {0.3}, zeros(1))).isEqualTo(1);
  }

  @Test
  void pValue_topicsThatDoNotDiffer_changeNothing() {
    assertThat(SignificanceTest.pValue(new double[] {1, 0, 2, 0, 4, 0}, zeros(6)))
        .isEqualTo(2 / 8.0);
  }

  @Test
  void pValue_roundedSums_countAsEqual() {
    // 0.1 + 0.2 is not 0.3 in binary: all eight sums are 0.6 or 0.
    assertThat(SignificanceTest.pValue(new double[] {0.1, 0.2, -0.3}, zeros(3))).isEqualTo(1);
    assertThat(SignificanceTest.pValue(new double[] {0.1, 0.2, 0.3}, zeros(3))).isEqualTo(2 / 8.0);
  }

  @Test
  void pValue_twentyTopicsAllBetter_isExact() {
    double[] better = IntStream.range(0, 20).mapToDouble(i -> 0.1).toArray();

    assertThat(SignificanceTest.pValue(better, zeros(20))).isEqualTo(2 / Math.pow(2, 20));
  }

  @Test
  void pValue_twentyOneTopics_isDrawnAndNeverZero() {
    double[] better = IntStream.range(0, 21).mapToDouble(i -> 0.1).toArray();

    assertThat(SignificanceTest.pValue(better, zeros(21)))
        .isEqualTo(1.0 / (SignificanceTest.DRAWS + 1), within(2e-5))
        .isPositive();
  }

  /** One topic more, which hardly differs, takes the other way to about the same value. */
  @Test
  void pValue_drawn_isCloseToTheExactOne() {
    Random random = new Random(4);
    double[] differences = random.doubles(20, -1, 1.5).toArray();
    double[] oneMore = Arrays.copyOf(differences, 21);
    oneMore[20] = 1e-9;

    double exact = SignificanceTest.pValue(differences, zeros(20));
    double drawn = SignificanceTest.pValue(oneMore, zeros(21));

    assertThat(exact).isBetween(0.01, 0.9);
    assertThat(drawn).isEqualTo(exact, within(0.01));
    assertThat(SignificanceTest.pValue(oneMore, zeros(21))).isEqualTo(drawn); // and always the same
  }

  /** Where there is no difference, a p-value up to 0.1 comes about once in ten times. */
  @Test
  void pValue_noDifferenceButChance_isUniform() {
    Random random = new Random(7);
    int tries = 2_000;
    double[] pValues =
        IntStream.range(0, tries)
            .mapToDouble(
                i -> SignificanceTest.pValue(random.doubles(12, -1, 1).toArray(), zeros(12)))
            .toArray();

    for (double level : new double[] {0.1, 0.3, 0.5, 0.8}) {
      double share = (double) Arrays.stream(pValues).filter(p -> p <= level).count() / tries;
      assertThat(share).as("p up to %s", level).isEqualTo(level, within(0.04));
    }
  }

  @Property
  void pValue_anyScores_isAProbabilityAndTheSameBothWays(
      @ForAll @Size(max = 12) List<@DoubleRange(min = 0, max = 1) Double> each) {
    double[] scores = each.stream().mapToDouble(score -> score).toArray();
    double p = SignificanceTest.pValue(scores, zeros(scores.length));

    assertThat(p).isPositive().isLessThanOrEqualTo(1);
    assertThat(SignificanceTest.pValue(zeros(scores.length), scores)).isEqualTo(p);
    assertThat(SignificanceTest.pValue(scores, scores)).isEqualTo(1);
  }

  @Test
  void pValue_notTheSameTopics_refused() {
    assertThatThrownBy(() -> SignificanceTest.pValue(zeros(2), zeros(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected two scores for each topic, got 2 and 3");
  }
}

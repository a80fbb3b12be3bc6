package io.earshot.evaluation;

import java.util.Arrays;
import java.util.Random;

/**
 * The paired randomisation test: could the difference between two configurations be chance?
 *
 * <p>If it did not matter which of the two a topic's result came from, each topic's difference
 * could as well have the other sign. The p-value is the share of all assignments of signs under
 * which the mean difference is at least as far from 0, on either side, as the one observed. It
 * assumes nothing about how the differences are distributed, which matters for few topics (M. D.
 * Smucker, J. Allan and B. Carterette, A comparison of statistical significance tests for
 * information retrieval evaluation, CIKM 2007, pages 623 to 632).
 *
 * <p>Thread-safe. The same scores always give the same p-value.
 */
public final class SignificanceTest {
  /** Up to so many topics that differ, every assignment of signs is counted. */
  static final int MOST_EXACT = 20;

  /** Beyond, so many are drawn. */
  static final int DRAWS = 100_000;

  private static final long SEED = 2007;

  /** Of sums of at most a few thousand scores: far above rounding, far below any difference. */
  private static final double ROUNDING = 1e-10;

  private SignificanceTest() {}

  /**
   * The two-sided p-value of the difference between two configurations' means.
   *
   * <p>Exact if at most 20 topics differ. Otherwise of 100,000 draws, (as far + 1) / (draws + 1).
   *
   * @param first one's score for each topic
   * @param second the other's, for the same topics in the same order
   * @return greater than 0, at most 1; 1 if no topic differs
   */
  public static double pValue(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "expected two scores for each topic, got %d and %d"
              .formatted(first.length, second.length));
    }
    double[] differences = new double[first.length];
    int count = 0;
    for (int i = 0; i < first.length; i++) {
      if (Math.abs(first[i] - second[i]) > ROUNDING) {
        differences[count++] = first[i] - second[i];
      }
    }
    double[] nonZero = Arrays.copyOf(differences, count);
    double observed = Math.abs(Arrays.stream(nonZero).sum()) - ROUNDING;
    return count <= MOST_EXACT ? exact(nonZero, observed) : drawn(nonZero, observed);
  }

  /** Every signed sum is one of the left part plus one of the right. */
  private static double exact(double[] differences, double observed) {
    int middle = differences.length / 2;
    double[] left = signedSums(Arrays.copyOfRange(differences, 0, middle));
    double[] right = signedSums(Arrays.copyOfRange(differences, middle, differences.length));
    long asFar = 0;
    for (double l : left) {
      for (double r : right) {
        if (Math.abs(l + r) >= observed) {
          asFar++;
        }
      }
    }
    return (double) asFar / ((long) left.length * right.length);
  }

  private static double[] signedSums(double[] differences) {
    double[] sums = new double[1];
    for (double difference : differences) {
      double[] longer = new double[2 * sums.length];
      for (int i = 0; i < sums.length; i++) {
        longer[2 * i] = sums[i] + difference;
        longer[2 * i + 1] = sums[i] - difference;
      }
      sums = longer;
    }
    return sums;
  }

  private static double drawn(double[] differences, double observed) {
    Random random = new Random(SEED); // its numbers are specified, so they are the same everywhere
    int asFar = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      long signs = 0;
      for (int i = 0; i < differences.length; i++) {
        if (i % Long.SIZE == 0) {
          signs = random.nextLong();
        }
        sum += (signs & 1) == 0 ? differences[i] : -differences[i];
        signs >>>= 1;
      }
      if (Math.abs(sum) >= observed) {
        asFar++;
      }
    }
    return (asFar + 1.0) / (DRAWS + 1);
  }
}

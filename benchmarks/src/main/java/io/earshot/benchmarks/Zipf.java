package io.earshot.benchmarks;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws ranks by Zipf's law: rank {@code r}, from 0, as often as {@code 1 / (r + 1)^exponent}. */
final class Zipf {
  private final double[] cumulative;

  Zipf(int ranks, double exponent) {
    cumulative = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += 1 / Math.pow(i + 1, exponent);
      cumulative[i] = sum;
    }
  }

  int draw(RandomGenerator random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return found >= 0 ? found : -found - 1;
  }
}

package io.earshot.transcription;

/** Makes audio to test on, and measures what became of it. */
final class TestAudio {
  private TestAudio() {}

  /** A sine of amplitude 10,000. */
  static short[] tone(int rateHz, int hz, int seconds) {
    short[] samples = new short[rateHz * seconds];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hz * i / rateHz));
    }
    return samples;
  }

  /** Amplitude of one frequency in the middle half. */
  static double level(short[] samples, double hz, int rateHz) {
    int from = samples.length / 4;
    int to = samples.length * 3 / 4;
    double cosine = 0;
    double sine = 0;
    double weights = 0;
    for (int i = from; i < to; i++) {
      double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from) / (to - from));
      double phase = 2 * Math.PI * hz * i / rateHz;
      cosine += weight * samples[i] * Math.cos(phase);
      sine += weight * samples[i] * Math.sin(phase);
      weights += weight;
    }
    return 2 * Math.hypot(cosine, sine) / weights;
  }

  /** Root mean square of the middle half, where a filter has settled. */
  static double effective(short[] samples) {
    int from = samples.length / 4;
    return Math.sqrt(power(samples, from, samples.length / 2));
  }

  /** Mean square from there on. */
  static double power(short[] samples, int from, int length) {
    double sum = 0;
    for (int i = Math.max(0, from); i < from + length; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return sum / length;
  }

  /** Index of the largest sample of those. */
  static int loudest(short[] samples, int from, int to) {
    int loudest = from;
    for (int i = from; i < to; i++) {
      loudest = Math.abs(samples[i]) > Math.abs(samples[loudest]) ? i : loudest;
    }
    return loudest;
  }

  /** By counting how often the sign changes upwards. */
  static double frequency(short[] samples, int rateHz) {
    int crossings = 0;
    for (int i = 1; i < samples.length; i++) {
      if (samples[i - 1] < 0 && samples[i] >= 0) {
        crossings++;
      }
    }
    return crossings * (double) rateHz / samples.length;
  }

  /**
   * By how many samples the second is late, found where both agree best.
   *
   * @param furthest the largest delay that is looked for, either way
   */
  static int lag(short[] first, short[] second, int furthest) {
    int coarse = bestLag(first, second, -furthest, furthest, 4, 3);
    return bestLag(first, second, coarse - 4, coarse + 4, 1, 1);
  }

  private static int bestLag(short[] first, short[] second, int from, int to, int step, int every) {
    int best = 0;
    double bestSum = Double.NEGATIVE_INFINITY;
    for (int lag = from; lag <= to; lag += step) {
      double sum = 0;
      for (int i = Math.max(0, -lag); i < Math.min(first.length, second.length - lag); i += every) {
        sum += (double) first[i] * second[i + lag];
      }
      if (sum > bestSum) {
        bestSum = sum;
        best = lag;
      }
    }
    return best;
  }
}

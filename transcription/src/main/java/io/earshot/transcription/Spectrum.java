package io.earshot.transcription;

/**
 * Power spectrum of real samples under a Hann window: the radix-2 transform of Cooley and Tukey.
 *
 * <p>Ours, since the whole is shorter than what it would take to name a library. Not thread-safe.
 */
final class Spectrum {
  private final int length;
  private final double[] hann;
  private final double[] cosines;
  private final double[] sines;
  private final int[] reversed;
  private final double[] real;
  private final double[] imaginary;

  /** For windows of that length, a power of two. */
  Spectrum(int length) {
    if (length < 4 || Integer.bitCount(length) != 1) {
      throw new IllegalArgumentException("the length must be a power of two, got " + length);
    }
    this.length = length;
    hann = new double[length];
    cosines = new double[length / 2];
    sines = new double[length / 2];
    reversed = new int[length];
    real = new double[length];
    imaginary = new double[length];
    for (int i = 0; i < length; i++) {
      hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
      reversed[i] = Integer.reverse(i) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(length));
    }
    for (int i = 0; i < length / 2; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / length);
      sines[i] = -Math.sin(2 * Math.PI * i / length);
    }
  }

  /** Writes the power at each of the first {@code length / 2} lines. */
  void power(double[] samples, double[] power) {
    for (int i = 0; i < length; i++) {
      real[reversed[i]] = samples[i] * hann[i];
      imaginary[i] = 0;
    }
    for (int size = 2; size <= length; size *= 2) {
      combine(size);
    }
    for (int i = 0; i < length / 2; i++) {
      power[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
    }
  }

  private void combine(int size) {
    int half = size / 2;
    int step = length / size;
    for (int start = 0; start < length; start += size) {
      for (int i = 0; i < half; i++) {
        int even = start + i;
        int odd = even + half;
        double re = real[odd] * cosines[i * step] - imaginary[odd] * sines[i * step];
        double im = real[odd] * sines[i * step] + imaginary[odd] * cosines[i * step];
        real[odd] = real[even] - re;
        imaginary[odd] = imaginary[even] - im;
        real[even] += re;
        imaginary[even] += im;
      }
    }
  }
}

package io.earshot.transcription;

import java.util.Arrays;

/**
 * Where in the recording that lies which a recogniser was fed, when parts were left out: exact to
 * the sample.
 *
 * <p>Not thread-safe.
 */
final class TimeMap {
  private final double sampleRateHz;

  // Parallel: piece i begins at the fed sample fedStarts[i], which is the recording's starts[i].
  private long[] fedStarts = new long[8];
  private long[] starts = new long[8];
  private int pieces = 1;
  private long fed;

  TimeMap(int sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
  }

  /** From one moment of the recording to another. */
  record Span(double startSeconds, double endSeconds) {}

  /** So many samples were fed. */
  void take(long samples) {
    fed += samples;
  }

  /** So many samples were left out. */
  void skip(long samples) {
    long start = starts[pieces - 1] + fed - fedStarts[pieces - 1] + samples;
    if (fedStarts[pieces - 1] == fed) {
      starts[pieces - 1] = start;
      return;
    }
    if (pieces == starts.length) {
      fedStarts = Arrays.copyOf(fedStarts, 2 * pieces);
      starts = Arrays.copyOf(starts, 2 * pieces);
    }
    fedStarts[pieces] = fed;
    starts[pieces] = start;
    pieces++;
  }

  /** The moment up to which it was fed. */
  double endSeconds() {
    return (starts[pieces - 1] + fed - fedStarts[pieces - 1]) / sampleRateHz;
  }

  /**
   * Moves a word. One that seems to reach over a part that was left out, because silence was
   * counted to it, is cut to the piece that holds its middle.
   */
  Span span(double fedStartSeconds, double fedEndSeconds) {
    double middle = (fedStartSeconds + fedEndSeconds) / 2 * sampleRateHz;
    int piece = Arrays.binarySearch(fedStarts, 0, pieces, (long) Math.floor(middle));
    if (piece < 0) {
      piece = Math.max(0, -piece - 2);
    }
    double first = fedStarts[piece] / sampleRateHz;
    double last = (piece + 1 < pieces ? fedStarts[piece + 1] : fed) / sampleRateHz;
    double shift = (starts[piece] - fedStarts[piece]) / sampleRateHz;
    return new Span(
        clamped(fedStartSeconds, first, last) + shift, clamped(fedEndSeconds, first, last) + shift);
  }

  private static double clamped(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }
}

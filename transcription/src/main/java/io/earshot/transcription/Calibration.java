package io.earshot.transcription;

/** How likely a word is right that has a given share of the n-best list's weight. */
final class Calibration {
  private Calibration() {}

  static double confidence(double share) {
    return Math.max(0, Math.min(1, share));
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One word as a recogniser heard it.
 *
 * @param text the word
 * @param startMs where it begins, in milliseconds from the start of the recording
 * @param endMs where it ends, at least {@code startMs}
 * @param confidence how sure the recogniser is, 0 to 1; 1 where it does not say
 * @param alternatives what else it may have been, most likely first
 */
public record Word(
    String text, long startMs, long endMs, double confidence, List<Alternative> alternatives) {
  /** Checks the components and copies the list. */
  public Word {
    requireNonNull(text, "text");
    if (startMs < 0 || endMs < startMs) {
      throw new IllegalArgumentException(
          "a word's times must be 0 <= startMs <= endMs, got " + startMs + ".." + endMs);
    }
    checkConfidence(confidence);
    alternatives = List.copyOf(alternatives);
  }

  /** A word of which no alternatives are known. */
  public Word(String text, long startMs, long endMs, double confidence) {
    this(text, startMs, endMs, confidence, List.of());
  }

  /**
   * Another reading of a word.
   *
   * @param text the other word
   * @param confidence how likely it is, 0 to 1
   */
  public record Alternative(String text, double confidence) {
    /** Checks the components. */
    public Alternative {
      requireNonNull(text, "text");
      checkConfidence(confidence);
    }
  }

  private static void checkConfidence(double confidence) {
    if (!(confidence >= 0 && confidence <= 1)) { // written so that NaN fails too
      throw new IllegalArgumentException("confidence must be in [0, 1], got " + confidence);
    }
  }
}

package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One word as the recogniser heard it.
 *
 * @param text the word
 * @param startMs where it begins, in milliseconds from the start of the recording
 * @param endMs where it ends, at least {@code startMs}
 * @param confidence how sure the recogniser is, 0 to 1
 * @param alternatives what else it may have been, most likely first
 */
public record TranscribedWord(
    String text, long startMs, long endMs, double confidence, List<Alternative> alternatives) {
  /** Checks the components and copies the list. */
  public TranscribedWord {
    requireNonNull(text, "text");
    if (startMs < 0 || endMs < startMs) {
      throw new IllegalArgumentException(
          "a word's times must be 0 <= startMs <= endMs, got " + startMs + ".." + endMs);
    }
    if (!(confidence >= 0 && confidence <= 1)) { // written so that NaN fails too
      throw new IllegalArgumentException("confidence must be in [0, 1], got " + confidence);
    }
    alternatives = List.copyOf(alternatives);
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
      if (!(confidence >= 0 && confidence <= 1)) { // written so that NaN fails too
        throw new IllegalArgumentException("confidence must be in [0, 1], got " + confidence);
      }
    }
  }
}

package io.earshot.transcription;

import java.util.List;

/**
 * How far recognised words are from a reference: (substitutions + deletions + insertions) /
 * reference words, over an alignment with the fewest errors (NIST sclite's measure).
 *
 * @param substitutions reference words that were heard as another
 * @param deletions reference words that were not heard
 * @param insertions words heard that nobody said
 * @param referenceWords number of words in the reference
 */
public record WordErrorRate(int substitutions, int deletions, int insertions, int referenceWords) {
  /** No words and no errors: where adding up begins. */
  public static final WordErrorRate NONE = new WordErrorRate(0, 0, 0, 0);

  /** Checks the components. */
  public WordErrorRate {
    if (substitutions < 0 || deletions < 0 || insertions < 0 || referenceWords < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, got %d, %d, %d of %d"
              .formatted(substitutions, deletions, insertions, referenceWords));
    }
  }

  /**
   * Compares words as they are: the caller decides about case and punctuation.
   *
   * <p>Takes time in the product of the two lengths, and memory in the longer.
   */
  public static WordErrorRate of(List<String> reference, List<String> hypothesis) {
    List<String> expected = List.copyOf(reference);
    List<String> actual = List.copyOf(hypothesis);
    WordErrorRate[] previous = new WordErrorRate[actual.size() + 1];
    for (int j = 0; j <= actual.size(); j++) {
      previous[j] = new WordErrorRate(0, 0, j, 0);
    }
    for (int i = 1; i <= expected.size(); i++) {
      WordErrorRate[] current = new WordErrorRate[actual.size() + 1];
      current[0] = new WordErrorRate(0, i, 0, i);
      for (int j = 1; j <= actual.size(); j++) {
        boolean same = expected.get(i - 1).equals(actual.get(j - 1));
        current[j] = best(previous[j - 1], previous[j], current[j - 1], same);
      }
      previous = current;
    }
    return previous[actual.size()];
  }

  /** The errors of both, for a rate over many recordings. */
  public WordErrorRate plus(WordErrorRate other) {
    return new WordErrorRate(
        substitutions + other.substitutions,
        deletions + other.deletions,
        insertions + other.insertions,
        referenceWords + other.referenceWords);
  }

  /** All errors. */
  public int errors() {
    return substitutions + deletions + insertions;
  }

  /** Errors per reference word; may exceed 1. With an empty reference, the number of errors. */
  public double rate() {
    return (double) errors() / Math.max(1, referenceWords);
  }

  private static WordErrorRate best(
      WordErrorRate diagonal, WordErrorRate above, WordErrorRate left, boolean same) {
    int substituted = diagonal.errors() + (same ? 0 : 1);
    int deleted = above.errors() + 1;
    int inserted = left.errors() + 1;
    if (substituted <= deleted && substituted <= inserted) {
      return diagonal.plus(new WordErrorRate(same ? 0 : 1, 0, 0, 1));
    }
    return deleted <= inserted
        ? above.plus(new WordErrorRate(0, 1, 0, 1))
        : left.plus(new WordErrorRate(0, 0, 1, 0));
  }
}

package io.earshot;

/**
 * A stretch of a passage's text that matched.
 *
 * @param start index of its first UTF-16 unit in {@link Passage#text()}
 * @param end index after its last, greater than {@code start}
 */
public record Highlight(int start, int end) {
  /** Checks the range. */
  public Highlight {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "a highlight must be 0 <= start < end, got " + start + ".." + end);
    }
  }
}

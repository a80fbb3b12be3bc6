package io.earshot.written;

import static java.util.Objects.requireNonNull;

/**
 * One token of readable text and the spoken words it stands for.
 *
 * @param text the token as it is written; never blank
 * @param firstWord index of the first spoken word it stands for, from 0
 * @param lastWord index of the last spoken word it stands for, at least {@code firstWord}
 */
public record WrittenForm(String text, int firstWord, int lastWord) {
  /** Checks the components. */
  public WrittenForm {
    requireNonNull(text, "text");
    if (text.isBlank()) {
      throw new IllegalArgumentException("text must not be blank");
    }
    if (firstWord < 0 || lastWord < firstWord) {
      throw new IllegalArgumentException(
          "words must be a range of indexes, got " + firstWord + ".." + lastWord);
    }
  }
}

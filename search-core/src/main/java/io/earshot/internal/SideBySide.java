package io.earshot.internal;

import java.io.IOException;
import java.util.List;

/** Walks through the places of one document where words stand side by side. Not thread-safe. */
final class SideBySide {
  private final List<Positions> words;
  private int first = -1;

  SideBySide(List<Positions> words) {
    this.words = words;
  }

  /** Goes on to the next place, if there is one, and time. */
  boolean next() throws IOException {
    first++;
    int fitting = 0; // so many words stand where the place would have them
    while (fitting < words.size()) {
      Positions word = words.get(fitting);
      if (!word.advance(first + fitting)) {
        return false;
      }
      if (word.position() == first + fitting) {
        fitting++;
      } else {
        first = word.position() - fitting;
        fitting = 0;
      }
    }
    return true;
  }

  /** Position of the first word. */
  int first() {
    return first;
  }

  /** Position of the last word. */
  int last() {
    return first + words.size() - 1;
  }

  int startOffset() throws IOException {
    return words.getFirst().startOffset();
  }

  int endOffset() throws IOException {
    return words.getLast().endOffset();
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.PostingsEnum;

/** Positions of a word in one document, ascending, with their offsets. Not thread-safe. */
final class Positions {
  private int[] values = new int[24]; // three numbers each: position, start and end offset
  private int size;

  int size() {
    return size;
  }

  int at(int index) {
    return values[3 * index];
  }

  int start(int index) {
    return values[3 * index + 1];
  }

  int end(int index) {
    return values[3 * index + 2];
  }

  /** Index of that position; negative if the word does not stand there. */
  int indexOf(int position) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = at(middle);
      if (found == position) {
        return middle;
      }
      if (found < position) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Adds those of another form of the word; where both stand, as word and stem do, once. */
  void add(PostingsEnum postings) throws IOException {
    int[] before = values;
    int mine = size;
    int theirs = postings.freq();
    values = mine == 0 && 3 * theirs <= before.length ? before : new int[3 * (mine + theirs)];
    size = 0;
    int i = 0;
    int position = -1;
    while (i < mine || theirs > 0 || position >= 0) {
      if (position < 0 && theirs > 0) {
        position = postings.nextPosition();
        theirs--;
      }
      int own = i < mine ? before[3 * i] : Integer.MAX_VALUE;
      if (position >= 0 && position < own) {
        put(position, postings.startOffset(), postings.endOffset());
        position = -1;
      } else {
        put(own, before[3 * i + 1], before[3 * i + 2]);
        i++;
        position = position == own ? -1 : position;
      }
    }
    if (size * 3 < values.length / 2) {
      values = Arrays.copyOf(values, Math.max(24, size * 3));
    }
  }

  private void put(int position, int start, int end) {
    values[3 * size] = position;
    values[3 * size + 1] = start;
    values[3 * size + 2] = end;
    size++;
  }
}

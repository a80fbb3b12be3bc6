package io.earshot.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * Words in the order of their UTF-8 bytes, and how many interactions hold each.
 *
 * <p>Immutable once built; flat arrays, since there may be hundreds of thousands.
 */
final class WordCounts implements ScopeCache.Value {
  private static final int OBJECTS = 120; // this and three arrays, without what they hold

  private byte[] bytes;
  private int[] ends;
  private int[] counts;
  private int size;

  private WordCounts(int expected) {
    bytes = new byte[8 * expected];
    ends = new int[expected];
    counts = new int[expected];
  }

  /** Collects words, which come in order. */
  static final class Builder {
    private final WordCounts words;

    Builder(int expected) {
      words = new WordCounts(Math.max(1, expected));
    }

    void add(BytesRef word, int count) {
      int start = words.start(words.size);
      int end = Math.addExact(start, word.length);
      words.bytes = ArrayUtil.grow(words.bytes, end);
      words.ends = ArrayUtil.grow(words.ends, words.size + 1);
      words.counts = ArrayUtil.grow(words.counts, words.size + 1);
      System.arraycopy(word.bytes, word.offset, words.bytes, start, word.length);
      words.ends[words.size] = end;
      words.counts[words.size] = count;
      words.size++;
    }

    WordCounts build() {
      words.bytes = Arrays.copyOf(words.bytes, words.start(words.size));
      words.ends = Arrays.copyOf(words.ends, words.size);
      words.counts = Arrays.copyOf(words.counts, words.size);
      return words;
    }
  }

  /** The words of all of them, counts added up. */
  static WordCounts merged(List<WordCounts> parts) {
    if (parts.isEmpty()) {
      return new WordCounts(0);
    }
    List<WordCounts> rest = parts;
    while (rest.size() > 1) { // in pairs, so that each word is copied a few times only
      List<WordCounts> pairs = new ArrayList<>();
      for (int i = 0; i + 1 < rest.size(); i += 2) {
        pairs.add(merged(rest.get(i), rest.get(i + 1)));
      }
      if (rest.size() % 2 == 1) {
        pairs.add(rest.getLast());
      }
      rest = pairs;
    }
    return rest.getFirst();
  }

  private static WordCounts merged(WordCounts one, WordCounts other) {
    Builder both = new Builder(one.size + other.size);
    BytesRef word = new BytesRef();
    BytesRef otherWord = new BytesRef();
    int i = 0;
    int j = 0;
    while (i < one.size || j < other.size) {
      int order =
          i == one.size
              ? 1
              : j == other.size ? -1 : one.word(i, word).compareTo(other.word(j, otherWord));
      if (order < 0) {
        both.add(one.word(i, word), one.counts[i++]);
      } else if (order > 0) {
        both.add(other.word(j, otherWord), other.counts[j++]);
      } else {
        both.add(word, one.counts[i++] + other.counts[j++]);
      }
    }
    return both.build();
  }

  int size() {
    return size;
  }

  int count(int index) {
    return counts[index];
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** The word at that index, in an object that is used again. */
  BytesRef word(int index, BytesRef reused) {
    reused.bytes = bytes;
    reused.offset = start(index);
    reused.length = ends[index] - reused.offset;
    return reused;
  }

  Counted get(int index) {
    return new Counted(word(index, new BytesRef()).utf8ToString(), counts[index]);
  }

  /** How many interactions hold exactly that word. */
  int countOf(BytesRef word) {
    int index = firstNotBelow(word);
    return index < size && word(index, new BytesRef()).bytesEquals(word) ? counts[index] : 0;
  }

  private int firstNotBelow(BytesRef key) {
    BytesRef word = new BytesRef();
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (word(middle, word).compareTo(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int firstBeyond(BytesRef prefix, int from) {
    BytesRef word = new BytesRef();
    int low = from;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (StringHelper.startsWith(word(middle, word), prefix)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The words that begin so, most interactions first, then by the alphabet. */
  List<Counted> beginning(BytesRef prefix, int most) {
    int from = firstNotBelow(prefix);
    int to = firstBeyond(prefix, from);
    PriorityQueue<Long> best = new PriorityQueue<>();
    long least = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      long rank = (long) counts[i] << Integer.SIZE | (Integer.MAX_VALUE - i);
      if (rank > least) {
        best.add(rank);
        if (best.size() > most) {
          best.remove();
        }
        least = best.size() < most ? Long.MIN_VALUE : best.element();
      }
    }
    Counted[] inOrder = new Counted[best.size()];
    for (int i = inOrder.length - 1; i >= 0; i--) {
      inOrder[i] = get(Integer.MAX_VALUE - (int) best.remove().longValue());
    }
    return List.of(inOrder);
  }

  @Override
  public long bytes() {
    return OBJECTS + bytes.length + 8L * size;
  }
}

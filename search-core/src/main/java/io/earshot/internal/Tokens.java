package io.earshot.internal;

import org.apache.lucene.util.ArrayUtil;

/**
 * The words of one text: at each position an exact form, perhaps its stem, and where it stands.
 *
 * <p>Flat arrays, since an interaction may hold millions of words. Not thread-safe while growing.
 */
public final class Tokens {
  private char[] forms = new char[64];
  private int used;
  private int[] starts = new int[8]; // per token: exact form's end, stem's end, offsets
  private int size;

  /** Adds a word that has no stem and stands nowhere. */
  void add(String word) {
    add(word.toCharArray(), word.length(), new char[0], 0, 0, 0);
  }

  void add(char[] form, int length, char[] stem, int stemLength, int startOffset, int endOffset) {
    forms = ArrayUtil.grow(forms, used + length + stemLength);
    starts = ArrayUtil.grow(starts, size * 4 + 4);
    System.arraycopy(form, 0, forms, used, length);
    used += length;
    starts[size * 4] = used;
    System.arraycopy(stem, 0, forms, used, stemLength);
    used += stemLength;
    starts[size * 4 + 1] = used;
    starts[size * 4 + 2] = startOffset;
    starts[size * 4 + 3] = endOffset;
    size++;
  }

  /** Number of words. */
  public int size() {
    return size;
  }

  /** The exact form of the word at that index. */
  public String exact(int index) {
    int from = exactStart(index);
    return new String(forms, from, starts[index * 4] - from);
  }

  /** The stem of the word at that index, with its language's mark; empty if it has none. */
  public String stem(int index) {
    int from = starts[index * 4];
    return new String(forms, from, starts[index * 4 + 1] - from);
  }

  /** Where the word begins in the text, in UTF-16 units. */
  public int startOffset(int index) {
    return starts[index * 4 + 2];
  }

  /** Where the word ends in the text, in UTF-16 units. */
  public int endOffset(int index) {
    return starts[index * 4 + 3];
  }

  boolean hasStem(int index) {
    return starts[index * 4 + 1] > starts[index * 4];
  }

  char[] forms() {
    return forms;
  }

  int exactStart(int index) {
    return index == 0 ? 0 : starts[(index - 1) * 4 + 1];
  }

  int exactLength(int index) {
    return starts[index * 4] - exactStart(index);
  }

  int stemStart(int index) {
    return starts[index * 4];
  }

  int stemLength(int index) {
    return starts[index * 4 + 1] - starts[index * 4];
  }
}

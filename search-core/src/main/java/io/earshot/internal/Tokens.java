package io.earshot.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.ArrayUtil;

/**
 * The words of one text: at each position an exact form, its stems if it has any, and where it
 * stands; and the identifiers that begin there.
 *
 * <p>Flat arrays, since an interaction may hold millions of words. Not thread-safe while growing.
 */
public final class Tokens {
  private char[] forms = {};
  private int used;
  private int[] ends = {}; // of each form, in forms
  private int[] shownTo = {}; // of each form, where what it stands for ends in the text
  private int count;
  private int[] words = {}; // per word: its first form, and where it begins in the text
  private int size;

  /** Adds a word that has no stem and stands nowhere. */
  void add(String word) {
    add(word.toCharArray(), word.length(), 0, 0);
  }

  /** Adds a word by its exact form. */
  void add(char[] form, int length, int startOffset, int endOffset) {
    words = ArrayUtil.grow(words, size * 2 + 2);
    words[size * 2] = count;
    words[size * 2 + 1] = startOffset;
    size++;
    addForm(form, length, endOffset);
  }

  /** Gives the word that was added last a further form. */
  void addForm(char[] form, int length, int endOffset) {
    forms = ArrayUtil.grow(forms, used + length);
    ends = ArrayUtil.grow(ends, count + 1);
    shownTo = ArrayUtil.grow(shownTo, count + 1);
    System.arraycopy(form, 0, forms, used, length);
    used += length;
    ends[count] = used;
    shownTo[count] = endOffset;
    count++;
  }

  /**
   * A further form of a word.
   *
   * @param endOffset where in the text that ends which it stands for
   */
  record Further(String form, int endOffset) {}

  /** These words with further forms, by the index of the word. */
  Tokens with(Map<Integer, List<Further>> forms) {
    if (forms.isEmpty()) {
      return this;
    }
    Tokens all = new Tokens();
    for (int i = 0; i < size; i++) {
      all.add(this, i);
      for (Further further : forms.getOrDefault(i, List.of())) {
        all.addForm(further.form.toCharArray(), further.form.length(), further.endOffset);
      }
    }
    return all;
  }

  private void add(Tokens from, int index) {
    int exact = from.firstForm(index);
    add(from.chars(exact), from.length(exact), from.startOffset(index), from.endOffset(index));
    for (int form = exact + 1; form < from.endForm(index); form++) {
      addForm(from.chars(form), from.length(form), from.shownTo[form]);
    }
  }

  private char[] chars(int form) {
    return Arrays.copyOfRange(forms, start(form), ends[form]);
  }

  /** Number of words. */
  public int size() {
    return size;
  }

  /** The exact form of the word at that index. */
  public String exact(int index) {
    return form(firstForm(index));
  }

  /** The stems of the word at that index, with their languages' marks. */
  public List<String> stems(int index) {
    List<String> stems = new ArrayList<>(2);
    for (int form = firstForm(index) + 1; form < endForm(index); form++) {
      if (forms[start(form)] != IdentifierForms.MARK) {
        stems.add(form(form));
      }
    }
    return stems;
  }

  /** Where the word begins in the text, in UTF-16 units. */
  public int startOffset(int index) {
    return words[index * 2 + 1];
  }

  /** Where the word ends in the text, in UTF-16 units. */
  public int endOffset(int index) {
    return shownTo[firstForm(index)];
  }

  char[] forms() {
    return forms;
  }

  /** Index of a word's first form, which is the exact one. */
  int firstForm(int index) {
    return words[index * 2];
  }

  /** One past the index of a word's last form. */
  int endForm(int index) {
    return index + 1 < size ? words[index * 2 + 2] : count;
  }

  /** Where a form begins in {@link #forms}. */
  int start(int form) {
    return form == 0 ? 0 : ends[form - 1];
  }

  /** The length of a form. */
  int length(int form) {
    return ends[form] - start(form);
  }

  /** Where in the text that ends which a form stands for. */
  int shownTo(int form) {
    return shownTo[form];
  }

  private String form(int form) {
    return new String(forms, start(form), length(form));
  }

  int exactStart(int index) {
    return start(firstForm(index));
  }

  int exactLength(int index) {
    return length(firstForm(index));
  }
}

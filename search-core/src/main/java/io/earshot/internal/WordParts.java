package io.earshot.internal;

import io.earshot.internal.Tokens.Further;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The dictionary forms of one text in one language, by the words that they begin in.
 *
 * <p>A word may be made of several parts. Written, it is found by each of them, and by those that
 * stand side by side together; typed, all of its parts are asked for as one.
 *
 * <p>Not thread-safe.
 */
final class WordParts {
  /** Of more parts side by side no common form is indexed. */
  private static final int MOST_TOGETHER = 4;

  private final String code;
  private final String text;
  private final Tokens tokens;
  private final boolean asked;
  private final List<Part> parts = new ArrayList<>();

  /**
   * For the words of a text.
   *
   * @param asked whether it is what somebody searches for: that has to be found whole
   */
  WordParts(String code, String text, Tokens tokens, boolean asked) {
    this.code = code;
    this.text = text;
    this.tokens = tokens;
    this.asked = asked;
  }

  /** A dictionary form, where it stands in the text, and the index of the word it begins in. */
  private record Part(int start, int end, int word, String form) {
    private boolean isAt(Part other) {
      return start == other.start && end == other.end;
    }
  }

  /** Adds stems to those of each word. */
  void read(Morphology morphology, Map<Integer, List<Further>> stems) {
    morphology.read(text, this::add);
    parts.sort(Comparator.comparingInt(Part::start).thenComparing(Part::end, (a, b) -> b - a));
    List<Part> smallest = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (!isCompound(i)) {
        smallest.add(part);
      }
      if (!asked) {
        add(part.word, part.form, part.end, stems);
      }
    }
    for (int from = 0; from < smallest.size(); from++) {
      if (asked) {
        addRest(smallest.get(from), stems);
        from = addWhole(smallest, from, stems);
      } else if (Inflections.mayBeEndings(code)) {
        addTogether(smallest, from, stems);
      }
    }
  }

  private void add(int start, int end, String dictionaryForm) {
    String folded = Folding.fold(dictionaryForm);
    int word = parts.isEmpty() ? 0 : parts.getLast().word;
    while (word > 0 && tokens.startOffset(word) > start) {
      word--;
    }
    while (word + 1 < tokens.size() && tokens.startOffset(word + 1) <= start) {
      word++;
    }
    boolean says = !folded.isEmpty() && Inflections.isWrittenIn(code, folded);
    if (says && word < tokens.size() && !(asked && isOneKana(start, end))) {
      parts.add(new Part(start, end, word, folded));
    }
  }

  /** Of what a dictionary does not know, such syllables are read as verbs: "se" as "to do". */
  private boolean isOneKana(int start, int end) {
    return end - start == 1 && hasHiragana(text.substring(start, end));
  }

  private static boolean hasHiragana(String text) {
    return text.chars().anyMatch(c -> UnicodeScript.of(c) == UnicodeScript.HIRAGANA);
  }

  /** Whether its parts follow. */
  private boolean isCompound(int index) {
    Part part = parts.get(index);
    int next = index + 1;
    while (next < parts.size() && parts.get(next).isAt(part)) {
      next++;
    }
    return next < parts.size() && parts.get(next).start < part.end;
  }

  /**
   * Adds what one word asks for: the forms of its only part, or those of all parts as one.
   *
   * @return index of its last part
   */
  private int addWhole(List<Part> smallest, int from, Map<Integer, List<Further>> stems) {
    Part first = smallest.get(from);
    StringBuilder whole = new StringBuilder();
    int last = from;
    boolean several = false;
    for (int i = from; i < smallest.size() && smallest.get(i).word == first.word; i++) {
      several |= !smallest.get(i).isAt(first);
      if (isLastOfItsForms(smallest, i)) {
        whole.append(smallest.get(i).form);
      }
      last = i;
    }
    if (several) {
      add(first.word, whole.toString(), tokens.endOffset(first.word), stems);
    } else {
      smallest
          .subList(from, last + 1)
          .forEach(part -> add(part.word, part.form, tokens.endOffset(part.word), stems));
    }
    return last;
  }

  /** Words that a name reaches into are asked for, too: they are no endings. */
  private void addRest(Part part, Map<Integer, List<Further>> stems) {
    if (Inflections.mayBeEndings(code) && !hasHiragana(text.substring(part.start, part.end))) {
      for (int i = part.word + 1; i < tokens.size() && tokens.startOffset(i) < part.end; i++) {
        add(i, tokens.exact(i), tokens.endOffset(i), stems);
      }
    }
  }

  /** Adds what the parts that begin there are together. */
  private void addTogether(List<Part> smallest, int from, Map<Integer, List<Further>> stems) {
    if (!isLastOfItsForms(smallest, from)) {
      return;
    }
    Part first = smallest.get(from);
    Part before = first;
    StringBuilder together = new StringBuilder(first.form);
    int count = 1;
    for (int i = from + 1; i < smallest.size() && count < MOST_TOGETHER; i++) {
      Part part = smallest.get(i);
      if (isLastOfItsForms(smallest, i)) {
        if (!isBeside(before, part)
            || together.length() + part.form.length() > Inflections.LONGEST_COMPOUND) {
          return;
        }
        together.append(part.form);
        add(first.word, together.toString(), part.end, stems);
        before = part;
        count++;
      }
    }
  }

  /** The last of several forms of a part is the plainest. */
  private static boolean isLastOfItsForms(List<Part> smallest, int index) {
    return index + 1 == smallest.size() || !smallest.get(index + 1).isAt(smallest.get(index));
  }

  /** Whether they are in one word, or names that may be written as one, with or without a space. */
  private boolean isBeside(Part one, Part other) {
    return one.word == other.word
        || (text.substring(one.end, other.start).isBlank()
            && !hasHiragana(one.form)
            && !hasHiragana(other.form));
  }

  private void add(int word, String form, int end, Map<Integer, List<Further>> stems) {
    Inflections.addOnce(
        stems.computeIfAbsent(word, i -> new ArrayList<>()),
        code,
        form,
        Math.max(tokens.endOffset(word), end));
  }
}

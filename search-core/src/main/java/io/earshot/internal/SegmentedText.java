package io.earshot.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Texts that are searched as one field: turns of a conversation, attachments of a mail.
 *
 * <p>The texts stand one after the other with a line break between, which is what offsets count in;
 * positions jump by {@link #GAP} between them, so that no phrase crosses from one to the next.
 *
 * <p>Not thread-safe.
 */
public final class SegmentedText {
  /** Positions left out between two segments. */
  public static final int GAP = 1_000;

  private final List<String> texts = new ArrayList<>();
  private final List<Tokens> segments = new ArrayList<>();
  private final List<Integer> bases = new ArrayList<>();
  private long words;
  private final Set<String> languages = new TreeSet<>();
  private int length; // of all texts, without the line breaks

  /** Adds a text and gives back its words. */
  public Tokens add(String segment, String language) {
    int base = length + texts.size();
    length += segment.length();
    texts.add(segment);
    Tokens tokens = add(base, Analysis.ofDocument(segment, language));
    if (tokens.size() > 0) {
      languages.add(Analysis.code(language));
    }
    return tokens;
  }

  /** Adds words that come from no text: their offsets mean nothing. */
  public void add(List<String> someWords) {
    Tokens tokens = new Tokens();
    for (String word : someWords) {
      tokens.add(word);
    }
    add(0, tokens);
  }

  private Tokens add(int base, Tokens tokens) {
    bases.add(base);
    segments.add(tokens);
    words += tokens.size();
    return tokens;
  }

  /** All texts, a line break between any two. */
  public String text() {
    return texts.size() == 1 ? texts.getFirst() : String.join("\n", texts); // one may be huge
  }

  /** Codes of the languages that its words have stems in; empty for those that have none. */
  public Set<String> languages() {
    return Collections.unmodifiableSet(languages);
  }

  /** Number of texts. */
  public int segments() {
    return segments.size();
  }

  /** Number of words. */
  public long words() {
    return words;
  }

  /** How many positions the texts take up, gaps included. */
  public long positions() {
    return words + (long) GAP * segments.size();
  }

  Tokens tokens(int segment) {
    return segments.get(segment);
  }

  int base(int segment) {
    return bases.get(segment);
  }
}

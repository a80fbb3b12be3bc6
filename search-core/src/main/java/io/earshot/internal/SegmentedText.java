package io.earshot.internal;

import java.util.ArrayList;
import java.util.List;

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

  private final StringBuilder text = new StringBuilder();
  private final List<Tokens> segments = new ArrayList<>();
  private final List<Integer> bases = new ArrayList<>();

  /** Adds a text and gives back its words. */
  public Tokens add(String segment, String language) {
    if (!segments.isEmpty()) {
      text.append('\n');
    }
    bases.add(text.length());
    text.append(segment);
    Tokens tokens = Analysis.tokens(segment, language);
    segments.add(tokens);
    return tokens;
  }

  /** All texts, a line break between any two. */
  public String text() {
    return text.toString();
  }

  int segments() {
    return segments.size();
  }

  Tokens tokens(int segment) {
    return segments.get(segment);
  }

  int base(int segment) {
    return bases.get(segment);
  }
}

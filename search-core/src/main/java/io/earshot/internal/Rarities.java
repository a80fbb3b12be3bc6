package io.earshot.internal;

import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.Term;

/**
 * In how many documents a word is taken to stand when hits are scored: what the scope says, a fixed
 * table, or both. Never what other customers' documents say.
 *
 * <p>The table knows two kinds of words, {@link EverydayWords} and others.
 */
final class Rarities {
  /** So many documents the table stands for where both count. */
  private static final long BACKGROUND_DOCS = 20;

  /** Of them so many have an everyday word, and so many another one. */
  private static final double EVERYDAY = 0.5;

  private static final double TELLING = 0.05;

  private final Ranking.Statistics from;
  private final EverydayWords everyday;

  /** For a scope with words in these languages. */
  Rarities(Ranking.Statistics from, Collection<String> languages) {
    this.from = from;
    everyday = EverydayWords.of(languages);
  }

  /** How many documents there are taken to be. */
  long docs(long inScope) {
    return switch (from) {
      case SCOPE -> inScope;
      case BACKGROUND -> BACKGROUND_DOCS * 50;
      case BLENDED -> inScope + BACKGROUND_DOCS;
    };
  }

  /**
   * How many of them are taken to have a word.
   *
   * @param forms what it may look like; an everyday word if one of them is
   */
  long docFreq(long inScope, List<Term> forms) {
    double share = forms.stream().mapToDouble(form -> share(form.text())).max().orElse(TELLING);
    return switch (from) {
      case SCOPE -> inScope;
      case BACKGROUND -> Math.round(BACKGROUND_DOCS * 50 * share);
      case BLENDED -> inScope + Math.round(BACKGROUND_DOCS * share);
    };
  }

  /** A stem is as frequent as the word that it looks like, if it looks like one. */
  private double share(String term) {
    int mark = term.indexOf(Analysis.STEM_MARK);
    return everyday.mayTell(mark < 0 ? term : term.substring(mark + 1)) ? TELLING : EVERYDAY;
  }
}

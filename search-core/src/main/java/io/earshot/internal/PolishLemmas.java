package io.earshot.internal;

import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.morfologik.MorfologikFilter;

/** Morfologik: lemmas of a dictionary. A class of its own, since its jars may be missing. */
final class PolishLemmas {
  private PolishLemmas() {}

  /** Whether the filter is there, and the dictionary, which lies in a jar of its own. */
  static boolean areThere() {
    return Morphology.isPresent("morfologik.MorfologikFilter")
        && Morphology.class.getClassLoader().getResource("morfologik/stemming/polish/polish.dict")
            != null;
  }

  static TokenStream of(TokenStream words) {
    return new MorfologikFilter(new LowerCaseFilter(words));
  }
}

package io.earshot.internal;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.uk.UkrainianMorfologikAnalyzer;
import org.jspecify.annotations.Nullable;

/** Morfologik: lemmas of a dictionary; of an ambiguous word several. */
final class UkrainianMorphology extends Morphology {
  /** Read when it is asked for: it takes 7 MB. */
  private static final class Dictionary {
    private static final Analyzer ANALYZER = new UkrainianMorfologikAnalyzer();
  }

  /** Whether it is there: it lies in a jar of its own. */
  static boolean hasDictionary() {
    return Morphology.class.getClassLoader().getResource("ua/net/nlp/ukrainian.dict") != null;
  }

  @Override
  Analyzer analyzer() {
    return Dictionary.ANALYZER;
  }

  @Override
  @Nullable String dictionaryForm(TokenStream word) {
    return term(word);
  }
}

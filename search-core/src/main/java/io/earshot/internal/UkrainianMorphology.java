package io.earshot.internal;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.uk.UkrainianMorfologikAnalyzer;
import org.jspecify.annotations.Nullable;

/** Morfologik: lemmas of a dictionary; of an ambiguous word several. */
final class UkrainianMorphology extends Morphology {
  private final Analyzer analyzer = new UkrainianMorfologikAnalyzer();

  @Override
  Analyzer analyzer() {
    return analyzer;
  }

  @Override
  @Nullable String dictionaryForm(TokenStream word) {
    return term(word);
  }
}

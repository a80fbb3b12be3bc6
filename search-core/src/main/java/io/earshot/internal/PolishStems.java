package io.earshot.internal;

import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.pl.PolishAnalyzer;
import org.apache.lucene.analysis.stempel.StempelFilter;
import org.apache.lucene.analysis.stempel.StempelStemmer;

/** Stempel: stems learned from a dictionary. A class of its own, since its jar may be missing. */
final class PolishStems {
  private PolishStems() {}

  static TokenStream of(TokenStream words) {
    return new StempelFilter(
        new LowerCaseFilter(words), new StempelStemmer(PolishAnalyzer.getDefaultTable()));
  }
}

package io.earshot.internal;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.jspecify.annotations.Nullable;

/** Smartcn: words as a hidden Markov model parts them. */
final class ChineseMorphology extends Morphology {
  private final Analyzer analyzer =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer words = new HMMChineseTokenizer();
          return new TokenStreamComponents(words);
        }
      };

  @Override
  Analyzer analyzer() {
    return analyzer;
  }

  @Override
  @Nullable String dictionaryForm(TokenStream word) {
    String term = term(word);
    return Character.isLetterOrDigit(term.codePointAt(0)) ? term : null;
  }
}

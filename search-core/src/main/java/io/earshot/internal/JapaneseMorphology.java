package io.earshot.internal;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ja.tokenattributes.BaseFormAttribute;
import org.apache.lucene.analysis.ja.tokenattributes.PartOfSpeechAttribute;
import org.jspecify.annotations.Nullable;

/** Kuromoji: verbs and adjectives by their dictionary form, compounds also by their parts. */
final class JapaneseMorphology extends Morphology {
  private final Analyzer analyzer =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer words = new JapaneseTokenizer(null, true, false, JapaneseTokenizer.Mode.SEARCH);
          words.addAttribute(BaseFormAttribute.class);
          words.addAttribute(PartOfSpeechAttribute.class);
          return new TokenStreamComponents(words);
        }
      };

  @Override
  Analyzer analyzer() {
    return analyzer;
  }

  @Override
  @Nullable String dictionaryForm(TokenStream word) {
    String partOfSpeech = word.getAttribute(PartOfSpeechAttribute.class).getPartOfSpeech();
    // Particles, auxiliary verbs, symbols; and verbs that only carry an ending.
    if (partOfSpeech != null
        && (partOfSpeech.startsWith("\u52a9\u8a5e")
            || partOfSpeech.startsWith("\u52a9\u52d5\u8a5e")
            || partOfSpeech.startsWith("\u8a18\u53f7")
            || partOfSpeech.endsWith("\u975e\u81ea\u7acb")
            || partOfSpeech.endsWith("\u63a5\u5c3e"))) {
      return null;
    }
    String base = word.getAttribute(BaseFormAttribute.class).getBaseForm();
    return base == null ? term(word) : base;
  }
}

package io.earshot.internal;

import java.util.EnumSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.tokenattributes.PartOfSpeechAttribute;
import org.jspecify.annotations.Nullable;

/** Nori: nouns without their particles, verbs by their root, compounds also by their parts. */
final class KoreanMorphology extends Morphology {
  /** Endings, "to be" behind a noun, and verbs that only carry an ending. */
  private static final Set<POS.Tag> ENDINGS = endings();

  private final Analyzer analyzer =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer words =
              new KoreanTokenizer(
                  TokenStream.DEFAULT_TOKEN_ATTRIBUTE_FACTORY,
                  null,
                  KoreanTokenizer.DecompoundMode.MIXED,
                  false);
          words.addAttribute(PartOfSpeechAttribute.class);
          return new TokenStreamComponents(words);
        }
      };

  private static Set<POS.Tag> endings() {
    Set<POS.Tag> endings = EnumSet.of(POS.Tag.VCP, POS.Tag.VX);
    endings.addAll(KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS);
    return endings;
  }

  @Override
  Analyzer analyzer() {
    return analyzer;
  }

  @Override
  @Nullable String dictionaryForm(TokenStream word) {
    POS.Tag tag = word.getAttribute(PartOfSpeechAttribute.class).getLeftPOS();
    return tag != null && ENDINGS.contains(tag) ? null : term(word);
  }
}

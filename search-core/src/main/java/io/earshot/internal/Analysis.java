package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Splits text into words (UAX 29, dictionaries for Chinese, Japanese, Thai and others), folds case,
 * accents and width (UTR 30), and adds stems.
 *
 * <p>A stem begins with its language and {@link #STEM_MARK}, which no folded word contains: stems
 * never equal an exact form, nor a stem of another language.
 *
 * <p>Thread-safe.
 */
public final class Analysis {
  static final char STEM_MARK = '\u001f';

  /** Of a longer word only so many UTF-16 units count; Lucene would refuse the longest. */
  private static final int MAX_WORD_LENGTH = 255;

  private static final char[] NO_STEM = new char[0];
  private static final char[] ENGLISH = {'e', 'n', STEM_MARK};

  // An analyzer, since it keeps one tokenizer a thread: making one costs more than a turn's words.
  private static final Analyzer WORDS =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer words = new ICUTokenizer();
          return new TokenStreamComponents(words, new ICUFoldingFilter(words));
        }
      };

  private Analysis() {}

  /**
   * The words of a text.
   *
   * @param text any text
   * @param language BCP 47 tag; words of languages without a stemmer have no stems
   */
  public static Tokens tokens(String text, String language) {
    boolean english = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0].equals("en");
    Tokens tokens = new Tokens();
    try (TokenStream stream = WORDS.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      EnglishStemmer stemmer = english ? new EnglishStemmer() : null;
      stream.reset();
      while (stream.incrementToken()) {
        if (term.length() == 0) {
          continue; // folding left nothing of it
        }
        if (term.length() > MAX_WORD_LENGTH) {
          term.setLength(MAX_WORD_LENGTH);
        }
        straightenApostrophes(term);
        char[] stem = stemmer == null ? NO_STEM : englishStem(stemmer, term);
        tokens.add(
            term.buffer(),
            term.length(),
            stem,
            stem.length,
            offset.startOffset(),
            offset.endOffset());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return tokens;
  }

  /** Mail programs curl apostrophes, people and recognisers do not. */
  private static void straightenApostrophes(CharTermAttribute term) {
    char[] buffer = term.buffer();
    for (int i = 0; i < term.length(); i++) {
      if (buffer[i] == '\u2019' || buffer[i] == '\u2018' || buffer[i] == '\uff07') {
        buffer[i] = '\'';
      }
    }
  }

  private static char[] englishStem(EnglishStemmer stemmer, CharTermAttribute term) {
    int length = term.length();
    char[] buffer = term.buffer();
    for (int i = 0; i < length; i++) {
      if ((buffer[i] < 'a' || buffer[i] > 'z') && buffer[i] != '\'') {
        return NO_STEM;
      }
    }
    if (length > 2 && buffer[length - 1] == 's' && buffer[length - 2] == '\'') {
      length -= 2;
    }
    stemmer.setCurrent(buffer.clone(), length);
    stemmer.stem();
    int stemLength = stemmer.getCurrentBufferLength();
    char[] marked = new char[ENGLISH.length + stemLength];
    System.arraycopy(ENGLISH, 0, marked, 0, ENGLISH.length);
    System.arraycopy(stemmer.getCurrentBuffer(), 0, marked, ENGLISH.length, stemLength);
    return marked;
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.CharTermAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Splits text into words (UAX 29, dictionaries for Chinese, Japanese, Thai and others; see {@link
 * JoinedWordsFilter}), folds case, accents and width (UTR 30), and adds stems.
 *
 * <p>A stem begins with its language and {@link #STEM_MARK}, which no folded word contains: stems
 * never equal an exact form, nor a stem of another language.
 *
 * <p>Thread-safe.
 */
public final class Analysis {
  static final char STEM_MARK = '\u001f';

  /** Of a longer tag, attribute or name only so many bytes of UTF-8 count. */
  public static final int MAX_VALUE_BYTES = 1_000;

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
          return new TokenStreamComponents(
              words, new ICUFoldingFilter(new JoinedWordsFilter(words)));
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
    boolean english = isEnglish(language);
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

  /**
   * Stems words of {@link #tokens}, each as it would be there; a word without a stem is its own.
   * For one thread.
   *
   * @param language BCP 47 tag
   */
  public static UnaryOperator<String> stemmer(String language) {
    if (!isEnglish(language)) {
      return word -> word;
    }
    EnglishStemmer stemmer = new EnglishStemmer();
    CharTermAttribute term = new CharTermAttributeImpl();
    return word -> {
      char[] stem = englishStem(stemmer, term.setEmpty().append(word));
      return stem.length == 0 ? word : new String(stem);
    };
  }

  /** Whether words of a language, a BCP 47 tag, get stems. */
  static boolean hasStems(String language) {
    return isEnglish(language);
  }

  /** Whether a BCP 47 tag is of English. */
  static boolean isEnglish(String language) {
    return language.regionMatches(true, 0, "en", 0, 2)
        && (language.length() == 2 || language.charAt(2) == '-' || language.charAt(2) == '_');
  }

  /** A whole value with case, accents and width folded, as words are. */
  public static String folded(String value) {
    return ICUFoldingFilter.NORMALIZER.normalize(value);
  }

  /**
   * The words of a person's name, address or id, or of a file's name: runs of letters, digits and
   * marks, folded. {@code emma.clarke@example.com} has four.
   */
  public static List<String> words(String text) {
    String folded = folded(text);
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < folded.length(); ) {
      int codePoint = folded.codePointAt(i);
      boolean inWord = isInWord(codePoint);
      if (inWord && start < 0) {
        start = i;
      } else if (!inWord && start >= 0) {
        words.add(word(folded, start, i));
        start = -1;
      }
      i += Character.charCount(codePoint);
    }
    if (start >= 0) {
      words.add(word(folded, start, folded.length()));
    }
    return words;
  }

  private static String word(String text, int start, int end) {
    int cut = Math.min(end, start + MAX_WORD_LENGTH);
    return text.substring(
        start, cut < end && Character.isLowSurrogate(text.charAt(cut)) ? cut - 1 : cut);
  }

  /** Whether it is a letter, a digit or a mark. */
  public static boolean isInWord(int codePoint) {
    return Character.isLetterOrDigit(codePoint) || isMark(codePoint);
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /**
   * The beginning of a value that fits in a term: all of it up to {@value #MAX_VALUE_BYTES} bytes
   * of UTF-8. Who asks for a whole value has to shorten it likewise.
   */
  public static String cut(String value) {
    if (value.length() * 3L <= MAX_VALUE_BYTES) {
      return value;
    }
    int bytes = 0;
    for (int i = 0; i < value.length(); ) {
      int codePoint = value.codePointAt(i);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (bytes > MAX_VALUE_BYTES) {
        return value.substring(0, i);
      }
      i += Character.charCount(codePoint);
    }
    return value;
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

package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Splits text into words (UAX 29, dictionaries for Chinese, Japanese, Thai and others; see {@link
 * JoinedWordsFilter}), folds them ({@link Folding}), and adds stems ({@link Inflections}) and what
 * identifiers are found by ({@link IdentifierForms}).
 *
 * <p>A text is split alike in whatever language it is: positions, phrases and times never depend on
 * a language that was guessed.
 *
 * <p>Thread-safe.
 */
public final class Analysis {
  /** Stands between a language's code and a stem; no folded word contains it. */
  static final char STEM_MARK = '\u001f';

  /** Of a longer tag, attribute or name only so many bytes of UTF-8 count. */
  public static final int MAX_VALUE_BYTES = 1_000;

  /** Of a longer word only so many UTF-16 units count; Lucene would refuse the longest. */
  private static final int MAX_WORD_LENGTH = 255;

  // An analyzer, since it keeps one tokenizer a thread: making one costs more than a turn's words.
  private static final Analyzer WORDS =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer words = new ICUTokenizer();
          return new TokenStreamComponents(words, new JoinedWordsFilter(words));
        }
      };

  private Analysis() {}

  /**
   * The words of what somebody searches for, with stems.
   *
   * @param text any text
   * @param language BCP 47 tag; words of a language whose inflections are not known have no stems
   */
  public static Tokens tokens(String text, String language) {
    return tokens(text, codes(language), true);
  }

  /**
   * The words of what somebody searches for, with stems of several languages.
   *
   * @param codes as {@link #code} gives them
   */
  public static Tokens tokens(String text, Collection<String> codes) {
    return tokens(text, codes, true);
  }

  /** The words of a text that is to be found, with stems and with its identifiers. */
  static Tokens ofDocument(String text, String language) {
    Tokens tokens = tokens(text, codes(language), false);
    return tokens.with(IdentifierForms.in(text, tokens));
  }

  private static List<String> codes(String language) {
    String code = code(language);
    return code.isEmpty() ? List.of() : List.of(code);
  }

  private static Tokens tokens(String text, Collection<String> codes, boolean asked) {
    Tokens tokens = new Tokens();
    Inflections inflections = codes.isEmpty() ? null : new Inflections(codes);
    boolean asWritten = inflections != null && inflections.needsWritten();
    try (TokenStream stream = WORDS.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        String written = asWritten ? term.toString() : "";
        fold(term);
        if (term.length() == 0) {
          continue; // folding left nothing of it
        }
        if (term.length() > MAX_WORD_LENGTH) {
          term.setLength(MAX_WORD_LENGTH);
        }
        straightenApostrophes(term);
        tokens.add(term.buffer(), term.length(), offset.startOffset(), offset.endOffset());
        if (inflections != null) {
          inflections.addStems(tokens, written, term.buffer(), term.length(), asked);
        }
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return inflections == null ? tokens : tokens.with(inflections.ofText(text, tokens, asked));
  }

  private static void fold(CharTermAttribute term) {
    char[] buffer = term.buffer();
    boolean ascii = true;
    for (int i = 0; i < term.length(); i++) {
      ascii &= buffer[i] < 0x80;
    }
    if (!ascii) {
      String folded = Folding.fold(term.toString());
      term.setEmpty().append(folded);
      return;
    }
    for (int i = 0; i < term.length(); i++) { // without a string for each of many words
      if (buffer[i] >= 'A' && buffer[i] <= 'Z') {
        buffer[i] = (char) (buffer[i] + 'a' - 'A');
      }
    }
  }

  /**
   * Stems words of {@link #tokens}, each as it would be there; a word without a stem is its own.
   * For one thread.
   *
   * @param language BCP 47 tag
   */
  public static UnaryOperator<String> stemmer(String language) {
    List<String> codes = codes(language);
    return codes.isEmpty() ? word -> word : new Inflections(codes)::stem;
  }

  /**
   * The code under which a language's stems are indexed, by its BCP 47 tag; empty if its words have
   * none.
   */
  public static String code(String language) {
    return Inflections.code(language);
  }

  /** Whether words of that language, by its code, may be mere endings: see {@link #isEnding}. */
  public static boolean hasEndings(String code) {
    return Inflections.mayBeEndings(code);
  }

  /** Whether a word is Japanese or Korean, and none that a dictionary has. */
  public static boolean isEnding(Tokens tokens, int index) {
    return tokens.stems(index).stream().noneMatch(Inflections::isOfLanguageWithEndings)
        && switch (Character.UnicodeScript.of(tokens.exact(index).codePointAt(0))) {
          case HIRAGANA, KATAKANA, HAN, HANGUL -> true;
          default -> false;
        };
  }

  /** Whether a BCP 47 tag is of English. */
  static boolean isEnglish(String language) {
    return language.regionMatches(true, 0, "en", 0, 2)
        && (language.length() == 2 || language.charAt(2) == '-' || language.charAt(2) == '_');
  }

  /** A whole value with case, accents and width folded, as words are. */
  public static String folded(String value) {
    return Folding.fold(value);
  }

  /** A folded word as people may write it: a Greek one ends in another sigma. */
  public static String asWritten(String folded) {
    return folded.endsWith("\u03c3") ? folded.substring(0, folded.length() - 1) + '\u03c2' : folded;
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
}

package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Finds the dictionary forms of a text in a language whose words have to be parsed: Japanese,
 * Korean, Chinese, Ukrainian. What it takes are further jars of Lucene, which are used if they are
 * there.
 *
 * <p>Thread-safe.
 */
abstract class Morphology {
  private static final Map<String, Morphology> PRESENT = present();

  /** Is given the dictionary form of a word, and where that stands. */
  interface Sink {
    void word(int startOffset, int endOffset, String dictionaryForm);
  }

  private static Map<String, Morphology> present() {
    Map<String, Morphology> present = new HashMap<>();
    if (isPresent("ja.JapaneseTokenizer")) {
      present.put("ja", new JapaneseMorphology());
    }
    if (isPresent("ko.KoreanTokenizer")) {
      present.put("ko", new KoreanMorphology());
    }
    if (isPresent("cn.smart.HMMChineseTokenizer")) {
      present.put("zh", new ChineseMorphology());
    }
    if (isPresent("uk.UkrainianMorfologikAnalyzer") && UkrainianMorphology.hasDictionary()) {
      present.put("uk", new UkrainianMorphology());
    }
    return present;
  }

  /** Whether a class of Lucene's analysis is there. */
  static boolean isPresent(String type) {
    try {
      Class.forName("org.apache.lucene.analysis." + type, false, Morphology.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** For a language's ISO 639-1 code; null if it takes none, or its jar is not there. */
  static @Nullable Morphology of(String language) {
    return PRESENT.get(language);
  }

  /** Splits a text; the caller does not close it. */
  abstract Analyzer analyzer();

  /** The dictionary form of the word that the stream stands at; null if it is a mere ending. */
  abstract @Nullable String dictionaryForm(TokenStream word);

  /** Finds the dictionary forms of a text's words, in its order. */
  final void read(String text, Sink sink) {
    try (TokenStream words = analyzer().tokenStream("", text)) {
      OffsetAttribute offset = words.addAttribute(OffsetAttribute.class);
      words.reset();
      while (words.incrementToken()) {
        String form = dictionaryForm(words);
        if (form != null) {
          sink.word(offset.startOffset(), offset.endOffset(), form);
        }
      }
      words.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
  }

  static String term(TokenStream word) {
    return word.getAttribute(CharTermAttribute.class).toString();
  }
}

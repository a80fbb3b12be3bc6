package io.earshot.internal;

import io.earshot.internal.Tokens.Further;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Adds stems to the words of texts in certain languages.
 *
 * <p>Each begins with its language's code and {@link Analysis#STEM_MARK}, which no folded word
 * contains: it never equals an exact form, nor a stem of another language.
 *
 * <p>Not thread-safe.
 */
final class Inflections {
  static final String ENGLISH = "en";

  /** Variants whose words are stemmed alike. */
  private static final Map<String, String> ALIASES =
      Map.of("nb", "no", "nn", "no", "in", "id", "ji", "yi", "hr", "sr", "bs", "sr");

  /**
   * Languages whose stemmers may cut a word's plain form, and leave that of its inflections whole.
   * What is asked for there is also looked for as the stem of a word, and as its own stem.
   */
  private static final Set<String> ROUGH = Set.of("ar", "bn", "fa", "hi", "ne", "ta", "te");

  /** What languages are written in whose letters are not Latin. */
  private static final Map<String, Set<UnicodeScript>> SCRIPTS =
      Map.ofEntries(
          Map.entry("ar", Set.of(UnicodeScript.ARABIC)),
          Map.entry("bg", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("bn", Set.of(UnicodeScript.BENGALI)),
          Map.entry("ckb", Set.of(UnicodeScript.ARABIC)),
          Map.entry("el", Set.of(UnicodeScript.GREEK)),
          Map.entry("fa", Set.of(UnicodeScript.ARABIC)),
          Map.entry("hi", Set.of(UnicodeScript.DEVANAGARI)),
          Map.entry("hy", Set.of(UnicodeScript.ARMENIAN)),
          Map.entry(
              "ja", Set.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HAN)),
          Map.entry("ko", Set.of(UnicodeScript.HANGUL)),
          Map.entry("ne", Set.of(UnicodeScript.DEVANAGARI)),
          Map.entry("ru", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("sr", Set.of(UnicodeScript.CYRILLIC, UnicodeScript.LATIN)),
          Map.entry("ta", Set.of(UnicodeScript.TAMIL)),
          Map.entry("te", Set.of(UnicodeScript.TELUGU)),
          Map.entry("uk", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("yi", Set.of(UnicodeScript.HEBREW)),
          Map.entry("zh", Set.of(UnicodeScript.HAN)));

  private static final Set<UnicodeScript> LATIN = Set.of(UnicodeScript.LATIN);

  /** Of a longer word not all that stands in it is indexed. */
  static final int LONGEST_COMPOUND = 8;

  private final boolean english;
  private final EnglishStemmer englishStemmer = new EnglishStemmer();
  private final Map<String, Stemmer> stemmers = new HashMap<>();
  private final List<String> languages;

  /** In languages of these codes. */
  Inflections(Collection<String> codes) {
    languages = List.copyOf(codes);
    english = codes.contains(ENGLISH);
    for (String code : codes) {
      if (Stemmer.knows(code)) {
        stemmers.put(code, Stemmer.of(code));
      }
    }
  }

  /** The code of a language whose inflections are known, by its BCP 47 tag; empty of others. */
  static String code(String tag) {
    int end = 0;
    while (end < tag.length() && tag.charAt(end) != '-' && tag.charAt(end) != '_') {
      end++;
    }
    String language = tag.substring(0, end).toLowerCase(Locale.ROOT);
    String code = ALIASES.getOrDefault(language, language);
    boolean known =
        code.equals(ENGLISH)
            || Stemmer.knows(code)
            || Morphology.of(code) != null
            || hasCompounds(code);
    return known ? code : "";
  }

  /** Whether words of that language are written without spaces, and may be found in longer ones. */
  private static boolean hasCompounds(String code) {
    return code.equals("zh") || code.equals("ja");
  }

  /** Gives the word that was added last its stems, but for those that take the whole text. */
  void addStems(Tokens tokens, String written, char[] folded, int length, boolean asked) {
    int endOffset = tokens.endOffset(tokens.size() - 1);
    if (english) {
      addEnglish(tokens, folded, length, endOffset);
    }
    if (stemmers.isEmpty()) {
      return;
    }
    String word = new String(folded, 0, length);
    stemmers.forEach(
        (code, stemmer) -> {
          if (!isWrittenIn(code, word)) {
            return;
          }
          Set<String> forms = new LinkedHashSet<>();
          List<String> stems = stemmer.stems(written, word);
          stems.forEach(stem -> forms.add(marked(code, stem)));
          if (asked && ROUGH.contains(code)) {
            forms.add(marked(code, word));
            forms.addAll(stems);
            forms.remove(word);
          }
          forms.forEach(form -> tokens.addForm(form.toCharArray(), form.length(), endOffset));
        });
  }

  /** Whether in that language, by its code, a word alone tells its stem, whatever stands around. */
  static boolean isByWord(String code) {
    return code.equals(ENGLISH) || (Stemmer.knows(code) && !ROUGH.contains(code));
  }

  /** Whether it takes words as they are written, and not only folded. */
  boolean needsWritten() {
    return !stemmers.isEmpty();
  }

  /** The stem of a word, without its mark; the word itself if it has none. */
  String stem(String folded) {
    Tokens tokens = new Tokens();
    tokens.add(folded);
    addStems(tokens, folded, folded.toCharArray(), folded.length(), false);
    List<String> stems = tokens.stems(0);
    return stems.isEmpty() ? folded : stems.getFirst();
  }

  private void addEnglish(Tokens tokens, char[] folded, int wholeLength, int endOffset) {
    int length = wholeLength;
    for (int i = 0; i < length; i++) {
      if ((folded[i] < 'a' || folded[i] > 'z') && folded[i] != '\'') {
        return;
      }
    }
    if (length > 2 && folded[length - 1] == 's' && folded[length - 2] == '\'') {
      length -= 2;
    }
    englishStemmer.setCurrent(folded.clone(), length);
    englishStemmer.stem();
    int stemLength = englishStemmer.getCurrentBufferLength();
    char[] marked = new char[3 + stemLength];
    marked[0] = 'e';
    marked[1] = 'n';
    marked[2] = Analysis.STEM_MARK;
    System.arraycopy(englishStemmer.getCurrentBuffer(), 0, marked, 3, stemLength);
    tokens.addForm(marked, marked.length, endOffset);
  }

  /** Whether a word begins with a letter of that language's script. */
  static boolean isWrittenIn(String code, String word) {
    return SCRIPTS.getOrDefault(code, LATIN).contains(UnicodeScript.of(word.codePointAt(0)));
  }

  private static String marked(String code, String stem) {
    return code + Analysis.STEM_MARK + stem;
  }

  /**
   * The stems that take the whole text, by the index of the word that they belong to.
   *
   * @param asked whether it is what somebody searches for: that has to be found whole
   */
  Map<Integer, List<Further>> ofText(String text, Tokens tokens, boolean asked) {
    Map<Integer, List<Further>> stems = new HashMap<>();
    for (String code : languages) {
      Morphology morphology = Morphology.of(code);
      if (morphology != null) {
        new WordParts(code, text, tokens, asked).read(morphology, stems);
      }
      if (hasCompounds(code)) {
        for (int i = 0; i < tokens.size(); i++) {
          String word = tokens.exact(i);
          if (word.length() > 1 && isHan(word)) {
            addParts(code, i, asked, tokens, stems);
          }
        }
      }
    }
    return stems;
  }

  static void addOnce(List<Further> stems, String code, String stem, int endOffset) {
    Further marked = new Further(marked(code, stem), endOffset);
    if (!stems.contains(marked)) {
      stems.add(marked);
    }
  }

  /** What a longer word is made of is not marked in it: all that stands in it is taken for one. */
  private static void addParts(
      String code, int at, boolean asked, Tokens tokens, Map<Integer, List<Further>> stems) {
    String word = tokens.exact(at);
    int endOffset = tokens.endOffset(at);
    List<Further> all = stems.computeIfAbsent(at, i -> new ArrayList<>());
    addOnce(all, code, word, endOffset);
    if (asked || word.length() > LONGEST_COMPOUND) {
      return;
    }
    for (int from = 0; from < word.length(); from++) {
      for (int to = from + 2; to <= word.length(); to++) {
        addOnce(all, code, word.substring(from, to), endOffset);
      }
    }
  }

  private static boolean isHan(String word) {
    return word.codePoints()
        .allMatch(c -> Character.isBmpCodePoint(c) && UnicodeScript.of(c) == UnicodeScript.HAN);
  }

  /** Whether a stem is of a language whose words may be mere endings. */
  static boolean isOfLanguageWithEndings(String stem) {
    int mark = stem.indexOf(Analysis.STEM_MARK);
    return mark > 0 && mayBeEndings(stem.substring(0, mark));
  }

  /** Whether words of that language, by its code, may be mere endings. */
  static boolean mayBeEndings(String code) {
    return (code.equals("ja") || code.equals("ko")) && Morphology.of(code) != null;
  }
}

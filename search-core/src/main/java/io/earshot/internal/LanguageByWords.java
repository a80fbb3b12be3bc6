package io.earshot.internal;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which language a text is in: by its script, and where languages share one by their function
 * words and by letters that not all of them have.
 *
 * <p>Each word that is on a language's list speaks for it, as strongly as such a word is seldom met
 * by chance: a long one more than a short one. That is naive Bayes with one probability for each
 * length; a word on several lists tells none of them from another. A language is told only if it is
 * ahead of all others by a margin, which is small where to mistake one for the other does little
 * harm. Some languages that no inflections are known of have lists, so that they are not taken for
 * their neighbours; of those written in Latin letters none is told.
 *
 * <p>How often it is right is in {@code docs/adr/0015}. Thread-safe.
 */
public final class LanguageByWords {
  /** Of a longer text only so much is read: its language is plain by then. */
  public static final int MOST_READ = 2_000;

  /** How much a word of one, two, three, or more letters says. */
  private static final double[] WORD = {0, 0.3, 0.6, 1.2, 2.5};

  private static final double LETTER = 0.9;

  /** How far ahead a language has to be. */
  private static final double MARGIN = 3;

  /** The same among kin, and where the script leaves few to choose from. */
  private static final double SMALL_MARGIN = 0.9;

  /** How much a word has to say on average: among other languages' words some always hit. */
  private static final double LEAST_BY_WORD = 0.3;

  /** A Chinese, Japanese or Korean character says about as much as three letters. */
  private static final int LETTERS_OF_IDEOGRAPH = 3;

  /** Kana among Han characters: fewer are names and slogans in Chinese. */
  private static final double LEAST_KANA = 0.1;

  private static final int LEAST_LETTERS = 2;
  private static final int LEAST_HAN = 20;

  /** Everyday Chinese characters that Japanese does not use, simplified and traditional. */
  private static final String CHINESE = "我你您吗嗎们們这這么麼没呢吧请谢谢给说對对还還很啊妳";

  private static final String LATIN =
      "ca cs da de en es et eu fi fr ga gl hu id it lt lv nl no pl pt ro sr sv tr vi af is sk sl";

  private static final String CYRILLIC = "ru uk bg sr be mk kk";
  private static final String ARABIC = "ar fa ckb ur";
  private static final String DEVANAGARI = "hi ne mr";
  private static final String HEBREW = "he yi";

  private static final List<String> LANGUAGES =
      List.of(
          String.join(" ", LATIN, CYRILLIC.replace("sr ", ""), ARABIC, DEVANAGARI, HEBREW)
              .split(" ", -1));

  /**
   * Languages that are only there so that they are not taken for others that share their script.
   */
  private static final long NEVER_TOLD = mask("af is sk sl");

  private static final List<Long> KIN =
      List.of(
          mask("es pt gl ca fr it"),
          mask("da no sv is"),
          mask("cs sk sl sr pl"),
          mask("fi et"),
          mask("nl de af"));

  /** Languages that share most of their words with one that many more people write. */
  private static final long SMALLER = mask("ca eu ga et sl sk af sr be mk kk");

  private static final double HANDICAP = 1.5;

  /** In which languages a script is written, the most usual first. */
  private static final Map<UnicodeScript, Candidates> SCRIPTS =
      Map.ofEntries(
          Map.entry(UnicodeScript.LATIN, new Candidates(LATIN, MARGIN)),
          Map.entry(UnicodeScript.CYRILLIC, new Candidates(CYRILLIC, SMALL_MARGIN)),
          Map.entry(UnicodeScript.ARABIC, new Candidates(ARABIC, SMALL_MARGIN)),
          Map.entry(UnicodeScript.DEVANAGARI, new Candidates(DEVANAGARI, SMALL_MARGIN)),
          Map.entry(UnicodeScript.HEBREW, new Candidates(HEBREW, SMALL_MARGIN)));

  /** Scripts in which one language alone is written, or nearly so. */
  private static final Map<UnicodeScript, String> ALONE =
      Map.ofEntries(
          Map.entry(UnicodeScript.ARMENIAN, "hy"),
          Map.entry(UnicodeScript.BENGALI, "bn"),
          Map.entry(UnicodeScript.ETHIOPIC, "am"),
          Map.entry(UnicodeScript.GEORGIAN, "ka"),
          Map.entry(UnicodeScript.GREEK, "el"),
          Map.entry(UnicodeScript.GUJARATI, "gu"),
          Map.entry(UnicodeScript.GURMUKHI, "pa"),
          Map.entry(UnicodeScript.HANGUL, "ko"),
          Map.entry(UnicodeScript.KANNADA, "kn"),
          Map.entry(UnicodeScript.KHMER, "km"),
          Map.entry(UnicodeScript.LAO, "lo"),
          Map.entry(UnicodeScript.MALAYALAM, "ml"),
          Map.entry(UnicodeScript.MYANMAR, "my"),
          Map.entry(UnicodeScript.ORIYA, "or"),
          Map.entry(UnicodeScript.SINHALA, "si"),
          Map.entry(UnicodeScript.TAMIL, "ta"),
          Map.entry(UnicodeScript.TELUGU, "te"),
          Map.entry(UnicodeScript.THAI, "th"));

  private static final char CURLY_APOSTROPHE = '\u2019';
  private static final int LAST_LATIN = 0x24F;
  private static final int FIRST_VIETNAMESE = 0x1EA0;
  private static final int LAST_VIETNAMESE = 0x1EF9;
  private static final long VIETNAMESE = mask("vi");

  private static final Table WORDS = words();
  private static final long[] LETTERS = letters();

  /** Languages that share a script. */
  private static final class Candidates {
    private final int[] languages;
    private final double margin;

    private Candidates(String codes, double margin) {
      String[] all = codes.split(" ", -1);
      languages = new int[all.length];
      for (int i = 0; i < all.length; i++) {
        languages[i] = LANGUAGES.indexOf(all[i]);
      }
      this.margin = margin;
    }
  }

  /**
   * Words and the languages that have them; finds ASCII words in a text without cutting them out.
   */
  private static final class Table {
    private final String[] words;
    private final int[] hashes;
    private final long[] languages;

    private Table(Map<String, Long> entries) {
      int size = Integer.highestOneBit(entries.size()) * 4;
      words = new String[size];
      Arrays.fill(words, "");
      hashes = new int[size];
      languages = new long[size];
      entries.forEach(
          (word, of) -> {
            int slot = slot(word.hashCode());
            while (!words[slot].isEmpty()) {
              slot = next(slot);
            }
            words[slot] = word;
            hashes[slot] = word.hashCode();
            languages[slot] = of;
          });
    }

    private int slot(int hash) {
      return (hash ^ hash >>> 15) & (words.length - 1);
    }

    private int next(int slot) {
      return (slot + 1) & (words.length - 1);
    }

    /** The languages of a folded word; none if nobody has it. */
    private long of(String word) {
      return of(word, 0, word.length(), word.hashCode());
    }

    /**
     * The languages of a word of ASCII in a text.
     *
     * @param hash of the word in lower case, as of a string
     */
    private long of(String text, int from, int to, int hash) {
      for (int slot = slot(hash); !words[slot].isEmpty(); slot = next(slot)) {
        String word = words[slot];
        if (hashes[slot] == hash
            && word.length() == to - from
            && word.regionMatches(true, 0, text, from, to - from)) {
          return languages[slot];
        }
      }
      return 0;
    }
  }

  private final double[] scores = new double[LANGUAGES.size()];
  private final Map<UnicodeScript, Integer> lettersByScript = new HashMap<>();
  private int latin; // letters, counted apart: nearly all texts have no others
  private int words;

  private LanguageByWords() {}

  /** The code of a text's language, ISO 639-1 or 639-3; empty if it is not sure. */
  public static Optional<String> detect(String text) {
    int end = Math.min(text.length(), MOST_READ);
    LanguageByWords evidence = new LanguageByWords();
    evidence.read(text, end);
    return evidence.verdict(text, end);
  }

  private void read(String text, int end) {
    for (int from = 0; from < end; ) {
      int to = from;
      boolean plain = true;
      while (to < end && !isSpace(text.charAt(to))) {
        plain &= isPlain(text.charAt(to));
        to++;
      }
      readWords(text, from, to, plain);
      from = to + 1;
    }
  }

  private static boolean isSpace(char c) {
    return c <= ' ' || c == '\u00a0' || c == '\u3000';
  }

  /** Not of a number, an address or a name in a program: those are in no language. */
  private static boolean isPlain(char c) {
    return (c < '0' || c > '9') && c != '@' && c != '_' && c != '\\' && c != '/';
  }

  private void readWords(String text, int from, int to, boolean plain) {
    for (int at = from; at < to; ) {
      if (!isInWord(text.charAt(at))) {
        addLetter(text.charAt(at)); // as are inverted question marks
        at++;
        continue;
      }
      int end = at + 1;
      while (end < to && (isInWord(text.charAt(end)) || isApostrophe(text, end, to))) {
        end++;
      }
      if (plain || text.charAt(at) > LAST_LATIN) { // some write no spaces around numbers
        readWord(text, at, end);
      }
      at = end;
    }
  }

  private static boolean isInWord(char c) {
    return c < 0x80
        ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        : Analysis.isInWord(c) || c == '\u200c' || c == '\u200d';
  }

  private static boolean isApostrophe(String text, int at, int to) {
    char c = text.charAt(at);
    return (c == '\'' || c == CURLY_APOSTROPHE) && at + 1 < to && isInWord(text.charAt(at + 1));
  }

  private void readWord(String text, int from, int to) {
    words++;
    int hash = 0;
    int apostrophe = -1;
    boolean ascii = true;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 && c != CURLY_APOSTROPHE) {
        ascii = false;
        addLetter(Character.toLowerCase(c));
      }
      if (c == '\'' || c == CURLY_APOSTROPHE) {
        apostrophe = apostrophe < 0 ? i : apostrophe;
      } else {
        count(c);
      }
      hash = 31 * hash + lower(c);
    }
    if (!ascii || apostrophe >= 0) {
      addFolded(Folding.fold(text.substring(from, to).replace(CURLY_APOSTROPHE, '\'')));
    } else {
      add(WORDS.of(text, from, to, hash), to - from);
    }
  }

  private static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
  }

  private void addFolded(String word) {
    long languages = WORDS.of(word);
    int apostrophe = word.indexOf('\'');
    if (languages == 0 && apostrophe > 0) { // l'installation
      add(WORDS.of(word.substring(0, apostrophe)), apostrophe);
      add(WORDS.of(word.substring(apostrophe + 1)), word.length() - apostrophe - 1);
    }
    add(languages, word.length());
  }

  private void count(char c) {
    if (c < 0x80) {
      latin++;
      return;
    }
    UnicodeScript script = UnicodeScript.of(c);
    switch (script) {
      case LATIN -> latin++;
      case COMMON, INHERITED, UNKNOWN -> {}
      case HAN, HIRAGANA, KATAKANA, HANGUL ->
          lettersByScript.merge(script, LETTERS_OF_IDEOGRAPH, Integer::sum);
      default -> lettersByScript.merge(script, 1, Integer::sum);
    }
  }

  private void add(long languages, int length) {
    if (languages != 0) {
      add(languages, WORD[Math.min(length, WORD.length - 1)]);
    }
  }

  private void addLetter(char c) {
    if (c >= FIRST_VIETNAMESE && c <= LAST_VIETNAMESE) {
      add(VIETNAMESE, LETTER);
    } else if (c >= 0x80 && c < LETTERS.length && LETTERS[c] != 0) {
      add(LETTERS[c], LETTER);
    }
  }

  private void add(long languages, double weight) {
    for (long rest = languages; rest != 0; rest &= rest - 1) {
      scores[Long.numberOfTrailingZeros(rest)] += weight;
    }
  }

  private Optional<String> verdict(String text, int end) {
    int kana =
        lettersByScript.getOrDefault(UnicodeScript.HIRAGANA, 0)
            + lettersByScript.getOrDefault(UnicodeScript.KATAKANA, 0);
    int han = lettersByScript.getOrDefault(UnicodeScript.HAN, 0);
    UnicodeScript script = UnicodeScript.LATIN;
    int most = latin;
    for (Map.Entry<UnicodeScript, Integer> other : lettersByScript.entrySet()) {
      if (other.getValue() > most) {
        script = other.getKey();
        most = other.getValue();
      }
    }
    if (kana + han > most || (kana + han > 0 && kana + han == most)) {
      return chineseOrJapanese(text, end, kana, han);
    }
    if (most < LEAST_LETTERS) {
      return Optional.empty();
    }
    Candidates candidates = SCRIPTS.get(script);
    return candidates == null ? Optional.ofNullable(ALONE.get(script)) : best(candidates);
  }

  private static Optional<String> chineseOrJapanese(String text, int end, int kana, int han) {
    if (kana >= LEAST_KANA * (kana + han)) {
      return Optional.of("ja");
    }
    boolean chinese = han >= LEAST_HAN * LETTERS_OF_IDEOGRAPH;
    for (int i = 0; i < end && !chinese; i++) {
      chinese = CHINESE.indexOf(text.charAt(i)) >= 0;
    }
    return chinese ? Optional.of("zh") : Optional.empty();
  }

  private Optional<String> best(Candidates candidates) {
    int best = candidates.languages[0];
    for (int language : candidates.languages) {
      if (score(language) > score(best)) {
        best = language;
      }
    }
    for (int other : candidates.languages) {
      double ahead = score(best) - score(other);
      boolean close = candidates.margin < MARGIN || (ahead < MARGIN && areKin(best, other));
      if (other != best && ahead < (close ? SMALL_MARGIN : MARGIN)) {
        return Optional.empty();
      }
    }
    double least = candidates.margin < MARGIN ? 0 : LEAST_BY_WORD * words;
    boolean told = (NEVER_TOLD & 1L << best) == 0 && score(best) >= least;
    return told ? Optional.of(LANGUAGES.get(best)) : Optional.empty();
  }

  private double score(int language) {
    return (SMALLER & 1L << language) == 0 ? scores[language] : scores[language] - HANDICAP;
  }

  private static boolean areKin(int one, int other) {
    long both = 1L << one | 1L << other;
    for (long kin : KIN) {
      if ((kin & both) == both) {
        return true;
      }
    }
    return false;
  }

  private static long mask(String codes) {
    long mask = 0;
    for (String code : codes.split(" ", -1)) {
      int language = LANGUAGES.indexOf(code);
      if (language < 0) {
        throw new IllegalArgumentException("no such language: " + code);
      }
      mask |= 1L << language;
    }
    return mask;
  }

  private static Table words() {
    Map<String, Long> words = new HashMap<>();
    for (String code : LANGUAGES) {
      for (String word : EverydayWords.listed(code)) {
        words.merge(word, mask(code), (one, other) -> one | other);
      }
    }
    for (String line : FunctionWords.LISTS.strip().split("\n", -1)) {
      String[] codeAndWords = line.split(" ", -1);
      for (int i = 1; i < codeAndWords.length; i++) {
        String word = Folding.fold(codeAndWords[i]);
        words.merge(word, mask(codeAndWords[0]), (one, other) -> one | other);
      }
    }
    return new Table(words);
  }

  private static long[] letters() {
    long[] letters = new long[0xA00];
    for (String line : FunctionWords.LETTERS.strip().split("\n", -1)) {
      int space = line.indexOf(' ');
      for (char letter : line.substring(0, space).toCharArray()) {
        letters[letter] |= mask(line.substring(space + 1));
      }
    }
    return letters;
  }
}

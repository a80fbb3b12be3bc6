package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes leaves of what is typed without white space, and of what is typed in quotation marks:
 * words, phrases, beginnings and words spelled nearly so.
 *
 * <p>Null is what has nothing to search for, and what a query has no room for; a warning says so.
 * Made for one query, whose words it counts; not thread-safe.
 */
final class QueryWords {
  /** Words that are searched; what is typed beyond them is left out, with a warning. */
  static final int MAX_WORDS = 1_000;

  static final int MAX_PHRASE = 100;
  static final String LONG_PHRASE =
      "of a phrase only the first " + MAX_PHRASE + " words were searched";
  private static final String STAR =
      "has a * that was taken as plain text: it goes directly behind the beginning of a word, in"
          + " quotation marks of the last one";
  private static final String TILDE =
      "has a ~ that was taken as plain text: it goes directly behind a single word, as in kettel~ or"
          + " kettel~1";
  private static final String TOO_MANY_WORDS = "only the first 1,000 words were searched";

  private final QueryWarnings warnings;
  private int words;

  QueryWords(QueryWarnings warnings) {
    this.warnings = warnings;
  }

  /** What is typed without white space: {@code refund}, {@code refun*}, {@code kettel~2}. */
  @Nullable Query run(String typed) {
    if (!typed.isEmpty() && typed.chars().allMatch(c -> c == '*')) {
      warnings.add("a \"*\" needs the beginning of a word before it and was left out");
      return null;
    }
    Optional<String> begun = isFull() ? Optional.empty() : beginning(typed);
    if (begun.isPresent()) {
      return withMarks(begun.get(), typed, new Query.Prefix(begun.get()));
    }
    int digits = typed.length();
    while (digits > 0 && typed.charAt(digits - 1) >= '0' && typed.charAt(digits - 1) <= '9') {
      digits--;
    }
    int end = digits;
    while (end > 0 && typed.charAt(end - 1) == '~') {
      end--;
    }
    return end > 0 && end < digits && !isFull()
        ? misspelt(typed, typed.substring(0, end), typed.substring(digits))
        : withMarks(typed, typed, new Query.Words(typed));
  }

  /** What is typed in quotation marks: {@code full refund}, {@code full ref*}. */
  @Nullable Query phrase(String typed) {
    Query meant = isFull() ? new Query.Phrase(typed) : inQuotes(typed);
    return withMarks(meant instanceof Query.Prefix begun ? begun.text() : typed, typed, meant);
  }

  /** A phrase, or what ends in a star as one whose last word is only begun. */
  static Query inQuotes(String typed) {
    return beginning(typed.strip())
        .<Query>map(Query.Prefix::new)
        .orElseGet(() -> new Query.Phrase(typed));
  }

  /** What stands before the star at the end of a text; empty if it ends in no word and star. */
  static Optional<String> beginning(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '*') {
      end--;
    }
    String begun = text.substring(0, end);
    return end < text.length() && endsInWord(begun) ? Optional.of(begun) : Optional.empty();
  }

  private static boolean endsInWord(String text) {
    Tokens tokens = Analysis.tokens(text, "");
    return tokens.size() > 0 && tokens.endOffset(tokens.size() - 1) == text.length();
  }

  /** A leaf of a text in which a star or tilde stands for nothing. */
  private @Nullable Query withMarks(String text, String typed, Query meant) {
    Query leaf = leaf(text, meant);
    if (leaf != null) {
      warnOfMarks(text, typed);
    }
    return leaf;
  }

  private void warnOfMarks(String text, String typed) {
    if (text.contains("*")) {
      warnings.addQuoting(typed, STAR);
    }
    if (text.contains("~") && !text.contains("/")) { // it belongs to some addresses
      warnings.addQuoting(typed, TILDE);
    }
  }

  /** Whether there is room for what is typed in quotation marks, and it has more than one word. */
  boolean isSeveral(String phrase) {
    return !isFull() && Analysis.tokens(phrase, "").size() > 1;
  }

  /** Each word of what is typed in quotation marks, as far as there is room. */
  List<Query> each(String phrase) {
    Optional<String> begun = beginning(phrase.strip());
    String text = begun.orElse(phrase);
    Tokens tokens = Analysis.tokens(text, "");
    if (tokens.size() > MAX_PHRASE) {
      warnings.add(LONG_PHRASE);
    }
    List<Query> each = new ArrayList<>();
    for (int i = 0; i < Math.min(tokens.size(), MAX_PHRASE); i++) {
      String word = text.substring(tokens.startOffset(i), tokens.endOffset(i));
      boolean isBegun = begun.isPresent() && i == tokens.size() - 1;
      Query leaf =
          isBegun
              ? phrase(word + "*")
              : leaf(word, isPlain(word) ? new Query.Words(word) : new Query.Phrase(word));
      if (leaf != null) {
        each.add(leaf);
      }
    }
    warnOfMarks(text, phrase);
    return each;
  }

  /** Whether no character of a word means something where words are typed. */
  private static boolean isPlain(String word) {
    return word.codePoints().allMatch(Character::isLetterOrDigit);
  }

  private @Nullable Query misspelt(String typed, String word, String digits) {
    Tokens tokens = Analysis.tokens(word, "");
    boolean single = tokens.size() == 1 && tokens.startOffset(0) == 0;
    if (!single || tokens.endOffset(0) < word.length()) {
      if (tokens.size() > 0) {
        warnings.addQuoting(typed, TILDE);
      }
      return leaf(typed, new Query.Words(typed));
    }
    int edits = edits(word, typed, digits);
    return leaf(word, edits == 0 ? new Query.Words(word) : new Query.Typo(word, edits));
  }

  /** How many letters may differ: as many as the digits say, else more in longer words. */
  private int edits(String word, String typed, String digits) {
    if (digits.isEmpty()) {
      int letters = word.codePointCount(0, word.length());
      if (letters < 3 && !word.equals("OR")) { // which is written so, else it were an operator
        warnings.addQuoting(
            typed,
            "has fewer than three letters and was searched as it is; ~1 allows one to differ");
      }
      return letters < 3 ? 0 : letters <= 5 ? 1 : 2;
    }
    int edits = number(digits);
    if (edits == 0) {
      warnings.addQuoting(typed, "allows no letter to differ; the word was searched as it is");
    }
    if (edits > 2) {
      warnings.addQuoting(typed, "allows more than 2 letters to differ; 2 were allowed");
    }
    return Math.min(edits, 2);
  }

  private @Nullable Query leaf(String content, Query leaf) {
    if (isFull() && QueryFilters.hasWord(content)) {
      warnings.add(TOO_MANY_WORDS);
      return null;
    }
    Tokens tokens = Analysis.tokens(content, "");
    if (tokens.size() == 0 && !content.isBlank()) {
      warnings.add("there is nothing to search for in punctuation alone; it was left out");
    }
    if (tokens.size() > MAX_PHRASE) {
      warnings.add(LONG_PHRASE);
    }
    if (tokens.size() == 0 || !mayAdd(Math.min(tokens.size(), MAX_PHRASE))) {
      return null;
    }
    return tokens.size() > MAX_PHRASE ? new Query.Phrase(cutPhrase(content, tokens)) : leaf;
  }

  /** As much of a phrase as is searched. */
  static String cutPhrase(String phrase, Tokens tokens) {
    String cut = phrase;
    Tokens words = tokens;
    while (words.size() > MAX_PHRASE) { // again if less text is split into more words
      cut = cut.substring(0, words.endOffset(MAX_PHRASE - 1));
      words = Analysis.tokens(cut, "");
    }
    return cut;
  }

  /** Whether splitting the rest of a hostile query into words can be spared. */
  boolean isFull() {
    return words == MAX_WORDS;
  }

  /** Counts words; if there is no room for them, warns instead. */
  boolean mayAdd(int count) {
    if (words + count > MAX_WORDS) {
      warnings.add(TOO_MANY_WORDS);
      return false;
    }
    words += count;
    return true;
  }

  /** The number that digits say, at most 1,000: there is no use for more. */
  static int number(String digits) {
    return digits.chars().reduce(0, (number, c) -> Math.min(1_000, number * 10 + c - '0'));
  }
}

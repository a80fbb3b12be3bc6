package io.earshot.internal;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the words of a turn that ask.
 *
 * <ul>
 *   <li>A sentence asks if it ends in a question mark. Sentences are those of UAX 29, with common
 *       abbreviations known; but since many write no capitals, a full stop with white space behind
 *       it ends a sentence in front of a small letter, too, and so does an ellipsis.
 *   <li>What a recogniser heard often has no marks at all. There an English turn, or what stands
 *       behind its last mark, asks from the first words on that only questions begin with: "can
 *       you", "is there", "what is your". At the beginning more counts as that, also behind "so" or
 *       "okay": "which address ...".
 *   <li>Where such words stand within an English sentence with a question mark, with neither a mark
 *       nor a conjunction in front of them, the question begins there: "i called yesterday can you
 *       help?" asks nothing about calling.
 * </ul>
 *
 * <p>This runs on every turn that is indexed, so nothing but the look for a mark is done where
 * there is none.
 */
public final class Questions {
  private static final int[] NONE = new int[0];

  // Opening an iterator reads tables; none is safe for two threads at once.
  private static final ThreadLocal<BreakIterator> SENTENCES =
      ThreadLocal.withInitial(
          () -> BreakIterator.getSentenceInstance(new ULocale("en@ss=standard")));

  /** A line that is shorter was hardly broken by a mail program. */
  private static final int SHORTEST_WRAPPED_LINE = 55;

  private static final int MOST_MARKS = 16;
  private static final int LONGEST_ADDRESS = 200;
  private static final int LONGEST_ABBREVIATION = 6;

  /** Behind one of these a sentence goes on: "the kettle broke so can you ...". */
  private static final Set<String> CONJUNCTIONS =
      Set.of(
          ("and but or so if that because whether when while until unless since as than nor neither"
                  + " then to")
              .split(" "));

  /** Abbreviations, without the full stop, behind which a word goes on in lower case. */
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          ("approx apt ave ca bzw dept dr est etc evtl excl ext ggf incl inkl max min mr mrs ms nr"
                  + " pp resp st str tel usw vgl vs")
              .split(" "));

  private Questions() {}

  /**
   * The words of a text that stand in sentences that ask.
   *
   * @param text the text of one turn
   * @param tokens its words
   * @param language BCP 47 tag
   * @param heard whether it is a transcript of speech
   * @return first word and one past the last, of each such sentence; ascending
   */
  public static int[] in(String text, Tokens tokens, String language, boolean heard) {
    if (tokens.size() == 0) {
      return NONE;
    }
    boolean english = Analysis.isEnglish(language);
    boolean openings = heard && english && !endsClosed(text);
    boolean marked = hasQuestionMark(text);
    if (!marked && !openings) {
      return NONE;
    }
    if (!marked && hasNoEnd(text)) { // a single sentence
      int first = EnglishQuestions.first(tokens, 0, tokens.size());
      return first < tokens.size() ? new int[] {first, tokens.size()} : NONE;
    }
    return new Search(text, tokens, english, openings).ranges();
  }

  private static boolean isQuestionMark(int c) {
    return c == '?' || c == '\uff1f' || c == '\u061f' || c == '\u037e' || isDoubled(c);
  }

  /** Double marks, each of which has a question mark in it. */
  private static boolean isDoubled(int c) {
    return c == '\u2047' || c == '\u2048' || c == '\u2049' || c == '\u203d';
  }

  private static boolean isClosingMark(int c) {
    return c == '.' || c == '!' || c == '\u2026' || c == '\u3002' || c == '\uff01';
  }

  private static boolean hasQuestionMark(String text) {
    if (text.indexOf('?') >= 0) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f && isQuestionMark(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the last thing that is no space or quote closes a sentence. */
  private static boolean endsClosed(String text) {
    for (int i = text.length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        return false;
      }
      if (isClosingMark(c) || isQuestionMark(c)) {
        return true;
      }
    }
    return true;
  }

  private static boolean hasNoEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isClosingMark(c) || c == '\n' || c == '\r') {
        return false;
      }
    }
    return true;
  }

  /** One text's sentences. */
  private static final class Search {
    private final char[] text;
    private final Tokens tokens;
    private final boolean english;
    private final boolean openings;
    private int[] ranges = new int[8];
    private int size;
    private int token;

    private Search(String text, Tokens tokens, boolean english, boolean openings) {
      this.text = text.toCharArray();
      this.tokens = tokens;
      this.english = english;
      this.openings = openings;
      joinWrappedLines();
      closeSentences();
    }

    /**
     * Makes exclamation marks of full stops that UAX 29 would not take for the end of a sentence.
     */
    private void closeSentences() {
      for (int i = 0; i < text.length - 1; i++) {
        if (text[i] != '.' && text[i] != '\u2026') {
          continue;
        }
        int next = i + 1;
        while (next < text.length && isSpaceInLine(text[next])) {
          next++;
        }
        if (next < text.length && (endsEllipsis(i, next) || endsSentence(i, next))) {
          text[i] = '!';
        }
        i = next - 1;
      }
    }

    private boolean endsEllipsis(int stop, int next) {
      boolean ellipsis = text[stop] == '\u2026' || (stop > 0 && text[stop - 1] == '.');
      return ellipsis && Character.isLetterOrDigit(text[next]);
    }

    private boolean endsSentence(int stop, int next) {
      String word = wordBefore(stop);
      return next > stop + 1
          && (Character.isLowerCase(text[next])
              ? word.length() != 1 && !ABBREVIATIONS.contains(word) // one letter: "5 p.m."
              : word.equals("ok")); // ICU takes it for an abbreviation
    }

    /** The letters right in front of there, in lower case; none if there are more than matter. */
    private String wordBefore(int end) {
      int from = end;
      while (from > 0 && Character.isLetter(text[from - 1])) {
        if (end - from == LONGEST_ABBREVIATION) {
          return "";
        }
        from--;
      }
      boolean ofNumber = from > 0 && Character.isDigit(text[from - 1]); // "the 1st"
      return ofNumber ? "" : new String(text, from, end - from).toLowerCase(Locale.ROOT);
    }

    private static boolean isSpaceInLine(char c) {
      return c == ' ' || c == '\t' || c == '\u00a0';
    }

    /** Makes spaces of the line breaks that a mail program put into the middle of sentences. */
    private void joinWrappedLines() {
      int lineStart = 0;
      for (int i = 0; i < text.length; i++) {
        if (text[i] != '\n' && text[i] != '\r') {
          continue;
        }
        int next = i + 1;
        if (text[i] == '\r' && next < text.length && text[next] == '\n') {
          next++;
        }
        if (next < text.length && continues(lineStart, i, next)) {
          Arrays.fill(text, i, next, ' ');
        }
        lineStart = next;
        i = next - 1;
      }
    }

    private boolean continues(int lineStart, int lineEnd, int next) {
      if (Character.isLowerCase(text[next])) {
        return true;
      }
      int last = lineEnd - 1;
      while (last > lineStart && Character.isWhitespace(text[last])) {
        last--;
      }
      return lineEnd - lineStart >= SHORTEST_WRAPPED_LINE
          && Character.isLetterOrDigit(text[next])
          && (Character.isLetterOrDigit(text[last]) || text[last] == ',');
    }

    private int[] ranges() {
      int from = 0;
      while (from < text.length) {
        int to = endOfParagraph(from);
        if (mayAsk(from, to)) {
          paragraph(from, to);
        }
        from = to;
      }
      return size == 0 ? NONE : Arrays.copyOf(ranges, size);
    }

    /** One past the line break that ends the paragraph; sentences never go beyond. */
    private int endOfParagraph(int from) {
      for (int i = from; i < text.length; i++) {
        if (text[i] == '\n' || text[i] == '\r') {
          return i + 1;
        }
      }
      return text.length;
    }

    private boolean mayAsk(int from, int to) {
      if (openings) {
        return true;
      }
      for (int i = from; i < to; i++) {
        if (isQuestionMark(text[i])) {
          return true;
        }
      }
      return false;
    }

    private void paragraph(int from, int to) {
      BreakIterator sentences = SENTENCES.get();
      sentences.setText(new String(text, from, to - from));
      int start = 0;
      for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
        sentence(from + start, from + end);
        start = end;
      }
      sentences.setText(""); // keeps no customer's words
    }

    /** A sentence of UAX 29 may hold more than one question: "Can you help? :) Thanks". */
    private void sentence(int from, int to) {
      int start = from;
      for (int i = from; i < to; i++) {
        if (isQuestionMark(text[i]) && endsQuestion(i)) {
          asked(start, i);
          start = i + 1;
        }
      }
      if (openings && start == from && hasNoMark(from, to)) {
        int first = firstToken(from);
        int end = endToken(first, to);
        add(EnglishQuestions.first(tokens, first, end), end);
      }
    }

    /** Whether that question mark stands at an end, and not in an address or a doubt "(?)". */
    private boolean endsQuestion(int mark) {
      if (mark > 0 && text[mark - 1] == '(') {
        return false;
      }
      int next = mark + 1;
      while (next < text.length && next - mark < MOST_MARKS && !isWordOrSpace(text[next])) {
        next++;
      }
      if (next == text.length || !Character.isLetterOrDigit(text[next]) || text[mark] > 0x7f) {
        return true;
      }
      boolean otherMarks = next > mark + 1;
      return (otherMarks || Character.isUpperCase(text[next])) && !isInAddress(mark);
    }

    private static boolean isWordOrSpace(char c) {
      return Character.isLetterOrDigit(c) || Character.isWhitespace(c);
    }

    private boolean isInAddress(int mark) {
      for (int i = mark - 1; i >= 0 && !Character.isWhitespace(text[i]); i--) {
        if (text[i] == '/' || text[i] == '=' || text[i] == '@') {
          return true;
        }
        if (mark - i > LONGEST_ADDRESS) {
          return false;
        }
      }
      return false;
    }

    private boolean hasNoMark(int from, int to) {
      for (int i = to - 1; i >= from; i--) {
        if (isClosingMark(text[i])) {
          return false;
        }
        if (Character.isLetterOrDigit(text[i])) {
          return true;
        }
      }
      return false;
    }

    private void asked(int from, int mark) {
      int first = firstToken(from);
      int end = endToken(first, mark + 1);
      int question = english ? EnglishQuestions.first(tokens, first, end) : first;
      add(question < end && !goesOn(question, first) ? question : first, end);
    }

    /** Whether a mark or a conjunction in front of that word says that the sentence goes on. */
    private boolean goesOn(int word, int first) {
      if (word == first || CONJUNCTIONS.contains(tokens.exact(word - 1))) {
        return true;
      }
      for (int i = tokens.endOffset(word - 1); i < tokens.startOffset(word); i++) {
        if (!Character.isWhitespace(text[i])) {
          return true;
        }
      }
      return false;
    }

    private int firstToken(int from) {
      while (token < tokens.size() && tokens.startOffset(token) < from) {
        token++;
      }
      return token;
    }

    private int endToken(int first, int to) {
      token = first;
      while (token < tokens.size() && tokens.startOffset(token) < to) {
        token++;
      }
      return token;
    }

    private void add(int first, int end) {
      if (first == end) {
        return;
      }
      if (size > 0 && ranges[size - 1] == first) {
        ranges[size - 1] = end;
        return;
      }
      if (size == ranges.length) {
        ranges = Arrays.copyOf(ranges, 2 * size);
      }
      ranges[size++] = first;
      ranges[size++] = end;
    }
  }
}

package io.earshot.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds long numbers that are written in groups, whatever they are: {@code PX 4471 0093 82 GB},
 * {@code 20-45-77 12345678}. Who reads one out or types it groups it otherwise, or not at all.
 *
 * <p>Nothing tells such a number from a row of numbers, so they are no identifiers to whoever looks
 * for what a matter is about; they are only found by more than their groups.
 */
final class GroupedNumbers {
  private static final int FEWEST_DIGITS = 8;
  private static final int MOST_DIGITS = 34;
  private static final int LONGEST_LETTERS = 4;

  private GroupedNumbers() {}

  /**
   * A number in groups.
   *
   * @param first index of the first of its words
   * @param end one past the last
   */
  record Row(int first, int end) {}

  /** The numbers of a text, a plain one, by its words. */
  static List<Row> in(String text, Tokens tokens) {
    List<Row> rows = new ArrayList<>();
    int word = 0;
    while (word < tokens.size()) {
      int end = endOfRow(text, tokens, word);
      if (end - word > 1) {
        rows.add(new Row(word, end));
        word = end;
      } else {
        word++;
      }
    }
    return rows;
  }

  /** One past the last group of the row that begins there; the same if none does. */
  private static int endOfRow(String text, Tokens tokens, int first) {
    int digits = 0;
    int groups = 0;
    int at = first;
    int end = first;
    while (at < tokens.size() && (at == first || isNext(text, tokens, at))) {
      int inGroup = digits(tokens, at);
      if (inGroup == 0 && !isLetters(text, tokens, at)) {
        break;
      }
      digits += inGroup;
      groups += inGroup > 0 ? 1 : 0;
      at++;
      end = at;
      if (inGroup == 0 && at - 1 > first) {
        break; // letters end it
      }
    }
    return groups > 1 && digits >= FEWEST_DIGITS && digits <= MOST_DIGITS ? end : first;
  }

  private static boolean isNext(String text, Tokens tokens, int word) {
    int from = tokens.endOffset(word - 1);
    if (tokens.startOffset(word) != from + 1) {
      return false;
    }
    return text.charAt(from) == ' '; // hyphens mean something, as in a date
  }

  private static int digits(Tokens tokens, int word) {
    String exact = tokens.exact(word);
    int digits = 0;
    for (int i = 0; i < exact.length(); i++) {
      if (exact.charAt(i) >= '0' && exact.charAt(i) <= '9') {
        digits++;
      } else if (!Character.isLetter(exact.charAt(i))) {
        return 0; // 49.99 is an amount
      }
    }
    return digits;
  }

  private static boolean isLetters(String text, Tokens tokens, int word) {
    int start = tokens.startOffset(word);
    int end = tokens.endOffset(word);
    if (end - start > LONGEST_LETTERS) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
        return false;
      }
    }
    return true;
  }
}

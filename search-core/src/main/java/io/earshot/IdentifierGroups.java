package io.earshot;

import io.earshot.internal.Identifiers;
import java.util.List;

/** Finds words side by side in a query that may be the groups of one identifier. */
final class IdentifierGroups {
  private static final int FEWEST_DIGITS = 6;
  private static final int LONGEST_LETTERS = 4;
  private static final int MOST = 12;

  private IdentifierGroups() {}

  /**
   * One past the last group of the identifier that may begin there; the same if none does. Its
   * groups have digits, but for letters in front of them ({@code ord 2026 4512}) and the bank of an
   * IBAN ({@code gb29 nwbk 6016}), and six digits at least in all.
   */
  static int end(List<Query> queries, int from) {
    int digits = 0;
    int end = from;
    while (end < queries.size()
        && end - from < MOST
        && queries.get(end) instanceof Query.Words words
        && (isGroup(words.text(), end == from)
            || (end == from + 1 && isBank(queries.get(from), words.text())))) {
      digits += (int) words.text().chars().filter(Character::isDigit).count();
      end++;
    }
    return digits >= FEWEST_DIGITS ? end : from;
  }

  /** Whether that group is letters alone: {@code ord} in front of numbers, or just a word. */
  static boolean isPrefix(Query group) {
    return group instanceof Query.Words words && words.text().chars().noneMatch(Character::isDigit);
  }

  private static boolean isBank(Query before, String word) {
    return word.length() == 4
        && word.chars().allMatch(Character::isLetter)
        && before instanceof Query.Words start
        && start.text().length() == 4
        && start.text().chars().limit(2).allMatch(Character::isLetter)
        && start.text().chars().skip(2).allMatch(Character::isDigit);
  }

  private static boolean isGroup(String written, boolean first) {
    String word = Identifiers.plain(written);
    boolean digit = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      digit |= Character.isDigit(c);
      if (!Character.isLetterOrDigit(c) && "+()-./#".indexOf(c) < 0) {
        return false;
      }
    }
    return digit ? !Identifiers.isMerelyDigits(word) : first && word.length() <= LONGEST_LETTERS;
  }
}

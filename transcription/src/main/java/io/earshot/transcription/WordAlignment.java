package io.earshot.transcription;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which word of one list stands for which of another, with the fewest differences (Levenshtein).
 */
final class WordAlignment {
  private WordAlignment() {}

  /**
   * Two words that stand for each other.
   *
   * @param reference index in the first list, -1 if the word was inserted
   * @param hypothesis index in the second list, -1 if the word was left out
   */
  record Pair(int reference, int hypothesis) {}

  /**
   * Aligns two lists. Of alignments with as few differences the one that exchanges words rather
   * than leaving out and inserting.
   *
   * <p>Takes time and memory in the product of the two lengths.
   */
  static List<Pair> align(List<String> reference, List<String> hypothesis) {
    int rows = reference.size();
    int columns = hypothesis.size();
    int[][] cost = new int[rows + 1][columns + 1];
    for (int i = 1; i <= rows; i++) {
      cost[i][0] = i;
    }
    for (int j = 1; j <= columns; j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= rows; i++) {
      for (int j = 1; j <= columns; j++) {
        int exchanged =
            cost[i - 1][j - 1] + difference(reference.get(i - 1), hypothesis.get(j - 1));
        cost[i][j] = Math.min(exchanged, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    int i = rows;
    int j = columns;
    while (i > 0 || j > 0) {
      if (i > 0
          && j > 0
          && cost[i][j]
              == cost[i - 1][j - 1] + difference(reference.get(i - 1), hypothesis.get(j - 1))) {
        pairs.add(new Pair(--i, --j));
      } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
        pairs.add(new Pair(--i, -1));
      } else {
        pairs.add(new Pair(-1, --j));
      }
    }
    Collections.reverse(pairs);
    return pairs;
  }

  private static int difference(String one, String other) {
    return one.equals(other) ? 0 : 1;
  }
}

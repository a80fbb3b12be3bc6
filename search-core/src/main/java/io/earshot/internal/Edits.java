package io.earshot.internal;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/**
 * How many letters must be inserted, removed, replaced or swapped with their neighbour to make one
 * word of another (Damerau, 1964; a swapped pair is not changed again).
 *
 * <p>One row of the usual table for each letter of the candidate. Candidates come in alphabetic
 * order best: rows of letters that two in a row begin with are computed once. Not thread-safe.
 *
 * <p>Lucene's {@code LevenshteinAutomata} say the same, as the test of this class checks, but an
 * automaton has to be built for each word and each number of edits. That takes milliseconds, in
 * which all the words of a customer, hundreds or thousands, are compared here several times over.
 */
public final class Edits {
  private static final int LONGEST = 512; // code points; words are shorter

  private final int[] word;
  private final int most;
  private final int[][] rows = new int[LONGEST + 1][];
  private final int[] fewest = new int[LONGEST + 1]; // of each row
  private final int[] before = new int[LONGEST + 1]; // the candidate that the rows are of
  private UnicodeUtil.UTF8CodePoint reused = new UnicodeUtil.UTF8CodePoint();
  private int valid; // rows that are computed, beside the first

  /**
   * Compares with that word.
   *
   * @param most edits beyond which it makes no difference how many
   */
  public Edits(String word, int most) {
    this.word = word.codePoints().toArray();
    this.most = most;
    rows[0] = new int[this.word.length + 1];
    Arrays.setAll(rows[0], i -> i);
  }

  /** Edits that make the candidate, which is in UTF-8; one more than the most if it takes more. */
  public int to(BytesRef candidate) {
    int length = 0;
    for (int i = candidate.offset; i < candidate.offset + candidate.length; i += reused.numBytes) {
      reused = UnicodeUtil.codePointAt(candidate.bytes, i, reused);
      length++;
      if (length > word.length + most || length > LONGEST) {
        return most + 1;
      }
      if (length > valid || before[length] != reused.codePoint) {
        before[length] = reused.codePoint;
        fill(length);
        valid = length;
      }
      if (fewest[length] > most) { // whatever follows
        return most + 1;
      }
    }
    return Math.min(rows[length][word.length], most + 1);
  }

  private void fill(int row) {
    if (rows[row] == null) {
      rows[row] = new int[word.length + 1];
    }
    int[] now = rows[row];
    int[] above = rows[row - 1];
    int letter = before[row];
    now[0] = row;
    int least = row;
    for (int j = 1; j <= word.length; j++) {
      int replaced = above[j - 1] + (word[j - 1] == letter ? 0 : 1);
      now[j] = Math.min(replaced, 1 + Math.min(above[j], now[j - 1]));
      if (row > 1 && j > 1 && word[j - 1] == before[row - 1] && word[j - 2] == letter) {
        now[j] = Math.min(now[j], rows[row - 2][j - 2] + 1);
      }
      least = Math.min(least, now[j]);
    }
    fewest[row] = least;
  }
}

package io.earshot.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gives each word of a text the time of the heard words that it stands for.
 *
 * <p>The text may differ from what was heard: capitals, punctuation, a corrected word, "4512" for
 * "four five one two". Both are aligned on the words they share: first those that stand once in
 * each (patience diff), and between them the longest common subsequence. Where they differ, the
 * words of the text share out the heard ones among them; where nothing was heard, they share the
 * time between their neighbours.
 */
public final class WordTimes {
  private static final int LONGEST_TABLE = 250_000;
  private static final int UNKNOWN = -1;

  private final Tokens text;
  private final Tokens spoken;
  private final int[] match; // for each word of the text, the same word as heard

  private WordTimes(Tokens text, Tokens spoken) {
    this.text = text;
    this.spoken = spoken;
    match = new int[text.size()];
    Arrays.fill(match, UNKNOWN);
  }

  /**
   * Times of a text's words.
   *
   * @param text the text
   * @param tokens the words of the text
   * @param heard the words as heard
   * @param heardTimes start and end in milliseconds of each heard word
   * @return start and end of each word of the text; empty if nothing was heard
   */
  public static long[] align(String text, Tokens tokens, List<String> heard, long[] heardTimes) {
    String said = String.join(" ", heard);
    boolean asHeard = said.equals(text);
    Tokens spoken = asHeard ? tokens : Analysis.tokens(said, "");
    if (spoken.size() == 0) {
      return new long[0];
    }
    WordTimes times = new WordTimes(tokens, spoken);
    if (asHeard) {
      Arrays.setAll(times.match, i -> i);
    } else {
      times.align(0, tokens.size(), 0, spoken.size());
    }
    return times.times(wordOf(spoken, heard), heardTimes);
  }

  /** For each token of the heard words, the index of the word it came from. */
  private static int[] wordOf(Tokens spoken, List<String> heard) {
    int[] wordOf = new int[spoken.size()];
    int word = 0;
    int end = heard.getFirst().length();
    for (int i = 0; i < wordOf.length; i++) {
      while (spoken.startOffset(i) >= end && word < heard.size() - 1) {
        word++;
        end += 1 + heard.get(word).length();
      }
      wordOf[i] = word;
    }
    return wordOf;
  }

  /**
   * Aligns words {@code from} to {@code to} of the text with {@code first} to {@code last} heard.
   */
  private void align(int from, int to, int first, int last) {
    int i = from;
    int j = first;
    while (i < to && j < last && same(i, j)) {
      match[i++] = j++;
    }
    int iEnd = to;
    int jEnd = last;
    while (i < iEnd && j < jEnd && same(iEnd - 1, jEnd - 1)) {
      match[--iEnd] = --jEnd;
    }
    if (i == iEnd || j == jEnd) {
      return;
    }
    List<int[]> anchors = anchors(i, iEnd, j, jEnd);
    if (anchors.isEmpty()) {
      alignByTable(i, iEnd, j, jEnd);
      return;
    }
    for (int[] anchor : anchors) {
      match[anchor[0]] = anchor[1];
      align(i, anchor[0], j, anchor[1]);
      i = anchor[0] + 1;
      j = anchor[1] + 1;
    }
    align(i, iEnd, j, jEnd);
  }

  /** Words that stand once in each, as many as come in the same order in both. */
  private List<int[]> anchors(int from, int to, int first, int last) {
    Map<String, Integer> inText = onlyOnce(text, from, to);
    Map<String, Integer> inSpeech = onlyOnce(spoken, first, last);
    List<int[]> pairs = new ArrayList<>();
    inText.forEach(
        (word, at) -> {
          Integer heardAt = inSpeech.get(word);
          if (at >= 0 && heardAt != null && heardAt >= 0) {
            pairs.add(new int[] {at, heardAt});
          }
        });
    pairs.sort((a, b) -> Integer.compare(a[0], b[0]));
    return longestAscending(pairs);
  }

  private static Map<String, Integer> onlyOnce(Tokens tokens, int from, int to) {
    Map<String, Integer> at = new HashMap<>();
    for (int i = from; i < to; i++) {
      at.merge(tokens.exact(i), i, (one, other) -> UNKNOWN);
    }
    return at;
  }

  private static List<int[]> longestAscending(List<int[]> pairs) {
    int[] tails = new int[pairs.size()]; // tails[n]: which pair best ends a run of n + 1
    int[] before = new int[pairs.size()];
    int length = 0;
    for (int p = 0; p < pairs.size(); p++) {
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pairs.get(tails[middle])[1] < pairs.get(p)[1]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[p] = low == 0 ? UNKNOWN : tails[low - 1];
      tails[low] = p;
      length = Math.max(length, low + 1);
    }
    List<int[]> run = new ArrayList<>();
    for (int p = length == 0 ? UNKNOWN : tails[length - 1]; p != UNKNOWN; p = before[p]) {
      run.add(pairs.get(p));
    }
    return run.reversed();
  }

  /** The longest common subsequence, unless the table for it would be too large. */
  private void alignByTable(int from, int to, int first, int last) {
    int rows = to - from;
    int columns = last - first;
    if ((long) rows * columns > LONGEST_TABLE) {
      return;
    }
    int[][] longest = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        longest[i][j] =
            same(from + i, first + j)
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < rows && j < columns) {
      if (same(from + i, first + j)) {
        match[from + i++] = first + j++;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
  }

  private boolean same(int i, int j) {
    return Arrays.equals(
        text.forms(),
        text.exactStart(i),
        text.exactStart(i) + text.exactLength(i),
        spoken.forms(),
        spoken.exactStart(j),
        spoken.exactStart(j) + spoken.exactLength(j));
  }

  private long[] times(int[] wordOf, long[] heardTimes) {
    long[] times = new long[2 * match.length];
    int nextHeard = 0;
    for (int i = 0; i < match.length; ) {
      if (match[i] != UNKNOWN) {
        set(times, i, wordOf[match[i]], wordOf[match[i]], heardTimes);
        nextHeard = match[i++] + 1;
        continue;
      }
      int from = i;
      int to =
          IntStream.range(from, match.length)
              .filter(k -> match[k] != UNKNOWN)
              .findFirst()
              .orElse(match.length);
      int last = to < match.length ? match[to] : wordOf.length;
      for (; i < to; i++) {
        int words = last - nextHeard;
        if (words > 0) { // these were heard instead: share them out
          int one = nextHeard + (int) ((long) (i - from) * words / (to - from));
          int end = nextHeard + (int) ((long) (i - from + 1) * words / (to - from));
          set(times, i, wordOf[one], wordOf[Math.max(one, end - 1)], heardTimes);
        } else {
          between(times, i, from, to, last < wordOf.length ? wordOf[last] : UNKNOWN, heardTimes);
        }
      }
    }
    return times;
  }

  private static void set(long[] times, int i, int firstWord, int lastWord, long[] heardTimes) {
    times[2 * i] = heardTimes[2 * firstWord];
    times[2 * i + 1] = Math.max(times[2 * i], heardTimes[2 * lastWord + 1]);
  }

  /** Nothing was heard for words {@code from} to {@code to}: they share the time in between. */
  private static void between(
      long[] times, int i, int from, int to, int nextWord, long[] heardTimes) {
    long start = from == 0 ? heardTimes[0] : times[2 * from - 1];
    long end = nextWord == UNKNOWN ? start : Math.max(start, heardTimes[2 * nextWord]);
    times[2 * i] = start + (end - start) * (i - from) / (to - from);
    times[2 * i + 1] = start + (end - start) * (i - from + 1) / (to - from);
  }
}

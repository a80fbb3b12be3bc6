package io.earshot.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives each word of a text the time of the heard word it stands for.
 *
 * <p>The text may differ from what was heard: capitals, punctuation, a corrected word. Both are
 * walked together; where they part, the nearest place where they meet again within {@link
 * #LOOK_AHEAD} words is taken. A word in between lies between its neighbours' times.
 */
public final class WordTimes {
  private static final int LOOK_AHEAD = 12;
  private static final int UNKNOWN = -1;

  private WordTimes() {}

  /**
   * Times of a text's words.
   *
   * @param text the text
   * @param tokens the words of the text
   * @param heard the words as heard
   * @param heardTimes start and end in milliseconds of each heard word
   * @return start and end of each word of the text; empty if not one word could be placed
   */
  public static long[] align(String text, Tokens tokens, List<String> heard, long[] heardTimes) {
    String said = String.join(" ", heard);
    boolean asHeard = said.equals(text);
    Tokens spoken = asHeard ? tokens : Analysis.tokens(said, "");
    int[] wordOf = wordOf(spoken, heard);
    int[] match = asHeard ? IntStream.range(0, tokens.size()).toArray() : match(tokens, spoken);
    long[] times = new long[2 * tokens.size()];
    boolean any = false;
    for (int i = 0; i < tokens.size(); i++) {
      if (match[i] == UNKNOWN) {
        times[2 * i] = UNKNOWN;
      } else {
        any = true;
        int word = wordOf[match[i]];
        times[2 * i] = heardTimes[2 * word];
        times[2 * i + 1] = heardTimes[2 * word + 1];
      }
    }
    if (!any) {
      return new long[0];
    }
    fillBetween(times, heardTimes);
    return times;
  }

  /** For each token of the heard words, the index of the word it came from. */
  private static int[] wordOf(Tokens spoken, List<String> heard) {
    int[] wordOf = new int[spoken.size()];
    int word = 0;
    int end = heard.isEmpty() ? 0 : heard.getFirst().length();
    for (int i = 0; i < wordOf.length; i++) {
      while (spoken.startOffset(i) >= end && word < heard.size() - 1) {
        word++;
        end += 1 + heard.get(word).length();
      }
      wordOf[i] = word;
    }
    return wordOf;
  }

  private static int[] match(Tokens text, Tokens spoken) {
    int[] match = new int[text.size()];
    Arrays.fill(match, UNKNOWN);
    int i = 0;
    int j = 0;
    while (i < text.size() && j < spoken.size()) {
      int skip = nextMeeting(text, i, spoken, j);
      if (skip == UNKNOWN) {
        match[i++] = j++; // another word at the same place
      } else {
        int left = skip / LOOK_AHEAD;
        int right = skip % LOOK_AHEAD;
        for (int k = 0; k < left && right > 0; k++) {
          match[i + k] = j + k * right / left; // other words at the same place
        }
        i += left;
        j += right;
        match[i++] = j++;
      }
    }
    return match;
  }

  /** How many words of each to leave out until they meet, as one number; the fewest in all. */
  private static int nextMeeting(Tokens text, int i, Tokens spoken, int j) {
    for (int sum = 0; sum < LOOK_AHEAD; sum++) {
      for (int left = 0; left <= sum; left++) {
        int right = sum - left;
        if (i + left < text.size()
            && j + right < spoken.size()
            && same(text, i + left, spoken, j + right)) {
          return left * LOOK_AHEAD + right;
        }
      }
    }
    return UNKNOWN;
  }

  private static boolean same(Tokens a, int i, Tokens b, int j) {
    int length = a.exactLength(i);
    return Arrays.equals(
        a.forms(),
        a.exactStart(i),
        a.exactStart(i) + length,
        b.forms(),
        b.exactStart(j),
        b.exactStart(j) + b.exactLength(j));
  }

  private static void fillBetween(long[] times, long[] heardTimes) {
    long before = heardTimes[0];
    for (int i = 0; i < times.length; i += 2) {
      if (times[i] == UNKNOWN) {
        int next = i;
        while (next < times.length && times[next] == UNKNOWN) {
          next += 2;
        }
        long after = next < times.length ? times[next] : heardTimes[heardTimes.length - 1];
        long room = Math.max(0, after - before);
        int words = (next - i) / 2;
        for (int k = 0; k < words; k++) {
          times[i + 2 * k] = before + room * k / words;
          times[i + 2 * k + 1] = before + room * (k + 1) / words;
        }
        i = next - 2;
      }
      before = times[i + 1];
    }
  }
}

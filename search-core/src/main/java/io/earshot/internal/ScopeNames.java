package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The names, addresses or identifiers of one customer's interactions, found by how any word of them
 * begins.
 *
 * <p>Immutable.
 */
public final class ScopeNames implements ScopeCache.Value {
  private static final int OBJECTS = 150; // of each name: two strings and its place in the arrays
  private static final char WHOLE =
      '\n'; // before the digits of a telephone number; nobody types it

  private final WordCounts names;
  private final String[] folded; // of each name its words with a space between, folded
  private final long[] beginnings; // name and place in its folded form, in the order of what begins

  private ScopeNames(WordCounts names) {
    this.names = names;
    folded = new String[names.size()];
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < folded.length; i++) {
      String name = names.get(i).text();
      StringBuilder words = new StringBuilder();
      for (Run run : runs(name)) {
        words.append(words.isEmpty() ? "" : " ");
        found.add((long) i << Integer.SIZE | words.length());
        words.append(run.folded);
      }
      Optional<String> digits = Identifiers.telephoneDigits(name);
      if (digits.isPresent()) {
        words.append(WHOLE);
        found.add((long) i << Integer.SIZE | words.length());
        words.append(digits.get());
      }
      folded[i] = words.toString();
    }
    found.sort(this::compare);
    beginnings = found.stream().mapToLong(Long::longValue).toArray();
  }

  /** Those of a field of a customer's interactions. */
  public static ScopeNames of(ScopedSearcher searcher, String field) throws IOException {
    if (!ScopeWords.isWorthKeeping(searcher)) {
      return new ScopeNames(ScopeWords.counts(searcher, field));
    }
    return searcher
        .cache()
        .get(
            searcher.leavesInScope(),
            searcher.customer().orElseThrow(),
            field,
            ScopeNames.class,
            () -> new ScopeNames(ScopeWords.counts(searcher, field)));
  }

  /** A run of letters, digits and marks in a name. */
  private record Run(int start, String folded) {}

  private static List<Run> runs(String name) {
    List<Run> runs = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= name.length(); ) {
      boolean inWord = i < name.length() && Analysis.isInWord(name.codePointAt(i));
      if (inWord && start < 0) {
        start = i;
      } else if (!inWord && start >= 0) {
        String run = Analysis.folded(name.substring(start, i));
        if (!run.isEmpty()) {
          runs.add(new Run(start, run));
        }
        start = -1;
      }
      i += i < name.length() ? Character.charCount(name.codePointAt(i)) : 1;
    }
    return runs;
  }

  private int name(long beginning) {
    return (int) (beginning >>> Integer.SIZE);
  }

  private int compare(long one, long other) {
    String text = folded[name(one)];
    String otherText = folded[name(other)];
    int i = (int) one;
    int j = (int) other;
    for (; i < text.length() && j < otherText.length(); i++, j++) {
      if (text.charAt(i) != otherText.charAt(j)) {
        return Character.compare(text.charAt(i), otherText.charAt(j));
      }
    }
    return Integer.compare(text.length() - i, otherText.length() - j);
  }

  /** Negative if what begins there comes before everything that begins so, 0 if it begins so. */
  private int compare(long beginning, String typed) {
    String text = folded[name(beginning)];
    int at = (int) beginning;
    for (int i = 0; i < typed.length(); i++) {
      if (at + i == text.length()) {
        return -1;
      }
      if (text.charAt(at + i) != typed.charAt(i)) {
        return Character.compare(text.charAt(at + i), typed.charAt(i));
      }
    }
    return 0;
  }

  private int first(String typed, int least) {
    int low = 0;
    int high = beginnings.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(beginnings[middle], typed) < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The names of which some words begin so, most interactions first, then in alphabetic order.
   *
   * @param typed folded words with a space between; the last is begun, unless a space follows it
   */
  public List<Counted> beginning(String typed, int most) {
    PriorityQueue<Long> best = new PriorityQueue<>();
    Set<Long> kept = new HashSet<>(); // two words of a name may begin so
    int end = first(typed, 1);
    for (int i = first(typed, 0); i < end; i++) {
      int name = name(beginnings[i]);
      long rank = (long) names.count(name) << Integer.SIZE | (Integer.MAX_VALUE - name);
      if ((best.size() < most || rank > best.element()) && kept.add(rank)) {
        best.add(rank);
        if (best.size() > most) {
          kept.remove(best.remove());
        }
      }
    }
    Counted[] inOrder = new Counted[best.size()];
    for (int i = inOrder.length - 1; i >= 0; i--) {
      inOrder[i] = names.get(Integer.MAX_VALUE - (int) best.remove().longValue());
    }
    return Arrays.asList(inOrder);
  }

  /**
   * What of a name is still to be typed, when its words are typed one after the other.
   *
   * @param typed as for {@link #beginning}
   * @param words how many of the words that were typed stay as they are
   * @return the name from the word behind them on; empty if it is not typed so
   */
  public static Optional<String> rest(String name, String typed, int words) {
    List<Run> runs = runs(name);
    for (int i = 0; i + words < runs.size(); i++) {
      StringBuilder rest = new StringBuilder();
      for (Run run : runs.subList(i, runs.size())) {
        rest.append(rest.isEmpty() ? "" : " ").append(run.folded);
      }
      if (rest.toString().startsWith(typed)) {
        return Optional.of(name.substring(runs.get(i + words).start));
      }
    }
    return Optional.empty();
  }

  @Override
  public long bytes() {
    long bytes = 8L * beginnings.length + names.bytes();
    for (String one : folded) {
      bytes += OBJECTS + one.length();
    }
    return bytes;
  }
}

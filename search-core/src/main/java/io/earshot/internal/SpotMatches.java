package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link Spot} finds in the document that a {@link SegmentMatcher} looks at: whether there
 * is a match, a set of words, and which words belong to one.
 *
 * <p>Words that stand often have more matches than anybody could list: ten of each word make a
 * hundred pairs, a thousand triples. So matches that the operators around them cannot tell apart
 * count as one. An operator asks where a match begins and ends, and whether it shares a word with
 * another one; mostly no two words of a spot ever do, and then the places alone are enough. Which
 * words belong to a match of the whole is found out from the outermost operator inwards.
 *
 * <p>For one spot in one document, or in one of its turns; not thread-safe.
 */
final class SpotMatches {
  /** Matches that are kept in mind for one operator; beyond, the answer says so. */
  private static final int MOST_KEPT = 1_000_000;

  /** How many times as long a pair takes for each word beyond two that it has to tell apart. */
  private static final int COST_OF_PART = 8;

  private static final Comparator<Match> IN_ORDER =
      Comparator.comparingInt(Match::field).thenComparingInt(Match::first);

  private final SegmentMatcher document;
  private final Spot spot;
  private final boolean withParts;
  private final IdentityHashMap<Spot, List<Match>> exactly = new IdentityHashMap<>();
  private final IdentityHashMap<Spot, List<Match>> byBeginning = new IdentityHashMap<>();

  SpotMatches(SegmentMatcher document, Spot spot) throws IOException {
    this.document = document;
    this.spot = spot;
    withParts = !isNested(spot) || mayShareWords();
  }

  /**
   * A match, or all that look alike.
   *
   * @param last position of the last word; of the first where that makes no difference
   * @param parts its words in the order of the text; none where no two words can be shared
   */
  private record Match(int field, int first, int last, List<Occurrence> parts) {
    boolean sharesWordWith(Match other) {
      if (first > other.last || other.first > last) {
        return false;
      }
      for (Occurrence part : parts) {
        for (Occurrence others : other.parts) {
          if (part.sharesWordWith(others)) {
            return true;
          }
        }
      }
      return false;
    }

    /** Words between the two; 0 if one begins before the other ends. */
    int wordsBetween(Match other) {
      return Math.max(0, Math.max(first, other.first) - Math.min(last, other.last) - 1);
    }
  }

  /** Takes matches one by one. */
  private interface Sink {
    /** Whether it has had enough. */
    boolean takes(Match match) throws IOException;
  }

  /** Gives matches one by one. */
  private interface Source {
    /** Whether the sink had enough. */
    boolean gives(Sink sink) throws IOException;
  }

  /** Takes the matches of both sides of an operator that fulfil it. */
  private interface Pairs {
    /**
     * Whether it has had enough.
     *
     * @param right index of the right one
     */
    boolean takes(Match left, int right) throws IOException;
  }

  /** Whether there is a match, as far as was looked. */
  boolean any() throws IOException {
    return each(spot, false, match -> true);
  }

  /** Gives all words that belong to a match, as far as was looked; some more than once. */
  void mark(List<Occurrence> marked) throws IOException {
    mark(spot, false, null, marked);
  }

  private static boolean isNested(Spot spot) {
    return switch (spot) {
      case Spot.Pair pair -> isPair(pair.left()) || isPair(pair.right());
      case Spot.Either either -> either.spots().stream().anyMatch(SpotMatches::isNested);
      case Spot.Leaf leaf -> false;
      case Spot.AnyWords any -> false;
    };
  }

  private static boolean isPair(Spot spot) {
    return switch (spot) {
      case Spot.Pair pair -> true;
      case Spot.Either either -> either.spots().stream().anyMatch(SpotMatches::isPair);
      case Spot.Leaf leaf -> false;
      case Spot.AnyWords any -> false;
    };
  }

  private boolean mayShareWords() throws IOException {
    List<Occurrence> all = new ArrayList<>();
    for (Spot leaf : Spots.leaves(spot)) {
      all.addAll(document.occurrences(leaf));
    }
    all.sort(Comparator.comparingInt(Occurrence::field).thenComparingInt(Occurrence::first));
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i - 1).sharesWordWith(all.get(i))) {
        return true;
      }
    }
    return false;
  }

  private Match match(Occurrence one, boolean exact) {
    return new Match(
        one.field(),
        one.first(),
        exact || withParts ? one.last() : one.first(),
        withParts ? List.of(one) : List.of());
  }

  private Match joined(Match left, Match right, boolean exact) {
    int first = Math.min(left.first, right.first);
    List<Occurrence> parts = List.of();
    if (withParts) {
      parts = new ArrayList<>(left.parts);
      parts.addAll(right.parts);
      parts.sort(Comparator.comparingInt(Occurrence::first)); // whichever operand it belongs to
    }
    int last = exact || withParts ? Math.max(left.last, right.last) : first;
    return new Match(left.field, first, last, parts);
  }

  /**
   * Gives the matches of a spot to the sink, as they are found.
   *
   * @param exact whether it makes a difference where they end
   */
  private boolean each(Spot of, boolean exact, Sink sink) throws IOException {
    return switch (of) {
      case Spot.Leaf leaf -> eachWord(leaf, exact, sink);
      case Spot.AnyWords any -> eachWord(any, exact, sink);
      case Spot.Either either -> {
        for (Spot one : either.spots()) {
          if (each(one, exact, sink)) {
            yield true;
          }
        }
        yield false;
      }
      case Spot.Pair pair ->
          pairs(
              pair,
              exact,
              lefts -> each(pair.left(), ofBoth(pair, exact), lefts),
              joining(pair, exact, sink));
    };
  }

  private boolean eachWord(Spot leaf, boolean exact, Sink sink) throws IOException {
    for (Occurrence one : document.occurrences(leaf)) {
      if (!document.mayGoOn()) {
        return false;
      }
      if (sink.takes(match(one, exact))) {
        return true;
      }
    }
    return false;
  }

  /** Gives on what pairs make, each once. */
  private Pairs joining(Spot.Pair of, boolean exact, Sink sink) throws IOException {
    List<Match> rights = rights(of, exact);
    Set<Match> seen = new HashSet<>();
    return (left, right) -> {
      if (seen.size() >= MOST_KEPT) {
        document.cutShort();
        return false;
      }
      Match match = joined(left, rights.get(right), exact);
      return seen.add(match) && sink.takes(match);
    };
  }

  /** All matches of a spot in order; a list of its own for each side of an operator. */
  private List<Match> all(Spot of, boolean exact) throws IOException {
    IdentityHashMap<Spot, List<Match>> known = exact ? exactly : byBeginning;
    List<Match> all = known.get(of);
    if (all == null) {
      List<Match> found = new ArrayList<>();
      each(
          of,
          exact,
          match -> {
            found.add(match);
            return false;
          });
      found.sort(IN_ORDER);
      all = found;
      known.put(of, all);
    }
    return all;
  }

  /** What stands on the right of an operator, in the order in which pairs are looked for. */
  private List<Match> rights(Spot.Pair of, boolean exact) throws IOException {
    return all(of.right(), ofBoth(of, exact));
  }

  /** Whether it makes a difference where the matches of both sides end: to it, or around it. */
  private static boolean ofBoth(Spot.Pair of, boolean exact) {
    return exact || of instanceof Spot.Near;
  }

  private boolean pairs(Spot.Pair of, boolean exact, Source lefts, Pairs pairs) throws IOException {
    List<Match> rights = rights(of, exact);
    return switch (of) {
      case Spot.Near near -> near(near, lefts, rights, pairs);
      case Spot.Within within -> within(within, lefts, rights, pairs);
    };
  }

  private boolean near(Spot.Near near, Source lefts, List<Match> rights, Pairs pairs)
      throws IOException {
    int reach = near.words() + 1;
    int longest = 0;
    for (Match right : rights) {
      longest = Math.max(longest, right.last - right.first);
    }
    int back = reach + longest;
    return lefts.gives(
        left -> {
          int from = firstAtOrAfter(rights, left.field, left.first - back);
          for (int i = from; i < rights.size() && mayPair(left); i++) {
            Match right = rights.get(i);
            if (right.field != left.field || right.first > left.last + reach) {
              break;
            }
            if (left.wordsBetween(right) <= near.words()
                && !left.sharesWordWith(right)
                && inOneSegment(left, right)
                && pairs.takes(left, i)) {
              return true;
            }
          }
          return false;
        });
  }

  private static int firstAtOrAfter(List<Match> matches, int field, int position) {
    int low = 0;
    int high = matches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Match match = matches.get(middle);
      if (match.field < field || (match.field == field && match.first < position)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Two that are close lie in one segment, unless one of them reaches over several by itself. */
  private boolean inOneSegment(Match left, Match right) throws IOException {
    int first = Math.min(left.first, right.first);
    int last = Math.max(left.last, right.last);
    MomentMap map = document.map();
    return last - first < SegmentedText.GAP
        || left.field != 0
        || map.turnAtPosition(first) == map.turnAtPosition(last);
  }

  private boolean within(Spot.Within within, Source lefts, List<Match> rights, Pairs pairs)
      throws IOException {
    MomentMap map = document.map();
    long[][] byTime = new long[rights.size()][];
    for (int i = 0; i < byTime.length; i++) {
      byTime[i] = new long[] {map.timeMs(rights.get(i).first), i};
    }
    Arrays.sort(byTime, Comparator.comparingLong(one -> one[0])); // turns may overlap
    return lefts.gives(
        left -> {
          long time = map.timeMs(left.first);
          for (int i = firstAtOrAfter(byTime, time - within.millis());
              i < byTime.length && byTime[i][0] - time <= within.millis() && mayPair(left);
              i++) {
            int right = (int) byTime[i][1];
            if (!left.sharesWordWith(rights.get(right)) && pairs.takes(left, right)) {
              return true;
            }
          }
          return false;
        });
  }

  private static int firstAtOrAfter(long[][] byTime, long time) {
    int low = 0;
    int high = byTime.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byTime[middle][0] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean mayPair(Match left) {
    return document.mayPair(Math.max(1, COST_OF_PART * (left.parts.size() - 1)));
  }

  /**
   * Gives the words of those matches of a spot.
   *
   * @param wanted null if all of them
   */
  private void mark(Spot of, boolean exact, @Nullable Set<Match> wanted, List<Occurrence> marked)
      throws IOException {
    switch (of) {
      case Spot.Leaf leaf -> markWords(leaf, exact, wanted, marked);
      case Spot.AnyWords any -> markWords(any, exact, wanted, marked);
      case Spot.Either either -> {
        for (Spot one : either.spots()) {
          mark(one, exact, wanted, marked);
        }
      }
      case Spot.Pair pair -> {
        boolean ends = ofBoth(pair, exact);
        Chosen chosen = new Chosen(all(pair.left(), ends), rights(pair, exact), exact, wanted);
        document.grantToMark();
        pairs(pair, exact, chosen::gives, chosen);
        mark(pair.left(), ends, chosen.lefts(), marked);
        mark(pair.right(), ends, chosen.rights(), marked);
      }
    }
  }

  private void markWords(
      Spot leaf, boolean exact, @Nullable Set<Match> wanted, List<Occurrence> marked)
      throws IOException {
    document.grantToMark();
    for (Occurrence one : document.occurrences(leaf)) {
      if (!document.mayGoOn()) {
        break;
      }
      if (wanted == null || wanted.contains(match(one, exact))) {
        marked.add(one);
      }
    }
  }

  /** The matches of both sides of an operator that make one of those that are wanted. */
  private final class Chosen implements Pairs {
    private final List<Match> lefts;
    private final List<Match> rights;
    private final boolean exact;
    private final @Nullable Set<Match> wanted;
    private final BitSet chosenLefts = new BitSet();
    private final BitSet chosenRights = new BitSet();
    private int left;

    private Chosen(
        List<Match> lefts, List<Match> rights, boolean exact, @Nullable Set<Match> wanted) {
      this.lefts = lefts;
      this.rights = rights;
      this.exact = exact;
      this.wanted = wanted;
    }

    private boolean gives(Sink sink) throws IOException {
      for (left = 0; left < lefts.size() && document.mayGoOn(); left++) {
        if (sink.takes(lefts.get(left))) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean takes(Match one, int right) {
      if (wanted == null || wanted.contains(joined(one, rights.get(right), exact))) {
        chosenLefts.set(left);
        chosenRights.set(right);
      }
      return false;
    }

    private @Nullable Set<Match> lefts() {
      return chosen(lefts, chosenLefts);
    }

    private @Nullable Set<Match> rights() {
      return chosen(rights, chosenRights);
    }

    private static @Nullable Set<Match> chosen(List<Match> all, BitSet chosen) {
      if (chosen.cardinality() == all.size()) {
        return null;
      }
      Set<Match> set = new HashSet<>();
      chosen.stream().forEach(i -> set.add(all.get(i)));
      return set;
    }
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well the words of a query stand together in a document: what a passage of it holds of them,
 * and whether they follow each other as they were typed.
 *
 * <p>A word counts by how rare it is. A passage is {@value #PASSAGE} words long, and goes on over
 * the ends of turns: an answer stands behind its question. Each end counts as {@value #TURN} words.
 *
 * <p>Made for one search; not thread-safe.
 */
public final class Closeness {
  private static final int PASSAGE = 40;
  private static final int TURN = 4;

  /** Between two words that were typed side by side so many others may stand. */
  private static final int BETWEEN = 2;

  private final Ranking ranking;
  private final Formula formula;
  private final Map<Integer, Integer> places = new HashMap<>(); // of a clause, among the words
  private final double[] rarity; // of each word, in the order they were typed in

  /** For documents that fulfil that formula. */
  public Closeness(ScopedSearcher searcher, Formula formula) throws IOException {
    ranking = searcher.ranking();
    this.formula = formula;
    Map<Integer, Double> clauses = new LinkedHashMap<>();
    for (Spot.Leaf leaf : Spots.wanted(formula)) {
      if (leaf.number() == leaf.clause() || !clauses.containsKey(leaf.clause())) {
        clauses.put(leaf.clause(), searcher.rarity(leaf.words(), Fields.TEXT));
      }
    }
    rarity = new double[clauses.size()];
    new TreeMap<>(clauses)
        .forEach(
            (clause, rare) -> {
              rarity[places.size()] = rare;
              places.put(clause, places.size());
            });
  }

  /** Whether there is more than one word, so that there is something to stand together. */
  public boolean matters() {
    return rarity.length > 1 && ranking.looksAtPlaces();
  }

  /**
   * How well the words stand together.
   *
   * @param passage the share of the query that one passage holds
   * @param phrase the share of the query's neighbours that are neighbours there
   * @param more by what share the document scores more
   */
  public record Parts(double passage, double phrase, float more) {}

  /** How well the words stand together in a document. */
  public Parts parts(SegmentMatcher matcher, int doc) throws IOException {
    List<Occurrence> all = matcher.all(formula, doc);
    double passage = 0;
    double phrase = 0;
    int from = 0;
    while (from < all.size()) {
      int to = from + 1;
      while (to < all.size() && all.get(to).field() == all.get(from).field()) {
        to++;
      }
      InField words = new InField(all.subList(from, to));
      double share = ranking.share(Fields.searched().get(all.get(from).field()).name());
      passage = Math.max(passage, share * words.passage(matcher));
      phrase = Math.max(phrase, share * words.phrase());
      from = to;
    }
    float more = (float) (ranking.passage() * passage + ranking.phrase() * phrase);
    return new Parts(passage, phrase, more);
  }

  /** Whether a passage that begins with the one holds the other, the ends of turns counted in. */
  private static boolean isInPassage(Occurrence begin, Occurrence one, SegmentMatcher matcher)
      throws IOException {
    int apart = one.first() - begin.first();
    int ends = apart / SegmentedText.GAP; // at most: one turn may be as long as many gaps
    if (apart - ends * (SegmentedText.GAP - TURN) > PASSAGE || ends == 0) {
      return apart <= PASSAGE;
    }
    if (!Fields.searched().get(one.field()).name().equals(Fields.TEXT)) {
      return false; // no attachment goes on in the next
    }
    ends = matcher.map().turnAtPosition(one.first()) - matcher.map().turnAtPosition(begin.first());
    return apart - ends * (SegmentedText.GAP - TURN) <= PASSAGE;
  }

  /** The words of one field of a document, in order. */
  private final class InField {
    private final List<Occurrence> inOrder;
    private final int[] place; // of each, among the words that were typed

    private InField(List<Occurrence> inOrder) {
      this.inOrder = inOrder;
      place = new int[inOrder.size()];
      for (int i = 0; i < place.length; i++) {
        place[i] = places.getOrDefault(inOrder.get(i).leaf(), 0);
      }
    }

    /** The share of the query that the passage holds that holds most of it. */
    private double passage(SegmentMatcher matcher) throws IOException {
      int[] times = new int[rarity.length];
      int words = 0;
      double held = 0;
      double best = 0;
      int from = 0;
      for (int i = 0; i < place.length; i++) {
        if (times[place[i]]++ == 0) {
          held += rarity[place[i]];
          words++;
        }
        while (!isInPassage(inOrder.get(from), inOrder.get(i), matcher)) {
          if (--times[place[from]] == 0) {
            held -= rarity[place[from]];
            words--;
          }
          from++;
        }
        if (words == rarity.length) {
          return 1;
        }
        best = Math.max(best, held);
      }
      return best / total();
    }

    /** The share of neighbours in the query that are neighbours there, too. */
    private double phrase() {
      double[] found = new double[rarity.length]; // of each word, how near the next follows it
      for (int i = 0; i < place.length; i++) {
        int last = inOrder.get(i).last();
        for (int j = i + 1; j < place.length; j++) {
          int between = inOrder.get(j).first() - last - 1;
          if (between > BETWEEN) {
            break;
          }
          if (between >= 0 && place[j] == place[i] + 1) {
            found[place[i]] = Math.max(found[place[i]], 1.0 / (1 + between));
          }
        }
      }
      double sum = 0;
      double most = 0;
      for (int i = 0; i + 1 < rarity.length; i++) {
        double weight = Math.min(rarity[i], rarity[i + 1]);
        sum += weight * found[i];
        most += weight;
      }
      return most == 0 ? 0 : sum / most;
    }
  }

  private double total() {
    double total = 0;
    for (double one : rarity) {
      total += one;
    }
    return total == 0 ? 1 : total;
  }
}

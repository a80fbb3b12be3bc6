package io.earshot;

import io.earshot.internal.Closeness;
import io.earshot.internal.Fields;
import io.earshot.internal.Formula;
import io.earshot.internal.FormulaQueries;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.Mark;
import io.earshot.internal.RankingSimilarity;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.SegmentMatcher;
import io.earshot.internal.Spot;
import io.earshot.internal.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.jspecify.annotations.Nullable;

/**
 * Says in words why a hit stands where it does: {@code docs/ranking.md} has the formula.
 *
 * <p>For each word how often it stands where, how rare it is in this history, and what it scores;
 * then what is added for words that stand together, and what the interaction itself counts.
 */
final class Explainer {
  private final ScopedSearcher searcher;
  private final Search.Plan plan;
  private final Map<Integer, String> leaves;
  private final long now;
  private final Predicate<Found> reranked;
  private final Map<Integer, List<Spot.Leaf>> spots = new HashMap<>();

  /**
   * For one search.
   *
   * @param leaves what was typed for each leaf of the plan's formula
   * @param now when the search began, in milliseconds since the epoch
   * @param reranked whether it counted for a hit where its words stand
   */
  Explainer(
      ScopedSearcher searcher,
      Search.Plan plan,
      Map<Integer, String> leaves,
      long now,
      Predicate<Found> reranked) {
    this.searcher = searcher;
    this.plan = plan;
    this.leaves = leaves;
    this.now = now;
    this.reranked = reranked;
  }

  /**
   * The reasons, one a line.
   *
   * @param marks what was found in it
   * @param ranked whether its score decides where it stands
   */
  List<String> explain(Found found, Map<String, List<Mark>> marks, boolean ranked)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Integer, Map<String, Integer>> clause : counts(marks).entrySet()) {
      Scored scored = ranked ? scored(clause.getKey(), found) : Scored.NOTHING;
      String line = leaves.get(clause.getKey()) + ": " + counted(clause.getValue(), scored, found);
      lines.add(scored.score == 0 ? line : line + "; scores " + number(scored.score));
    }
    if (ranked) {
      lines.addAll(factors(found));
      lines.add("score: " + found.score());
    }
    return lines;
  }

  /** What was marked, by clause and field; an identifier and its words count once. */
  private static Map<Integer, Map<String, Integer>> counts(Map<String, List<Mark>> marks) {
    Map<Integer, Map<String, Integer>> counts = new TreeMap<>();
    for (Fields.Searched field : Fields.searched()) {
      Map<Integer, Integer> ends = new HashMap<>();
      for (Mark mark : marks.getOrDefault(field.name(), List.of())) {
        if (mark.startOffset() >= ends.getOrDefault(mark.clause(), 0)) {
          counts
              .computeIfAbsent(mark.clause(), clause -> new TreeMap<>())
              .merge(field.name(), 1, Integer::sum);
        }
        ends.merge(mark.clause(), mark.endOffset(), Math::max);
      }
    }
    return counts;
  }

  private String counted(Map<String, Integer> inFields, Scored scored, Found found)
      throws IOException {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Integer> inField : inFields.entrySet()) {
      String field = inField.getKey();
      List<String> why = new ArrayList<>();
      why.add("weight " + number(searcher.ranking().weight(field)));
      if (!scored.words.isEmpty()) {
        why.add("rarity " + number(searcher.rarity(scored.words, field)));
        int inflected = inField.getValue() - asTyped(scored.words, field, found);
        if (inflected > 0 && scored.words.size() == 1) {
          why.add(String.format(Locale.ROOT, "%,d inflected", inflected));
        }
        why.add(length(field, found));
      }
      parts.add(
          String.format(
              Locale.ROOT,
              "%,d \u00d7 in %s (%s)",
              inField.getValue(),
              shown(field),
              String.join(", ", why)));
    }
    return String.join(", ", parts);
  }

  /** How often the first of some words stands there as it was typed. */
  private int asTyped(List<Spot.Forms> words, String field, Found found) throws IOException {
    LeafReaderContext leaf = leaf(found);
    return words.getFirst() instanceof Spot.Terms terms
        ? searcher.freq(
            leaf, new Term(field, terms.forms().getFirst().term()), found.doc() - leaf.docBase)
        : 0;
  }

  private String length(String field, Found found) throws IOException {
    LeafReaderContext leaf = leaf(found);
    int length = ScopedSearcher.length(leaf, field, found.doc() - leaf.docBase);
    return length <= RankingSimilarity.LONGEST
        ? String.format(Locale.ROOT, "of %,d words", length)
        : String.format(
            Locale.ROOT, "of %,d words, counted as %,d", length, RankingSimilarity.LONGEST);
  }

  private static String shown(String field) {
    return switch (field) {
      case Fields.TEXT -> "turns";
      case Fields.SUBJECT -> "the subject";
      case Fields.ATTACHMENT -> "attachments";
      default -> "quoted text";
    };
  }

  /**
   * What a clause scores.
   *
   * @param words what was found of what may have been written for it; empty of beginnings
   */
  private record Scored(double score, List<Spot.Forms> words) {
    private static final Scored NOTHING = new Scored(0, List.of());
  }

  /** What a clause scores; nothing of what scores only with others. */
  private Scored scored(int clause, Found found) throws IOException {
    if (spots.isEmpty()) {
      for (Spot.Leaf leaf : FormulaQueries.wanted(plan.formula())) {
        spots.computeIfAbsent(leaf.clause(), number -> new ArrayList<>()).add(leaf);
      }
    }
    Scored best = Scored.NOTHING;
    for (Spot.Leaf leaf : spots.getOrDefault(clause, List.of())) {
      Query query = new FormulaQueries(searcher).of(new Formula.Found(leaf));
      double score = score(searcher.rewrite(query), found);
      if (score > best.score) {
        boolean listed = leaf.words().stream().allMatch(Spot.Terms.class::isInstance);
        best = new Scored(score, listed ? leaf.words() : List.of());
      }
    }
    return best;
  }

  private double score(Query query, Found found) throws IOException {
    LeafReaderContext leaf = leaf(found);
    Scorer scorer = searcher.createWeight(query, ScoreMode.COMPLETE, 1).scorer(leaf);
    int doc = found.doc() - leaf.docBase;
    return scorer != null && scorer.iterator().advance(doc) == doc ? scorer.score() : 0;
  }

  private List<String> factors(Found found) throws IOException {
    List<String> factors = new ArrayList<>();
    LeafReaderContext leaf = leaf(found);
    Closeness closeness = new Closeness(searcher, plan.formula());
    if (closeness.matters() && reranked.test(found)) {
      SegmentMatcher matcher = new SegmentMatcher(searcher, leaf, false);
      Closeness.Parts parts = closeness.parts(matcher, found.doc() - leaf.docBase);
      factors.add(
          "words together: one passage holds %.0f %% of the query, %.0f %% of it in the order typed: \u00d7 %s"
              .formatted(100 * parts.passage(), 100 * parts.phrase(), number(1 + parts.more())));
    }
    @Nullable Standing standing = searcher.standing(now);
    if (standing != null) {
      float factor = standing.of(leaf, found.doc() - leaf.docBase, found.startedAt());
      factors.add(
          "the interaction itself: %s older than the newest, and its channel: \u00d7 %s"
              .formatted(days(standing.daysOld(found.startedAt())), number(factor)));
    }
    return factors;
  }

  private static String days(double days) {
    long whole = Math.round(days);
    return whole == 1 ? "1 day" : String.format(Locale.ROOT, "%,d days", whole);
  }

  private LeafReaderContext leaf(Found found) {
    List<LeafReaderContext> segments = searcher.getLeafContexts();
    return segments.get(ReaderUtil.subIndex(found.doc(), segments));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

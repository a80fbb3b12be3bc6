package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the best documents of those behind the page before, and counts all.
 *
 * <p>The order is total (ties: newest first, then id, then customer), so it does not depend on
 * which segment a document came to lie in. Made for one search on one thread.
 */
public final class HitCollector implements Collector {
  /** What comes first. */
  public enum Order {
    /** The best score. */
    SCORE,
    /** The newest. */
    NEWEST,
    /** The oldest. */
    OLDEST
  }

  /**
   * A document that matched.
   *
   * @param doc its number in the whole reader
   * @param score its score; 0 unless ordered by score
   * @param startedAt in milliseconds since the epoch
   * @param id the interaction's id
   * @param customer whose copy of it
   */
  public record Found(int doc, float score, long startedAt, BytesRef id, BytesRef customer) {}

  private static final Comparator<Found> NEWEST_FIRST =
      Comparator.comparingLong(Found::startedAt)
          .reversed()
          .thenComparing(Found::id)
          .thenComparing(Found::customer);

  private final Order order;
  private final int limit;
  private final @Nullable Found after;
  private final @Nullable FacetCounts facets;
  private final Comparator<Found> best;
  private final PriorityQueue<Found> kept;
  private long total;
  private long behind;

  /**
   * Keeps up to {@code limit} documents.
   *
   * @param after the last document of the page before: only those behind it are kept
   * @param facets counts every document that matches
   */
  public HitCollector(Order order, int limit, Optional<Found> after, Optional<FacetCounts> facets) {
    this.order = order;
    this.limit = limit;
    this.after = after.orElse(null);
    this.facets = facets.orElse(null);
    best =
        switch (order) {
          case SCORE ->
              Comparator.comparingDouble(Found::score).reversed().thenComparing(NEWEST_FIRST);
          case NEWEST -> NEWEST_FIRST;
          case OLDEST ->
              Comparator.comparingLong(Found::startedAt)
                  .thenComparing(Found::id)
                  .thenComparing(Found::customer);
        };
    kept = new PriorityQueue<>(best.reversed());
  }

  /** The best documents, best first. */
  public List<Found> best() {
    List<Found> sorted = new ArrayList<>(kept);
    sorted.sort(best);
    return sorted;
  }

  /** What comes first; total. */
  public Comparator<Found> order() {
    return best;
  }

  /** How many documents matched. */
  public long total() {
    return total;
  }

  /** How many of them lie behind the page before. */
  public long behind() {
    return behind;
  }

  /** The counts of matching documents; empty if none were asked for. */
  public Map<String, Map<String, Long>> facets() {
    return facets == null ? Map.of() : facets.counts();
  }

  @Override
  public ScoreMode scoreMode() {
    return order == Order.SCORE ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
    return new Leaf(leaf);
  }

  private final class Leaf implements LeafCollector {
    private final int base;
    private final NumericDocValues startedAt;
    private final SortedDocValues ids;
    private final SortedDocValues customers;
    private final List<FacetCounts.Leaf> counters;
    private @Nullable Scorable scorer;

    private Leaf(LeafReaderContext leaf) throws IOException {
      base = leaf.docBase;
      startedAt = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
      ids = DocValues.getSorted(leaf.reader(), Fields.ID);
      customers = DocValues.getSorted(leaf.reader(), Fields.CUSTOMER);
      counters = facets == null ? List.of() : facets.leaves(leaf);
    }

    @Override
    public void setScorer(Scorable newScorer) {
      scorer = newScorer;
    }

    @Override
    public void collect(int doc) throws IOException {
      total++;
      for (FacetCounts.Leaf counter : counters) {
        counter.count(doc);
      }
      if (limit == 0) {
        return;
      }
      float score = order == Order.SCORE && scorer != null ? scorer.score() : 0;
      if (after != null && order == Order.SCORE && score > after.score) {
        return;
      }
      startedAt.advanceExact(doc);
      long time = startedAt.longValue();
      if (after != null && best.compare(found(doc, score, time), after) <= 0) {
        return;
      }
      behind++;
      Found worst = kept.size() < limit ? null : kept.peek();
      if (worst != null && isBehind(time, score, worst)) {
        return;
      }
      Found found = found(doc, score, time);
      if (worst == null) {
        kept.add(found);
      } else if (best.compare(found, worst) < 0) {
        kept.poll();
        kept.add(found);
      }
    }

    private Found found(int doc, float score, long time) throws IOException {
      ids.advanceExact(doc);
      customers.advanceExact(doc);
      return new Found(
          base + doc,
          score,
          time,
          BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue())),
          BytesRef.deepCopyOf(customers.lookupOrd(customers.ordValue())));
    }

    /**
     * Whether score and time alone say that it comes behind the worst kept; spares looking up its
     * id.
     */
    private boolean isBehind(long time, float score, Found worst) {
      return switch (order) {
        case SCORE -> score < worst.score || (score == worst.score && time < worst.startedAt);
        case NEWEST -> time < worst.startedAt;
        case OLDEST -> time > worst.startedAt;
      };
    }

    @Override
    public void finish() throws IOException {
      for (FacetCounts.Leaf counter : counters) {
        counter.finish();
      }
    }
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
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
 * Keeps the best documents, counts all, and counts them by channel and month if asked to.
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
  private final Optional<ZoneId> facetZone;
  private final Comparator<Found> best;
  private final PriorityQueue<Found> kept;
  private final TreeMap<String, Long> channels = new TreeMap<>();
  private final TreeMap<String, Long> months = new TreeMap<>(Comparator.reverseOrder());
  private long total;

  /**
   * Keeps up to {@code limit} documents.
   *
   * @param facetZone where months begin; no facets if empty
   */
  public HitCollector(Order order, int limit, Optional<ZoneId> facetZone) {
    this.order = order;
    this.limit = limit;
    this.facetZone = facetZone;
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

  /** How many documents matched. */
  public long total() {
    return total;
  }

  /** Matching documents by channel. */
  public Map<String, Long> channels() {
    return channels;
  }

  /** Matching documents by month, such as 2026-05, newest first. */
  public Map<String, Long> months() {
    return months;
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
    private final SortedDocValues channelNames;
    private @Nullable Scorable scorer;

    private Leaf(LeafReaderContext leaf) throws IOException {
      base = leaf.docBase;
      startedAt = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
      ids = DocValues.getSorted(leaf.reader(), Fields.ID);
      customers = DocValues.getSorted(leaf.reader(), Fields.CUSTOMER);
      channelNames = DocValues.getSorted(leaf.reader(), Fields.CHANNEL);
    }

    @Override
    public void setScorer(Scorable newScorer) {
      scorer = newScorer;
    }

    @Override
    public void collect(int doc) throws IOException {
      total++;
      if (facetZone.isPresent()) {
        count(doc, facetZone.get());
      }
      if (limit == 0) {
        return;
      }
      float score = order == Order.SCORE && scorer != null ? scorer.score() : 0;
      Found worst = kept.size() < limit ? null : kept.peek();
      if (worst != null && order == Order.SCORE && score < worst.score) {
        return;
      }
      startedAt.advanceExact(doc);
      long time = startedAt.longValue();
      if (worst != null && isLater(time, score, worst)) {
        return;
      }
      ids.advanceExact(doc);
      customers.advanceExact(doc);
      Found found =
          new Found(
              base + doc,
              score,
              time,
              BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue())),
              BytesRef.deepCopyOf(customers.lookupOrd(customers.ordValue())));
      if (worst == null) {
        kept.add(found);
      } else if (best.compare(found, worst) < 0) {
        kept.poll();
        kept.add(found);
      }
    }

    /** Whether time alone says that it comes after the worst kept; spares looking up its id. */
    private boolean isLater(long time, float score, Found worst) {
      return switch (order) {
        case SCORE -> score == worst.score && time < worst.startedAt;
        case NEWEST -> time < worst.startedAt;
        case OLDEST -> time > worst.startedAt;
      };
    }

    private void count(int doc, ZoneId zone) throws IOException {
      channelNames.advanceExact(doc);
      channels.merge(channelNames.lookupOrd(channelNames.ordValue()).utf8ToString(), 1L, Long::sum);
      startedAt.advanceExact(doc);
      months.merge(
          YearMonth.from(Instant.ofEpochMilli(startedAt.longValue()).atZone(zone)).toString(),
          1L,
          Long::sum);
    }
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
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
  private final @Nullable Standing standing;
  private final float most; // that a score can be multiplied by
  private final Comparator<Found> best;
  private final PriorityQueue<Candidate> kept; // the worst first
  private long total;
  private long behind;

  /**
   * Keeps up to {@code limit} documents.
   *
   * @param after the last document of the page before: only those behind it are kept
   * @param facets counts every document that matches
   * @param standing what scores are multiplied by
   */
  public HitCollector(
      Order order,
      int limit,
      Optional<Found> after,
      Optional<FacetCounts> facets,
      Optional<Standing> standing) {
    this.standing = standing.orElse(null);
    most = standing.map(Standing::most).orElse(1f);
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
    kept = new PriorityQueue<>(Comparator.reverseOrder());
  }

  /** The best documents, best first. */
  public List<Found> best() {
    return found(kept);
  }

  /** Likewise, whose ids were not looked up unless their order depended on them. */
  public List<Candidate> candidates() {
    List<Candidate> sorted = new ArrayList<>(kept);
    sorted.sort(null);
    return sorted;
  }

  /** Candidates with their ids, best first. */
  public List<Found> found(Collection<Candidate> candidates) {
    List<Candidate> inOrderOfIndex = new ArrayList<>(candidates);
    inOrderOfIndex.sort(Comparator.comparingInt(Candidate::doc)); // as ids are read
    List<Found> sorted = new ArrayList<>(inOrderOfIndex.size());
    for (Candidate candidate : inOrderOfIndex) {
      sorted.add(candidate.found());
    }
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

  /** A document that may be among the best; its id is not looked up before it has to be. */
  public final class Candidate implements Comparable<Candidate> {
    private final Leaf leaf;
    private final int doc;
    private final float score;
    private final long time;
    private @Nullable Found found;

    private Candidate(Leaf leaf, int doc, float score, long time) {
      this.leaf = leaf;
      this.doc = doc;
      this.score = score;
      this.time = time;
    }

    /** Its number in the whole reader. */
    public int doc() {
      return leaf.base + doc;
    }

    /** The same, which scores by that share more. */
    public Candidate scoringMore(float share) {
      return new Candidate(leaf, doc, score * (1 + share), time);
    }

    /** Where it stands beside a document that was found before; negative if it comes first. */
    public int compareTo(Found other) {
      int difference = compareTo(other.score, other.startedAt);
      return difference != 0 ? difference : best.compare(found(), other);
    }

    private Found found() {
      if (found == null) {
        found = leaf.found(this);
      }
      return found;
    }

    /** Negative if it comes before that one. */
    private int compareTo(float otherScore, long otherTime) {
      int byScore = order == Order.SCORE ? Float.compare(otherScore, score) : 0;
      if (byScore != 0) {
        return byScore;
      }
      return order == Order.OLDEST ? Long.compare(time, otherTime) : Long.compare(otherTime, time);
    }

    @Override
    public int compareTo(Candidate other) {
      int difference = compareTo(other.score, other.time);
      return difference != 0 ? difference : best.compare(found(), other.found());
    }
  }

  private boolean isFull() {
    return kept.size() == limit;
  }

  private final class Leaf implements LeafCollector {
    private final LeafReaderContext leaf;
    private final int base;
    private final NumericDocValues startedAt;
    private final List<FacetCounts.Leaf> counters;
    private final Standing.@Nullable InSegment factors;
    private @Nullable Scorable scorer;
    private @Nullable SortedDocValues ids;
    private @Nullable SortedDocValues customers;
    private int lastRead;

    private Leaf(LeafReaderContext leaf) throws IOException {
      this.leaf = leaf;
      base = leaf.docBase;
      startedAt = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
      counters = facets == null ? List.of() : facets.leaves(leaf);
      factors = standing == null ? null : standing.new InSegment(leaf);
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
      if (factors == null && after != null && order == Order.SCORE && score > after.score) {
        return;
      }
      if (after == null && isFull() && score * most < kept.element().score) {
        behind++;
        return;
      }
      startedAt.advanceExact(doc);
      if (factors != null && score != 0) {
        score *= factors.of(doc, startedAt.longValue());
      }
      Candidate candidate = new Candidate(this, doc, score, startedAt.longValue());
      if (after != null && candidate.compareTo(after) <= 0) {
        return;
      }
      behind++;
      if (!isFull()) {
        kept.add(candidate);
      } else if (candidate.compareTo(kept.element()) < 0) {
        kept.remove();
        kept.add(candidate);
      }
    }

    private Found found(Candidate candidate) {
      try {
        if (ids == null || customers == null || candidate.doc < lastRead) {
          ids = DocValues.getSorted(leaf.reader(), Fields.ID);
          customers = DocValues.getSorted(leaf.reader(), Fields.CUSTOMER);
        }
        lastRead = candidate.doc;
        return new Found(
            candidate.doc(),
            candidate.score,
            candidate.time,
            value(ids, candidate.doc),
            value(customers, candidate.doc));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static BytesRef value(SortedDocValues values, int doc) throws IOException {
      values.advanceExact(doc);
      return BytesRef.deepCopyOf(values.lookupOrd(values.ordValue()));
    }

    @Override
    public void finish() throws IOException {
      for (FacetCounts.Leaf counter : counters) {
        counter.finish();
      }
    }
  }
}

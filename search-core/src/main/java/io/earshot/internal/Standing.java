package io.earshot.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;

/**
 * What an interaction counts whatever its words: how recent it is, and its channel.
 *
 * <p>How old it is, is told from the newest in scope and not from now: a history that ended long
 * ago has its newest, too, and an answer does not change from one minute to the next.
 */
public final class Standing {
  private static final double DAY_MS = 86_400_000;

  /** More than the last digit of a float. */
  private static final double ROUNDED = 1.000_001;

  private final Ranking ranking;
  private final long newest;

  /**
   * For one search.
   *
   * @param newest when the newest interaction in scope began, in milliseconds since the epoch
   */
  Standing(Ranking ranking, long newest) {
    this.ranking = ranking;
    this.newest = newest;
  }

  /** How many days before the newest interaction in scope one began; 0 if it is in the future. */
  public double daysOld(long startedAt) {
    return Math.max(0, ((double) newest - startedAt) / DAY_MS);
  }

  /** What no document's score is multiplied by more than. */
  float most() {
    float channel = 1;
    for (float weight : ranking.channels().values()) {
      channel = Math.max(channel, weight);
    }
    return (float) ((1.0 + ranking.recency()) * channel * ROUNDED);
  }

  /** What a document's score is multiplied by. */
  public float of(LeafReaderContext leaf, int doc, long startedAt) throws IOException {
    return new InSegment(leaf).of(doc, startedAt);
  }

  /** Of one segment's documents, asked for in ascending order. */
  final class InSegment {
    private final SortedDocValues channels;
    private final Map<Integer, Float> weights = new HashMap<>();

    InSegment(LeafReaderContext leaf) throws IOException {
      channels = DocValues.getSorted(leaf.reader(), Fields.CHANNEL);
    }

    /** What the document's score is multiplied by. */
    float of(int doc, long startedAt) throws IOException {
      double halved = daysOld(startedAt) / ranking.halfLifeDays();
      double factor = 1 + ranking.recency() * Math.pow(2, -halved);
      if (!ranking.channels().isEmpty() && channels.advanceExact(doc)) {
        Float weight = weights.get(channels.ordValue());
        if (weight == null) {
          String name = channels.lookupOrd(channels.ordValue()).utf8ToString();
          weight = ranking.channels().getOrDefault(name, 1f);
          weights.put(channels.ordValue(), weight);
        }
        factor *= weight;
      }
      return (float) factor;
    }
  }
}

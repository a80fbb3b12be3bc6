package io.earshot.internal;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;

/**
 * How many calls a scope has, and how many of them were heard poorly.
 *
 * @param calls all of them
 * @param poorlyHeard those whose coverage is below a threshold
 */
public record CallCounts(long calls, long poorlyHeard) implements ScopeCache.Value {
  private static final int BYTES =
      300; // with its place in the cache: there is one for every customer

  // What stands for everybody beside the ids of customers: no id holds half a surrogate pair.
  private static final String EVERYBODY = "\ud800";

  /**
   * Counts the calls in scope, once for as long as its segments stay as they are.
   *
   * @param threshold coverage in the unit of {@link Fields#COVERAGE}
   */
  public static CallCounts of(ScopedSearcher searcher, long threshold) throws IOException {
    List<LeafReaderContext> leaves = searcher.leavesInScope();
    if (leaves.isEmpty()) {
      return new CallCounts(0, 0); // a host may ask for any customer; nothing is kept of them
    }
    return searcher
        .cache()
        .get(
            leaves,
            searcher.customer().orElse(EVERYBODY),
            Fields.COVERAGE,
            CallCounts.class,
            () -> counted(searcher, leaves, threshold));
  }

  private static CallCounts counted(
      ScopedSearcher searcher, List<LeafReaderContext> leaves, long threshold) throws IOException {
    long calls = 0;
    long poorlyHeard = 0;
    for (LeafReaderContext leaf : leaves) {
      NumericDocValues heard = DocValues.getNumeric(leaf.reader(), Fields.COVERAGE);
      Bits live = leaf.reader().getLiveDocs();
      int doc = heard.advance(searcher.firstDoc(leaf));
      while (doc < searcher.endDoc(leaf) && doc != DocIdSetIterator.NO_MORE_DOCS) {
        if (live == null || live.get(doc)) {
          calls++;
          poorlyHeard += heard.longValue() < threshold ? 1 : 0;
        }
        doc = heard.nextDoc();
      }
    }
    return new CallCounts(calls, poorlyHeard);
  }

  @Override
  public long bytes() {
    return BYTES;
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Where the documents of one customer, or all, lie in each segment, and what is known of them
 * before any word is looked up.
 *
 * <p>Immutable.
 */
final class Scope implements ScopeCache.Value {
  private static final int BYTES = 200;
  private static final int BYTES_PER_SEGMENT = 40;

  private final Range[] ranges;
  private final int liveDocs;
  private final boolean stemmed;

  /**
   * A run of documents in one segment.
   *
   * @param first its first document
   * @param end one past its last document
   * @param stemmed whether each of its words that has a stem in any document has one
   * @param fields for each field in the order of {@link Fields#searched}, a bit: whether a document
   *     may have words in it
   */
  private record Range(int first, int end, boolean stemmed, int fields) {
    private static final Range NONE = new Range(0, 0, true, 0);
  }

  private Scope(Range[] ranges, int liveDocs) {
    this.ranges = ranges;
    this.liveDocs = liveDocs;
    boolean all = true;
    for (Range range : ranges) {
      all &= range.stemmed;
    }
    stemmed = all;
  }

  /** That customer's documents, or everybody's if there is none given. */
  static Scope of(IndexReader reader, Optional<String> customer, ScopeCache cache)
      throws IOException {
    return customer.isPresent() && reader instanceof DirectoryReader directory
        ? cache.get(directory, customer.get(), Scope.class, () -> read(reader, customer))
        : read(reader, customer);
  }

  private static Scope read(IndexReader reader, Optional<String> customer) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    Range[] ranges = new Range[leaves.size()];
    int live = 0;
    for (LeafReaderContext leaf : leaves) {
      Range range =
          customer.isEmpty()
              ? range(leaf, 0, leaf.reader().maxDoc())
              : range(leaf, new BytesRef(customer.get()));
      ranges[leaf.ord] = range;
      live += live(leaf, range);
    }
    return new Scope(ranges, live);
  }

  /** The index is sorted by customer. */
  private static Range range(LeafReaderContext leaf, BytesRef customer) throws IOException {
    TermsEnum term = find(leaf, Fields.CUSTOMER, customer);
    if (term == null) {
      return Range.NONE;
    }
    int first = term.postings(null, PostingsEnum.NONE).nextDoc();
    return range(leaf, first, first + term.docFreq());
  }

  private static Range range(LeafReaderContext leaf, int first, int end) throws IOException {
    TermsEnum stemless = find(leaf, Fields.STEMLESS, new BytesRef());
    boolean stemmed =
        stemless == null || stemless.postings(null, PostingsEnum.NONE).advance(first) >= end;
    int fields = 0;
    for (int i = 0; i < Fields.searched().size(); i++) {
      fields |= has(leaf, Fields.searched().get(i).name(), first, end) ? 1 << i : 0;
    }
    return new Range(first, end, stemmed, fields);
  }

  private static @Nullable TermsEnum find(LeafReaderContext leaf, String field, BytesRef value)
      throws IOException {
    Terms terms = leaf.reader().terms(field);
    TermsEnum term = terms == null ? null : terms.iterator();
    return term != null && term.seekExact(value) ? term : null;
  }

  /** Words are indexed with norms, which tell which documents have any. */
  private static boolean has(LeafReaderContext leaf, String field, int first, int end)
      throws IOException {
    FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
    NumericDocValues norms =
        info == null || !info.hasNorms() ? null : leaf.reader().getNormValues(field);
    return norms != null && norms.advance(first) < end;
  }

  private static int live(LeafReaderContext leaf, Range range) {
    if (range.end - range.first == leaf.reader().maxDoc()) {
      return leaf.reader().numDocs();
    }
    Bits live = leaf.reader().getLiveDocs();
    if (live == null) {
      return range.end - range.first;
    }
    int count = 0;
    for (int doc = range.first; doc < range.end; doc++) {
      if (live.get(doc)) {
        count++;
      }
    }
    return count;
  }

  /** Number of documents, without those that were removed. */
  int liveDocs() {
    return liveDocs;
  }

  /** First document of the segment in scope. */
  int first(LeafReaderContext leaf) {
    return ranges[leaf.ord].first;
  }

  /** One past the last document of the segment in scope. */
  int end(LeafReaderContext leaf) {
    return ranges[leaf.ord].end;
  }

  /** Number of documents of the segment in scope. */
  int size(LeafReaderContext leaf) {
    return ranges[leaf.ord].end - ranges[leaf.ord].first;
  }

  /** Whether a document of the segment in scope may have terms in that field. */
  boolean mayHave(LeafReaderContext leaf, String field) {
    Range range = ranges[leaf.ord];
    for (int i = 0; i < Fields.searched().size(); i++) {
      if (Fields.searched().get(i).name().equals(field)) {
        return (range.fields & 1 << i) != 0;
      }
    }
    return range.first < range.end;
  }

  /**
   * Whether in each document of the segment in scope a word stands nowhere where its stem does not.
   */
  boolean isStemmed(LeafReaderContext leaf) {
    return ranges[leaf.ord].stemmed;
  }

  /** Likewise of all segments. */
  boolean isStemmed() {
    return stemmed;
  }

  @Override
  public long bytes() {
    return BYTES + (long) BYTES_PER_SEGMENT * ranges.length;
  }
}

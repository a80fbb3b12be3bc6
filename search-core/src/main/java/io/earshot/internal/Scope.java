package io.earshot.internal;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
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
  private final long newest;
  private final Set<String> languages = new TreeSet<>();

  /**
   * A run of documents in one segment.
   *
   * @param first its first document
   * @param end one past its last document
   * @param languages codes of those that its words have stems in; empty for those that have none
   * @param fields for each field in the order of {@link Fields#searched}, a bit: whether a document
   *     may have words in it
   */
  private record Range(int first, int end, Set<String> languages, int fields) {
    private static final Range NONE = new Range(0, 0, Set.of(), 0);
  }

  private Scope(Range[] ranges, int liveDocs, long newest) {
    this.ranges = ranges;
    this.liveDocs = liveDocs;
    this.newest = newest;
    for (Range range : ranges) {
      languages.addAll(range.languages);
    }
  }

  /** That customer's documents, or everybody's if there is none given. */
  static Scope of(IndexReader reader, Optional<String> customer, ScopeCache cache)
      throws IOException {
    if (!(reader instanceof DirectoryReader directory)) {
      return read(reader, customer);
    }
    return customer.isPresent()
        ? cache.get(directory, customer.get(), Scope.class, () -> read(reader, customer))
        : cache.get(directory, "", Everybody.class, () -> new Everybody(read(reader, customer)))
            .scope;
  }

  /** Of all customers: no customer's id is its key. */
  private record Everybody(Scope scope) implements ScopeCache.Value {
    @Override
    public long bytes() {
      return scope.bytes();
    }
  }

  private static Scope read(IndexReader reader, Optional<String> customer) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    Range[] ranges = new Range[leaves.size()];
    int live = 0;
    long newest = Long.MIN_VALUE;
    for (LeafReaderContext leaf : leaves) {
      Range range =
          customer.isEmpty()
              ? range(leaf, 0, leaf.reader().maxDoc())
              : range(leaf, new BytesRef(customer.get()));
      ranges[leaf.ord] = range;
      live += live(leaf, range);
      newest = Math.max(newest, newest(leaf, range, customer.isPresent()));
    }
    return new Scope(ranges, live, newest);
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
    Set<String> languages = new TreeSet<>();
    Terms codes = leaf.reader().terms(Fields.STEMMED_IN);
    if (codes != null && first < end) {
      TermsEnum code = codes.iterator();
      while (code.next() != null) { // a handful
        if (isLive(leaf, code.postings(null, PostingsEnum.NONE), first, end)) {
          languages.add(code.term().utf8ToString());
        }
      }
    }
    int fields = 0;
    for (int i = 0; i < Fields.searched().size(); i++) {
      fields |= has(leaf, Fields.searched().get(i).name(), first, end) ? 1 << i : 0;
    }
    return new Range(first, end, languages, fields);
  }

  /** Whether one of them is in that range, and not removed. */
  private static boolean isLive(LeafReaderContext leaf, PostingsEnum docs, int first, int end)
      throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    int doc = docs.advance(first);
    while (doc < end && live != null && !live.get(doc)) {
      doc = docs.nextDoc();
    }
    return doc < end;
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

  /** When the newest live document of a range began; the newest come first of each customer. */
  private static long newest(LeafReaderContext leaf, Range range, boolean ofOneCustomer)
      throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    NumericDocValues startedAt = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
    long newest = Long.MIN_VALUE;
    for (int doc = range.first; doc < range.end; doc++) {
      if ((live == null || live.get(doc)) && startedAt.advanceExact(doc)) {
        newest = Math.max(newest, startedAt.longValue());
        if (ofOneCustomer) {
          break;
        }
      }
    }
    return newest;
  }

  /** When the newest document began, in milliseconds since the epoch; the least long if none is. */
  long newest() {
    return newest;
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

  /** Codes of the languages that words have stems in; an empty one if some have none. */
  Set<String> languages() {
    return Collections.unmodifiableSet(languages);
  }

  /** Whether all words in scope are of one language, and a word alone tells its stem there. */
  boolean isOfOneLanguage() {
    return languages.size() == 1 && Inflections.isByWord(languages.iterator().next());
  }

  @Override
  public long bytes() {
    return BYTES + (long) BYTES_PER_SEGMENT * ranges.length;
  }
}

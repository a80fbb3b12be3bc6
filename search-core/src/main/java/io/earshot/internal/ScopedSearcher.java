package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * Searches the documents of one customer, or all.
 *
 * <p>The index is sorted by customer, so a customer's documents are one run in each segment. Only
 * that run is scored, and a term's statistics are counted over its live documents alone: the answer
 * is the same, score for score, whatever else the index holds.
 *
 * <p>Made for one request; not thread-safe.
 */
public final class ScopedSearcher extends IndexSearcher {
  private final boolean everybody;
  private final Range[] ranges;
  private final int liveDocs;

  /** A customer's run of documents in one segment. */
  private record Range(int first, int end) {
    private static final Range NONE = new Range(0, 0);

    boolean isEmpty() {
      return first == end;
    }
  }

  /** Searches that customer's documents, or everybody's if there is none given. */
  public ScopedSearcher(IndexReader reader, Optional<String> customer) throws IOException {
    super(reader);
    setSimilarity(similarity());
    setQueryCache(null); // entries would be per segment: for all customers, of use to one
    everybody = customer.isEmpty();
    ranges = new Range[leafContexts.size()];
    int live = 0;
    for (LeafReaderContext leaf : leafContexts) {
      Range range =
          everybody
              ? new Range(0, leaf.reader().maxDoc())
              : range(leaf, new BytesRef(customer.orElseThrow()));
      ranges[leaf.ord] = range;
      live += live(leaf, range);
    }
    liveDocs = live;
  }

  /** The similarity that documents are indexed and searched with. */
  public static BM25Similarity similarity() {
    return new PhraseAsRareAsItsRarestWord();
  }

  /**
   * BM25, but a phrase weighs as much as its rarest word. Lucene adds up all words, and at each
   * position both the exact form and the stem.
   */
  private static final class PhraseAsRareAsItsRarestWord extends BM25Similarity {
    private PhraseAsRareAsItsRarestWord() {
      super(1.2f, 0.75f, true); // true: length counts positions, not tokens
    }

    @Override
    public Explanation idfExplain(CollectionStatistics collection, TermStatistics[] terms) {
      return Arrays.stream(terms)
          .map(term -> idfExplain(collection, term))
          .max(Comparator.comparingDouble(idf -> idf.getValue().doubleValue()))
          .orElseThrow();
    }
  }

  /** Whether any document in scope has that term. */
  public boolean isInScope(Term term) throws IOException {
    return everybody ? getIndexReader().docFreq(term) > 0 : docFreqInScope(term) > 0;
  }

  /** Number of documents in scope. */
  public int liveDocs() {
    return liveDocs;
  }

  /** Segments that hold documents in scope. */
  public List<LeafReaderContext> leavesInScope() {
    List<LeafReaderContext> inScope = new ArrayList<>();
    for (LeafReaderContext leaf : leafContexts) {
      if (!ranges[leaf.ord].isEmpty()) {
        inScope.add(leaf);
      }
    }
    return inScope;
  }

  /** First document of the segment in scope. */
  public int firstDoc(LeafReaderContext leaf) {
    return ranges[leaf.ord].first;
  }

  /** One past the last document of the segment in scope. */
  public int endDoc(LeafReaderContext leaf) {
    return ranges[leaf.ord].end;
  }

  /** Gives every document in scope that matches to the collector, segment by segment. */
  public void collect(Query query, Collector collector) throws IOException {
    search(
        query,
        new CollectorManager<Collector, Collector>() {
          @Override
          public Collector newCollector() {
            return collector;
          }

          @Override
          public Collector reduce(Collection<Collector> collectors) {
            return collector;
          }
        });
  }

  private static Range range(LeafReaderContext leaf, BytesRef customer) throws IOException {
    Terms terms = leaf.reader().terms(Fields.CUSTOMER);
    if (terms == null) {
      return Range.NONE;
    }
    TermsEnum term = terms.iterator();
    if (!term.seekExact(customer)) {
      return Range.NONE;
    }
    int first = term.postings(null, PostingsEnum.NONE).nextDoc();
    return new Range(first, first + term.docFreq());
  }

  private static int live(LeafReaderContext leaf, Range range) {
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

  @Override
  protected void searchLeaf(
      LeafReaderContext leaf, int minDoc, int maxDoc, Weight weight, Collector collector)
      throws IOException {
    Range range = ranges[leaf.ord];
    int first = Math.max(minDoc, range.first);
    int end = Math.min(maxDoc, range.end);
    if (first < end) {
      super.searchLeaf(leaf, first, end, weight, collector);
    }
  }

  /** Without the limit on clauses: the query parser bounds them, and says so. */
  @SuppressWarnings("ReferenceEquality") // a query that is rewritten no further returns itself
  @Override
  public Query rewrite(Query original) throws IOException {
    Query query = original;
    for (Query next = query.rewrite(this); next != query; next = query.rewrite(this)) {
      query = next;
    }
    return query;
  }

  @Override
  public CollectionStatistics collectionStatistics(String field) {
    long docs = Math.max(1, liveDocs);
    long average =
        Fields.searched().stream()
            .filter(searched -> searched.name().equals(field))
            .mapToInt(Fields.Searched::averageLength)
            .findFirst()
            .orElse(1);
    return new CollectionStatistics(field, docs, docs, docs * average, docs);
  }

  @Override
  public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq)
      throws IOException {
    long inScope = everybody ? Math.min(docFreq, Math.max(1, liveDocs)) : docFreqInScope(term);
    long counted = Math.max(1, inScope); // Lucene asks for one at least; no document has the term
    return new TermStatistics(term.bytes(), counted, counted);
  }

  private long docFreqInScope(Term term) throws IOException {
    long count = 0;
    for (LeafReaderContext leaf : leafContexts) {
      Range range = ranges[leaf.ord];
      Terms terms = range.isEmpty() ? null : leaf.reader().terms(term.field());
      if (terms == null) {
        continue;
      }
      TermsEnum termsEnum = terms.iterator();
      if (!termsEnum.seekExact(term.bytes())) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      DocIdSetIterator docs = termsEnum.postings(null, PostingsEnum.NONE);
      for (int doc = docs.advance(range.first); doc < range.end; doc = docs.nextDoc()) {
        if (live == null || live.get(doc)) {
          count++;
        }
      }
    }
    return count;
  }
}

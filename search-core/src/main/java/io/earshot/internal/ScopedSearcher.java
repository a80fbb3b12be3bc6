package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

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
  /** In a smaller range of documents a term's are all read at once, for counting and scoring. */
  private static final int MANY = 4_096;

  private final Optional<String> customer;
  private final boolean everybody;
  private final Range[] ranges;
  private final int liveDocs;
  private final Map<Term, Place> places = new HashMap<>();
  private final Map<String, TermsEnum[]> termsEnums = new HashMap<>();
  private final Map<Query, Weight> filterWeights = new HashMap<>();
  private @Nullable PostingsEnum reusable;
  private @Nullable Statistics frozen;
  private boolean cutShort;

  /** A customer's run of documents in one segment. */
  private record Range(int first, int end) {
    private static final Range NONE = new Range(0, 0);

    boolean isEmpty() {
      return first == end;
    }
  }

  /**
   * What scores depend on, beside the document itself.
   *
   * @param docs documents in scope
   * @param docFreqs by a term's {@linkplain #key key}, the documents in scope that have it
   */
  public record Statistics(long docs, Map<Integer, Long> docFreqs) {
    /** Copies the map. */
    public Statistics {
      docFreqs = Map.copyOf(docFreqs);
    }
  }

  /** Where a term's postings lie, looked up once a request. */
  private static final class Place {
    private final @Nullable TermState[] states; // by segment; null: none in scope, or not the term
    private final @Nullable ScopedDocs[] docs; // by segment; null: too many to read at once
    private long docFreq; // documents in scope; of everybody's, deleted ones among them

    private Place(int segments) {
      states = new TermState[segments];
      docs = new ScopedDocs[segments];
    }
  }

  /** Searches that customer's documents, or everybody's if there is none given. */
  public ScopedSearcher(IndexReader reader, Optional<String> customer) throws IOException {
    super(reader);
    setSimilarity(similarity());
    setQueryCache(null); // entries would be per segment: for all customers, of use to one
    this.customer = customer;
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
    return docFreq(term) > 0;
  }

  /**
   * How many documents in scope have that term; over everybody those count, too, that were removed
   * but not yet merged away. Once frozen, how many had it then, if that was asked then.
   */
  public long docFreq(Term term) throws IOException {
    Long then = frozen == null ? null : frozen.docFreqs().get(key(term));
    return then == null ? docFreqInScope(term) : then;
  }

  /**
   * Scores with these statistics rather than today's, so that a document that did not change scores
   * as it did when they were taken.
   */
  public void freeze(Statistics statistics) {
    frozen = statistics;
  }

  /** The statistics that documents were scored with so far. */
  public Statistics statistics() {
    if (frozen != null) {
      return frozen;
    }
    Map<Integer, Long> byKey = new HashMap<>();
    places.forEach((term, place) -> byKey.put(key(term), place.docFreq));
    return new Statistics(liveDocs, byKey);
  }

  private static int key(Term term) {
    return 31 * term.field().hashCode()
        + StringHelper.murmurhash3_x86_32(term.bytes(), 0x5eed); // the same in every process
  }

  /** That not all of a document's words were looked at. */
  void cutShort() {
    cutShort = true;
  }

  /** Whether somewhere not all of a document's words were looked at. */
  public boolean isCutShort() {
    return cutShort;
  }

  /** A weight that only tells whether a document matches. */
  public Weight filterWeight(Query query) throws IOException {
    Weight weight = filterWeights.get(query);
    if (weight == null) {
      weight = createWeight(rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
      filterWeights.put(query, weight);
    }
    return weight;
  }

  /** The documents of a segment, of any scope, that have that term; null if there are none. */
  public @Nullable PostingsEnum postings(LeafReaderContext leaf, Term term, int flags)
      throws IOException {
    TermState state = place(term).states[leaf.ord];
    if (state == null) {
      return null;
    }
    TermsEnum terms = termsEnum(leaf, term.field());
    terms.seekExact(term.bytes(), state);
    return terms.postings(null, flags);
  }

  /** All terms of a field, of whatever scope. */
  public TermsEnum terms(String field) throws IOException {
    Terms terms = MultiTerms.getTerms(getIndexReader(), field);
    return terms == null ? TermsEnum.EMPTY : terms.iterator();
  }

  /** Whether it searches every customer's documents. */
  public boolean isEverybody() {
    return everybody;
  }

  /** Whose documents it searches; empty if everybody's. */
  Optional<String> customer() {
    return customer;
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
    long docs = Math.max(1, frozen == null ? liveDocs : frozen.docs());
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
    long counted = Math.max(1, docFreqForScores(term)); // Lucene asks for one at least
    return new TermStatistics(term.bytes(), counted, counted);
  }

  /** Of terms that score as one: the most frequent counts, as in a SynonymQuery. */
  TermStatistics statisticsOf(List<Term> terms) throws IOException {
    long most = 1;
    for (Term term : terms) {
      most = Math.max(most, docFreqForScores(term));
    }
    return new TermStatistics(terms.getFirst().bytes(), most, most);
  }

  private long docFreqForScores(Term term) throws IOException {
    return frozen == null
        ? Math.min(docFreqInScope(term), liveDocs)
        : frozen.docFreqs().getOrDefault(key(term), 0L);
  }

  /** Documents in scope that have that term. */
  long docFreqInScope(Term term) throws IOException {
    return place(term).docFreq;
  }

  private Place place(Term term) throws IOException {
    Place place = places.get(term);
    if (place == null) {
      place = find(term);
      places.put(term, place);
    }
    return place;
  }

  private Place find(Term term) throws IOException {
    Place place = new Place(leafContexts.size());
    for (LeafReaderContext leaf : leafContexts) {
      if (ranges[leaf.ord].isEmpty()) {
        continue;
      }
      TermsEnum terms = termsEnum(leaf, term.field());
      if (!terms.seekExact(term.bytes())) {
        continue;
      }
      if (everybody) {
        place.states[leaf.ord] = terms.termState();
        place.docFreq += terms.docFreq();
        continue;
      }
      long inScope = countInScope(leaf, terms, place);
      if (inScope > 0) {
        place.states[leaf.ord] = terms.termState();
        place.docFreq += inScope;
      }
    }
    return place;
  }

  private TermsEnum termsEnum(LeafReaderContext leaf, String field) throws IOException {
    TermsEnum[] bySegment =
        termsEnums.computeIfAbsent(field, name -> new TermsEnum[leafContexts.size()]);
    TermsEnum known = bySegment[leaf.ord];
    if (known == null) {
      Terms terms = leaf.reader().terms(field);
      known = terms == null ? TermsEnum.EMPTY : terms.iterator();
      bySegment[leaf.ord] = known;
    }
    return known;
  }

  /** Live documents in scope; reads them all where they are few. */
  private long countInScope(LeafReaderContext leaf, TermsEnum term, Place place)
      throws IOException {
    Range range = ranges[leaf.ord];
    Bits live = leaf.reader().getLiveDocs();
    if (range.end - range.first <= MANY) {
      PostingsEnum docs = term.postings(reusable, PostingsEnum.FREQS);
      reusable = docs;
      ScopedDocs read = ScopedDocs.of(docs, range.first, range.end);
      place.docs[leaf.ord] = read;
      return read.count(live);
    }
    PostingsEnum docs = term.postings(null, PostingsEnum.NONE);
    if (docs.advance(range.first) >= range.end) {
      return 0;
    }
    FixedBitSet having = new FixedBitSet(range.end - range.first);
    docs.intoBitSet(range.end, having, range.first); // whole blocks at once
    if (live == null) {
      return having.cardinality();
    }
    long count = 0;
    for (int doc = having.nextSetBit(0); doc != DocIdSetIterator.NO_MORE_DOCS; ) {
      count += live.get(range.first + doc) ? 1 : 0;
      doc = doc + 1 < having.length() ? having.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
    }
    return count;
  }

  /** The documents of a segment that have that term, with its frequencies; null if none has. */
  @Nullable DocIdSetIterator docs(LeafReaderContext leaf, Term term, int flags) throws IOException {
    ScopedDocs read = place(term).docs[leaf.ord];
    return read == null ? postings(leaf, term, flags) : read.iterator();
  }

  /** Whether that document has the term; true also where it has to be looked up. */
  boolean mayHave(LeafReaderContext leaf, Term term, int doc) throws IOException {
    Place place = place(term);
    ScopedDocs read = place.docs[leaf.ord];
    return place.states[leaf.ord] != null && (read == null || read.has(doc));
  }
}

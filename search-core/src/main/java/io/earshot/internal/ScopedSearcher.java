package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.SmallFloat;
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
  /**
   * In a smaller range of documents a term's are read with how often it stands in each, and
   * searching does not go back to the postings; and it is searched document by document.
   */
  private static final int MANY = 4_096;

  private final Optional<String> customer;
  private final ScopeCache cache;
  private final Scope scope;
  private final Ranking ranking;
  private Rarities rarities;
  private final Map<Term, Place> places = new HashMap<>();
  private final Map<String, TermsEnum[]> termsEnums = new HashMap<>();
  private final Map<Query, Weight> filterWeights = new HashMap<>();
  private final @Nullable PostingsEnum[] reusable; // by segment
  private @Nullable Statistics frozen;
  private TimeLimit limit = TimeLimit.none();
  private boolean cutShort;

  /**
   * What scores depend on, beside the document itself.
   *
   * @param docs documents in scope
   * @param newest when the newest of them began, in milliseconds since the epoch
   * @param languages codes of those that words in scope have stems in, as {@link
   *     ScopedSearcher#languages}
   * @param docFreqs by a term's {@linkplain #key key}, the documents in scope that have it
   */
  public record Statistics(
      long docs, long newest, Set<String> languages, Map<Integer, Long> docFreqs) {
    /** Copies the collections. */
    public Statistics {
      languages = Set.copyOf(languages);
      docFreqs = Map.copyOf(docFreqs);
    }
  }

  /** Where a term's postings lie, looked up once a request. */
  private static final class Place {
    private final @Nullable TermState[] states; // by segment; null: no document in scope has it
    private final @Nullable ScopedDocs[] docs; // by segment, of a small scope
    private final @Nullable ScopedBits[] bits; // by segment, of a large scope, if they were counted
    private boolean counted = true; // else states may be of segments where none in scope has it
    private long docFreq; // documents in scope; of everybody's, deleted ones among them
    private boolean asked; // whether the answer depends on its being there

    private Place(int segments) {
      states = new TermState[segments];
      docs = new ScopedDocs[segments];
      bits = new ScopedBits[segments];
    }
  }

  /** Searches that customer's documents, or everybody's if there is none given. */
  public ScopedSearcher(
      IndexReader reader, Optional<String> customer, ScopeCache cache, Ranking ranking)
      throws IOException {
    super(reader);
    this.ranking = ranking;
    setSimilarity(new RankingSimilarity(ranking));
    setQueryCache(null); // entries would be per segment: for all customers, of use to one
    this.customer = customer;
    this.cache = cache;
    scope = Scope.of(reader, customer, cache);
    rarities = new Rarities(ranking.statistics(), scope.languages());
    reusable = new PostingsEnum[leafContexts.size()];
  }

  /** The similarity that documents are indexed with: of it, only how lengths are kept matters. */
  public static BM25Similarity similarity() {
    return new BM25Similarity(1.2f, 0.75f, true); // true: length counts positions, not tokens
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
    if (then != null) {
      return then;
    }
    long now = docFreqInScope(term);
    place(term).asked = true;
    return now;
  }

  /** Whether the statistics are frozen, and hold nothing of that term. */
  public boolean isLeftOut(Term term) {
    return frozen != null && !frozen.docFreqs().containsKey(key(term));
  }

  /** That the answer does not depend on that term although it was asked for. */
  public void leaveOut(Term term) {
    places.remove(term);
  }

  /**
   * Scores with these statistics rather than today's, so that a document that did not change scores
   * as it did when they were taken.
   */
  public void freeze(Statistics statistics) {
    frozen = statistics;
    rarities = new Rarities(ranking.statistics(), statistics.languages());
  }

  /** The statistics that documents were scored with so far. */
  public Statistics statistics() {
    if (frozen != null) {
      return frozen;
    }
    Map<Integer, Long> byKey = new HashMap<>();
    places.forEach(
        (term, place) -> {
          if (place.counted && (place.docFreq > 0 || place.asked)) { // else it scores as 0
            byKey.put(key(term), place.docFreq);
          }
        });
    return new Statistics(liveDocs(), newest(), languages(), byKey);
  }

  private static int key(Term term) {
    return 31 * term.field().hashCode()
        + StringHelper.murmurhash3_x86_32(term.bytes(), 0x5eed); // the same in every process
  }

  /** Searches until that says that the time is over. */
  public void limitTime(BooleanSupplier isOver) {
    limit = TimeLimit.until(isOver);
    setTimeout(limit::isOver);
  }

  /** How long the search may take. */
  public TimeLimit timeLimit() {
    return limit;
  }

  @Override
  public boolean timedOut() {
    return super.timedOut() || limit.wasOver();
  }

  /** A searcher of that customer's documents for the same request, and within its time. */
  public ScopedSearcher of(String onlyCustomer) throws IOException {
    ScopedSearcher other =
        new ScopedSearcher(getIndexReader(), Optional.of(onlyCustomer), cache, ranking);
    other.limit = limit;
    return other;
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
    return customer.isEmpty();
  }

  /** Whose documents it searches; empty if everybody's. */
  Optional<String> customer() {
    return customer;
  }

  /** What is kept of scopes between requests. */
  public ScopeCache cache() {
    return cache;
  }

  /** Number of documents in scope. */
  public int liveDocs() {
    return scope.liveDocs();
  }

  /** Segments that hold documents in scope. */
  public List<LeafReaderContext> leavesInScope() {
    List<LeafReaderContext> inScope = new ArrayList<>();
    for (LeafReaderContext leaf : leafContexts) {
      if (scope.size(leaf) > 0) {
        inScope.add(leaf);
      }
    }
    return inScope;
  }

  /** First document of the segment in scope. */
  public int firstDoc(LeafReaderContext leaf) {
    return scope.first(leaf);
  }

  /** One past the last document of the segment in scope. */
  public int endDoc(LeafReaderContext leaf) {
    return scope.end(leaf);
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

  /** Whether any document in scope matches; looks no further than the first. */
  public boolean matchesAny(Query query) throws IOException {
    First first = new First();
    collect(query, first);
    return first.isFound;
  }

  /** Stops at the first document. */
  private static final class First extends SimpleCollector {
    private boolean isFound;

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) {
      stopIfFound();
    }

    @Override
    public void collect(int doc) {
      isFound = true;
      stopIfFound();
    }

    private void stopIfFound() {
      if (isFound) {
        throw new CollectionTerminatedException(); // Lucene goes on to the next segment
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }

  @Override
  protected void searchLeaf(
      LeafReaderContext leaf, int minDoc, int maxDoc, Weight weight, Collector collector)
      throws IOException {
    int first = Math.max(minDoc, scope.first(leaf));
    int end = Math.min(maxDoc, scope.end(leaf));
    if (end - first > MANY) {
      super.searchLeaf(leaf, first, end, weight, collector);
    } else if (first < end) {
      searchOneByOne(leaf, first, end, weight, collector);
    }
  }

  /** As the method above; but Lucene fills tables first that pay with many documents only. */
  private void searchOneByOne(
      LeafReaderContext leaf, int first, int end, Weight weight, Collector collector)
      throws IOException {
    LeafCollector found;
    try {
      found = collector.getLeafCollector(leaf);
    } catch (CollectionTerminatedException e) {
      return; // nothing is wanted of this segment
    }
    Scorer scorer = limit.isOver() ? null : weight.scorer(leaf);
    if (scorer != null) {
      try {
        collect(leaf, scorer, first, end, found);
      } catch (CollectionTerminatedException e) {
        // nothing more is wanted of this segment
      }
    }
    found.finish();
  }

  private void collect(
      LeafReaderContext leaf, Scorer scorer, int first, int end, LeafCollector found)
      throws IOException {
    found.setScorer(scorer);
    Bits live = leaf.reader().getLiveDocs();
    DocIdSetIterator docs = scorer.iterator();
    for (int doc = docs.advance(first); doc < end && limit.allows(1); doc = docs.nextDoc()) {
      if (live == null || live.get(doc)) {
        found.collect(doc);
      }
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
    long docs = docsForScores();
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
    return statisticsOf(List.of(term), false);
  }

  /**
   * Of terms that score as one: the most frequent counts, as in a SynonymQuery.
   *
   * @param areWordAndStem whether the last has every document of the others
   */
  TermStatistics statisticsOf(List<Term> terms, boolean areWordAndStem) throws IOException {
    long counted = docFreqForScores(terms, areWordAndStem);
    return new TermStatistics(terms.getFirst().bytes(), counted, counted);
  }

  /** Whether some document in scope may have that term. */
  boolean mayHave(Term term) throws IOException {
    for (TermState state : place(term).states) {
      if (state != null) {
        return true;
      }
    }
    return false;
  }

  /** At least one, as Lucene asks; the same on the page that statistics were frozen for. */
  private long docFreqForScores(List<Term> terms, boolean areWordAndStem) throws IOException {
    // Counting the word is spared where its stem, which has every document of it, outnumbers it.
    boolean spared = areWordAndStem && frozen == null;
    long most = 0;
    for (Term term : spared ? List.of(terms.getLast()) : terms) {
      most =
          Math.max(
              most,
              frozen == null
                  ? Math.min(docFreqInScope(term), liveDocs())
                  : Math.min(frozen.docFreqs().getOrDefault(key(term), 0L), frozen.docs()));
    }
    return Math.max(1, rarities.docFreq(most, terms));
  }

  private long docsForScores() {
    return Math.max(1, rarities.docs(frozen == null ? liveDocs() : frozen.docs()));
  }

  /**
   * How rare the rarest of some words is in a field, each in its most frequent form: BM25's idf.
   */
  public double rarity(List<Spot.Forms> words, String field) throws IOException {
    double rarest = 0;
    for (Spot.Forms forms : words) {
      if (forms instanceof Spot.Terms terms) {
        List<Term> all = terms.forms().stream().map(form -> new Term(field, form.term())).toList();
        long most = all.isEmpty() ? 1 : docFreqForScores(all, terms.isWordAndStem());
        rarest = Math.max(rarest, Math.log(1 + (docsForScores() - most + 0.5) / (most + 0.5)));
      }
    }
    return rarest;
  }

  /** How often a term stands in a field of a document. */
  public int freq(LeafReaderContext leaf, Term term, int doc) throws IOException {
    PostingsEnum docs = postings(leaf, term, PostingsEnum.FREQS);
    return docs != null && docs.advance(doc) == doc ? docs.freq() : 0;
  }

  /** How many words a field of a document has, rounded as its length is kept. */
  public static int length(LeafReaderContext leaf, String field, int doc) throws IOException {
    NumericDocValues norms = leaf.reader().getNormValues(field);
    return norms != null && norms.advanceExact(doc)
        ? SmallFloat.byte4ToInt((byte) norms.longValue())
        : 0;
  }

  /** What hits are ranked by. */
  public Ranking ranking() {
    return ranking;
  }

  /** What interactions count whatever their words; null if nothing. */
  public @Nullable Standing standing(long now) throws IOException {
    return ranking.looksAtInteractions() ? new Standing(ranking, Math.min(now, newest())) : null;
  }

  /** When the newest interaction in scope began; of what statistics were frozen, then. */
  private long newest() {
    return frozen == null ? scope.newest() : frozen.newest();
  }

  /** Documents in scope that have that term. */
  private long docFreqInScope(Term term) throws IOException {
    Place place = place(term);
    if (!place.counted) {
      place = find(term, null);
      places.put(term, place);
    }
    return place.docFreq;
  }

  /**
   * Codes of the languages that words in scope have stems in; an empty one if some have none. Of
   * what statistics were frozen, those of then.
   */
  public Set<String> languages() {
    return frozen == null ? scope.languages() : frozen.languages();
  }

  /**
   * Whether all words in scope are of one language, in which a word alone tells its stem: then a
   * word stands nowhere where its stem does not.
   */
  public boolean isOfOneLanguage() {
    return scope.isOfOneLanguage() && languages().equals(scope.languages());
  }

  /**
   * Looks a word up whose stem has all of its documents: only in segments that have the stem, and
   * without counting. Whoever asks for the word itself gets the same answers as without.
   */
  void lookUp(Term word, Term stem) throws IOException {
    if (!places.containsKey(word)) {
      places.put(word, find(word, place(stem)));
    }
  }

  private Place place(Term term) throws IOException {
    Place place = places.get(term);
    if (place == null) {
      place = find(term, null);
      places.put(term, place);
    }
    return place;
  }

  private Place find(Term term, @Nullable Place stem) throws IOException {
    Place place = new Place(leafContexts.size());
    for (LeafReaderContext leaf : leafContexts) {
      boolean stemmed = stem != null;
      if (!scope.mayHave(leaf, term.field())
          || (stem != null && stemmed && stem.states[leaf.ord] == null)) {
        continue;
      }
      TermsEnum terms = termsEnum(leaf, term.field());
      if (!terms.seekExact(term.bytes())) {
        continue;
      }
      if (isEverybody()) {
        place.states[leaf.ord] = terms.termState();
        place.docFreq += terms.docFreq();
      } else if (stemmed && scope.size(leaf) > MANY) {
        place.states[leaf.ord] = terms.termState();
        place.counted = false;
      } else {
        long inScope = countInScope(leaf, terms, place);
        if (inScope > 0) {
          place.states[leaf.ord] = terms.termState();
          place.docFreq += inScope;
        }
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

  /** Live documents in scope; what was read stays, for searching. */
  private long countInScope(LeafReaderContext leaf, TermsEnum term, Place place)
      throws IOException {
    int first = scope.first(leaf);
    int end = scope.end(leaf);
    Bits live = leaf.reader().getLiveDocs();
    if (scope.size(leaf) <= MANY) {
      PostingsEnum docs = term.postings(reusable[leaf.ord], PostingsEnum.FREQS);
      reusable[leaf.ord] = docs;
      ScopedDocs read = ScopedDocs.of(docs, first, end);
      place.docs[leaf.ord] = read;
      return read.count(live);
    }
    PostingsEnum docs = term.postings(reusable[leaf.ord], PostingsEnum.NONE);
    reusable[leaf.ord] = docs;
    ScopedBits read = ScopedBits.of(docs, first, end);
    place.bits[leaf.ord] = read;
    return read.count(live);
  }

  /** The documents of a segment that have that term, with its frequencies; null if none has. */
  @Nullable DocIdSetIterator docs(LeafReaderContext leaf, Term term, int flags) throws IOException {
    ScopedDocs read = place(term).docs[leaf.ord];
    return read == null ? postings(leaf, term, flags) : read.iterator();
  }

  /** The documents of a segment in scope that have that term, where that is known. */
  @Nullable ScopedBits bits(LeafReaderContext leaf, Term term) throws IOException {
    return place(term).bits[leaf.ord];
  }

  /** Whether a document of the segment in scope may have words in that field. */
  boolean hasWords(LeafReaderContext leaf, String field) {
    return scope.mayHave(leaf, field);
  }

  /** Whether any document in scope may have words in that field. */
  boolean hasWords(String field) {
    return leafContexts.stream().anyMatch(leaf -> scope.mayHave(leaf, field));
  }

  /** Where a term may stand in a segment. */
  static final class InSegment {
    private final boolean anywhere;
    private final @Nullable ScopedDocs docs;
    private final @Nullable ScopedBits bits;

    private InSegment(Place place, int segment) {
      anywhere = place.states[segment] != null;
      docs = place.docs[segment];
      bits = place.bits[segment];
    }

    /** Whether that document has the term; true also where it has to be looked up. */
    boolean mayHave(int doc) {
      return anywhere && (docs == null || docs.has(doc)) && (bits == null || bits.has(doc));
    }
  }

  /** Where a term may stand in that segment. */
  InSegment in(LeafReaderContext leaf, Term term) throws IOException {
    return new InSegment(place(term), leaf.ord);
  }
}

package io.earshot;

import io.earshot.internal.Closeness;
import io.earshot.internal.FacetCounts;
import io.earshot.internal.HitCollector;
import io.earshot.internal.HitCollector.Candidate;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.SegmentMatcher;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.jspecify.annotations.Nullable;

/** Finds the page that a request asks for, in its order. Made for one request. */
final class Pages {
  /** For so many of the best hits it counts where their words stand. */
  private static final int RERANKED = 50;

  private final ScopedSearcher searcher;
  private final SearchRequest request;
  private final @Nullable Cursor cursor;
  private final Clock clock;
  private final Set<String> facets;
  private final Set<Integer> leftOut; // documents

  /** For that request, behind the page that ended at the cursor, if there is one. */
  Pages(ScopedSearcher searcher, SearchRequest request, Optional<Cursor> cursor, Clock clock) {
    this(searcher, request, cursor.orElse(null), clock, request.facets(), Set.of());
  }

  private Pages(
      ScopedSearcher searcher,
      SearchRequest request,
      @Nullable Cursor cursor,
      Clock clock,
      Set<String> facets,
      Set<Integer> leftOut) {
    this.searcher = searcher;
    this.request = request;
    this.cursor = cursor;
    this.clock = clock;
    this.facets = facets;
    this.leftOut = leftOut;
  }

  /** Finds others than those on the page, too, and counts no facets. */
  Pages besides(Page page) {
    Set<Integer> shown = new HashSet<>(leftOut);
    page.hits().forEach(one -> shown.add(one.doc()));
    return new Pages(searcher, request, cursor, clock, Set.of(), shown);
  }

  /** Whether hits are to be grouped, for which all have to be known. */
  boolean areGrouped() {
    return request.grouping() != Grouping.NONE && request.limit() > 0;
  }

  /**
   * What was found.
   *
   * @param hits the best behind the page before; all, if they are to be grouped
   * @param total how many there are
   * @param hasMore whether others come behind the page
   * @param order what comes first
   * @param reranked the last, before where words stand counted, of those for which it does; empty
   *     if it does for all
   * @param places documents for which it does
   */
  record Page(
      List<Found> hits,
      long total,
      boolean hasMore,
      Map<String, Map<String, Long>> facets,
      Comparator<Found> order,
      Optional<Found> reranked,
      Set<Integer> places) {
    /** Whether it counted for that hit where its words stand. */
    boolean isReranked(Found found) {
      return reranked.isEmpty() || places.contains(found.doc());
    }
  }

  /** What fulfils the plan. */
  Page find(Search.Plan plan) throws IOException {
    Closeness closeness = new Closeness(searcher, plan.formula());
    boolean places =
        request.sort() == SortOrder.RELEVANCE
            && closeness.matters()
            && request.limit() > 0
            && (cursor == null || areGrouped() || cursor.isReranked());
    return places ? rerank(closeness, plan) : collectInOrder(plan);
  }

  private HitCollector collector(int limit, Optional<Found> after) throws IOException {
    return new HitCollector(
        order(request.sort()),
        limit,
        after,
        facets.isEmpty() ? Optional.empty() : Optional.of(new FacetCounts(facets, clock.getZone())),
        Optional.ofNullable(searcher.standing(clock.millis())));
  }

  private void collect(Search.Plan plan, HitCollector collector) throws IOException {
    searcher.collect(plan.query(), leftOut.isEmpty() ? collector : new Others(collector));
  }

  /** Leaves documents out. */
  private final class Others extends FilterCollector {
    private Others(Collector in) {
      super(in);
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
      return new FilterLeafCollector(super.getLeafCollector(leaf)) {
        @Override
        public void collect(int doc) throws IOException {
          if (!leftOut.contains(leaf.docBase + doc)) {
            super.collect(doc);
          }
        }
      };
    }
  }

  private Page collectInOrder(Search.Plan plan) throws IOException {
    // A group stands where its best hit does, so each page has to know all of them.
    HitCollector collector =
        collector(
            areGrouped() ? Integer.MAX_VALUE : request.limit(),
            areGrouped() ? Optional.empty() : Optional.ofNullable(cursor).map(Cursor::last));
    collect(plan, collector);
    List<Found> hits = collector.best();
    return new Page(
        hits,
        collector.total(),
        !hits.isEmpty() && collector.behind() > hits.size(),
        collector.facets(),
        collector.order(),
        cursor == null ? Optional.empty() : cursor.reranked(),
        Set.of());
  }

  /**
   * Of the best {@value #RERANKED} hits, where their words stand counts, too. It only adds to their
   * scores, so they stay in front of all others, and pages go on from one to the next.
   */
  private Page rerank(Closeness closeness, Search.Plan plan) throws IOException {
    int most =
        areGrouped()
            ? Integer.MAX_VALUE
            : (int) Math.min(Integer.MAX_VALUE - 1L, (long) RERANKED + request.limit());
    HitCollector collector = collectBest(plan, most);
    if (collector.total() > most
        && reranked(collector.candidates(), lastReranked(collector)) + request.limit() > most) {
      collector = collectBest(plan, Integer.MAX_VALUE); // better ones have come since
    }
    List<Candidate> found = collector.candidates();
    Optional<Found> last = lastReranked(collector);
    int reranked = reranked(found, last);
    List<Candidate> ranked = scored(found.subList(0, reranked), closeness);
    ranked.sort(null);
    Set<Integer> docs = new HashSet<>();
    ranked.forEach(one -> docs.add(one.doc()));
    ranked.addAll(found.subList(reranked, found.size()));
    int before = 0;
    if (cursor != null && !areGrouped()) {
      while (before < ranked.size() && ranked.get(before).compareTo(cursor.last()) <= 0) {
        before++;
      }
    }
    int end = areGrouped() ? ranked.size() : Math.min(ranked.size(), before + request.limit());
    return new Page(
        collector.found(ranked.subList(before, end)),
        collector.total(),
        before < end && end < collector.total(),
        collector.facets(),
        collector.order(),
        last,
        docs);
  }

  private HitCollector collectBest(Search.Plan plan, int most) throws IOException {
    HitCollector collector = collector(most, Optional.empty());
    collect(plan, collector);
    return collector;
  }

  /** The last for which it counts where its words stand; empty if it counts for all. */
  private Optional<Found> lastReranked(HitCollector collector) {
    if (cursor != null) {
      return cursor.reranked();
    }
    List<Candidate> found = collector.candidates();
    return found.size() > RERANKED
        ? Optional.of(collector.found(List.of(found.get(RERANKED - 1))).getFirst())
        : Optional.empty();
  }

  /** For how many of them it counts where their words stand. */
  private static int reranked(List<Candidate> found, Optional<Found> last) {
    int reranked = 0;
    while (reranked < found.size()
        && (last.isEmpty() || found.get(reranked).compareTo(last.get()) <= 0)) {
      reranked++;
    }
    return reranked;
  }

  /** With what they score more for where their words stand. */
  private List<Candidate> scored(List<Candidate> found, Closeness closeness) throws IOException {
    List<Candidate> byDocument = new ArrayList<>(found);
    byDocument.sort(Comparator.comparingInt(Candidate::doc));
    List<LeafReaderContext> segments = searcher.getLeafContexts();
    List<Candidate> scored = new ArrayList<>(found.size());
    SegmentMatcher matcher = null;
    LeafReaderContext segment = null;
    for (Candidate one : byDocument) {
      LeafReaderContext leaf = segments.get(ReaderUtil.subIndex(one.doc(), segments));
      if (matcher == null || segment != leaf) {
        segment = leaf;
        matcher = new SegmentMatcher(searcher, leaf, false);
      }
      float more =
          searcher.timedOut() ? 0 : closeness.parts(matcher, one.doc() - leaf.docBase).more();
      scored.add(one.scoringMore(more));
    }
    return scored;
  }

  private static HitCollector.Order order(SortOrder sort) {
    return switch (sort) {
      case RELEVANCE -> HitCollector.Order.SCORE;
      case NEWEST -> HitCollector.Order.NEWEST;
      case OLDEST -> HitCollector.Order.OLDEST;
    };
  }
}

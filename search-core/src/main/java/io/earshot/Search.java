package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.CallCounts;
import io.earshot.internal.Closeness;
import io.earshot.internal.EverydayWords;
import io.earshot.internal.FacetCounts;
import io.earshot.internal.Formula;
import io.earshot.internal.FormulaQueries;
import io.earshot.internal.HitCollector;
import io.earshot.internal.HitCollector.Candidate;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.Ranking;
import io.earshot.internal.ScopeWords;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.SegmentMatcher;
import io.earshot.internal.Spot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/** Answers one request. Not thread-safe. */
final class Search {
  /** For so many of the best hits it counts where their words stand. */
  private static final int RERANKED = 50;

  private final InteractionIndex index;
  private final Optional<String> customer;
  private final Class<?> answers;
  private final SearchRequest request;
  private final long began;
  private final Ranking ranking;
  private final Synonyms synonyms;
  private final ScopedSearcher searcher;
  private final @Nullable Cursor cursor;
  private final Clock clock;
  private final ScopeWords words;
  private final QueryCompiler compiler;
  private final FormulaQueries queries;
  private final @Nullable Interaction like;

  /**
   * For one request.
   *
   * @param answers what the request is answered with
   * @param like what the hits should be like; empty if the request's query alone says what to find
   * @param began when the request came, as {@link System#nanoTime()}
   */
  Search(
      InteractionIndex index,
      DirectoryReader reader,
      Optional<String> customer,
      Class<?> answers,
      SearchRequest request,
      Optional<Interaction> like,
      long began)
      throws IOException {
    this.index = index;
    this.customer = customer;
    this.answers = answers;
    this.request = request;
    this.began = began;
    this.like = like.orElse(null);
    ranking = request.ranking().orElse(index.ranking()).ranking();
    synonyms = index.synonyms();
    cursor = request.cursor().map(text -> Cursor.decode(text, seal())).orElse(null);
    Instant now = cursor == null ? request.clock().instant() : cursor.now();
    clock = Clock.fixed(now, request.clock().getZone());
    searcher = new ScopedSearcher(reader, customer, index.scopeCache(), ranking);
    if (cursor != null) {
      searcher.freeze(cursor.statistics());
    }
    words = new ScopeWords(searcher);
    compiler = new QueryCompiler(searcher, words, synonyms);
    queries = new FormulaQueries(searcher);
  }

  /** Leaves off once that says so. */
  void limitTime(BooleanSupplier isOver) {
    searcher.limitTime(isOver);
  }

  /**
   * What documents were found by.
   *
   * @param query finds and scores them
   * @param formula what they fulfil, to mark it in them
   * @param words the words that a hit may lack, as typed; empty unless the query was relaxed
   * @param identifiers what was asked for in canonical form, to mark it however a document writes
   *     it; and the words that the formula marks of it
   */
  record Plan(
      org.apache.lucene.search.Query query,
      Formula formula,
      Map<String, Formula> words,
      Map<String, List<Spot.Forms>> identifiers) {
    Plan(org.apache.lucene.search.Query query, Formula formula, Map<String, Formula> words) {
      this(query, formula, words, Map.of());
    }
  }

  /** The answer. */
  SearchResult answer() throws IOException {
    if (request.timeLimit().isPresent()) {
      long nanos = TimeUnit.NANOSECONDS.convert(request.timeLimit().get()); // of ages, the most
      limitTime(() -> System.nanoTime() - began > nanos);
    }
    ParsedQuery parsed = parsed();
    Query query = parsed.query();
    SearchResult.Builder result =
        new SearchResult.Builder(request.query(), customer.orElse(null))
            .understood(query)
            .coverage(coverage(searcher));
    boolean relaxed = cursor != null && cursor.relaxed();
    Optional<Plan> plan = relaxed ? relaxed(query) : Optional.of(plan(query));
    Collected collected = collect(plan.orElseThrow());
    boolean nothing = isWithoutAnswer(collected);
    if (nothing) {
      result.didYouMean(
          new Spelling(words, searcher.timeLimit(), searcher.languages(), compiler::isSynonymThere)
              .better(query, this::answers));
      Optional<Plan> most = request.relaxing() ? relaxed(query) : Optional.empty();
      if (most.isPresent()) {
        Collected some = collect(most.get());
        if (some.total() > 0) {
          plan = most;
          collected = some;
          relaxed = true;
        }
      }
    }
    fill(result, plan.orElseThrow(), collected, relaxed);
    if (isShort(collected)) {
      result.closeHits(closeHits(query, plan.orElseThrow(), collected));
    }
    return result
        .warnings(warnings(parsed, nothing, collected.facets()))
        .timedOut(searcher.timedOut())
        .totalIsExact(!searcher.timedOut() && !searcher.isCutShort())
        .build(Duration.ofNanos(System.nanoTime() - began));
  }

  /** Whether there is room on the page for what only comes close. */
  private boolean isShort(Collected collected) {
    return request.closeHits()
        && request.relaxing()
        && request.sort() == SortOrder.RELEVANCE
        && request.grouping() == Grouping.NONE
        && cursor == null
        && like == null
        && collected.total() < request.limit()
        && !searcher.timedOut();
  }

  /** Some of the plain words, or nearly so spelled, and everything else. */
  private List<Hit> closeHits(Query query, Plan found, Collected collected) throws IOException {
    Map<String, Formula> typed = new LinkedHashMap<>();
    List<Formula> telling = new ArrayList<>();
    List<Formula> everyday = new ArrayList<>();
    List<Formula> rest = new ArrayList<>();
    EverydayWords known = EverydayWords.of(searcher.languages());
    for (Query part : Relaxation.topLevel(query)) {
      if (part instanceof Query.Words word) {
        Formula asTyped = compiler.compile(word);
        typed.put(word.text(), asTyped);
        (known.mayTell(Analysis.folded(word.text())) ? telling : everyday)
            .add(compiler.nearly(word, asTyped));
      } else {
        rest.add(compiler.compile(part));
      }
    }
    if (telling.isEmpty()) {
      return List.of(); // what has a "not" in it comes close to nothing
    }
    BooleanQuery.Builder close =
        new BooleanQuery.Builder()
            .add(queries.most(telling, 1, rest), BooleanClause.Occur.MUST)
            .add(found.query(), BooleanClause.Occur.MUST_NOT);
    for (Formula word : everyday) {
      close.add(queries.of(word), BooleanClause.Occur.SHOULD);
    }
    List<Formula> words = new ArrayList<>(telling);
    words.addAll(everyday);
    List<Formula> parts = new ArrayList<>(rest);
    parts.add(new Formula.Any(words));
    Plan plan = new Plan(searcher.rewrite(close.build()), new Formula.All(parts), typed);
    Collected next = collect(plan);
    int room = request.limit() - (int) collected.total();
    List<Found> best = next.page().subList(0, Math.min(room, next.page().size()));
    return new HitReader(searcher, request, plan, compiler.leaves(), clock.millis()).hits(best);
  }

  /** A page of whole interactions, by time. */
  HistoryPage page() throws IOException {
    ParsedQuery parsed = parsed();
    Plan plan = strict(parsed.query());
    Collected collected = collect(plan);
    List<Interaction> interactions = new ArrayList<>();
    for (Found found : collected.page()) {
      interactions.add(HitReader.interaction(searcher.getIndexReader(), found.doc()));
    }
    return new HistoryPage(
        interactions,
        collected.total(),
        warnings(parsed, isWithoutAnswer(collected), Map.of()),
        Optional.ofNullable(next(collected, false)).map(Supplier::get));
  }

  /** Whether nothing fulfils the query, and it is the query that says what to find. */
  private boolean isWithoutAnswer(Collected collected) {
    return collected.total() == 0 && cursor == null && like == null && !searcher.timedOut();
  }

  private List<String> warnings(
      ParsedQuery parsed, boolean nothing, Map<String, Map<String, Long>> facets)
      throws IOException {
    List<String> warnings = new ArrayList<>(parsed.warnings());
    warnings.addAll(compiler.warnings());
    warnings.addAll(hints(parsed.query(), nothing, facets));
    if (searcher.isCutShort()) {
      warnings.add(
          "some interactions hold these words so often that not every combination was looked at");
    }
    return warnings;
  }

  /** Comes last, since what is looked up for it would go into the next page's cursor. */
  private List<String> hints(Query query, boolean nothing, Map<String, Map<String, Long>> facets)
      throws IOException {
    Hints hints = new Hints(searcher, this::finds);
    customer.ifPresent(hints::customer);
    if (nothing) {
      hints.nothingFound(query);
    }
    if (!searcher.timedOut()) {
      hints.facets(facets);
    }
    return hints.list();
  }

  private Cursor.Seal seal() {
    return Cursor.Seal.of(
        index.key(), customer, answers, request, ranking, Optional.ofNullable(like), synonyms);
  }

  /** Gives the cursor of the next page when asked: most who search never do. */
  private @Nullable Supplier<String> next(Collected collected, boolean relaxed) {
    return collected.hasMore() ? behind(collected.page().getLast(), collected, relaxed) : null;
  }

  private Supplier<String> behind(Found last, Collected collected, boolean relaxed) {
    Cursor next =
        new Cursor(
            last,
            clock.instant(),
            relaxed,
            collected.reranked(),
            collected.isReranked(last),
            searcher.statistics());
    return () -> next.encode(seal());
  }

  /** The query, with text for the attributes that nothing in scope has. */
  private ParsedQuery parsed() throws IOException {
    ParsedQuery parsed =
        request
            .tree()
            .map(tree -> new ParsedQuery(tree, List.of()))
            .orElseGet(() -> QueryParser.parse(request.query(), clock));
    QueryWarnings unknown = new QueryWarnings();
    Query query = new UnknownAttributes(searcher, unknown).rewritten(parsed.query());
    List<String> warnings = new ArrayList<>(parsed.warnings());
    warnings.addAll(unknown.list());
    return new ParsedQuery(query, warnings);
  }

  private void fill(SearchResult.Builder result, Plan plan, Collected collected, boolean relaxed)
      throws IOException {
    HitReader reader = new HitReader(searcher, request, plan, compiler.leaves(), clock.millis());
    result.total(collected.total()).relaxed(relaxed).facets(collected.facets());
    if (!isGrouped()) {
      result.hits(reader.hits(collected.page())).nextCursor(next(collected, relaxed));
      return;
    }
    Groups groups =
        new Groups(
            searcher,
            request,
            plan,
            index.defaultLanguage(),
            Optional.ofNullable(cursor).map(Cursor::last),
            collected.order(),
            cursor == null ? OptionalLong.empty() : OptionalLong.of(cursor.statistics().docs()));
    Groups.Page page = groups.page(collected.page(), reader);
    result.hits(page.hits());
    if (!page.isLast() && page.last().isPresent()) {
      result.nextCursor(behind(page.last().get(), collected, relaxed));
    }
  }

  private boolean isGrouped() {
    return request.grouping() != Grouping.NONE && request.limit() > 0;
  }

  private Plan plan(Query query) throws IOException {
    if (like == null) {
      return strict(query);
    }
    Formula only = compiler.compile(query);
    return new MoreLikeThis(searcher, queries, like, index.languages(like))
        .plan(only, compiler.leaves());
  }

  private Plan strict(Query query) throws IOException {
    try {
      return compiled(query);
    } catch (IndexSearcher.TooManyClauses e) {
      compiler.stopPairing();
    }
    try {
      return compiled(query);
    } catch (IndexSearcher.TooManyClauses e) { // only a tree that a host built
      throw new IllegalArgumentException(
          "the query has more parts than can be searched, some %,d; leave some out"
              .formatted(IndexSearcher.getMaxClauseCount()),
          e);
    }
  }

  private Plan compiled(Query query) throws IOException {
    Formula formula = compiler.compile(query);
    return new Plan(searcher.rewrite(queries.of(formula)), formula, Map.of());
  }

  /** Most of the plain words, and everything else; nothing if there is no word to do without. */
  private Optional<Plan> relaxed(Query query) throws IOException {
    Map<String, Formula> words = new LinkedHashMap<>();
    List<Formula> rest = new ArrayList<>();
    List<Query> asked = Relaxation.topLevel(query);
    List<Formula> formulas = compiler.each(asked);
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i) instanceof Query.Words word) {
        words.merge(
            word.text(),
            formulas.get(i),
            (first, again) -> synonyms.isEmpty() ? again : new Formula.Any(List.of(first, again)));
      } else {
        rest.add(formulas.get(i));
      }
    }
    if (words.size() < 2) {
      return Optional.empty();
    }
    List<Formula> plain = List.copyOf(words.values());
    List<Formula> parts = new ArrayList<>(rest);
    parts.add(new Formula.Any(plain));
    org.apache.lucene.search.Query most = queries.most(plain, Relaxation.least(plain.size()), rest);
    return Optional.of(new Plan(searcher.rewrite(most), new Formula.All(parts), words));
  }

  /**
   * What was found.
   *
   * @param page the best behind the page before; all, if they are to be grouped
   * @param total how many there are
   * @param hasMore whether others come behind the page
   * @param order what comes first
   * @param reranked the last, before where words stand counted, of those for which it does; empty
   *     if it does for all
   * @param places documents for which it does
   */
  private record Collected(
      List<Found> page,
      long total,
      boolean hasMore,
      Map<String, Map<String, Long>> facets,
      Comparator<Found> order,
      Optional<Found> reranked,
      Set<Integer> places) {
    boolean isReranked(Found found) {
      return reranked.isEmpty() || places.contains(found.doc());
    }
  }

  private Collected collect(Plan plan) throws IOException {
    Closeness closeness = new Closeness(searcher, plan.formula());
    boolean places =
        request.sort() == SortOrder.RELEVANCE
            && closeness.matters()
            && request.limit() > 0
            && (cursor == null || isGrouped() || cursor.isReranked());
    return places ? rerank(closeness, plan) : collectInOrder(plan);
  }

  private HitCollector collector(int limit, Optional<Found> after) throws IOException {
    Set<String> names = request.facets();
    return new HitCollector(
        order(request.sort()),
        limit,
        after,
        names.isEmpty() ? Optional.empty() : Optional.of(new FacetCounts(names, clock.getZone())),
        Optional.ofNullable(searcher.standing(clock.millis())));
  }

  private Collected collectInOrder(Plan plan) throws IOException {
    // A group stands where its best hit does, so each page has to know all of them.
    HitCollector collector =
        collector(
            isGrouped() ? Integer.MAX_VALUE : request.limit(),
            isGrouped() ? Optional.empty() : Optional.ofNullable(cursor).map(Cursor::last));
    searcher.collect(plan.query(), collector);
    List<Found> page = collector.best();
    return new Collected(
        page,
        collector.total(),
        !page.isEmpty() && collector.behind() > page.size(),
        collector.facets(),
        collector.order(),
        cursor == null ? Optional.empty() : cursor.reranked(),
        Set.of());
  }

  /**
   * Of the best {@value #RERANKED} hits, where their words stand counts, too. It only adds to their
   * scores, so they stay in front of all others, and pages go on from one to the next.
   */
  private Collected rerank(Closeness closeness, Plan plan) throws IOException {
    int most =
        isGrouped()
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
    if (cursor != null && !isGrouped()) {
      while (before < ranked.size() && ranked.get(before).compareTo(cursor.last()) <= 0) {
        before++;
      }
    }
    int end = isGrouped() ? ranked.size() : Math.min(ranked.size(), before + request.limit());
    return new Collected(
        collector.found(ranked.subList(before, end)),
        collector.total(),
        before < end && end < collector.total(),
        collector.facets(),
        collector.order(),
        last,
        docs);
  }

  private HitCollector collectBest(Plan plan, int most) throws IOException {
    HitCollector collector = collector(most, Optional.empty());
    searcher.collect(plan.query(), collector);
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

  private boolean finds(Query query) throws IOException {
    return searcher.matchesAny(strict(query).query());
  }

  /** Whether a search for it would have hits, with most of its words if not with all. */
  private boolean answers(Query query) throws IOException {
    if (finds(query)) {
      return true;
    }
    Optional<Plan> most = request.relaxing() ? relaxed(query) : Optional.empty();
    return most.isPresent() && searcher.matchesAny(most.get().query());
  }

  private static HitCollector.Order order(SortOrder sort) {
    return switch (sort) {
      case RELEVANCE -> HitCollector.Order.SCORE;
      case NEWEST -> HitCollector.Order.NEWEST;
      case OLDEST -> HitCollector.Order.OLDEST;
    };
  }

  /** How much of the calls in that scope was heard. */
  static Coverage coverage(ScopedSearcher searcher) throws IOException {
    CallCounts counts =
        CallCounts.of(
            searcher, (long) (Coverage.POORLY_HEARD_BELOW * InteractionDocument.COVERAGE_UNIT));
    return new Coverage(counts.calls(), counts.poorlyHeard());
  }
}

package io.earshot;

import io.earshot.Pages.Page;
import io.earshot.internal.CallCounts;
import io.earshot.internal.Formula;
import io.earshot.internal.FormulaQueries;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.Ranking;
import io.earshot.internal.ScopeWords;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.Spot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/** Answers one request. Not thread-safe. */
final class Search {
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
  private final Pages pages;
  private final FormulaQueries queries;
  private final Relaxation relaxation;
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
    relaxation = new Relaxation(searcher, compiler, queries, synonyms);
    pages = new Pages(searcher, request, Optional.ofNullable(cursor), clock);
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
   * @param isIdentified whether it asks for identifiers that were typed, and not for the other
   *     words
   */
  record Plan(
      org.apache.lucene.search.Query query,
      Formula formula,
      Map<String, Formula> words,
      Map<String, List<Spot.Forms>> identifiers,
      boolean isIdentified) {
    Plan(org.apache.lucene.search.Query query, Formula formula, Map<String, Formula> words) {
      this(query, formula, words, Map.of(), false);
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
    Optional<Plan> plan = relaxed ? relaxation.most(query) : Optional.of(plan(query));
    Page collected = pages.find(plan.orElseThrow());
    boolean nothing = isWithoutAnswer(collected);
    if (nothing) {
      result.didYouMean(
          new Spelling(
                  words,
                  searcher.timeLimit(),
                  searcher.languages(),
                  compiler.words()::isSynonymThere)
              .better(query, this::answers));
      Optional<Plan> most = request.relaxing() ? relaxation.most(query) : Optional.empty();
      if (most.isPresent()) {
        Page some = pages.find(most.get());
        if (some.total() > 0) {
          plan = most;
          collected = some;
          relaxed = true;
        }
      }
    }
    fill(result, plan.orElseThrow(), collected, relaxed);
    boolean exact = !searcher.timedOut() && !searcher.isCutShort(); // whatever comes close
    if (isShort(collected)) {
      result.closeHits(closeHits(query, collected));
    }
    return result
        .warnings(warnings(parsed, nothing, collected.facets()))
        .timedOut(searcher.timedOut())
        .totalIsExact(exact)
        .build(Duration.ofNanos(System.nanoTime() - began));
  }

  /** Whether there is room on the page for what only comes close. */
  private boolean isShort(Page collected) {
    return request.closeHits()
        && request.relaxing()
        && request.sort() == SortOrder.RELEVANCE
        && request.grouping() == Grouping.NONE
        && cursor == null
        && like == null
        && collected.total() < request.limit()
        && !searcher.timedOut();
  }

  /** Some of the plain words, or nearly so spelled, and everything else; identifiers first. */
  private List<Hit> closeHits(Query query, Page found) throws IOException {
    List<Hit> hits = new ArrayList<>();
    Optional<Plan> identified =
        relaxation.hasIdentifiers(query)
            ? relaxation.most(query).filter(Plan::isIdentified)
            : Optional.empty();
    Pages others = pages.besides(found);
    int room = request.limit() - (int) found.total();
    if (identified.isPresent()) {
      Page first = others.find(identified.get());
      hits.addAll(hits(identified.get(), first, room));
      others = others.besides(first);
    }
    Optional<Plan> close = hits.size() == room ? Optional.empty() : relaxation.close(query);
    if (close.isPresent()) {
      hits.addAll(hits(close.get(), others.find(close.get()), room - hits.size()));
    }
    return hits;
  }

  private List<Hit> hits(Plan plan, Page page, int most) throws IOException {
    return reader(plan, page).hits(page.hits().subList(0, Math.min(most, page.hits().size())));
  }

  /** A page of whole interactions, by time. */
  HistoryPage page() throws IOException {
    ParsedQuery parsed = parsed();
    Plan plan = strict(parsed.query());
    Page collected = pages.find(plan);
    List<Interaction> interactions = new ArrayList<>();
    for (Found found : collected.hits()) {
      interactions.add(HitReader.interaction(searcher.getIndexReader(), found.doc()));
    }
    return new HistoryPage(
        interactions,
        collected.total(),
        warnings(parsed, isWithoutAnswer(collected), Map.of()),
        Optional.ofNullable(next(collected, false)).map(Supplier::get));
  }

  /** Whether nothing fulfils the query, and it is the query that says what to find. */
  private boolean isWithoutAnswer(Page collected) {
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
  private @Nullable Supplier<String> next(Page collected, boolean relaxed) {
    return collected.hasMore() ? behind(collected.hits().getLast(), collected, relaxed) : null;
  }

  private Supplier<String> behind(Found last, Page collected, boolean relaxed) {
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

  private HitReader reader(Plan plan, Page page) throws IOException {
    Explainer explainer =
        new Explainer(searcher, plan, compiler.words().leaves(), clock.millis(), page::isReranked);
    return new HitReader(searcher, request, plan, compiler.words().leaves(), explainer);
  }

  private void fill(SearchResult.Builder result, Plan plan, Page collected, boolean relaxed)
      throws IOException {
    HitReader reader = reader(plan, collected);
    result.total(collected.total()).relaxed(relaxed).facets(collected.facets());
    if (!pages.areGrouped()) {
      result.hits(reader.hits(collected.hits())).nextCursor(next(collected, relaxed));
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
    Groups.Page page = groups.page(collected.hits(), reader);
    result.hits(page.hits());
    if (!page.isLast() && page.last().isPresent()) {
      result.nextCursor(behind(page.last().get(), collected, relaxed));
    }
  }

  private Plan plan(Query query) throws IOException {
    if (like == null) {
      return strict(query);
    }
    Formula only = compiler.compile(query);
    return new MoreLikeThis(searcher, queries, like, index.languages(like))
        .plan(only, compiler.words().leaves());
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

  private boolean finds(Query query) throws IOException {
    return searcher.matchesAny(strict(query).query());
  }

  /** Whether a search for it would have hits, with most of its words if not with all. */
  private boolean answers(Query query) throws IOException {
    if (finds(query)) {
      return true;
    }
    Optional<Plan> most = request.relaxing() ? relaxation.most(query) : Optional.empty();
    return most.isPresent() && searcher.matchesAny(most.get().query());
  }

  /** How much of the calls in that scope was heard. */
  static Coverage coverage(ScopedSearcher searcher) throws IOException {
    CallCounts counts =
        CallCounts.of(
            searcher, (long) (Coverage.POORLY_HEARD_BELOW * InteractionDocument.COVERAGE_UNIT));
    return new Coverage(counts.calls(), counts.poorlyHeard());
  }
}

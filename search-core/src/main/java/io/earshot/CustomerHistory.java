package io.earshot;

import static java.util.Objects.requireNonNull;

import io.earshot.internal.Fields;
import io.earshot.internal.HitCollector;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.QueryCompiler;
import io.earshot.internal.QueryParser;
import io.earshot.internal.ScopedSearcher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/**
 * Everything one customer wrote or said; or everybody, where {@link InteractionIndex#everyone()}
 * was asked for.
 *
 * <p>The scope is part of this handle: no query text can widen it. Handles are light, need no
 * closing, and see every interaction that was added before the search began.
 *
 * <p>Thread-safe. Every method throws {@link IllegalStateException} once the index is closed, and
 * {@link java.io.UncheckedIOException} if the index cannot be read.
 */
public final class CustomerHistory {
  private final InteractionIndex index;
  private final Optional<String> customer;

  CustomerHistory(InteractionIndex index, Optional<String> customer) {
    this.index = index;
    this.customer = customer;
  }

  /** Whose history it is; empty if everybody's. */
  public Optional<String> customer() {
    return customer;
  }

  /**
   * Searches with every setting at its default: the ten best hits.
   *
   * @param query what somebody typed; never an error. Empty, it lists the history, newest first
   */
  public SearchResult search(String query) {
    return search(SearchRequest.of(query));
  }

  /** Searches. */
  public SearchResult search(SearchRequest request) {
    requireNonNull(request, "request");
    long began = System.nanoTime();
    return index.read(reader -> search(reader, request, began));
  }

  /**
   * Reads the history, newest first, one interaction at a time.
   *
   * <p>What is added meanwhile is not seen. Memory holds one interaction, and the place of each.
   *
   * @param reader is given each interaction
   * @return how many there were
   */
  public long forEach(Consumer<Interaction> reader) {
    requireNonNull(reader, "reader");
    return index.read(
        directory -> {
          ScopedSearcher searcher = new ScopedSearcher(directory, customer);
          HitCollector all =
              new HitCollector(HitCollector.Order.NEWEST, Integer.MAX_VALUE, Optional.empty());
          searcher.collect(MatchAllDocsQuery.INSTANCE, all);
          for (Found found : all.best()) {
            reader.accept(HitReader.interaction(directory, found.doc()));
          }
          return all.total();
        });
  }

  private SearchResult search(DirectoryReader reader, SearchRequest request, long began)
      throws IOException {
    ScopedSearcher searcher = new ScopedSearcher(reader, customer);
    QueryParser.Parsed parsed = QueryParser.parse(request.query());
    Query query =
        searcher.rewrite(
            new QueryCompiler(searcher, index.defaultLanguage()).compile(parsed.clause()));
    HitCollector collector =
        new HitCollector(
            order(request.sort()),
            request.limit(),
            request.facets() ? Optional.of(request.zone()) : Optional.empty());
    searcher.collect(query, collector);
    Weight weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
    HitReader hitReader = new HitReader(searcher, weight, request.passages());
    List<Hit> hits = new ArrayList<>();
    for (Found found : collector.best()) {
      hits.add(hitReader.hit(found));
    }
    return new SearchResult(
        request.query(),
        customer.orElse(null),
        collector.total(),
        hits,
        request.facets() ? facets(collector) : Map.of(),
        coverage(searcher),
        parsed.warnings(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private static HitCollector.Order order(SortOrder sort) {
    return switch (sort) {
      case RELEVANCE -> HitCollector.Order.SCORE;
      case NEWEST -> HitCollector.Order.NEWEST;
      case OLDEST -> HitCollector.Order.OLDEST;
    };
  }

  private static Map<String, Map<String, Long>> facets(HitCollector collector) {
    Map<String, Map<String, Long>> facets = new LinkedHashMap<>();
    facets.put("channel", Collections.unmodifiableMap(collector.channels()));
    facets.put("month", Collections.unmodifiableMap(collector.months()));
    return Collections.unmodifiableMap(facets);
  }

  private static Coverage coverage(ScopedSearcher searcher) throws IOException {
    long calls = 0;
    long poorlyHeard = 0;
    for (LeafReaderContext leaf : searcher.leavesInScope()) {
      NumericDocValues heard = DocValues.getNumeric(leaf.reader(), Fields.COVERAGE);
      Bits live = leaf.reader().getLiveDocs();
      int doc = heard.advance(searcher.firstDoc(leaf));
      for (; doc < searcher.endDoc(leaf) && doc != DocIdSetIterator.NO_MORE_DOCS; ) {
        if (live == null || live.get(doc)) {
          calls++;
          double coverage = heard.longValue() / InteractionDocument.COVERAGE_UNIT;
          poorlyHeard += coverage < Coverage.POORLY_HEARD_BELOW ? 1 : 0;
        }
        doc = heard.nextDoc();
      }
    }
    return new Coverage(calls, poorlyHeard);
  }
}

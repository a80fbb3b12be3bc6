package io.earshot;

import static java.util.Objects.requireNonNull;

import io.earshot.internal.HitCollector;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.ScopedSearcher;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.search.MatchAllDocsQuery;

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

  /**
   * Searches.
   *
   * @throws EarshotException if the request's cursor is not one of this index and request, number
   *     EARSHOT-112
   * @throws IllegalArgumentException if a query that the host built has more parts than can be
   *     searched, some 1,000
   */
  public SearchResult search(SearchRequest request) {
    requireNonNull(request, "request");
    long began = System.nanoTime();
    return index.read(
        reader ->
            new Search(
                    index, reader, customer, SearchResult.class, request, Optional.empty(), began)
                .answer());
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
          ScopedSearcher searcher =
              new ScopedSearcher(
                  directory, customer, index.scopeCache(), index.ranking().ranking());
          HitCollector all =
              new HitCollector(
                  HitCollector.Order.NEWEST,
                  Integer.MAX_VALUE,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty());
          searcher.collect(MatchAllDocsQuery.INSTANCE, all);
          for (Found found : all.best()) {
            reader.accept(HitReader.interaction(directory, found.doc()));
          }
          return all.total();
        });
  }

  /**
   * A part of the history: whole interactions, newest first.
   *
   * @param request its query filters, its limit and cursor say which part; sorted oldest first if
   *     it says so, and newest first otherwise. Never relaxed; grouping, facets, passages and a
   *     time limit do not count
   * @throws EarshotException as {@link #search(SearchRequest)} does
   * @throws IllegalArgumentException as {@link #search(SearchRequest)} does
   */
  public HistoryPage history(SearchRequest request) {
    requireNonNull(request, "request");
    long began = System.nanoTime();
    SearchRequest byTime =
        request.sort() == SortOrder.RELEVANCE
            ? request.toBuilder().sort(SortOrder.NEWEST).build()
            : request;
    return index.read(
        reader ->
            new Search(index, reader, customer, HistoryPage.class, byTime, Optional.empty(), began)
                .page());
  }

  /** How what is being typed may go on: the ten best of {@link #suggest(String, int)}. */
  public List<Suggestion> suggest(String prefix) {
    return suggest(prefix, 10);
  }

  /**
   * How what is being typed may go on, with nothing but what this history holds.
   *
   * <p>What stands behind the last white space, {@code (}, quotation mark or colon is completed,
   * and what stands before it stays as it is, but for the beginning of a name, so that a
   * suggestion's text can be put into the search box. In that order:
   *
   * <ol>
   *   <li>identifiers that begin so or one of whose parts does, if a digit was typed: {@code 4512}
   *       finds {@code ORD-2026-4512};
   *   <li>phrases, if words stand in front: how these words, or the last two or one of them, go on
   *       in turns and subjects, as far as the newest hundred that have them tell;
   *   <li>people whose name goes on from the words in front, as a filter: {@code with nina k}
   *       becomes {@code with from:"Nina Kraus"};
   *   <li>words that begin so; of several inflections of one word the most frequent;
   *   <li>phrases that begin with the first of these words, if no word stands in front;
   *   <li>people whose name or address begins so, or any word of it, if no word stands in front:
   *       {@code from:"Nina Kraus"};
   *   <li>identifiers, if no digit was typed, and none if words stand in front that are no part of
   *       one;
   *   <li>other inflections.
   * </ol>
   *
   * <p>Among each kind, what more interactions have comes first, then the alphabet. When there is
   * more than the limit allows, people and identifiers have a fifth of the places each (identifiers
   * half, if a digit was typed), phrases with words in front half of the rest; other inflections,
   * and phrases with no word in front, come last. Within quotation marks, and behind a hyphen or
   * the like ({@code e-m}), there are only phrases and names that go on as typed, and within
   * quotation marks no people. Behind {@code from:}, {@code agent:} and {@code said-by:} there are
   * only people, in quotation marks where needed; behind {@code subject:} and {@code turn:} only
   * words and phrases; behind other filters there is nothing, nor if nothing was typed.
   *
   * <p>Of {@linkplain InteractionIndex#everyone() everybody's} history there are only words and
   * phrases, the phrases from any hundred texts; a word that more than 20,000 interactions have is
   * counted roughly.
   *
   * @param prefix what was typed so far; any text, never an error
   * @param limit most suggestions, in [1, 100]
   * @return no two of the same text
   * @throws IllegalArgumentException if the limit is out of range
   */
  public List<Suggestion> suggest(String prefix, int limit) {
    requireNonNull(prefix, "prefix");
    if (limit < 1 || limit > Suggestions.MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit must be in [1, %d], got %d".formatted(Suggestions.MAX_LIMIT, limit));
    }
    return index.read(
        reader ->
            new Suggestions(
                    new ScopedSearcher(
                        reader, customer, index.scopeCache(), index.ranking().ranking()),
                    index.defaultLanguage())
                .of(prefix, limit));
  }

  /** The history at a glance, with months in the system's time zone. */
  public HistorySummary summary() {
    return summary(Clock.system(ZoneId.systemDefault()));
  }

  /**
   * The history at a glance.
   *
   * <p>Time is linear in the words of the history, whose interactions are each read once.
   *
   * @param clock its zone says where months begin
   */
  public HistorySummary summary(Clock clock) {
    requireNonNull(clock, "clock");
    return index.read(
        reader ->
            new Summary(
                    new ScopedSearcher(
                        reader, customer, index.scopeCache(), index.ranking().ranking()),
                    clock.getZone(),
                    index.defaultLanguage())
                .read());
  }

  /** Interactions about the same as that one, which need not be indexed. */
  public SearchResult moreLikeThis(Interaction interaction) {
    return moreLikeThis(interaction, SearchRequest.of(""));
  }

  /**
   * Interactions about the same as that one, among those that the request's query finds.
   *
   * <p>They share its identifiers, or enough of its most telling words: those that it says often
   * and this history rarely. The interaction itself and copies of it are left out. Over {@link
   * InteractionIndex#everyone()} it answers how the like was solved before.
   *
   * @param interaction need not be indexed
   * @param request what else has to hold, and how to answer; never relaxed
   * @throws EarshotException as {@link #search(SearchRequest)} does
   * @throws IllegalArgumentException as {@link #search(SearchRequest)} does
   */
  public SearchResult moreLikeThis(Interaction interaction, SearchRequest request) {
    requireNonNull(interaction, "interaction");
    requireNonNull(request, "request");
    long began = System.nanoTime();
    return index.read(
        reader ->
            new Search(
                    index,
                    reader,
                    customer,
                    SearchResult.class,
                    request,
                    Optional.of(interaction),
                    began)
                .answer());
  }
}

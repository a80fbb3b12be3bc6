package io.earshot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link SearchRequest}.
 *
 * <p>Immutable.
 */
public final class SearchResult {
  private final String query;
  private final @Nullable String customer;
  private final Query understood;
  private final long total;
  private final boolean timedOut;
  private final boolean totalIsExact;
  private final boolean relaxed;
  private final @Nullable String didYouMean;
  private final List<Hit> hits;
  private final List<Hit> closeHits;
  private final Map<String, Map<String, Long>> facets;
  private final Coverage coverage;
  private final List<String> warnings;
  private final @Nullable Supplier<String> nextCursor;
  private final Duration took;

  private SearchResult(Builder builder, Duration took) {
    query = builder.query;
    customer = builder.customer;
    understood = builder.understood;
    total = builder.total;
    timedOut = builder.timedOut;
    totalIsExact = builder.totalIsExact;
    relaxed = builder.relaxed;
    didYouMean = builder.didYouMean;
    hits = builder.hits;
    closeHits = builder.closeHits;
    facets = builder.facets;
    coverage = builder.coverage;
    warnings = builder.warnings;
    nextCursor = builder.nextCursor;
    this.took = took;
  }

  /** What was asked. */
  public String query() {
    return query;
  }

  /** Whose history was searched; empty if everybody's was. */
  public Optional<String> customer() {
    return Optional.ofNullable(customer);
  }

  /** How many interactions match. */
  public long total() {
    return total;
  }

  /** Whether {@link #total()} is exact rather than a lower bound. */
  public boolean totalIsExact() {
    return totalIsExact;
  }

  /** Whether any hit was found otherwise than by the words as typed. */
  public boolean relaxed() {
    return relaxed;
  }

  /**
   * What was probably meant, where the query has no hit and words of it are not in scope: the query
   * with the closest words of this history instead.
   */
  public Optional<String> didYouMean() {
    return Optional.ofNullable(didYouMean);
  }

  /** Where the next page begins; empty on the last. */
  public Optional<String> nextCursor() {
    return Optional.ofNullable(nextCursor).map(Supplier::get);
  }

  /**
   * Whether {@linkplain SearchRequest.Builder#timeLimit time} ran out, so that the answer is what
   * was found by then.
   */
  public boolean timedOut() {
    return timedOut;
  }

  /**
   * What the query was understood as: what was searched, with text for attributes that nothing in
   * scope has.
   */
  public Query understood() {
    return understood;
  }

  /** The best hits, in the order asked for; at most {@link SearchRequest#limit()}. */
  public List<Hit> hits() {
    return hits;
  }

  /**
   * What comes close, best first, where {@link #hits()} do not fill the first page of a search by
   * relevance: interactions that have some of the plain words, or words spelled nearly like one
   * that this history does not hold, and all else that was asked for. {@link Hit#lacks()} says
   * which words of the query each does without. They are not counted in {@link #total()}, nor in
   * facets, and {@code hits} and they together are at most {@link SearchRequest#limit()}.
   */
  public List<Hit> closeHits() {
    return closeHits;
  }

  /**
   * Matching interactions counted by what the request asked for, such as {@code channel}: most
   * first, but months newest first. Groups do not change them; empty if nothing was asked for.
   */
  public Map<String, Map<String, Long>> facets() {
    return facets;
  }

  /** How much of the calls in scope could be heard. */
  public Coverage coverage() {
    return coverage;
  }

  /**
   * What of the query was taken otherwise than it may have been meant; and what of it, or of the
   * request, is not in scope, where that left the answer empty.
   */
  public List<String> warnings() {
    return warnings;
  }

  /** How long the search took, from request to answer. */
  public Duration took() {
    return took;
  }

  /** Makes a {@link SearchResult}. Not thread-safe. */
  static final class Builder {
    private final String query;
    private final @Nullable String customer;
    private Query understood = Query.everything();
    private long total;
    private boolean timedOut;
    private boolean totalIsExact = true;
    private boolean relaxed;
    private @Nullable String didYouMean;
    private List<Hit> hits = List.of();
    private List<Hit> closeHits = List.of();
    private Map<String, Map<String, Long>> facets = Map.of();
    private Coverage coverage = new Coverage(0, 0);
    private List<String> warnings = List.of();
    private @Nullable Supplier<String> nextCursor;

    Builder(String query, @Nullable String customer) {
      this.query = query;
      this.customer = customer;
    }

    Builder understood(Query newUnderstood) {
      understood = newUnderstood;
      return this;
    }

    Builder total(long newTotal) {
      total = newTotal;
      return this;
    }

    Builder totalIsExact(boolean newTotalIsExact) {
      totalIsExact = newTotalIsExact;
      return this;
    }

    Builder timedOut(boolean newTimedOut) {
      timedOut = newTimedOut;
      return this;
    }

    Builder relaxed(boolean newRelaxed) {
      relaxed = newRelaxed;
      return this;
    }

    Builder didYouMean(@Nullable String newDidYouMean) {
      didYouMean = newDidYouMean;
      return this;
    }

    Builder hits(List<Hit> newHits) {
      hits = List.copyOf(newHits);
      return this;
    }

    Builder closeHits(List<Hit> newCloseHits) {
      closeHits = List.copyOf(newCloseHits);
      return this;
    }

    Builder facets(Map<String, Map<String, Long>> newFacets) {
      facets = newFacets;
      return this;
    }

    Builder coverage(Coverage newCoverage) {
      coverage = newCoverage;
      return this;
    }

    Builder warnings(List<String> newWarnings) {
      warnings = List.copyOf(newWarnings);
      return this;
    }

    Builder nextCursor(@Nullable Supplier<String> newNextCursor) {
      nextCursor = newNextCursor;
      return this;
    }

    SearchResult build(Duration took) {
      return new SearchResult(this, took);
    }
  }
}

package io.earshot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link SearchRequest}.
 *
 * <p>Immutable.
 */
public final class SearchResult {
  private final String query;
  private final @Nullable String customer;
  private final long total;
  private final List<Hit> hits;
  private final Map<String, Map<String, Long>> facets;
  private final Coverage coverage;
  private final List<String> warnings;
  private final Duration took;

  SearchResult(
      String query,
      @Nullable String customer,
      long total,
      List<Hit> hits,
      Map<String, Map<String, Long>> facets,
      Coverage coverage,
      List<String> warnings,
      Duration took) {
    this.query = query;
    this.customer = customer;
    this.total = total;
    this.hits = List.copyOf(hits);
    this.facets = facets;
    this.coverage = coverage;
    this.warnings = List.copyOf(warnings);
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
    return true;
  }

  /** Whether any hit was found otherwise than by the words as typed. */
  public boolean relaxed() {
    return false;
  }

  /** The best hits, in the order asked for; at most {@link SearchRequest#limit()}. */
  public List<Hit> hits() {
    return hits;
  }

  /**
   * Matching interactions counted by {@code channel} and by {@code month} (such as {@code 2026-05},
   * newest first); empty unless the request asked for it.
   */
  public Map<String, Map<String, Long>> facets() {
    return facets;
  }

  /** How much of the calls in scope could be heard. */
  public Coverage coverage() {
    return coverage;
  }

  /** What of the query was taken otherwise than it may have been meant. */
  public List<String> warnings() {
    return warnings;
  }

  /** How long the search took, from request to answer. */
  public Duration took() {
    return took;
  }
}

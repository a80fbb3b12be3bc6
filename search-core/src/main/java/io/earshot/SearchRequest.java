package io.earshot;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;

/**
 * What to search for, and how to answer.
 *
 * <p>Immutable.
 */
public final class SearchRequest {
  /** Hits in an answer unless the request says otherwise. */
  public static final int DEFAULT_LIMIT = 10;

  /** Most hits an answer can hold. */
  public static final int MAX_LIMIT = 100_000;

  private final String query;
  private final int limit;
  private final int passages;
  private final SortOrder sort;
  private final boolean facets;
  private final ZoneId zone;

  private SearchRequest(Builder builder) {
    query = builder.query;
    limit = builder.limit;
    passages = builder.passages;
    sort = builder.sort;
    facets = builder.facets;
    zone = builder.zone;
  }

  /** A request with every setting at its default. */
  public static SearchRequest of(String query) {
    return builder(query).build();
  }

  /**
   * Starts a request.
   *
   * @param query what somebody typed; never an error. Empty, it lists the scope, newest first
   */
  public static Builder builder(String query) {
    return new Builder(query);
  }

  /** What somebody typed. */
  public String query() {
    return query;
  }

  /** Most hits to answer with. */
  public int limit() {
    return limit;
  }

  /** Most passages a hit. */
  public int passages() {
    return passages;
  }

  /** What comes first. */
  public SortOrder sort() {
    return sort;
  }

  /** Whether to count hits by channel and month. */
  public boolean facets() {
    return facets;
  }

  /** Where days and months begin. */
  public ZoneId zone() {
    return zone;
  }

  /** Makes a {@link SearchRequest}. Not thread-safe. */
  public static final class Builder {
    private final String query;
    private int limit = DEFAULT_LIMIT;
    private int passages = 3;
    private SortOrder sort = SortOrder.RELEVANCE;
    private boolean facets;
    private ZoneId zone = ZoneId.systemDefault();

    private Builder(String query) {
      this.query = requireNonNull(query, "query");
    }

    /**
     * Most hits to answer with. By default {@value SearchRequest#DEFAULT_LIMIT}.
     *
     * @throws IllegalArgumentException if it is negative or over {@value SearchRequest#MAX_LIMIT}
     */
    public Builder limit(int newLimit) {
      if (newLimit < 0 || newLimit > MAX_LIMIT) {
        throw new IllegalArgumentException(
            "limit must be in [0, %,d], got %,d".formatted(MAX_LIMIT, newLimit));
      }
      limit = newLimit;
      return this;
    }

    /**
     * Most passages a hit. By default 3.
     *
     * @throws IllegalArgumentException if it is not in [1, 100]
     */
    public Builder passages(int newPassages) {
      if (newPassages < 1 || newPassages > 100) {
        throw new IllegalArgumentException("passages must be in [1, 100], got " + newPassages);
      }
      passages = newPassages;
      return this;
    }

    /** What comes first. By default the best match. */
    public Builder sort(SortOrder newSort) {
      sort = requireNonNull(newSort, "sort");
      return this;
    }

    /** Whether to count hits by channel and month. By default not. */
    public Builder facets(boolean newFacets) {
      facets = newFacets;
      return this;
    }

    /** Where days and months begin. By default the system's time zone. */
    public Builder zone(ZoneId newZone) {
      zone = requireNonNull(newZone, "zone");
      return this;
    }

    /** The request. */
    public SearchRequest build() {
      return new SearchRequest(this);
    }
  }
}

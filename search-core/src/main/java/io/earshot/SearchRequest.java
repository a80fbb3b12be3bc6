package io.earshot;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Most passages of one hit that may be asked for. */
  public static final int MAX_PASSAGES = 100;

  /** The facets that {@code facets(true)} counts. */
  public static final List<String> STANDARD_FACETS =
      List.of("channel", "month", "agent", "direction", "language", "tag");

  private final String query;
  private final @Nullable Query tree;
  private final int limit;
  private final int passages;
  private final SortOrder sort;
  private final Set<String> facets;
  private final Clock clock;
  private final Grouping grouping;
  private final @Nullable String cursor;
  private final @Nullable Duration timeLimit;
  private final boolean relaxing;
  private final boolean explaining;
  private final boolean closeHits;
  private final @Nullable RankingProfile ranking;

  private SearchRequest(Builder builder) {
    query = builder.query;
    tree = builder.tree;
    limit = builder.limit;
    passages = builder.passages;
    sort = builder.sort;
    facets = Collections.unmodifiableSet(new LinkedHashSet<>(builder.facets));
    clock = builder.clock;
    grouping = builder.grouping;
    cursor = builder.cursor;
    timeLimit = builder.timeLimit;
    relaxing = builder.relaxing;
    explaining = builder.explaining;
    closeHits = builder.closeHits;
    ranking = builder.ranking;
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
    return new Builder(requireNonNull(query, "query"), null);
  }

  /**
   * Starts a request for a query that the host built.
   *
   * @throws IllegalArgumentException if its nodes are nested more than 500 deep, or are more than
   *     100,000, one that stands in it several times counted each time
   */
  public static Builder builder(Query query) {
    QueryDepth.check(requireNonNull(query, "query"));
    return new Builder(query.toString(), query);
  }

  /** What somebody typed; of a query that the host built, as it would be typed. */
  public String query() {
    return query;
  }

  /** The query that the host built; empty if it was typed. */
  public Optional<Query> tree() {
    return Optional.ofNullable(tree);
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

  /** What to count hits by: names of {@link #STANDARD_FACETS} or of attributes, as written. */
  public Set<String> facets() {
    return facets;
  }

  /** Says when "yesterday" is, and where days and months begin. */
  public Clock clock() {
    return clock;
  }

  /** Which interactions are shown as one hit. */
  public Grouping grouping() {
    return grouping;
  }

  /** Where the page begins; empty for the first. */
  public Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  /** After how long to answer with what was found by then; empty for no limit. */
  public Optional<Duration> timeLimit() {
    return Optional.ofNullable(timeLimit);
  }

  /** Whether a query without any hit is asked again with most of its words. */
  public boolean relaxing() {
    return relaxing;
  }

  /** Whether each hit says why it was found. */
  public boolean explaining() {
    return explaining;
  }

  /** Whether what comes close is shown, too, where hits do not fill the page. */
  public boolean closeHits() {
    return closeHits;
  }

  /** What hits are ranked by; empty for what the index was opened with. */
  public Optional<RankingProfile> ranking() {
    return Optional.ofNullable(ranking);
  }

  /** A builder that holds this request's values. */
  public Builder toBuilder() {
    Builder builder = new Builder(query, tree);
    builder.limit = limit;
    builder.passages = passages;
    builder.sort = sort;
    builder.facets.addAll(facets);
    builder.clock = clock;
    builder.grouping = grouping;
    builder.cursor = cursor;
    builder.timeLimit = timeLimit;
    builder.relaxing = relaxing;
    builder.explaining = explaining;
    builder.closeHits = closeHits;
    builder.ranking = ranking;
    return builder;
  }

  /** Makes a {@link SearchRequest}. Not thread-safe. */
  public static final class Builder {
    private final String query;
    private final @Nullable Query tree;
    private int limit = DEFAULT_LIMIT;
    private int passages = 3;
    private SortOrder sort = SortOrder.RELEVANCE;
    private final Set<String> facets = new LinkedHashSet<>();
    private Clock clock = Clock.system(ZoneId.systemDefault());
    private Grouping grouping = Grouping.NONE;
    private @Nullable String cursor;
    private @Nullable Duration timeLimit;
    private boolean relaxing = true;
    private boolean explaining;
    private boolean closeHits = true;
    private @Nullable RankingProfile ranking;

    private Builder(String query, @Nullable Query tree) {
      this.query = query;
      this.tree = tree;
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
     * @throws IllegalArgumentException if it is not in [1, {@value SearchRequest#MAX_PASSAGES}]
     */
    public Builder passages(int newPassages) {
      if (newPassages < 1 || newPassages > MAX_PASSAGES) {
        throw new IllegalArgumentException(
            "passages must be in [1, %,d], got %,d".formatted(MAX_PASSAGES, newPassages));
      }
      passages = newPassages;
      return this;
    }

    /** What comes first. By default the best match. */
    public Builder sort(SortOrder newSort) {
      sort = requireNonNull(newSort, "sort");
      return this;
    }

    /** Whether to count hits by each of {@link #STANDARD_FACETS}. By default not. */
    public Builder facets(boolean standard) {
      facets.clear();
      if (standard) {
        facets.addAll(STANDARD_FACETS);
      }
      return this;
    }

    /** Counts hits by these, too: names of {@link #STANDARD_FACETS} or of attributes. */
    public Builder facet(String... names) {
      for (String name : requireNonNull(names, "names")) {
        facets.add(requireNonNull(name, "name"));
      }
      return this;
    }

    /** Where days and months begin. By default the system's time zone. */
    public Builder zone(ZoneId newZone) {
      clock = clock.withZone(requireNonNull(newZone, "zone"));
      return this;
    }

    /** Says when "yesterday" is, and in which time zone. By default the system's. */
    public Builder clock(Clock newClock) {
      clock = requireNonNull(newClock, "clock");
      return this;
    }

    /** Which interactions are shown as one hit. By default each is one. */
    public Builder grouping(Grouping newGrouping) {
      grouping = requireNonNull(newGrouping, "grouping");
      return this;
    }

    /**
     * Goes on where another answer ended: its {@link SearchResult#nextCursor()}, in a request that
     * asks the same of the same history. By default from the beginning.
     */
    public Builder cursor(String newCursor) {
      cursor = requireNonNull(newCursor, "cursor");
      return this;
    }

    /**
     * After how long to answer with what was found by then. By default there is no limit.
     *
     * <p>Then the search ends, also in the middle of an interaction, which counts as not found, and
     * groups that are not formed yet are single hits. What is shown of each hit still takes a few
     * milliseconds; of a very long one not all that matched may be marked.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder timeLimit(Duration newTimeLimit) {
      requireNonNull(newTimeLimit, "timeLimit");
      if (newTimeLimit.isNegative() || newTimeLimit.isZero()) {
        throw new IllegalArgumentException("timeLimit must be positive, got " + newTimeLimit);
      }
      timeLimit = newTimeLimit;
      return this;
    }

    /** Whether a query without any hit is asked again with most of its words. By default so. */
    public Builder relaxing(boolean newRelaxing) {
      relaxing = newRelaxing;
      return this;
    }

    /** Whether each hit says why it was found. By default not. */
    public Builder explaining(boolean newExplaining) {
      explaining = newExplaining;
      return this;
    }

    /**
     * Whether what comes close is shown, too, where hits do not fill the page: see {@link
     * SearchResult#closeHits()}. By default so.
     */
    public Builder closeHits(boolean newCloseHits) {
      closeHits = newCloseHits;
      return this;
    }

    /** What hits are ranked by. By default what the index was opened with. */
    public Builder ranking(RankingProfile newRanking) {
      ranking = requireNonNull(newRanking, "ranking");
      return this;
    }

    /** The request. */
    public SearchRequest build() {
      return new SearchRequest(this);
    }
  }
}

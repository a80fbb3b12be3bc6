package io.earshot.evaluation;

import static java.util.Objects.requireNonNull;

import io.earshot.CustomerHistory;
import io.earshot.Hit;
import io.earshot.InteractionIndex;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A way to search with Earshot: a name, and the request it makes of a topic.
 *
 * <p>This is the place where one more is defined, to compare it with the others.
 *
 * @param name what it is called in tables; the tag in its run file
 * @param request makes the request that is searched in the topic's history
 */
public record Configuration(String name, Function<Topic, SearchRequest> request) {
  /** How many results are kept for each topic: enough to pool from, and for measures at ten. */
  public static final int DEPTH = 100;

  /** Checks the components. */
  public Configuration {
    requireNonNull(name, "name");
    requireNonNull(request, "request");
  }

  /**
   * Earshot as it comes.
   *
   * @param clock what time it is for queries such as {@code past:30d}
   */
  public static Configuration earshot(Clock clock) {
    return new Configuration("earshot", topic -> request(topic, clock).build());
  }

  private static SearchRequest.Builder request(Topic topic, Clock clock) {
    return SearchRequest.builder(topic.query()).limit(DEPTH).passages(1).clock(clock);
  }

  /**
   * Searches for each topic.
   *
   * @param index left open
   * @param progress is told after each topic how many were searched for
   */
  public Run search(InteractionIndex index, List<Topic> topics, LongConsumer progress) {
    Map<String, List<Run.Entry>> rankings = new LinkedHashMap<>();
    for (Topic topic : topics) {
      CustomerHistory history = topic.customer().map(index::customer).orElseGet(index::everyone);
      SearchResult result = history.search(request.apply(topic));
      List<Hit> shown = new ArrayList<>(result.hits());
      shown.addAll(result.closeHits());
      rankings.put(topic.id(), ranking(shown));
      progress.accept(rankings.size());
    }
    return new Run(name, rankings);
  }

  /** In everybody's history, an interaction of two customers is found in each one's: once here. */
  private static List<Run.Entry> ranking(List<Hit> hits) {
    Set<String> seen = new HashSet<>();
    return hits.stream()
        .filter(hit -> seen.add(hit.id()))
        .map(hit -> new Run.Entry(hit.id(), hit.score()))
        .toList();
  }
}

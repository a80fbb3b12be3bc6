package io.earshot.evaluation;

import static java.util.Objects.requireNonNull;

import io.earshot.CustomerHistory;
import io.earshot.Hit;
import io.earshot.InteractionIndex;
import io.earshot.RankingProfile;
import io.earshot.RankingProfile.Rarity;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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

  private static final RankingProfile STANDARD = RankingProfile.standard();

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
    return with("earshot", clock, request -> {});
  }

  /**
   * Earshot with another ranking.
   *
   * @param clock what time it is for queries such as {@code past:30d}
   */
  public static Configuration ranked(String name, RankingProfile profile, Clock clock) {
    requireNonNull(profile, "profile");
    return with(name, clock, request -> request.ranking(profile));
  }

  /**
   * Earshot with one thing left out or changed in each: what that thing is worth.
   *
   * @param clock what time it is for queries such as {@code past:30d}
   */
  public static List<Configuration> ablations(Clock clock) {
    List<Configuration> ablations = new ArrayList<>();
    changed()
        .forEach(
            (name, change) -> {
              RankingProfile.Builder profile = RankingProfile.builder();
              change.accept(profile);
              ablations.add(ranked(name, profile.build(), clock));
            });
    ablations.add(with("no-close-hits", clock, request -> request.closeHits(false)));
    ablations.add(with("strict", clock, request -> request.relaxing(false).closeHits(false)));
    return List.copyOf(ablations);
  }

  /** Each differs from the standard profile in one thing. */
  private static Map<String, Consumer<RankingProfile.Builder>> changed() {
    Map<String, Consumer<RankingProfile.Builder>> changed = new LinkedHashMap<>();
    changed.put("rarity-from-scope", profile -> profile.rarity(Rarity.SCOPE));
    changed.put("rarity-from-table", profile -> profile.rarity(Rarity.BACKGROUND));
    changed.put("no-passages", profile -> profile.passage(0));
    changed.put("no-phrase", profile -> profile.phrase(0));
    changed.put("no-recency", profile -> profile.recency(0, STANDARD.halfLife()));
    changed.put("subject-as-turns", profile -> profile.subject(STANDARD.turns()));
    changed.put("attachments-as-turns", profile -> profile.attachments(STANDARD.turns()));
    changed.put("quotes-as-turns", profile -> profile.quotes(STANDARD.turns()));
    changed.put("best-field-alone", profile -> profile.otherFields(0));
    changed.put("no-inflections", profile -> profile.stem(0));
    changed.put("no-length", profile -> profile.lengthNormalization(0));
    return changed;
  }

  private static Configuration with(
      String name, Clock clock, Consumer<SearchRequest.Builder> change) {
    requireNonNull(clock, "clock");
    return new Configuration(
        name,
        topic -> {
          SearchRequest.Builder request = request(topic, clock);
          change.accept(request);
          return request.build();
        });
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

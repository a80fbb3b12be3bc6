package io.earshot.evaluation;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Runs compared on a collection: each {@link Measure} of each topic, and the means.
 *
 * <p>Immutable.
 */
public final class Evaluation {
  private static final int MOST_NAMED = 10;

  private final EvaluationCollection collection;
  private final List<Scored> scored; // at least one

  private Evaluation(EvaluationCollection collection, List<Scored> scored) {
    this.collection = collection;
    this.scored = scored;
  }

  /** One configuration's scores, of each measure for each topic in the collection's order. */
  private record Scored(String configuration, Map<Measure, List<Double>> scores) {
    static Scored of(EvaluationCollection collection, Run run) {
      Map<Measure, List<Double>> scores = new EnumMap<>(Measure.class);
      for (Measure measure : Measure.values()) {
        scores.put(
            measure,
            collection.topics().stream()
                .map(topic -> score(collection, run, topic.id(), measure))
                .toList());
      }
      return new Scored(run.name(), scores);
    }

    private static double score(
        EvaluationCollection collection, Run run, String topic, Measure measure) {
      return measure.of(
          run.top(topic, Measure.DEPTH),
          collection.judgments().of(topic),
          collection.relevantFrom());
    }

    double[] of(Measure measure, List<Integer> topics) {
      List<Double> all = scores.getOrDefault(measure, List.of());
      return topics.stream().mapToDouble(all::get).toArray();
    }
  }

  /**
   * The means of some topics, one row for each configuration.
   *
   * @param topics which topics: {@code all}, {@code development}, {@code reported}, or {@code kind}
   *     and a kind
   * @param count how many they are
   * @param rows the figures, the first configuration's first
   */
  public record Table(String topics, int count, List<Row> rows) {
    /** Copies the list. */
    public Table {
      requireNonNull(topics, "topics");
      rows = List.copyOf(rows);
    }
  }

  /**
   * One configuration's figures.
   *
   * @param configuration its name
   * @param means the mean of each measure over the topics
   * @param pValues of each measure, how likely so great a difference from the first configuration
   *     is by chance ({@link SignificanceTest}); empty for the first
   */
  public record Row(
      String configuration, Map<Measure, Double> means, Map<Measure, Double> pValues) {
    /** Copies the maps. */
    public Row {
      requireNonNull(configuration, "configuration");
      means = Map.copyOf(means);
      pValues = Map.copyOf(pValues);
    }

    /** The mean of a measure over the topics. */
    public double mean(Measure measure) {
      return means.getOrDefault(measure, 0.0);
    }
  }

  /**
   * Scores each run on each of the collection's topics.
   *
   * @param runs those that are compared; every other one with the first
   * @throws InvalidCollectionException if nothing is relevant to one of the topics, two runs have
   *     the same name, a run is of other topics, or there are none of either
   */
  public static Evaluation of(EvaluationCollection collection, List<Run> runs) {
    check(collection, runs);
    return new Evaluation(
        collection, runs.stream().map(run -> Scored.of(collection, run)).toList());
  }

  private static void check(EvaluationCollection collection, List<Run> runs) {
    List<String> ids = collection.topics().stream().map(Topic::id).toList();
    if (ids.isEmpty() || runs.isEmpty()) {
      throw new InvalidCollectionException(
          "EARSHOT-403: there is no topic or no run to evaluate in %s. Add some."
              .formatted(collection.name()));
    }
    List<String> without =
        ids.stream()
            .filter(
                id ->
                    collection.judgments().of(id).values().stream()
                        .noneMatch(grade -> grade >= collection.relevantFrom()))
            .toList();
    if (!without.isEmpty()) {
      throw new InvalidCollectionException(
          "EARSHOT-403: nothing is judged relevant (grade %d or more) to topic %s%s, so no measure is defined. Judge more, or take the topic out."
              .formatted(
                  collection.relevantFrom(),
                  without.stream().limit(MOST_NAMED).collect(joining(", ")),
                  without.size() > MOST_NAMED
                      ? " and " + (without.size() - MOST_NAMED) + " more"
                      : ""));
    }
    Set<String> names = new HashSet<>();
    for (Run run : runs) {
      if (!names.add(run.name())) {
        throw new InvalidCollectionException(
            "EARSHOT-404: two configurations are called %s. Rename the file in runs."
                .formatted(run.name()));
      }
      if (ids.stream().noneMatch(run.rankings()::containsKey)) {
        throw new InvalidCollectionException(
            "EARSHOT-405: the run %s has none of the topics of %s. It may belong to another collection."
                .formatted(run.name(), collection.name()));
      }
    }
  }

  /**
   * A configuration's score of one topic.
   *
   * @throws IllegalArgumentException if there is no such configuration or topic
   */
  public double score(String configuration, String topic, Measure measure) {
    List<String> ids = collection.topics().stream().map(Topic::id).toList();
    Optional<Scored> ofRun =
        scored.stream().filter(each -> each.configuration().equals(configuration)).findFirst();
    if (ofRun.isEmpty() || !ids.contains(topic)) {
      throw new IllegalArgumentException(
          "there is no topic %s of a configuration %s".formatted(topic, configuration));
    }
    return ofRun.get().of(measure, List.of(ids.indexOf(topic)))[0];
  }

  /** The collection's name. */
  public String collection() {
    return collection.name();
  }

  /**
   * The tables: of all topics, and of each half if there are topics of more than one.
   *
   * @param kinds whether also of each kind of topic
   */
  public List<Table> tables(boolean kinds) {
    List<Topic> topics = collection.topics();
    Set<Optional<Half>> halves = new LinkedHashSet<>(topics.stream().map(Topic::half).toList());
    List<Table> tables = new ArrayList<>();
    if (halves.size() == 1) {
      String name = halves.iterator().next().map(Half::label).orElse("all");
      tables.add(table(name, topic -> true));
    } else {
      tables.add(table("all", topic -> true));
      for (Half half : Half.values()) {
        Optional<Half> wanted = Optional.of(half);
        if (halves.contains(wanted)) {
          tables.add(table(half.label(), topic -> topic.half().equals(wanted)));
        }
      }
    }
    if (kinds) {
      topics.stream()
          .flatMap(topic -> topic.kind().stream())
          .distinct()
          .sorted()
          .map(kind -> table("kind " + kind, topic -> topic.kind().equals(Optional.of(kind))))
          .forEach(tables::add);
    }
    return tables;
  }

  /** A table of the topics that are wanted, at least one. */
  private Table table(String name, Predicate<Topic> wanted) {
    List<Topic> all = collection.topics();
    List<Integer> topics =
        IntStream.range(0, all.size()).filter(i -> wanted.test(all.get(i))).boxed().toList();
    List<Row> rows = new ArrayList<>();
    Scored first = scored.getFirst();
    for (Scored each : scored) {
      Map<Measure, Double> means = new EnumMap<>(Measure.class);
      Map<Measure, Double> pValues = new EnumMap<>(Measure.class);
      for (Measure measure : Measure.values()) {
        double[] scores = each.of(measure, topics);
        means.put(measure, Arrays.stream(scores).average().orElseThrow());
        if (!rows.isEmpty()) {
          pValues.put(measure, SignificanceTest.pValue(first.of(measure, topics), scores));
        }
      }
      rows.add(new Row(each.configuration(), means, pValues));
    }
    return new Table(name, topics.size(), rows);
  }
}

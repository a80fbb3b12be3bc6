package io.earshot.evaluation;

import static java.util.Objects.requireNonNull;

import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Topics, the judgments of what is relevant to them, and mostly the interactions they are about: a
 * test collection.
 *
 * <pre>{@code
 * EvaluationCollection collection = EvaluationCollection.load(Path.of("evaluation/collection"));
 * try (InteractionIndex index = collection.index(done -> {})) {
 *   Configuration earshot = Configuration.earshot(collection.clock());
 *   Run run = earshot.search(index, collection.topics(), done -> {});
 *   System.out.println(Evaluation.of(collection, List.of(run)).tables(false));
 * }
 * }</pre>
 *
 * <p>It is a folder in Earshot's own layout, in BEIR's or in TREC's; {@code docs/evaluation.md}
 * describes the files. Immutable; the interactions are read from the folder each time.
 */
public final class EvaluationCollection {
  private final CollectionFormat format;
  private final Description description;
  private final List<Topic> topics;
  private final Judgments judgments;
  private final List<Run> runs;

  private EvaluationCollection(
      CollectionFormat format,
      Description description,
      List<Topic> topics,
      Judgments judgments,
      List<Run> runs) {
    this.format = format;
    this.description = description;
    this.topics = topics;
    this.judgments = judgments;
    this.runs = runs;
  }

  /** What {@code collection.json} says, or would say by default. */
  private record Description(
      String name, int relevantFrom, Optional<String> language, Clock clock) {
    static Description read(Path folder) throws IOException {
      Path file = folder.resolve("collection.json");
      String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      if (!Files.isRegularFile(file)) {
        return new Description(name, 1, Optional.empty(), Clock.systemUTC());
      }
      JsonFields fields =
          JsonFields.of(
                  Files.readString(file), what -> InvalidCollectionException.at(file, 1, what))
              .only("name", "description", "relevantFrom", "language", "now");
      int relevantFrom = fields.optionalInt("relevantFrom").orElse(1);
      if (relevantFrom < 1) {
        throw InvalidCollectionException.at(
            file, 1, "relevantFrom: expected 1 or more, got " + relevantFrom);
      }
      return new Description(
          fields.optionalText("name").orElse(name),
          relevantFrom,
          fields.optionalText("language"),
          fields.optionalText("now").map(now -> clock(now, file)).orElse(Clock.systemUTC()));
    }

    private static Clock clock(String now, Path file) {
      try {
        return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
      } catch (DateTimeParseException e) {
        throw InvalidCollectionException.at(
            file, 1, "now: expected an instant, such as 2026-05-01T09:30:00Z");
      }
    }
  }

  /**
   * Reads a collection's topics, judgments and runs.
   *
   * @param folder in any of the three layouts
   * @throws InvalidCollectionException if it is none, or a line is not what its format asks for
   * @throws IOException if a file cannot be read
   */
  public static EvaluationCollection load(Path folder) throws IOException {
    CollectionFormat format = CollectionFormat.of(requireNonNull(folder, "folder"));
    Description description = Description.read(folder);
    Judgments judgments = format.judgments();
    List<Run> runs = new ArrayList<>();
    for (Path file : CollectionFormat.files(folder.resolve("runs"), ".run")) {
      runs.add(Run.read(file));
    }
    return new EvaluationCollection(
        format, description, format.topics(judgments), judgments, List.copyOf(runs));
  }

  /** Its name; by default the folder's. */
  public String name() {
    return description.name();
  }

  /** The least grade that counts as relevant where it matters only whether; by default 1. */
  public int relevantFrom() {
    return description.relevantFrom();
  }

  /** What time it is for its queries; by default it goes on. */
  public Clock clock() {
    return description.clock();
  }

  /** Its topics, in their order. */
  public List<Topic> topics() {
    return topics;
  }

  /** What was judged, possibly of more topics than these. */
  public Judgments judgments() {
    return judgments;
  }

  /** What other engines found: the files in {@code runs}, by name. */
  public List<Run> runs() {
    return runs;
  }

  /** The same collection with the topics of one half. */
  public EvaluationCollection half(Half half) {
    List<Topic> ofHalf =
        topics.stream().filter(topic -> topic.half().equals(Optional.of(half))).toList();
    return new EvaluationCollection(format, description, ofHalf, judgments, runs);
  }

  /** Whether it holds interactions; if not, they are in an index of the host's. */
  public boolean hasInteractions() throws IOException {
    return !format.interactionFiles().isEmpty();
  }

  /**
   * Indexes its interactions in memory.
   *
   * @param progress is told after each how many were indexed
   * @return the caller closes it
   * @throws InvalidCollectionException if it holds no interactions, or a line is not one
   */
  public InteractionIndex index(LongConsumer progress) throws IOException {
    if (!hasInteractions()) {
      throw new InvalidCollectionException(
          "EARSHOT-406: the collection %s holds no interactions. Search the index that they are in."
              .formatted(name()));
    }
    InteractionIndex.Builder builder = InteractionIndex.builder().inMemory();
    description.language().ifPresent(builder::defaultLanguage);
    InteractionIndex index = builder.open();
    try {
      fill(index, progress);
      return index;
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private void fill(InteractionIndex index, LongConsumer progress) throws IOException {
    Set<String> ids = new HashSet<>();
    for (Path file : format.interactionFiles()) {
      format.readInteractions(
          file,
          interaction -> {
            if (!ids.add(interaction.id())) {
              throw new InvalidCollectionException(
                  "EARSHOT-402: the collection cannot be read: interaction %s comes a second time (file=%s). Take one out."
                      .formatted(interaction.id(), file));
            }
            index.add(interaction);
            progress.accept(ids.size());
          });
    }
  }

  /**
   * Which relevant interactions no search of that index can find: those that are not in it, or not
   * in the history of their topic's customer. They count as not found, so there should be none.
   *
   * @return each as its topic and its id, by topic
   */
  public List<Place> missingFrom(InteractionIndex index) {
    List<Place> missing = new ArrayList<>();
    for (Topic topic : topics) {
      for (Map.Entry<String, Integer> judged : judgments.of(topic.id()).entrySet()) {
        if (judged.getValue() > 0 && !holds(index, judged.getKey(), topic.customer())) {
          missing.add(new Place(topic.id(), judged.getKey()));
        }
      }
    }
    return missing;
  }

  private static boolean holds(InteractionIndex index, String id, Optional<String> customer) {
    Optional<Interaction> interaction = index.get(id);
    return interaction.isPresent()
        && customer.map(interaction.get().customers()::contains).orElse(true);
  }

  /**
   * An interaction as what was found, or is to be judged, for a topic.
   *
   * @param topic the topic's id
   * @param id the interaction's
   */
  public record Place(String topic, String id) {}

  /**
   * What is still to be judged: the interactions that are among the best of any run and have no
   * judgment. Of each topic in the order of their ids, so that a judge does not see their ranks.
   *
   * @param depth how many of the best of each run
   */
  public List<Place> unjudged(List<Run> ofRuns, int depth) {
    List<Place> pool = new ArrayList<>();
    for (Topic topic : topics) {
      Set<String> ids = new TreeSet<>();
      ofRuns.forEach(run -> ids.addAll(run.top(topic.id(), depth)));
      ids.removeAll(judgments.of(topic.id()).keySet());
      ids.forEach(id -> pool.add(new Place(topic.id(), id)));
    }
    return pool;
  }
}

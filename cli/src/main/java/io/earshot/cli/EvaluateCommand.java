package io.earshot.cli;

import io.earshot.InteractionIndex;
import io.earshot.RankingProfile;
import io.earshot.SearchRequest;
import io.earshot.Synonyms;
import io.earshot.evaluation.Configuration;
import io.earshot.evaluation.Evaluation;
import io.earshot.evaluation.Evaluation.Table;
import io.earshot.evaluation.EvaluationCollection;
import io.earshot.evaluation.EvaluationCollection.Place;
import io.earshot.evaluation.EvaluationJson;
import io.earshot.evaluation.Half;
import io.earshot.evaluation.Run;
import io.earshot.evaluation.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code earshot evaluate}: how good the ranking is, by topics and judgments. */
@Command(
    name = "evaluate",
    description =
        "Measures the ranking on topics with relevance judgments, beside other engines' runs; see docs/evaluation.md.")
final class EvaluateCommand implements Callable<Integer> {
  private static final int MOST_NAMED = 5;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description =
          "Searches this index, and takes only topics and judgments from COLLECTION. Default: the collection's interactions, indexed in memory.")
  private @Nullable Path index;

  @Option(
      names = "--half",
      paramLabel = "HALF",
      converter = Choice.Halves.class,
      description = "Only the topics of this half: development or reported.")
  private @Nullable Half half;

  @Option(
      names = "--ranking",
      paramLabel = "FILE",
      description =
          "Searches with the ranking profile in this file, too, and compares it with the standard one; see docs/ranking.md. May be repeated.")
  private List<Path> rankings = List.of();

  @Option(
      names = "--synonyms",
      paramLabel = "FILE",
      description =
          "Searches with the synonyms in this file, too, and compares that with none; see docs/query-language.md. May be repeated.")
  private List<Path> synonyms = List.of();

  @Option(
      names = "--ablations",
      description = "Searches with one thing of the ranking left out or changed at a time, too.")
  private boolean ablations;

  @Option(names = "--kinds", description = "Adds a table for each kind of topic.")
  private boolean kinds;

  @Option(names = "--json", description = "Prints the figures as one JSON object.")
  private boolean json;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description =
          "Compares the figures with those in FILE, made by --json; exit status 1 if one differs by more than 0.0005.")
  private @Nullable Path check;

  @Option(
      names = "--runs-to",
      paramLabel = "DIR",
      description = "Writes what Earshot found to TREC run files in this folder.")
  private @Nullable Path runsTo;

  @Option(
      names = "--pool",
      paramLabel = "N",
      converter = WholeNumber.Pool.class,
      description =
          "Instead of figures prints what is still to be judged: topic and id of every result among the best N of any configuration that has no judgment.")
  private @Nullable Integer pool;

  @Parameters(paramLabel = "COLLECTION", description = "The collection's folder.")
  private Path folder = Path.of(".");

  @Override
  public Integer call() throws IOException {
    if (pool != null && (json || kinds || check != null)) {
      throw new UsageException("--pool prints no figures; leave --json, --kinds and --check out");
    }
    EvaluationCollection collection = collection();
    List<Run> runs = new ArrayList<>(searched(collection));
    if (runsTo != null) {
      write(runs, runsTo);
    }
    runs.addAll(collection.runs());
    return pool == null ? figures(collection, runs) : unjudged(collection.unjudged(runs, pool));
  }

  private EvaluationCollection collection() throws IOException {
    EvaluationCollection collection = EvaluationCollection.load(folder);
    if (index == null && !collection.hasInteractions()) {
      throw new UsageException(
          collection.name() + " holds no interactions; name the index they are in with --index");
    }
    if (half == null) {
      return collection;
    }
    EvaluationCollection ofHalf = collection.half(half);
    if (ofHalf.topics().isEmpty()) {
      throw new UsageException("--half: no topic is of the half " + half.label());
    }
    return ofHalf;
  }

  /** A way that Earshot is to search, with words that mean the same. */
  private record Way(Configuration configuration, Synonyms synonyms) {
    Way(Configuration configuration) {
      this(configuration, Synonyms.none());
    }
  }

  /** The ways that Earshot is to search; the standard one is first. */
  private List<Way> ways(EvaluationCollection collection) throws IOException {
    Clock clock = collection.clock();
    Configuration standard = Configuration.earshot(clock);
    List<Way> ways = new ArrayList<>();
    ways.add(new Way(standard));
    for (Path file : rankings) {
      RankingProfile profile = RankingProfile.read(file);
      ways.add(new Way(Configuration.ranked(name(file, ".json"), profile, clock)));
    }
    for (Path file : synonyms) {
      Configuration named = new Configuration(name(file, ".txt"), standard.request());
      ways.add(new Way(named, Synonyms.read(file)));
    }
    if (ablations) {
      Configuration.ablations(clock).forEach(one -> ways.add(new Way(one)));
    }
    Set<String> names = new HashSet<>();
    for (Way way : ways) {
      if (!names.add(way.configuration.name())) {
        throw new UsageException(
            "--ranking and --synonyms: there is another configuration called %s; rename the file"
                .formatted(way.configuration.name()));
      }
    }
    return ways;
  }

  private static String name(Path file, String extension) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(extension) ? name.substring(0, name.length() - extension.length()) : name;
  }

  /** Earshot's own runs: one for each way it is to search. */
  private List<Run> searched(EvaluationCollection collection) throws IOException {
    List<Way> ways = ways(collection);
    List<Run> runs = new ArrayList<>();
    try (InteractionIndex open = open(collection)) {
      warnOfMissing(collection.missingFrom(open));
      warnOfNobody(open, collection.topics());
      for (Way way : ways) {
        Configuration configuration = way.configuration;
        open.useSynonyms(way.synonyms);
        try (Progress progress = new Progress("Searching as " + configuration.name(), "topics")) {
          int topics = collection.topics().size();
          runs.add(
              configuration.search(open, collection.topics(), done -> progress.at(done, topics)));
        }
      }
    }
    return runs;
  }

  private InteractionIndex open(EvaluationCollection collection) throws IOException {
    if (index != null) {
      return InteractionIndex.builder().directory(index).readOnly().open();
    }
    try (Progress progress = new Progress("Indexing", "interactions")) {
      return collection.index(done -> progress.at(done, 0));
    }
  }

  private static void warnOfMissing(List<Place> missing) {
    if (!missing.isEmpty()) {
      String named =
          missing.stream()
              .limit(MOST_NAMED)
              .map(place -> place.id() + " (topic " + place.topic() + ")")
              .collect(Collectors.joining(", "));
      int more = missing.size() - MOST_NAMED;
      Terminal.say(
          "warning: relevant interactions that are not in their topic's history count as not found: "
              + named
              + (more > 0 ? " and %,d more".formatted(more) : ""));
    }
  }

  private static void warnOfNobody(InteractionIndex index, List<Topic> topics) {
    SearchRequest everything = SearchRequest.builder("").limit(0).build();
    for (Topic topic : topics) {
      if (topic.customer().isPresent()
          && index.customer(topic.customer().get()).search(everything).total() == 0) {
        Terminal.say(
            "warning: nothing in the index is of customer %s, so topic %s finds nothing"
                .formatted(topic.customer().get(), topic.id()));
      }
    }
  }

  private static void write(List<Run> runs, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Run run : runs) {
      run.write(directory.resolve(run.name() + ".run"));
    }
  }

  private static int unjudged(List<Place> places) {
    places.forEach(place -> Terminal.out().println(place.topic() + "\t" + place.id()));
    return 0;
  }

  private int figures(EvaluationCollection collection, List<Run> runs) throws IOException {
    List<Table> tables = Evaluation.of(collection, runs).tables(kinds);
    if (json) {
      Terminal.out().println(EvaluationJson.write(collection.name(), tables));
    } else {
      new FiguresText(Terminal.out()).print(tables);
    }
    return check == null ? 0 : compare(check, tables);
  }

  private static int compare(Path expected, List<Table> tables) throws IOException {
    List<String> differences = EvaluationJson.differences(expected, tables);
    differences.forEach(difference -> Terminal.say("earshot: " + difference));
    if (!differences.isEmpty()) {
      return Failures.FAILED;
    }
    Terminal.say("All figures are as in " + expected + ".");
    return 0;
  }
}

package io.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.InteractionIndex;
import io.earshot.SearchRequest;
import io.earshot.SortOrder;
import io.earshot.evaluation.Evaluation.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that {@code docs/evaluation.md} shows are collections. */
class EvaluationDocTest {
  private static final Path DOC =
      Path.of(System.getProperty("earshot.home"), "docs", "evaluation.md");

  /** A line that begins with a file's name and ends in a colon, and the block below it. */
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^`([\\w./]+)`.*:\\n\\n((?: {4}.*\\n)+)");

  @TempDir private Path folder;

  /** Writes what the doc shows from the one text to the other into files. */
  private EvaluationCollection shown(String from, String to) throws IOException {
    String doc = Files.readString(DOC);
    Matcher example = EXAMPLE.matcher(doc.substring(doc.indexOf(from), doc.indexOf(to)));
    while (example.find()) {
      Path file = folder.resolve(example.group(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, example.group(2).replaceAll("(?m)^ {4}", ""));
    }
    return EvaluationCollection.load(folder);
  }

  private static Row evaluated(EvaluationCollection collection) throws IOException {
    try (InteractionIndex index = collection.index(done -> {})) {
      List<Run> runs = new ArrayList<>();
      runs.add(
          Configuration.earshot(collection.clock()).search(index, collection.topics(), done -> {}));
      runs.addAll(collection.runs());
      assertThat(collection.missingFrom(index)).isEmpty();
      return Evaluation.of(collection, runs).tables(false).getFirst().rows().getLast();
    }
  }

  @Test
  void earshotsLayout_asShown_isEvaluated() throws IOException {
    EvaluationCollection collection = shown("## A collection", "## Public collections");

    Row lucene = evaluated(collection);

    assertThat(collection.name()).isEqualTo("kettles");
    assertThat(collection.judgments()).isEqualTo(Judgments.readQrels(folder.resolve("qrels.txt")));
    assertThat(lucene.configuration()).isEqualTo("lucene");
    assertThat(lucene.mean(Measure.MRR_10)).isEqualTo(0.75, within(1e-9));
  }

  @Test
  void beirsLayout_asShown_isEvaluated() throws IOException {
    assertThat(evaluated(shown("[BEIR]", "TREC: `topics")).mean(Measure.NDCG_10)).isEqualTo(1);
  }

  @Test
  void trecsLayout_asShown_isEvaluated() throws IOException {
    assertThat(evaluated(shown("TREC: `topics", "## Measures")).mean(Measure.NDCG_10)).isEqualTo(1);
  }

  /** The Java at the doc's end, as far as it is about this module. */
  @Test
  void configurationOfAHost_isComparedWithEarshot() throws IOException {
    EvaluationCollection collection = Tiny.collection("earshot");
    Configuration newest =
        new Configuration(
            "newest",
            topic ->
                SearchRequest.builder(topic.query()).limit(100).sort(SortOrder.NEWEST).build());

    List<Run> runs = new ArrayList<>();
    try (InteractionIndex index = collection.index(done -> {})) {
      for (Configuration configuration :
          List.of(Configuration.earshot(collection.clock()), newest)) {
        runs.add(configuration.search(index, collection.topics(), done -> {}));
      }
    }

    assertThat(Evaluation.of(collection, runs).tables(false).getFirst().rows())
        .extracting(Row::configuration)
        .containsExactly("earshot", "newest");
    assertThat(runs.getLast().top("kettle", 10)).isEqualTo(List.of("kettle-2", "kettle-1"));
  }
}

package io.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.InteractionIndex;
import io.earshot.evaluation.Evaluation.Row;
import io.earshot.evaluation.Evaluation.Table;
import io.earshot.evaluation.Run.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir private Path folder;

  private static Run earshot(EvaluationCollection collection) throws IOException {
    try (InteractionIndex index = collection.index(done -> {})) {
      return Configuration.earshot(collection.clock())
          .search(index, collection.topics(), done -> {});
    }
  }

  private static Evaluation tiny() throws IOException {
    EvaluationCollection collection = Tiny.collection("earshot");
    List<Run> runs = new ArrayList<>(List.of(earshot(collection)));
    runs.addAll(collection.runs());
    return Evaluation.of(collection, runs);
  }

  @Test
  void search_tiny_findsInTheTopicsHistoryAndTime() throws IOException {
    Run run = earshot(Tiny.collection("earshot"));

    assertThat(run.name()).isEqualTo("earshot");
    assertThat(run.top("kettle", 10)).containsExactlyInAnyOrder("kettle-1", "kettle-2");
    assertThat(run.top("lamp", 10)).containsExactly("lamp-1");
    assertThat(run.top("lately", 10)).containsExactly("kettle-2"); // by the collection's clock
  }

  @Test
  void search_publicLayouts_areAnsweredInEverybodysHistory() throws IOException {
    assertThat(earshot(Tiny.collection("beir")).top("q1", 10)).startsWith("d1");
    assertThat(earshot(Tiny.collection("trec")).top("301", 10)).containsExactly("AP-1");
  }

  @Test
  void tables_tiny_areAsComputedByHand() throws IOException {
    List<Table> tables = tiny().tables(false);

    assertThat(tables).extracting(Table::topics).containsExactly("all", "development", "reported");
    assertThat(tables).extracting(Table::count).containsExactly(3, 1, 2);
    Row earshot = tables.getFirst().rows().getFirst();
    Row other = tables.getFirst().rows().getLast();
    assertThat(earshot.configuration()).isEqualTo("earshot");
    assertThat(earshot.pValues()).isEmpty();
    assertThat(earshot.mean(Measure.SUCCESS_1)).isEqualTo(1);
    assertThat(other.configuration()).isEqualTo("other");
    // kettle: 2/log2(3) by 2 + 2/log2(3); lamp: lamp-1 before kettle-2, of equal scores; lately: 0.
    double kettle = 2 * 0.6309298 / (2 + 2 * 0.6309298);
    assertThat(other.mean(Measure.NDCG_10)).isEqualTo((kettle + 1 + 0) / 3, within(1e-6));
    assertThat(other.mean(Measure.RECALL_10)).isEqualTo((0.5 + 1 + 0) / 3, within(1e-9));
    assertThat(other.mean(Measure.MRR_10)).isEqualTo((0.5 + 1 + 0) / 3, within(1e-9));
    assertThat(other.mean(Measure.SUCCESS_1)).isEqualTo(1 / 3.0, within(1e-9));
    assertThat(other.mean(Measure.JUDGED_10)).isEqualTo(2 / 3.0, within(1e-9));
    // Two topics differ, both for the worse: 2 of 4 assignments of signs are as far from 0.
    assertThat(other.pValues().get(Measure.SUCCESS_1)).isEqualTo(0.5);
  }

  @Test
  void tables_kinds_addOneOfEach() throws IOException {
    assertThat(tiny().tables(true))
        .extracting(Table::topics)
        .containsExactly("all", "development", "reported", "kind filters", "kind words");
  }

  @Test
  void tables_oneHalf_isOneTableOfItsName() throws IOException {
    EvaluationCollection reported = Tiny.collection("earshot").half(Half.REPORTED);

    List<Table> tables = Evaluation.of(reported, reported.runs()).tables(false);

    assertThat(tables).extracting(Table::topics).containsExactly("reported");
    assertThat(tables.getFirst().count()).isEqualTo(2);
  }

  @Test
  void score_ofOneTopic_isTheMeasures() throws IOException {
    Evaluation evaluation = tiny();

    assertThat(evaluation.score("other", "kettle", Measure.MRR_10)).isEqualTo(0.5);
    assertThatThrownBy(() -> evaluation.score("other", "none", Measure.MRR_10))
        .hasMessage("there is no topic none of a configuration other");
  }

  @Test
  void of_topicWithoutAnythingRelevant_isNamed() throws IOException {
    Path copy = Tiny.copy("earshot", folder);
    Files.writeString(
        copy.resolve("judgments.jsonl"),
        """
        {"topic": "kettle", "id": "kettle-1", "grade": 2}
        {"topic": "lamp", "id": "lamp-1", "grade": 1}
        """);
    EvaluationCollection collection = EvaluationCollection.load(copy);

    assertThatThrownBy(() -> Evaluation.of(collection, collection.runs()))
        .isInstanceOf(InvalidCollectionException.class)
        .hasMessage(
            "EARSHOT-403: nothing is judged relevant (grade 2 or more) to topic lamp, lately, so no measure is defined. Judge more, or take the topic out.");
  }

  @Test
  void of_sameNameOrForeignRun_refused() throws IOException {
    EvaluationCollection collection = Tiny.collection("earshot");
    Run other = collection.runs().getFirst();
    Run foreign = new Run("foreign", Map.of("301", List.of(new Entry("AP-1", 1))));

    assertThatThrownBy(() -> Evaluation.of(collection, List.of(other, other)))
        .hasMessage("EARSHOT-404: two configurations are called other. Rename the file in runs.");
    assertThatThrownBy(() -> Evaluation.of(collection, List.of(other, foreign)))
        .hasMessage(
            "EARSHOT-405: the run foreign has none of the topics of tiny. It may belong to another collection.");
    assertThatThrownBy(() -> Evaluation.of(collection, List.of()))
        .hasMessageStartingWith("EARSHOT-403: ");
  }

  @Test
  void json_writtenAndCompared_hasNoDifferences() throws IOException {
    List<Table> tables = tiny().tables(true);
    String json = EvaluationJson.write("tiny", tables);
    Path file = Files.writeString(folder.resolve("expected.json"), json);

    assertThat(json)
        .startsWith(
            "{\"collection\":\"tiny\",\"tables\":[{\"topics\":\"all\",\"count\":3,\"configurations\":[{\"configuration\":\"earshot\",\"nDCG@10\":")
        .contains("\"p\":null}")
        .contains("\"p\":{\"nDCG@10\":")
        .doesNotContain("\n");
    assertThat(EvaluationJson.differences(file, tables)).isEmpty();
  }

  @Test
  void differences_otherFigures_areEachNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("expected.json"),
            """
            {"tables": [
              {"topics": "all", "count": 4, "configurations": [
                {"configuration": "other", "nDCG@10": 0.5679, "recall@10": 0.5004, "MRR@10": 0.5, "success@1": 0.34},
                {"configuration": "third"}]},
              {"topics": "kind words", "count": 1, "configurations": []}]}
            """);

    assertThat(EvaluationJson.differences(file, tiny().tables(false)))
        .containsExactly(
            "all: 3 topics, expected 4",
            "all: other: nDCG@10 is 0.4623, expected 0.5679",
            "all: other: success@1 is 0.3333, expected 0.3400",
            "all: other: judged@10 has no expected figure",
            "all: configuration third is not evaluated",
            "kind words: these topics are not evaluated");
  }

  @Test
  void differences_fileWithoutFigures_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("expected.json"), "{\"a\": 1}");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{");

    for (Path each : List.of(file, broken)) {
      assertThatThrownBy(() -> EvaluationJson.differences(each, List.of()))
          .hasMessage(
              "EARSHOT-407: there are no expected figures in "
                  + each
                  + ". Make it with earshot evaluate --json.");
    }
  }
}

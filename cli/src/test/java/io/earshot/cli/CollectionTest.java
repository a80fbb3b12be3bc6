package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The collection in {@code evaluation/collection}: what ranking has to keep to. */
class CollectionTest {
  private static final Path COLLECTION = Earshot.HOME.resolve("evaluation/collection");

  @Test
  void evaluate_collection_hasTheExpectedFigures() {
    Run run =
        Earshot.run(
            "evaluate",
            "--kinds",
            "--ablations",
            "--check",
            COLLECTION.resolve("expected.json"),
            COLLECTION);

    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void ranking_tableInTheDoc_hasTheExpectedFigures() throws IOException {
    Map<Object, List<String>> figures = new LinkedHashMap<>();
    String expected = Files.readString(COLLECTION.resolve("expected.json"));
    for (Object one : (List<?>) ((Map<?, ?>) Earshot.parse(expected)).get("tables")) {
      Map<?, ?> table = (Map<?, ?>) one;
      if (List.of("all", "development", "reported").contains(table.get("topics"))) {
        for (Object row : (List<?>) table.get("configurations")) {
          Map<?, ?> configuration = (Map<?, ?>) row;
          figures
              .computeIfAbsent(configuration.get("configuration"), name -> new ArrayList<>())
              .add(String.format(Locale.ROOT, "%.4f", number(configuration.get("nDCG@10"))));
        }
      }
    }

    Map<Object, List<String>> inTheDoc = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Earshot.HOME.resolve("docs/ranking.md"))) {
      List<String> cells = List.of(line.split(" *[|] *", -1));
      if (line.startsWith("| `") && cells.size() == 8 && cells.get(3).startsWith("0.")) {
        inTheDoc.put(cells.get(1).replace("`", ""), cells.subList(3, 6));
      }
    }

    assertThat(inTheDoc).isEqualTo(figures);
  }

  /** If a figure changes for good, so does the file; what it promises does not. */
  @Test
  void expected_figures_beatEveryBaselineAndFindIdentifiersFirst() {
    Map<?, ?> json = Earshot.run("evaluate", "--kinds", "--json", COLLECTION).succeeds().json();

    for (Object one : (List<?>) json.get("tables")) {
      Map<?, ?> table = (Map<?, ?>) one;
      List<?> configurations = (List<?>) table.get("configurations");
      Map<?, ?> earshot = (Map<?, ?>) configurations.getFirst();
      if (table.get("topics").equals("reported")) {
        for (Object other : configurations.subList(1, configurations.size())) {
          Map<?, ?> baseline = (Map<?, ?>) other;
          assertThat(number(((Map<?, ?>) baseline.get("p")).get("nDCG@10")))
              .as("%s", baseline)
              .isLessThan(0.05);
          assertThat(number(earshot.get("nDCG@10"))).isGreaterThan(number(baseline.get("nDCG@10")));
        }
      }
      if (table.get("topics").toString().contains("identifier")) {
        assertThat(number(earshot.get("success@1"))).isGreaterThanOrEqualTo(0.98);
      }
    }
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  @Test
  void judgments_andQrels_agree() throws IOException {
    List<String> qrels = Files.readAllLines(COLLECTION.resolve("qrels.txt"));
    List<String> judgments = Files.readAllLines(COLLECTION.resolve("judgments.jsonl"));

    assertThat(qrels).hasSameSizeAs(judgments);
    for (int i = 0; i < qrels.size(); i++) {
      List<String> fields = List.of(qrels.get(i).split(" ", -1));
      assertThat(judgments.get(i))
          .contains("\"topic\":\"" + fields.get(0) + "\"")
          .contains("\"id\":\"" + fields.get(2) + "\"")
          .contains("\"grade\":" + fields.get(3) + ",");
    }
  }
}

package io.earshot.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  private static String table(Path folder, Optional<String> against, String... files)
      throws Exception {
    List<JmhResult> results = new ArrayList<>();
    for (int i = 0; i < files.length; i++) {
      Path file = Files.writeString(folder.resolve(i + ".json"), "[" + files[i] + "]");
      results.addAll(JmhResult.read(file));
    }
    return ResultTable.markdown(results, against);
  }

  private static String run(String method, String kind, int median, int slow) {
    return """
        {"benchmark" : "io.earshot.benchmarks.XBenchmark.%s", "mode" : "sample", "forks" : 1,
         "params" : {"kind" : "%s", "size" : "10"},
         "primaryMetric" : {"score" : 1.5, "scoreError" : "NaN", "scoreUnit" : "us/op",
           "rawDataHistogram" : [[[[%s, 98], [%s, 1]], [[5000.0, 1]]]]}}"""
        .formatted(method, kind, median, slow);
  }

  @Test
  void markdown_twoFiles_poolsForksAndPairsThemForRatios(@TempDir Path folder) throws Exception {
    String first = run("earshot", "a", 10, 30) + "," + run("handWrittenLucene", "a", 20, 60);
    String second = run("earshot", "a", 12, 30) + "," + run("handWrittenLucene", "a", 16, 60);

    assertThat(table(folder, Optional.empty(), first, second).lines().skip(2))
        .containsExactly(
            "| X.earshot | kind=a, size=10 | us/op | 12.0 [10.0–12.0] | 30.0 | 5,000"
                + " | 0.60 [0.50–0.75] | 0.50 [0.50–0.50] |",
            "| X.handWrittenLucene | kind=a, size=10 | us/op | 20.0 [16.0–20.0] | 60.0 | 5,000"
                + " |  |  |");
  }

  @Test
  void markdown_againstParameter_ratioToThat(@TempDir Path folder) throws Exception {
    String both = run("earshot", "long", 30, 60) + "," + run("earshot", "short", 20, 60);

    assertThat(table(folder, Optional.of("kind=short"), both).lines().skip(2))
        .satisfiesExactly(
            row -> assertThat(row).contains("kind=long").contains("| 1.50 [1.50–1.50] |"),
            row -> assertThat(row).contains("kind=short").endsWith("|  |  |"));
  }
}

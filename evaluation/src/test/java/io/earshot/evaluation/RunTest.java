package io.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.evaluation.Run.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("bm25.run"), text);
  }

  /** As trec_eval does: by score, then by id downwards; never by the rank that is claimed. */
  @Test
  void read_ranksAndTies_orderedByScoreThenIdDownwards() throws IOException {
    Run run =
        Run.read(
            file(
                """
                1 Q0 a 1 0.5 tag
                1\tQ0\tb\t2\t0.7\ttag

                1 Q0 c 3 0.5 tag
                2 Q0 a 1 -1e3 tag
                """));

    assertThat(run.name()).isEqualTo("bm25");
    assertThat(run.top("1", 10)).containsExactly("b", "c", "a");
    assertThat(run.top("1", 2)).containsExactly("b", "c");
    assertThat(run.top("2", 10)).containsExactly("a");
    assertThat(run.top("3", 10)).isEmpty();
  }

  @Test
  void write_equalScores_fallStrictlySoThatEveryReaderHasTheOrder() throws IOException {
    Run run =
        new Run(
            "of mine",
            Map.of(
                "t",
                List.of(
                    new Entry("b", 2.00000000001),
                    new Entry("c", 2),
                    new Entry("a", 3),
                    new Entry("e", 0),
                    new Entry("z", 0))));
    Path file = folder.resolve("out.run");

    run.write(file);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines.getFirst()).isEqualTo("t Q0 b 1 2.0 of-mine");
    List<Float> scores = lines.stream().map(line -> Float.valueOf(line.split(" ")[4])).toList();
    assertThat(scores).isSortedAccordingTo((a, b) -> Float.compare(b, a)).doesNotHaveDuplicates();
    assertThat(Run.read(file).top("t", 10)).containsExactly("b", "c", "a", "e", "z");
  }

  @Test
  void write_whiteSpaceInAnId_refused() {
    Run run = new Run("r", Map.of("t", List.of(new Entry("order 7", 1))));

    assertThatThrownBy(() -> run.write(folder.resolve("out.run")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "EARSHOT-408: the id \"order 7\" cannot stand in a TREC run file: it is empty or holds"
                + " white space. Give the interaction another id.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 Q0 b 2 0.5|expected topic Q0 id rank score tag, got 5 fields",
        "1 Q0 b 2 high tag|expected a score, a number such as 12.5, got high",
        "1 Q0 b 2 NaN tag|expected a score, a number such as 12.5, got NaN",
        "1 Q0 a 2 0.5 tag|a is found a second time for topic 1"
      })
  void read_badLine_namesFileAndLine(String line, String what) throws IOException {
    Path file = file("1 Q0 a 1 0.5 tag\n\n" + line + "\n");

    assertThatThrownBy(() -> Run.read(file))
        .isInstanceOf(InvalidCollectionException.class)
        .hasMessage(
            "EARSHOT-402: the collection cannot be read: "
                + what
                + " (file="
                + file
                + ", line=3). Mend that line; the formats are in docs/evaluation.md.");
  }

  @Test
  void run_foundTwice_refused() {
    assertThatThrownBy(
            () -> new Run("r", Map.of("t", List.of(new Entry("a", 2), new Entry("a", 1)))))
        .hasMessage("a is found a second time for topic t");
  }
}

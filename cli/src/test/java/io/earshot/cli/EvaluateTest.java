package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code earshot evaluate}, on the tiny collections of the evaluation's own tests. Their figures do
 * not depend on which of the hits comes first.
 */
class EvaluateTest {
  private static final Path COLLECTIONS =
      Earshot.HOME.resolve("evaluation/src/test/resources/collections");
  private static final Path TINY = COLLECTIONS.resolve("earshot");

  @TempDir private Path folder;

  @Test
  void evaluate_text_isATableOfAllTopicsAndEachHalf() {
    Run run = Earshot.run("evaluate", TINY);

    assertThat(run.succeeds().out())
        .isEqualToNormalizingNewlines(
            """
            all
            configuration  topics  nDCG@10  recall@10  MRR@10  success@1  judged@10       p
            earshot             3   0.9421     1.0000  1.0000     1.0000     1.0000       -
            other               3   0.4623     0.5000  0.5000     0.3333     0.6667  0.5000

            development
            configuration  topics  nDCG@10  recall@10  MRR@10  success@1  judged@10       p
            earshot             1   1.0000     1.0000  1.0000     1.0000     1.0000       -
            other               1   0.3869     0.5000  0.5000     0.0000     1.0000  1.0000

            reported
            configuration  topics  nDCG@10  recall@10  MRR@10  success@1  judged@10       p
            earshot             2   0.9131     1.0000  1.0000     1.0000     1.0000       -
            other               2   0.5000     0.5000  0.5000     0.5000     0.5000  1.0000
            """);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void evaluate_jsonOfOneHalfWithKinds_isOneObjectOfTheDocumentedShape() {
    Map<?, ?> json =
        Earshot.run("evaluate", "--half", "reported", "--kinds", "--json", TINY).succeeds().json();

    assertThat(json.keySet().toString()).isEqualTo("[collection, tables]");
    List<?> tables = (List<?>) json.get("tables");
    assertThat(tables).hasSize(2);
    Map<?, ?> reported = (Map<?, ?>) tables.getFirst();
    assertThat(reported.keySet().toString()).isEqualTo("[topics, count, configurations]");
    assertThat(reported.get("topics")).isEqualTo("reported");
    assertThat(((Map<?, ?>) tables.getLast()).get("topics")).isEqualTo("kind filters");
    List<?> configurations = (List<?>) reported.get("configurations");
    Map<?, ?> earshot = (Map<?, ?>) configurations.getFirst();
    Map<?, ?> other = (Map<?, ?>) configurations.getLast();
    assertThat(earshot.keySet().toString())
        .isEqualTo("[configuration, nDCG@10, recall@10, MRR@10, success@1, judged@10, p]");
    assertThat(earshot.get("p")).isNull();
    assertThat(((Map<?, ?>) other.get("p")).keySet().toString())
        .isEqualTo("[nDCG@10, recall@10, MRR@10, success@1, judged@10]");
  }

  @Test
  void evaluate_publicLayouts_areEvaluated() {
    assertThat(Earshot.run("evaluate", COLLECTIONS.resolve("beir")).succeeds().out())
        .contains("earshot             2   1.0000");
    assertThat(Earshot.run("evaluate", COLLECTIONS.resolve("trec")).succeeds().out())
        .contains("earshot             2   1.0000");
  }

  @Test
  void evaluate_check_namesEachFigureThatDiffersAndExitsOne() throws IOException {
    Run before = Earshot.run("evaluate", "--json", TINY);
    Path expected = Files.writeString(folder.resolve("expected.json"), before.succeeds().out());
    Path other =
        Files.writeString(
            folder.resolve("other.json"), before.out().replaceFirst("0\\.9420", "0.9430"));

    Run same = Earshot.run("evaluate", "--check", expected, "--json", TINY);
    Run differs = Earshot.run("evaluate", "--check", other, TINY);
    Run oneHalf = Earshot.run("evaluate", "--check", expected, "--half", "reported", TINY);

    assertThat(same.succeeds().out()).isEqualTo(before.out());
    assertThat(same.err().strip()).isEqualTo("All figures are as in " + expected + ".");
    assertThat(differs.status()).isEqualTo(1);
    assertThat(differs.out()).startsWith("all");
    assertThat(differs.err().lines()).hasSize(1);
    assertThat(differs.err())
        .startsWith("earshot: all: earshot: nDCG@10 is 0.9421, expected 0.9431");
    assertThat(oneHalf.status()).isEqualTo(1);
    assertThat(oneHalf.err()).contains("earshot: all: these topics are not evaluated");
  }

  @Test
  void evaluate_runsTo_writesARunThatComparesAsItself() throws IOException {
    Path runs = folder.resolve("collection/runs");
    for (String file :
        List.of("topics.jsonl", "interactions.jsonl", "qrels.txt", "collection.json")) {
      Files.createDirectories(runs);
      Files.copy(TINY.resolve(file), runs.resolveSibling(file));
    }
    Run run = Earshot.run("evaluate", "--runs-to", folder.resolve("new/runs"), TINY);
    Path written = folder.resolve("new/runs/earshot.run");
    Files.copy(written, runs.resolve("before.run"));

    Run again = Earshot.run("evaluate", folder.resolve("collection"));

    assertThat(run.succeeds().out()).startsWith("all");
    assertThat(Files.readAllLines(written)).hasSize(4).allMatch(line -> line.endsWith(" earshot"));
    assertThat(again.succeeds().out())
        .contains(
            "before              3   0.9421     1.0000  1.0000     1.0000     1.0000  1.0000");
  }

  @Test
  void evaluate_hostsIndex_isSearchedWithTopicsAndJudgmentsAlone() throws IOException {
    Path index = folder.resolve("index");
    Path judged = Files.createDirectory(folder.resolve("judged"));
    Files.copy(TINY.resolve("topics.jsonl"), judged.resolve("topics.jsonl"));
    Files.writeString(
        judged.resolve("qrels.txt"),
        "kettle 0 kettle-1 1\nkettle 0 kettle-2 1\nlamp 0 lamp-1 1\nlately 0 kettle-2 1\nlately 0 gone 1\n");
    Earshot.run("index", "--index", index, TINY.resolve("interactions.jsonl")).succeeds();

    Run run = Earshot.run("evaluate", "--index", index, "--half", "development", judged);
    Run missing = Earshot.run("evaluate", "--index", index, judged);
    Run without = Earshot.run("evaluate", judged);

    assertThat(run.succeeds().out()).contains("earshot             1   1.0000     1.0000  1.0000");
    assertThat(run.err()).isEmpty();
    assertThat(missing.succeeds().err().strip())
        .isEqualTo(
            "warning: relevant interactions that are not in their topic's history count as not found: gone (topic lately)");
    assertThat(without.status()).isEqualTo(2);
    assertThat(without.err())
        .isEqualToIgnoringNewLines(
            "earshot: judged holds no interactions; name the index they are in with --index");
  }

  @Test
  void evaluate_customerThatNothingIsOf_isNamedInAWarning() throws IOException {
    Path strange = Files.createDirectory(folder.resolve("strange"));
    Files.copy(TINY.resolve("interactions.jsonl"), strange.resolve("interactions.jsonl"));
    Files.writeString(
        strange.resolve("topics.jsonl"),
        "{\"id\":\"k\",\"customer\":\"c-11\",\"query\":\"kettle\"}");

    Run pool = Earshot.run("evaluate", "--pool", 10, strange);

    assertThat(pool.succeeds().out()).isEmpty();
    assertThat(pool.err().strip())
        .isEqualTo("warning: nothing in the index is of customer c-11, so topic k finds nothing");
  }

  @Test
  void evaluate_pool_listsWhatIsNotJudgedAlsoBeforeAnythingIs() throws IOException {
    Path unjudged = Files.createDirectory(folder.resolve("unjudged"));
    for (String file : List.of("topics.jsonl", "interactions.jsonl", "collection.json")) {
      Files.copy(TINY.resolve(file), unjudged.resolve(file));
    }

    Run pool = Earshot.run("evaluate", "--pool", 10, TINY);
    Run all = Earshot.run("evaluate", "--pool", 10, unjudged);
    Run figures = Earshot.run("evaluate", unjudged);

    assertThat(pool.succeeds().out()).isEqualToNormalizingNewlines("lately\tunheard-of\n");
    assertThat(all.succeeds().out())
        .isEqualToNormalizingNewlines(
            "kettle\tkettle-1\nkettle\tkettle-2\nlamp\tlamp-1\nlately\tkettle-2\n");
    assertThat(figures.status()).isEqualTo(1);
    assertThat(figures.err())
        .startsWith(
            "earshot: EARSHOT-403: nothing is judged relevant (grade 2 or more) to topic kettle, lamp, lately,");
  }

  @Test
  void evaluate_wrongUsageOrCollection_exitsTwoOrOne() {
    Run pool = Earshot.run("evaluate", "--pool", 5, "--json", TINY);
    Run half = Earshot.run("evaluate", "--half", "first", TINY);
    Run noHalf = Earshot.run("evaluate", "--half", "reported", COLLECTIONS.resolve("trec"));
    Run nothing = Earshot.run("evaluate");
    Run nowhere = Earshot.run("evaluate", folder);

    assertThat(List.of(pool.status(), half.status(), noHalf.status(), nothing.status()))
        .containsOnly(2);
    assertThat(pool.err())
        .startsWith("earshot: --pool prints no figures; leave --json, --kinds and --check out");
    assertThat(half.err()).contains("expected development or reported, got first");
    assertThat(noHalf.err()).startsWith("earshot: --half: no topic is of the half reported");
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).startsWith("earshot: EARSHOT-401: there is no collection in ");
  }
}

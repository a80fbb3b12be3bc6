package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --ranking}, and what {@code evaluate} compares: profiles, synonyms, ablations. */
class RankingOptionTest {
  private static final Path TINY =
      Earshot.HOME.resolve("evaluation/src/test/resources/collections/earshot");

  @TempDir private static Path folder;
  private static Path index;
  private static Path mailFirst;

  @BeforeAll
  static void index() throws IOException {
    index = folder.resolve("index");
    mailFirst = folder.resolve("mail-first.json");
    Files.writeString(mailFirst, "{\"channels\": {\"chat\": 0.01}}");
    Earshot.run("index", "--index", index, TINY.resolve("interactions.jsonl")).succeeds();
  }

  private static List<Object> ids(Map<?, ?> answer) {
    List<Object> ids = new ArrayList<>();
    ((List<?>) answer.get("hits")).forEach(hit -> ids.add(((Map<?, ?>) hit).get("id")));
    return ids;
  }

  private static Run kettle(Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("search", "--index", index));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--customer", "c-1", "--json", "kettle"));
    return Earshot.run(arguments.toArray());
  }

  @Test
  void search_withRanking_comesInItsOrder() throws IOException {
    Path batch = folder.resolve("batch.jsonl");
    Files.writeString(batch, "{\"customer\": \"c-1\", \"query\": \"kettle\"}\n");

    Run standard = kettle();
    Run ranked = kettle("--ranking", mailFirst);
    Run batched = Earshot.run("search", "--index", index, "--ranking", mailFirst, "--batch", batch);

    assertThat(ids(standard.succeeds().json())).containsExactly("kettle-1", "kettle-2");
    assertThat(ids(ranked.succeeds().json())).containsExactly("kettle-2", "kettle-1");
    assertThat(ids(batched.succeeds().json())).containsExactly("kettle-2", "kettle-1");
  }

  @Test
  void search_withRankingThatIsNone_failsAndNamesTheLine() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\n  \"bm25\": 2\n}\n");

    Run run = kettle("--ranking", wrong);
    Run missing = kettle("--ranking", folder.resolve("missing.json"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("earshot: EARSHOT-115: the ranking profile cannot be read: ")
        .contains("no setting bm25", "(file=" + wrong + ", line=2)");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).startsWith("earshot: there is no file ");
  }

  @Test
  void search_cursorOfAnotherRanking_isRefused() {
    Object cursor = kettle("--limit", 1).succeeds().json().get("nextCursor");

    assertThat(kettle("--cursor", cursor).status()).isZero();
    assertThat(kettle("--ranking", mailFirst, "--cursor", cursor).err()).contains("EARSHOT-112");
  }

  @Test
  void evaluate_rankings_areComparedWithTheStandardOne() throws IOException {
    Path chatFirst =
        Files.writeString(folder.resolve("chat-first.json"), "{\"channels\": {\"email\": 0.01}}");
    Path runs = folder.resolve("runs");

    Run run =
        Earshot.run(
            "evaluate",
            "--half",
            "development",
            "--ranking",
            mailFirst,
            "--ranking",
            chatFirst,
            "--runs-to",
            runs,
            TINY);

    assertThat(run.succeeds().out().lines().skip(2))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly("earshot", "mail-first", "chat-first", "other");
    assertThat(run.out().lines().toList().get(2)).startsWith("earshot ").endsWith(" -");
    assertThat(run.out().lines().toList().get(3)).startsWith("mail-first ").endsWith(" 1.0000");
    assertThat(Files.readString(runs.resolve("mail-first.run")))
        .startsWith("kettle Q0 kettle-2 1 ");
    assertThat(Files.readString(runs.resolve("chat-first.run")))
        .startsWith("kettle Q0 kettle-1 1 ");
  }

  @Test
  void evaluate_synonyms_areARowOfTheirOwn() throws IOException {
    Path sent = Files.writeString(folder.resolve("sent.txt"), "refund, sent\n");
    Path runs = folder.resolve("runs-with-synonyms");

    Run run = Earshot.run("evaluate", "--synonyms", sent, "--ablations", "--runs-to", runs, TINY);

    assertThat(run.succeeds().out()).containsPattern("\nsent +3 ");
    assertThat(Files.readString(runs.resolve("sent.run"))).contains("kettle Q0 lamp-1 ");
    for (String without : List.of("earshot.run", "no-phrase.run")) {
      assertThat(Files.readString(runs.resolve(without))).doesNotContain("kettle Q0 lamp-1 ");
    }
  }

  @Test
  void evaluate_synonymsThatAreNone_areRefusedBeforeAnythingIsSearched() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.txt"), "a => b => c\n");

    Run run = Earshot.run("evaluate", "--synonyms", wrong, TINY);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("EARSHOT-114", "wrong.txt");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void evaluate_ablations_areRowsBehindEarshot() {
    Run run = Earshot.run("evaluate", "--half", "reported", "--ablations", "--json", TINY);

    Map<?, ?> table = (Map<?, ?>) ((List<?>) run.succeeds().json().get("tables")).getFirst();
    List<Object> names = new ArrayList<>();
    ((List<?>) table.get("configurations"))
        .forEach(row -> names.add(((Map<?, ?>) row).get("configuration")));
    assertThat(names)
        .startsWith("earshot", "rarity-from-scope", "rarity-from-table", "no-passages")
        .contains("no-phrase", "no-recency", "quotes-as-turns", "no-close-hits", "strict")
        .endsWith("other");
  }

  @Test
  void evaluate_twoOfOneName_isRefused() throws IOException {
    Path earshot = Files.writeString(folder.resolve("earshot.json"), "{}");

    Run run = Earshot.run("evaluate", "--ranking", earshot, TINY);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "earshot: --ranking and --synonyms: there is another configuration called earshot; rename the file");
  }
}

package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract that scripts rely on: names, shapes and exit statuses, on the samples' mail and
 * chat.
 */
class CommandLineTest {
  @TempDir private static Path folder;

  private static Path index;
  private static Run indexing;

  @BeforeAll
  static void indexTheSamples() {
    index = folder.resolve("index");
    Path samples = Earshot.HOME.resolve("samples");
    indexing =
        Earshot.run(
            "index",
            "--index",
            index,
            "--customers",
            samples.resolve("customers.csv"),
            "--json",
            samples.resolve("email"),
            samples.resolve("chat"));
  }

  @Test
  void index_json_isOneObjectOfTheDocumentedShape() {
    Map<?, ?> report = indexing.succeeds().json();

    assertThat(report.get("indexed")).isEqualTo(27L);
    assertThat(report.get("unchanged")).isEqualTo(0L);
    assertThat(report.get("quarantined")).isEqualTo(0L);
    assertThat(report.get("seconds")).isInstanceOf(Double.class);
    assertThat(report.get("byChannel")).isEqualTo(Map.of("chat", 6L, "email", 21L));
    assertThat(report.get("quarantine")).isEqualTo(List.of());
  }

  @Test
  void index_again_changesNothing() {
    Path samples = Earshot.HOME.resolve("samples");
    Path copy = folder.resolve("again");
    Run first = Earshot.run("index", "--index", copy, samples.resolve("chat"));
    Run again = Earshot.run("index", "--index", copy, "--json", samples.resolve("chat"));

    assertThat(first.succeeds().out())
        .startsWith("Indexed 6 interactions in ")
        .contains("(together: chat 6)");
    assertThat(again.succeeds().json().get("indexed")).isEqualTo(0L);
    assertThat(again.json().get("unchanged")).isEqualTo(6L);
  }

  @Test
  void search_json_isOneObjectOfTheDocumentedShape() {
    Run run =
        Earshot.run(
            "search", "--index", index, "--customer", "cust-1002", "--facets", "--json", "leaking");

    Map<?, ?> answer = run.succeeds().json();
    assertThat(answer.keySet().toString())
        .isEqualTo(
            "[query, customer, total, totalIsExact, relaxed, tookMillis, warnings, didYouMean, hits, facets, coverage, nextCursor]");
    assertThat(answer.get("customer")).isEqualTo("cust-1002");
    assertThat(((Map<?, ?>) answer.get("facets")).keySet().toString())
        .isEqualTo("[channel, month]");
    Map<?, ?> hit = run.hits().getFirst();
    assertThat(hit.keySet().toString())
        .isEqualTo(
            "[id, customer, channel, direction, startedAt, subject, score, lacks, matchedBy, passages]");
    assertThat(hit.get("matchedBy")).isEqualTo("words");
    Map<?, ?> passage = (Map<?, ?>) ((List<?>) hit.get("passages")).getFirst();
    assertThat(passage.keySet().toString())
        .isEqualTo("[text, highlights, speaker, role, at, audioStartMs, audioEndMs, source]");
    List<?> range = (List<?>) ((List<?>) passage.get("highlights")).getFirst();
    String text = (String) passage.get("text");
    assertThat(text.substring(toInt(range.get(0)), toInt(range.get(1))))
        .isEqualToIgnoringCase("leaking");
  }

  private static int toInt(Object number) {
    return Math.toIntExact((Long) number);
  }

  @Test
  void search_textInPdfAttachment_found() {
    Run run = Earshot.run("search", "--index", index, "--json", "AS7-30551-K", "invoice");

    assertThat(run.succeeds().hits())
        .anySatisfy(hit -> assertThat(hit.get("subject")).asString().contains("INV-2026-00187"));
  }

  @Test
  void search_otherCustomersWord_notFoundInTheScope() {
    assertThat(
            Earshot.run("search", "--index", index, "--customer", "cust-1003", "--json", "AquaSpin")
                .succeeds()
                .hits())
        .isEmpty();
    assertThat(Earshot.run("search", "--index", index, "--json", "AquaSpin").succeeds().hits())
        .isNotEmpty();
  }

  @Test
  void search_text_bracketsWhatMatched() {
    Run run = Earshot.run("search", "--index", index, "--customer", "cust-1002", "leaking");

    assertThat(run.succeeds().out()).contains("[leaking]").contains("Daniel Wright (customer)");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void search_emptyQueryAndUnknownCustomer_exitZero() {
    Run empty = Earshot.run("search", "--index", index, "--customer", "cust-1001", "--json");
    Run nobody = Earshot.run("search", "--index", index, "--customer", "nobody", "--json", "fee");

    List<String> times =
        empty.succeeds().hits().stream().map(hit -> (String) hit.get("startedAt")).toList();
    assertThat(times).hasSizeGreaterThan(5).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(nobody.succeeds().hits()).isEmpty();
    assertThat(nobody.json().get("total")).isEqualTo(0L);
  }

  @Test
  void search_batch_oneAnswerALineInOrderAndBrokenLinesAnsweredToo() throws IOException {
    Path requests =
        Files.writeString(
            folder.resolve("requests.jsonl"),
            """
            {"id":"a","customer":"cust-1002","query":"leaking","limit":1}
            {"id":"b",

            {"id":7,"query":"fee","sort":"newest","facets":true,"limit":100000}
            {"id":"d","query":"fee","limit":"many"}
            """);

    Run run = Earshot.run("search", "--index", index, "--batch", requests);

    List<Map<?, ?>> answers = run.jsonLines();
    assertThat(run.status()).isEqualTo(3);
    assertThat(answers).hasSize(4);
    assertThat(answers.get(0).get("id")).isEqualTo("a");
    assertThat((List<?>) answers.get(0).get("hits")).hasSize(1);
    assertThat(answers.get(1).get("error")).asString().startsWith("line 2: not JSON");
    assertThat(answers.get(2).get("id")).isEqualTo("7");
    assertThat(answers.get(3).get("id")).isEqualTo("d");
    assertThat(answers.get(3).get("error")).asString().contains("limit");
  }

  @Test
  void history_json_isTheInteractionsNewestFirst() {
    Run run = Earshot.run("history", "--index", index, "--customer", "cust-1003", "--json");

    List<String> times =
        run.succeeds().jsonLines().stream().map(line -> (String) line.get("startedAt")).toList();
    assertThat(times).hasSizeGreaterThan(5).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void history_text_oneLineAnInteraction() {
    Run run = Earshot.run("history", "--index", index, "--customer", "cust-1003");

    assertThat(run.succeeds().out().lines()).hasSize(8).allMatch(line -> line.startsWith("2026-"));
  }

  @Test
  void parse_mailAndChat_printsInteractionsAsJsonLines() {
    Run run = Earshot.run("parse", Earshot.HOME.resolve("samples/email/complaint-3309.mbox"));

    assertThat(run.succeeds().jsonLines())
        .hasSize(3)
        .allSatisfy(
            line -> {
              assertThat(line.get("channel")).isEqualTo("email");
              assertThat(((Map<?, ?>) line.get("source")).get("uri"))
                  .asString()
                  .contains("complaint-3309.mbox");
            });
  }

  @Test
  void check_soundIndex_countsIt() {
    Run run = Earshot.run("check", "--index", index);

    assertThat(run.succeeds().out()).startsWith("Sound: 27 interactions of ");
  }

  @Test
  void version_anyTime_namesVersionAndFormat() {
    assertThat(Earshot.run("version").succeeds().out())
        .startsWith("earshot ")
        .contains("index format 1");
  }

  @Test
  void wrongUsage_exitsTwoAndSaysWhatToTry() {
    for (Run run :
        List.of(
            Earshot.run(),
            Earshot.run("frobnicate"),
            Earshot.run("index"),
            Earshot.run("history"),
            Earshot.run("search", "--limit", "-1", "x"),
            Earshot.run("search", "--sort", "sideways", "x"),
            Earshot.run("transcribe", "--format", "mp3", "x"))) {
      assertThat(run.status()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).startsWith("earshot: ").contains("--help");
      assertThat(run.out()).isEmpty();
    }
  }
}

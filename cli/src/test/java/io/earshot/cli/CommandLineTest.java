package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

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
            "[query, customer, total, totalIsExact, relaxed, tookMillis, warnings, didYouMean, hits, closeHits, facets, coverage, nextCursor, timedOut]");
    assertThat(answer.get("customer")).isEqualTo("cust-1002");
    assertThat(((Map<?, ?>) answer.get("facets")).keySet().toString())
        .isEqualTo("[channel, month, agent, direction, language, tag]");
    Map<?, ?> hit = run.hits().getFirst();
    assertThat(hit.keySet().toString())
        .isEqualTo(
            "[id, customer, channel, direction, startedAt, subject, score, lacks, matchedBy, passages, thread]");
    assertThat(hit.get("matchedBy")).isEqualTo("words");
    Map<?, ?> passage = (Map<?, ?>) ((List<?>) hit.get("passages")).getFirst();
    assertThat(passage.keySet().toString())
        .isEqualTo(
            "[text, highlights, speaker, role, at, audioStartMs, audioEndMs, source, participant, attachment]");
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
  void search_explainingWhatIsNoFilter_showsTheTextThatWasSearched() {
    Run run =
        Earshot.run(
            "search", "--index", index, "--customer", "cust-1002", "--explain", "chanel:call");

    assertThat(run.succeeds().out())
        .contains("phrase \"chanel:call\"")
        .contains("did you mean channel:call?")
        .doesNotContain("filter chanel");
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
    assertThat(nobody.json().get("warnings"))
        .isEqualTo(List.of("no interaction of customer \"nobody\" is indexed"));
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

  private static Run search(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("search", "--index", index));
    all.addAll(List.of(arguments));
    return Earshot.run(all.toArray());
  }

  @Test
  void search_cursor_showsEachHitOnceAndNoneTwice() {
    List<Object> ids = new ArrayList<>();
    Object cursor = null;
    do {
      Run page =
          cursor == null
              ? search("--customer", "cust-1002", "--json", "--limit", 3, "washing machine")
              : search(
                  "--customer",
                  "cust-1002",
                  "--json",
                  "--limit",
                  3,
                  "--cursor",
                  cursor,
                  "washing machine");
      page.succeeds().hits().forEach(hit -> ids.add(hit.get("id")));
      cursor = page.json().get("nextCursor");
    } while (cursor != null);

    Run all = search("--customer", "cust-1002", "--json", "--limit", 100, "washing machine");

    assertThat(ids).hasSizeGreaterThan(3);
    assertThat(all.hits().stream().<Object>map(hit -> hit.get("id")).toList()).isEqualTo(ids);
    assertThat(all.json().get("nextCursor")).isNull();
  }

  @Test
  void search_badCursor_exitsTwoAndSaysWhatToDo() {
    Run search = search("--cursor", "made-up", "refund");
    Run history =
        Earshot.run("history", "--index", index, "--customer", "cust-1002", "--cursor", "made-up");

    for (Run run : List.of(search, history)) {
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).startsWith("earshot: EARSHOT-112: ").contains("first page");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void search_nothingHasAllWords_saysWhatEachHitLacks() {
    Run text = search("--customer", "cust-1002", "leaking giraffe");
    Run json = search("--customer", "cust-1002", "--json", "leaking giraffe");
    Run strict = search("--customer", "cust-1002", "--json", "--no-relax", "leaking giraffe");

    assertThat(text.succeeds().out())
        .contains("Nothing has all of these words")
        .contains("lacks [giraffe]");
    assertThat(json.succeeds().json().get("relaxed")).isEqualTo(true);
    assertThat(json.hits()).allMatch(hit -> hit.get("lacks").equals(List.of("giraffe")));
    assertThat(strict.succeeds().hits()).isEmpty();
    assertThat(strict.json().get("relaxed")).isEqualTo(false);
  }

  @Test
  void search_misspelt_saysWhatWasProbablyMeant() {
    Run text = search("--customer", "cust-1002", "leakign");
    Run json = search("--customer", "cust-1002", "--json", "leakign");

    assertThat(text.succeeds().out()).contains("Did you mean: leaking");
    assertThat(json.succeeds().json().get("didYouMean")).isEqualTo("leaking");
  }

  @Test
  void search_explain_showsTheTreeAndWhy() {
    Run text = search("--customer", "cust-1002", "--explain", "said-by:customer (leaking OR wet)");
    Run json =
        search(
            "--customer", "cust-1002", "--json", "--explain", "said-by:customer (leaking OR wet)");

    assertThat(text.succeeds().out())
        .contains(
            """
              understood as
                said by customer
                  any of
                    word leaking
                    word wet
            """)
        .contains("why: leaking: ");
    assertThat(json.succeeds().json().get("understood"))
        .isEqualTo("said-by:customer (leaking OR wet)");
    assertThat(json.hits())
        .allSatisfy(hit -> assertThat((List<?>) hit.get("explanation")).isNotEmpty());
  }

  @Test
  void search_facetsByName_areCountedAndNoOthers() {
    Run run = search("--customer", "cust-1003", "--json", "--facet", "queue", "--facet", "tag");

    Map<?, ?> facets = (Map<?, ?>) run.succeeds().json().get("facets");
    assertThat(facets.keySet().toString()).isEqualTo("[queue, tag]");
    assertThat(((Map<?, ?>) facets.get("queue")).get("billing")).isEqualTo(2L);
  }

  @Test
  void search_passages_limitsThem() {
    Run run = search("--customer", "cust-1002", "--json", "--passages", 1, "leaking");

    assertThat(run.succeeds().hits())
        .allSatisfy(hit -> assertThat((List<?>) hit.get("passages")).hasSize(1));
  }

  @Test
  void search_zone_isWhereDaysBeginAndInWhatTimeIsShown() {
    Run tokyo = search("--zone", "Asia/Tokyo", "--customer", "cust-1002", "on:2026-02-09 leaking");
    Run london =
        search("--zone", "Europe/London", "--customer", "cust-1002", "on:2026-02-09 leaking");

    assertThat(tokyo.succeeds().out()).startsWith("1 hit ").contains("2026-02-09 06:14");
    assertThat(london.succeeds().out()).startsWith("0 hits ");
  }

  @Test
  void search_like_findsTheSameMatterInScopeOnly() {
    Run run =
        search(
            "--customer", "cust-1002", "--json", "--limit", 3, "--like", "webchat-20260205-0714");
    Run foreign = search("--customer", "cust-1003", "--like", "webchat-20260205-0714");
    Run unknown = search("--customer", "cust-1003", "--like", "nowhere");

    assertThat(run.succeeds().hits())
        .isNotEmpty()
        .noneMatch(hit -> hit.get("id").equals("webchat-20260205-0714"));
    assertThat(foreign.status()).isEqualTo(2);
    assertThat(foreign.err().replace("webchat-20260205-0714", "nowhere")).isEqualTo(unknown.err());
  }

  @Test
  void search_group_showsEachEpisodeOnceWithItsTimeline() {
    Run json = search("--customer", "cust-1002", "--json", "--group", "episode", "washing machine");
    Run text = search("--customer", "cust-1002", "--group", "episode", "washing machine");
    Run one =
        search("--customer", "cust-1002", "--group", "episode", "--limit", 1, "washing machine");
    Run two =
        search("--customer", "cust-1002", "--group", "thread", "--limit", 2, "washing machine");

    assertThat(one.succeeds().out()).contains(", 1 episode shown");
    assertThat(two.succeeds().out()).contains(", 2 threads shown");

    Map<?, ?> group = (Map<?, ?>) json.succeeds().hits().getFirst().get("group");
    assertThat(group.keySet().toString())
        .isEqualTo("[grouping, thread, matched, repeats, identifiers, timeline]");
    assertThat(group.get("grouping")).isEqualTo("episode");
    Map<?, ?> entry = (Map<?, ?>) ((List<?>) group.get("timeline")).getFirst();
    assertThat(entry.keySet().toString())
        .isEqualTo("[id, customer, channel, direction, startedAt, subject, opening, matched]");
    assertThat(text.succeeds().out()).contains("     episode").contains("       * 2026-");
  }

  @Test
  void search_onATerminal_coloursUnlessToldNotTo() {
    List<String> command = Earshot.command();
    command.add(1, "-Dearshot.terminal.out=true");
    command.addAll(
        List.of("search", "--index", index.toString(), "--customer", "cust-1002", "leaking"));
    ProcessBuilder terminal = new ProcessBuilder(command);
    terminal.environment().remove("NO_COLOR");
    ProcessBuilder plain = new ProcessBuilder(command);
    plain.environment().put("NO_COLOR", "1");

    Run coloured = Earshot.process(terminal, "");

    assertThat(coloured.succeeds().out()).contains("\u001b[1;33mleaking\u001b[0m");
    assertThat(Earshot.process(plain, "").succeeds().out()).doesNotContain("\u001b");
  }

  @Test
  void search_batchOfEverything_answersBadValuesWithAnError() throws IOException {
    Path requests =
        Files.writeString(
            folder.resolve("everything.jsonl"),
            """
            {"id":"a","customer":"cust-1002","query":"leaking","facet":["queue","tag"],"facets":true,"passages":1,"group":"none"}
            {"id":"b","query":"fee","cursor":"made-up"}
            {"id":"c","query":"fee","group":"sideways"}
            {"id":"d","query":"fee","passages":0}
            {"id":"e","query":"fee","facet":[1]}
            {"id":"f","query":"fee","facet":"queue"}
            {"id":"g","customer":"cust-1002","query":"on:2026-02-09 leaking","zone":"Asia/Tokyo","timeLimit":"20s"}
            {"id":"h","customer":"cust-1002","query":"on:2026-02-09 leaking","zone":"Europe/London"}
            {"id":"i","customer":"cust-1002","like":"webchat-20260205-0714"}
            {"id":"j","customer":"cust-1001","like":"webchat-20260205-0714"}
            {"id":"k","query":"fee","zone":"Mars/Base"}
            {"id":"l","query":"fee","timeLimit":"soon"}
            """);

    Run run = Earshot.run("search", "--index", index, "--batch", requests);

    List<Map<?, ?>> answers = run.jsonLines();
    assertThat(run.status()).isEqualTo(3);
    assertThat(((Map<?, ?>) answers.get(0).get("facets")).keySet().toString())
        .isEqualTo("[queue, tag, channel, month, agent, direction, language]");
    assertThat(answers.get(1).get("error")).asString().startsWith("line 2: EARSHOT-112");
    assertThat(answers.get(2).get("error")).asString().contains("none, thread or episode");
    assertThat(answers.get(3).get("error")).asString().contains("passages");
    assertThat(answers.get(4).get("error")).asString().contains("list of names");
    assertThat(((Map<?, ?>) answers.get(5).get("facets")).keySet().toString()).isEqualTo("[queue]");
    assertThat(answers.get(6).get("hits"))
        .as("in Tokyo it was another day")
        .isNotEqualTo(answers.get(7).get("hits"));
    assertThat((List<?>) answers.get(8).get("hits"))
        .isNotEmpty()
        .noneMatch(hit -> "webchat-20260205-0714".equals(((Map<?, ?>) hit).get("id")));
    assertThat(answers.get(9).get("error"))
        .isEqualTo("line 10: like: there is no interaction webchat-20260205-0714 in this history");
    assertThat(answers.get(10).get("error")).asString().contains("zone: ", "Europe/London");
    assertThat(answers.get(11).get("error")).asString().contains("timeLimit: ", "200ms");
  }

  @Test
  void search_batchLinesThatRelaxAndExplain_doSo() throws IOException {
    Path requests =
        Files.writeString(
            folder.resolve("relax.jsonl"),
            """
            {"customer":"cust-1002","query":"leaking giraffe","explain":true}
            {"customer":"cust-1002","query":"leaking giraffe","relax":false}
            """);

    List<Map<?, ?>> answers =
        Earshot.run("search", "--index", index, "--batch", requests).jsonLines();

    assertThat(answers.get(0).get("relaxed")).isEqualTo(true);
    assertThat(answers.get(0).toString()).contains("leaking: ");
    assertThat((List<?>) answers.get(1).get("hits")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--customer=cust-1002",
        "--limit=1",
        "--sort=newest",
        "--no-relax",
        "--explain",
        "--facets",
        "--cursor=x",
        "--like=y",
        "--zone=UTC",
        "--time-limit=1s"
      })
  void search_batchWithAnOptionThatBelongsIntoItsLines_isRefused(String option) throws IOException {
    Path requests = Files.writeString(folder.resolve("one.jsonl"), "{\"query\":\"fee\"}");

    Run run = Earshot.run("search", "--index", index, option, "--batch", requests);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(option.split("=", 2)[0] + " out, and say it in each line");
  }

  @Test
  void search_controlCharactersInAWordThatIsLacking_arePrintedHarmlessly() {
    Run run =
        Earshot.run(
            "search", "--index", index, "--customer", "cust-1002", "xx\u001b[31myy leaking kettle");

    assertThat(run.out()).contains("lacks [xx").doesNotContain("\u001b");
  }

  @Test
  void search_batchLineThatIsNoRequest_saysWhatIsWrongAndWhere() throws IOException {
    String lines =
        """
        {"id":"a","query":"fee"} {"query":"kettle"}
        {"id":"b","query":"fee"}, rubbish
        {"query":"fee","query":"kettle","id":"c"}
        {"id":"d","query":5}
        {"id":"e","limit":"3"}
        {"id":"f","limit":3.5}
        {"id":"g","limit":99999999999999999999}
        {"id":"h","passages":0}
        {"id":"i","facets":"a"}
        {"id":"j","facet":["queue",{"a":[1]}]}
        {"id":"k","facet":7}
        {"id":"l","customer":12}
        {"id":"m","zone":{"of":"London"}}
        {"colour":null,"id":"n"}
        {"id":["o"]}
        ["p"]
        {"id":"q","timeLimit":200}
        {"id":"r","query":null,"limit":null,"facets":false,"facet":[],"passages":100}\t
        """;

    Run run =
        Earshot.run(
            "search",
            "--index",
            index,
            "--batch",
            Files.writeString(folder.resolve("wrong.jsonl"), lines));

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.jsonLines())
        .extracting(answer -> answer.get("id") + ": " + answer.get("error"))
        .containsExactly(
            "a: line 1: something stands behind the request, which ends at column 24; each request is a line of its own",
            "b: line 2: something stands behind the request, which ends at column 24; each request is a line of its own",
            "c: line 3: query: given twice; leave one of them out",
            "d: line 4: query: expected a string in quotes, got 5",
            "e: line 5: limit: expected a whole number without quotes, got a string",
            "f: line 6: limit: expected a whole number without quotes, got 3.5",
            "g: line 7: limit: too large: at most 100,000, got 99999999999999999999",
            "h: line 8: passages: too small: at least 1, got 0",
            "i: line 9: facets: expected true or false without quotes, got a string",
            "j: line 10: facet: expected a list of names in quotes, got an object in it",
            "k: line 11: facet: expected a name in quotes, or a list of names, got 7",
            "l: line 12: customer: expected a string in quotes, got 12",
            "m: line 13: zone: expected a string in quotes, got an object",
            "n: line 14: colour: not a field of a request; known are id, customer, query, limit, sort, facets, facet, group, passages, cursor, zone, like, timeLimit, relax, explain",
            "null: line 15: id: expected a string or a number, got a list",
            "null: line 16: a request is a JSON object",
            "q: line 17: timeLimit: expected a string in quotes, got 200",
            "r: null");
    assertThat((List<?>) run.jsonLines().getLast().get("hits")).isNotEmpty();
  }

  @Test
  void customer_whateverTheId_canBeNamedBehindAnEqualsSign() throws IOException {
    List<String> ids = List.of("--", "-x", "--limit", "-hans", "=a", "a=b", "@pom.xml", "\"q\"");
    StringBuilder lines = new StringBuilder();
    for (String id : ids) {
      lines.append(
          """
          {"id":%1$s,"customer":%1$s,"channel":"chat","startedAt":"2026-01-01T00:00:00Z","participants":[{"id":"p"}],"turns":[{"participant":"p","text":"kettle"}]}
          """
              .formatted("\"" + id.replace("\"", "\\\"") + "\""));
    }
    Path odd = folder.resolve("odd");
    Path chats = Files.writeString(folder.resolve("odd.jsonl"), lines);
    Earshot.run("index", "--index", odd, chats).succeeds();

    for (String id : ids) {
      String customer = "--customer=" + id;
      Run search = Earshot.run("search", "--index", odd, "--json", customer, "kettle");
      Run history = Earshot.run("history", "--index", odd, "--json", customer);
      assertThat(search.succeeds().hits())
          .as(id)
          .extracting(hit -> hit.get("id"))
          .isEqualTo(List.of(id));
      assertThat(history.succeeds().json().get("customer")).isEqualTo(id);
    }
    Run summary = Earshot.run("history", "--index", odd, "--json", "--customer=--", "--summary");
    Run suggest = Earshot.run("suggest", "--index", odd, "--customer=--limit", "kett");
    Run like = Earshot.run("search", "--index", odd, "--json", "--customer=--", "--like=--");
    Run apart = Earshot.run("search", "--index", odd, "--json", "--customer", "@pom.xml", "kettle");
    assertThat(summary.succeeds().json().get("interactions")).isEqualTo(1L);
    assertThat(suggest.succeeds().out()).startsWith("kettle");
    assertThat(like.succeeds().hits()).isEmpty();
    assertThat(apart.succeeds().hits()).hasSize(1);
    assertThat(refused("search", "--customer", "--limit")).contains("--customer=--id");
    assertThat(refused("search", "--customer=a", "--customer=b")).contains("only once");
  }

  @Test
  void suggest_text_isOneALineAndJsonOneArray() {
    Run text = Earshot.run("suggest", "--index", index, "--customer", "cust-1002", "leak");
    Run json =
        Earshot.run("suggest", "--index", index, "--customer", "cust-1002", "--json", "leak");
    Run foreign = Earshot.run("suggest", "--index", index, "--customer", "cust-1003", "AquaSp");
    Run everybody = Earshot.run("suggest", "--index", index, "--limit", 1, "AquaSp");

    assertThat(text.succeeds().out().lines())
        .isNotEmpty()
        .anySatisfy(line -> assertThat(line).matches("leaking +word +\\d+"));
    List<?> suggestions = (List<?>) Earshot.parse(json.succeeds().out());
    assertThat(((Map<?, ?>) suggestions.getFirst()).keySet().toString())
        .isEqualTo("[text, kind, interactions]");
    assertThat(foreign.succeeds().out()).isEmpty();
    assertThat(everybody.succeeds().out().lines()).hasSize(1);
  }

  private static Run history(Object... arguments) {
    List<Object> all =
        new ArrayList<>(List.of("history", "--index", index, "--customer", "cust-1003"));
    all.addAll(List.of(arguments));
    return Earshot.run(all.toArray());
  }

  @Test
  void history_query_showsWhatItFinds() {
    Run run = history("channel:chat", "before:2026-05");
    Run none = history("channel:fax");

    assertThat(run.succeeds().out().lines()).hasSize(1).allMatch(line -> line.contains("chat"));
    assertThat(none.succeeds().out()).startsWith("Nothing like that");
  }

  @Test
  void history_nothingFoundAsJson_noLineAndTheReasonOnStandardError() {
    Run nobody = Earshot.run("history", "--index", index, "--customer", "nobody", "--json");
    Run fax = history("--json", "channel:fax");
    Run after = history("--json", "--sort", "oldest", "--limit", 1, "after:2030");

    for (Run run : List.of(nobody, fax, after)) {
      assertThat(run.succeeds().out()).isEmpty();
    }
    assertThat(nobody.err()).isEqualTo("earshot: Nothing is known of nobody.\n");
    assertThat(fax.err())
        .contains("fax")
        .endsWith("earshot: Nothing like that is in the history of cust-1003.\n");
    assertThat(after.err()).endsWith("Nothing like that is in the history of cust-1003.\n");
  }

  @Test
  void history_limitAndCursor_goThroughItPageByPage() {
    List<Object> ids = new ArrayList<>();
    List<Object> page = new ArrayList<>(List.of("--json", "--sort", "oldest", "--limit", 3));
    Run run = history(page.toArray());
    while (true) {
      run.succeeds().jsonLines().forEach(line -> ids.add(line.get("id")));
      int cursor = run.err().indexOf("--cursor ");
      if (cursor < 0) {
        break;
      }
      List<Object> next = new ArrayList<>(page);
      next.add("--cursor");
      next.add(run.err().substring(cursor + "--cursor ".length()).strip());
      run = history(next.toArray());
    }

    List<Object> all = new ArrayList<>();
    history("--json").jsonLines().forEach(line -> all.add(line.get("id")));
    assertThat(ids).hasSize(8).isEqualTo(all.reversed());
  }

  @Test
  void history_summary_isTextOrOneObject() {
    Map<?, ?> json = history("--summary", "--json").succeeds().json();

    assertThat(json.keySet().toString())
        .isEqualTo(
            "[customer, interactions, byChannel, byMonth, byDirection, firstContact, lastContact, openThreads, characteristicTerms, coverage]");
    assertThat(json.get("interactions")).isEqualTo(8L);
    assertThat(history("--summary").succeeds().out())
        .startsWith("cust-1003: 8 interactions, first 2026-")
        .contains("channels");
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
        .contains("index format 5");
  }

  @Test
  void command_ended_saysThatItWasInterrupted() throws IOException, InterruptedException {
    List<String> command = Earshot.command();
    command.addAll(List.of("search", "--index", index.toString(), "--batch", "-"));
    Process process = new ProcessBuilder(command).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      process.outputWriter(StandardCharsets.UTF_8).append("{\"query\":\"fee\"}\n").flush();
      out.readLine(); // it waits for the next request now

      process.toHandle().destroy(); // leaves its output open

      assertThat(err.lines().toList())
          .containsExactly("earshot: interrupted before it was done; it may be run again");
      assertThat(process.waitFor()).isNotZero();
    }
  }

  @Test
  void optionValue_notOneOfThoseAllowed_namesThem() {
    assertThat(Earshot.run("search", "--sort", "up", "x").err())
        .contains("'--sort'", "expected relevance, newest or oldest, got up");
    assertThat(Earshot.run("history", "--customer", "c", "--sort", "up").err())
        .contains("'--sort'", "expected newest or oldest, got up");
    assertThat(Earshot.run("search", "--group", "all", "x").err())
        .contains("'--group'", "expected none, thread or episode, got all");
    assertThat(Earshot.run("search", "--zone", "Mars/Base", "x").err())
        .contains("'--zone'", "such as Europe/London", "got Mars/Base")
        .doesNotContain("ZoneRules");
  }

  @Test
  void optionValue_outOfRange_saysAtWhichEnd() {
    String huge = "99999999999999999";
    assertThat(refused("search", "--limit", "ten"))
        .endsWith("expected a whole number, such as 10, got ten");
    assertThat(refused("search", "--limit", huge))
        .endsWith("too large: at most 100,000, got " + huge);
    assertThat(refused("search", "--limit", "-1")).endsWith("too small: at least 0, got -1");
    assertThat(refused("search", "--passages", "101")).endsWith("too large: at most 100, got 101");
    assertThat(refused("search", "--passages", "0")).endsWith("too small: at least 1, got 0");
    assertThat(refused("search", "--time-limit", huge + "h"))
        .endsWith("too long: at most 24h, got " + huge + "h");
    assertThat(refused("search", "--time-limit", "-5s"))
        .endsWith("too short: longer than no time, as 200ms is, got -5s");
    assertThat(refused("search", "--time-limit", "soon"))
        .endsWith("expected a time, such as 200ms or 2s, got soon");
    assertThat(refused("history", "--customer", "c", "--limit", "0"))
        .endsWith("too small: at least 1, got 0");
    assertThat(refused("suggest", "--limit", huge)).endsWith("too large: at most 100, got " + huge);
    assertThat(refused("index", "--workers", huge))
        .endsWith("too large: at most 1,000, got " + huge);
    assertThat(
            search("--customer", "cust-1002", "--json", "--limit", "0", "leaking")
                .succeeds()
                .json()
                .get("total"))
        .isNotEqualTo(0L);
  }

  /** The first line on standard error of a command that cannot be run. */
  private static String refused(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("x");
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
    assertThat(command.execute(all.toArray(String[]::new))).isEqualTo(2);
    return err.toString().lines().findFirst().orElseThrow();
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
            Earshot.run("search", "--passages", "0", "x"),
            Earshot.run("search", "--group", "everything", "x"),
            Earshot.run("search", "--time-limit", "soon", "x"),
            Earshot.run("search", "--zone", "Atlantis", "x"),
            Earshot.run("suggest", "--limit", "0", "x"),
            Earshot.run("suggest"),
            Earshot.run("history", "--customer", "c", "--sort", "relevance"),
            Earshot.run("history", "--customer", "c", "--limit", "0"),
            Earshot.run("history", "--customer", "c", "--summary", "x"),
            Earshot.run("transcribe", "--format", "mp3", "x"))) {
      assertThat(run.status()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).startsWith("earshot: ").contains("--help");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void synonyms_file_isUsedBySearchBatchAndHistory() throws IOException {
    Path rules = Files.writeString(folder.resolve("ours.txt"), "dripping water => leaking\n");
    Path batch =
        Files.writeString(
            folder.resolve("synonyms.jsonl"),
            "{\"customer\":\"cust-1002\",\"query\":\"dripping water\",\"relax\":false}\n");
    List<Object> search = List.of("--index", index, "--customer", "cust-1002", "--json");

    Run without = Earshot.run(with("search", search, "--no-relax", "dripping water"));
    Run found = Earshot.run(with("search", search, "--synonyms", rules, "dripping water"));
    Run batched = Earshot.run("search", "--index", index, "--synonyms", rules, "--batch", batch);
    Run history = Earshot.run(with("history", search, "--synonyms", rules, "dripping water"));

    assertThat(without.succeeds().hits()).isEmpty();
    assertThat(found.succeeds().hits())
        .isNotEmpty()
        .allSatisfy(hit -> assertThat(hit.get("matchedBy")).isEqualTo("words"));
    assertThat(found.json().get("relaxed")).isEqualTo(false);
    assertThat(batched.succeeds().json().get("total")).isEqualTo(found.json().get("total"));
    assertThat(history.succeeds().jsonLines()).hasSize(found.hits().size());
  }

  @Test
  void synonyms_lineThatIsNoRule_saysWhere() throws IOException {
    Path rules = Files.writeString(folder.resolve("wrong.txt"), "tv, television\ntelly\n");

    Run wrong = Earshot.run("search", "--index", index, "--synonyms", rules, "tv");
    Run missing = Earshot.run("search", "--index", index, "--synonyms", "/none.txt", "tv");

    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("EARSHOT-114").contains("wrong.txt, line=2");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("there is no file /none.txt");
  }

  private static Object[] with(String command, List<Object> options, Object... rest) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(options);
    all.addAll(List.of(rest));
    return all.toArray();
  }
}

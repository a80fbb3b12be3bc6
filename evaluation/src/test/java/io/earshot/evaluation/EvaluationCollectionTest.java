package io.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.Channel;
import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import io.earshot.evaluation.EvaluationCollection.Place;
import io.earshot.evaluation.Run.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationCollectionTest {
  @TempDir private Path folder;

  private static List<Interaction> interactions(EvaluationCollection collection)
      throws IOException {
    List<Interaction> interactions = new ArrayList<>();
    try (InteractionIndex index = collection.index(done -> {})) {
      index.everyone().forEach(interactions::add);
    }
    return interactions;
  }

  @Test
  void load_earshotsLayout_hasAllThatItsFilesSay() throws IOException {
    EvaluationCollection collection = Tiny.collection("earshot");

    assertThat(collection.name()).isEqualTo("tiny");
    assertThat(collection.relevantFrom()).isEqualTo(2);
    assertThat(collection.clock().instant()).isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
    assertThat(collection.topics())
        .extracting(Topic::id)
        .containsExactly("kettle", "lamp", "lately");
    assertThat(collection.topics().getFirst())
        .isEqualTo(
            new Topic(
                "kettle",
                Optional.of("c-1"),
                "kettle refund",
                Optional.of("Where the customer asks for money back for the kettle."),
                Optional.of("words"),
                Optional.of(Half.DEVELOPMENT)));
    assertThat(collection.judgments().of("lamp")).isEqualTo(Map.of("lamp-1", 3, "kettle-2", 1));
    assertThat(collection.runs()).extracting(Run::name).containsExactly("other");
    assertThat(interactions(collection))
        .extracting(Interaction::id)
        .containsExactlyInAnyOrder("kettle-1", "kettle-2", "lamp-1", "other");
  }

  @Test
  void load_beirsLayout_hasTheTopicsOfTheTestSplitAndNotes() throws IOException {
    EvaluationCollection collection = Tiny.collection("beir");

    assertThat(collection.name()).isEqualTo("beir");
    assertThat(collection.relevantFrom()).isEqualTo(1);
    assertThat(collection.topics())
        .containsExactly(Topic.of("q1", "descale kettle"), Topic.of("q2", "bulbs"));
    assertThat(collection.judgments().of("q1")).isEqualTo(Map.of("d1", 1, "d3", 1));
    List<Interaction> notes = interactions(collection);
    assertThat(notes).extracting(Interaction::id).containsExactlyInAnyOrder("d1", "d2", "d3");
    assertThat(notes).extracting(Interaction::channel).containsOnly(Channel.NOTE);
    assertThat(notes).extracting(Interaction::customers).containsOnly(List.of("collection"));
    Interaction first =
        notes.stream().filter(note -> note.id().equals("d1")).findFirst().orElseThrow();
    assertThat(first.subject()).contains("Kettles");
    assertThat(first.turns()).hasSize(1);
    assertThat(first.turns().getFirst().text()).isEqualTo("How to descale a kettle.");
  }

  @Test
  void load_trecsLayout_readsItsSgml() throws IOException {
    EvaluationCollection collection = Tiny.collection("trec");

    assertThat(collection.topics()).extracting(Topic::id).containsExactly("301", "302");
    assertThat(collection.topics())
        .extracting(Topic::query)
        .containsExactly("descale kettle", "bulbs");
    assertThat(collection.topics().getFirst().need()).contains("How is a kettle descaled?");
    assertThat(collection.judgments().of("301")).isEqualTo(Map.of("AP-1", 2, "AP-2", 0));
    List<Interaction> notes = interactions(collection);
    assertThat(notes).extracting(Interaction::id).containsExactlyInAnyOrder("AP-1", "AP-2");
    assertThat(notes)
        .filteredOn(note -> note.id().equals("AP-1"))
        .allSatisfy(
            note -> {
              assertThat(note.subject()).contains("Kettles & pots");
              assertThat(note.turns().getFirst().text())
                  .contains("How to descale\na kettle.")
                  .contains("And a pot, too.")
                  .doesNotContain("<P>");
            });
    assertThat(notes)
        .filteredOn(note -> note.id().equals("AP-2"))
        .allSatisfy(
            note -> {
              assertThat(note.subject()).isEmpty();
              assertThat(note.turns().getFirst().text()).isEqualTo("Lamps need bulbs.");
            });
  }

  @Test
  void load_trecTopicsWithTabs_areIdAndQuery() throws IOException {
    Path copy = Tiny.copy("trec", folder);
    Files.writeString(copy.resolve("topics.txt"), "301\tdescale a kettle\n302\tbulbs\n");

    assertThat(EvaluationCollection.load(copy).topics())
        .containsExactly(Topic.of("301", "descale a kettle"), Topic.of("302", "bulbs"));
  }

  @Test
  void load_qrelsAlone_areTheJudgments() throws IOException {
    Path copy = Tiny.copy("earshot", folder);
    Judgments both = EvaluationCollection.load(copy).judgments();
    Files.delete(copy.resolve("judgments.jsonl"));

    assertThat(EvaluationCollection.load(copy).judgments()).isEqualTo(both);
  }

  @Test
  void half_ofBoth_keepsItsTopicsOnly() throws IOException {
    EvaluationCollection reported = Tiny.collection("earshot").half(Half.REPORTED);

    assertThat(reported.topics()).extracting(Topic::id).containsExactly("lamp", "lately");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "topics.jsonl|{\"id\": \"t\", \"query\": \"q\"|not one JSON object, each field once; it goes wrong at line 1, column 25 of it",
        "topics.jsonl|[1]|expected a JSON object",
        "topics.jsonl|{\"id\": \"t\"}|it lacks query",
        "topics.jsonl|{\"id\": \"a b\", \"query\": \"q\"}|a topic's id must not be empty or hold white space, got \"a b\"",
        "topics.jsonl|{\"id\": \"kettle\", \"query\": \"q\"}|topic kettle comes a second time",
        "topics.jsonl|{\"id\": \"t\", \"query\": [\"q\"]}|query: expected text",
        "topics.jsonl|{\"id\": \"t\", \"query\": \"q\", \"custommer\": \"c\"}|there is no field custommer; there are id, customer, query, need, kind, half",
        "topics.jsonl|{\"id\": \"t\", \"query\": \"q\", \"half\": \"first\"}|half: expected development or reported",
        "judgments.jsonl|{\"topic\": \"lamp\", \"id\": \"x\", \"grade\": 1.5}|expected a grade, a whole number such as 2, got 1.5",
        "judgments.jsonl|{\"topic\": \"lamp\", \"id\": \"lamp-1\", \"grade\": 0}|lamp-1 is judged a second time for topic lamp",
        "interactions.jsonl|{\"id\": \"x\"}|not an interaction: it lacks channel, startedAt",
        "interactions.jsonl|{\"id\": \"x\", \"channel\": \"note\", \"startedAt\": \"2026-03-01T10:00:00Z\"}|interaction x lacks its customer"
      })
  void load_badLineOfEarshotsLayout_namesFileAndLine(String name, String line, String what)
      throws IOException {
    refuses("earshot", name, line, what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "beir|queries.jsonl|{\"_id\": \"q9\"}|it lacks text",
        "beir|corpus.jsonl|{\"text\": \"no id\"}|it lacks _id",
        "beir|qrels/test.tsv|q1 d2|expected query-id corpus-id score, got 2 fields",
        "beir|qrels/test.tsv|q1 d2 yes|expected a grade, a whole number such as 2, got yes",
        "trec|qrels.txt|301 AP-1 1|expected topic 0 id grade, got 3 fields",
        "trec|topics.txt|303 no tab|expected <top>, or an id, a tab and the query",
        "trec|topics.txt|<top><num>303</top>|the topic lacks <title>",
        "trec|topics.txt|<top><num>303|there is no </top> for line 17",
        "trec|docs.trec|stray|expected <DOC>",
        "trec|docs.trec|<DOC><DOCNO>1</DOCNO></DOC><DOC><DOCNO>2</DOCNO></DOC>|expected nothing behind </DOC>",
        "trec|docs.trec|<DOC><TEXT>x</TEXT></DOC>|the document that ends here lacks <DOCNO>"
      })
  void load_badLineOfPublicLayouts_namesFileAndLine(
      String layout, String name, String line, String what) throws IOException {
    refuses(layout, name, line, what);
  }

  private void refuses(String layout, String name, String line, String what) throws IOException {
    Path file = Tiny.copy(layout, folder).resolve(name);
    String before = Files.readString(file);
    Files.writeString(file, before + line + "\n");
    long number = before.lines().count() + 1;

    assertThatThrownBy(() -> EvaluationCollection.load(folder).index(done -> {}).close())
        .isInstanceOf(InvalidCollectionException.class)
        .hasMessage(
            "EARSHOT-402: the collection cannot be read: %s (file=%s, line=%d). Mend that line; the formats are in docs/evaluation.md."
                .formatted(what, file, number));
  }

  @Test
  void load_qrelsWithoutBeirsHeader_refused() throws IOException {
    Path copy = Tiny.copy("beir", folder);
    Files.writeString(copy.resolve("qrels/test.tsv"), "q1\td1\t1\n");

    assertThatThrownBy(() -> EvaluationCollection.load(copy))
        .hasMessageContaining("expected the header query-id corpus-id score")
        .hasMessageContaining("line=1)");
  }

  @Test
  void load_notUtf8_namesTheLine() throws IOException {
    Path copy = Tiny.copy("trec", folder);
    Files.write(
        copy.resolve("topics.txt"), new byte[] {'1', '\t', 'a', '\n', '2', '\t', (byte) 0xE9});

    assertThatThrownBy(() -> EvaluationCollection.load(copy))
        .hasMessageContaining("not UTF-8")
        .hasMessageContaining("line=2)");
  }

  @Test
  void load_badDescription_refused() throws IOException {
    Path copy = Tiny.copy("earshot", folder);
    Files.writeString(copy.resolve("collection.json"), "{\"relevantFrom\": 0}");

    assertThatThrownBy(() -> EvaluationCollection.load(copy))
        .hasMessageContaining("relevantFrom: expected 1 or more, got 0")
        .hasMessageContaining("collection.json");
  }

  @Test
  void load_folderWithoutTopics_saysWhatIsLookedFor() {
    assertThatThrownBy(() -> EvaluationCollection.load(folder))
        .isInstanceOf(InvalidCollectionException.class)
        .hasMessage(
            "EARSHOT-401: there is no collection in "
                + folder
                + ": neither topics.jsonl, nor BEIR's queries.jsonl, nor TREC's topics.txt. Give its folder.");
  }

  @Test
  void index_interactionTwice_refused() throws IOException {
    Path file = Tiny.copy("earshot", folder).resolve("interactions.jsonl");
    String before = Files.readString(file);
    Files.writeString(file, before + before.lines().findFirst().orElseThrow() + "\n");

    assertThatThrownBy(() -> EvaluationCollection.load(folder).index(done -> {}))
        .hasMessage(
            "EARSHOT-402: the collection cannot be read: interaction kettle-1 comes a second time (file=%s). Take one out."
                .formatted(file));
  }

  @Test
  void index_noInteractions_saysWhatToDo() throws IOException {
    Path copy = Tiny.copy("earshot", folder);
    Files.delete(copy.resolve("interactions.jsonl"));
    EvaluationCollection collection = EvaluationCollection.load(copy);

    assertThat(collection.hasInteractions()).isFalse();
    assertThatThrownBy(() -> collection.index(done -> {}))
        .hasMessage(
            "EARSHOT-406: the collection tiny holds no interactions. Search the index that they are in.");
  }

  @Test
  void missingFrom_removedAndAnothersInteraction_areNamed() throws IOException {
    Path copy = Tiny.copy("earshot", folder);
    Files.writeString(
        copy.resolve("judgments.jsonl"),
        "{\"topic\": \"lamp\", \"id\": \"other\", \"grade\": 2}\n{\"topic\": \"lamp\", \"id\": \"gone\", \"grade\": 1}\n{\"topic\": \"lamp\", \"id\": \"gone-too\", \"grade\": 0}\n{\"topic\": \"lamp\", \"id\": \"lamp-1\", \"grade\": 2}\n");
    EvaluationCollection collection = EvaluationCollection.load(copy);

    try (InteractionIndex index = collection.index(done -> {})) {
      assertThat(collection.missingFrom(index))
          .containsExactly(new Place("lamp", "other"), new Place("lamp", "gone"));
    }
  }

  @Test
  void unjudged_twoRuns_areEachOnceByTopicThenId() throws IOException {
    EvaluationCollection collection = Tiny.collection("earshot");
    Run one =
        new Run(
            "one",
            Map.of(
                "kettle", List.of(new Entry("z", 3), new Entry("kettle-1", 2), new Entry("y", 1))));
    Run two =
        new Run(
            "two",
            Map.of(
                "kettle",
                List.of(new Entry("a", 3), new Entry("z", 2)),
                "lamp",
                List.of(new Entry("a", 1))));

    assertThat(collection.unjudged(List.of(one, two), 2))
        .containsExactly(
            new Place("kettle", "a"), new Place("kettle", "z"), new Place("lamp", "a"));
  }
}

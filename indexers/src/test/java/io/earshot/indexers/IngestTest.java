package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earshot.Interaction;
import io.earshot.Source;
import io.earshot.Turn;
import io.earshot.indexers.IngestReport.Quarantined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
  @TempDir Path folder;

  private final MemoryTarget target = new MemoryTarget();
  private final FakeTranscriber transcriber = new FakeTranscriber();

  private Ingest.Builder ingest() {
    return Ingest.builder().zone(ZoneOffset.UTC).transcriber(() -> transcriber).workers(2);
  }

  private IngestReport run(Path... paths) throws IOException {
    return ingest().build().run(List.of(paths), target);
  }

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines));
  }

  private static String json(String id, String... said) {
    StringBuilder turns = new StringBuilder();
    for (String text : said) {
      turns.append(turns.isEmpty() ? "" : ",");
      turns.append("{\"participant\":\"a\",\"text\":\"%s\"}".formatted(text));
    }
    return ("{\"id\":\"%s\",\"channel\":\"chat\",\"startedAt\":\"2026-05-01T09:30:00Z\","
            + "\"participants\":[{\"id\":\"a\",\"role\":\"CUSTOMER\",\"address\":\"A@b.test\"}],"
            + "\"turns\":[%s]}")
        .formatted(id, turns);
  }

  @Test
  void run_folderOfEverything_readsAllAndSaysWhatItLeftOut() throws IOException {
    write("b.jsonl", json("one", "x"), json("two", "y"));
    write("deep/_chat.txt", "17/12/2024, 15:10 - Ann: hello");
    FakeTranscriber.write(folder.resolve("calls/c.wav"), "0|hi", "1|hello");
    write("calls/c.json", "{\"id\":\"call-1\"}");
    write("calls/c.ref.json", "{}");
    write(".hidden/x.jsonl", json("three"));
    write("README.md", "read me");
    write("notes.xyz", "what is this");
    write("empty.jsonl");

    IngestReport report = run(folder);

    assertThat(report.indexed()).isEqualTo(4);
    assertThat(report.unchanged()).isZero();
    assertThat(report.byChannel()).containsOnly(Map.entry("chat", 3L), Map.entry("call", 1L));
    assertThat(report.ignored()).containsOnlyKeys("hidden", "other", "reference", "side-car");
    assertThat(report.quarantined())
        .extracting(
            q -> q.uri().substring(q.uri().lastIndexOf('/') + 1), q -> q.reason().substring(0, 11))
        .containsExactly(tuple("empty.jsonl", "EARSHOT-354"), tuple("notes.xyz", "EARSHOT-355"));
    assertThat(target.commits).isEqualTo(1);
    assertThat(target.held).containsKeys("one", "two", "call-1");
  }

  @Test
  void run_again_changesNothingAndTranscribesNothing() throws IOException {
    write("a.jsonl", json("one", "x"));
    write("b.jsonl", json("one", "x"));
    FakeTranscriber.write(folder.resolve("c.wav"), "0|hi", "1|hello");
    FakeTranscriber.write(folder.resolve("copy/c.wav"), "0|hi", "1|hello");
    run(folder);
    var before = new TreeMap<>(target.held);

    IngestReport again = run(folder);

    assertThat(again.indexed()).isZero();
    assertThat(again.unchanged()).isEqualTo(2);
    assertThat(again.duplicates()).isEqualTo(2);
    assertThat(target.held).isEqualTo(before);
    assertThat(transcriber.heard).containsExactly("c.wav");
  }

  @Test
  void run_callsMetadataChanged_keepsWhatWasHeard() throws IOException {
    FakeTranscriber.write(folder.resolve("c.wav"), "0|hi", "1|hello");
    write("c.json", "{\"id\":\"call-1\",\"startedAt\":\"2026-05-01T09:30:00Z\"}");
    run(folder);
    write(
        "c.json",
        "{\"id\":\"call-1\",\"startedAt\":\"2026-05-02T09:30:00Z\",\"agentChannel\":1,"
            + "\"customer\":\"c-42\",\"agent\":\"g\"}");

    IngestReport report = run(folder);

    Interaction call = target.held.get("call-1");
    assertThat(report.indexed()).isEqualTo(1);
    assertThat(transcriber.heard).hasSize(1);
    assertThat(call.customers()).containsExactly("c-42");
    assertThat(call.turns()).extracting(Turn::participant).containsExactly("c-42", "g");
    assertThat(call.turns()).extracting(Turn::text).containsExactly("hi", "hello");
    assertThat(call.turns().get(1).at().orElseThrow()).isEqualTo("2026-05-02T09:30:01Z");
    assertThat(call.turns().get(1).words()).hasSize(1);
  }

  @Test
  void run_otherModel_transcribesAgain() throws IOException {
    FakeTranscriber.write(folder.resolve("c.wav"), "0|hi");
    write("c.json", "{\"id\":\"call-1\"}");
    run(folder);
    FakeTranscriber better = new FakeTranscriber("large");

    IngestReport report = ingest().transcriber(() -> better).build().run(List.of(folder), target);

    assertThat(report.indexed()).isEqualTo(1);
    assertThat(better.heard).containsExactly("c.wav");
    assertThat(target.held.get("call-1").transcript().orElseThrow().model()).isEqualTo("large");
  }

  @Test
  void run_sameInteractionAtTwoPlaces_isOneWithLocations() throws IOException {
    write("a/n.jsonl", json("one", "x"));
    write("b/n.jsonl", json("one", "x"));

    IngestReport report = run(folder);

    Source source = target.held.get("one").source().orElseThrow();
    assertThat(report.indexed()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.warnings()).isZero();
    assertThat(source.uri()).endsWith("a/n.jsonl");
    assertThat(source.locations()).singleElement().asString().endsWith("b/n.jsonl");
  }

  @Test
  void run_sameIdDifferentContent_keepsTheFullerOneWithAWarning() throws IOException {
    write("a.jsonl", json("one", "x", "y"));
    write("b.jsonl", json("one", "z"));
    write("c.jsonl", json("two", "1", "2"), json("two", "3"));

    IngestReport report = run(folder);

    assertThat(report.warnings()).isEqualTo(2);
    assertThat(target.held.get("one").turns()).hasSize(2);
    assertThat(target.held.get("one").source().orElseThrow().locations()).hasSize(1);
    assertThat(target.held.get("two").turns()).extracting(Turn::text).containsExactly("3");
  }

  @Test
  void run_recordingsOfOneCall_transcribesOneAndNamesTheOthers() throws IOException {
    FakeTranscriber.write(folder.resolve("c.flac"), "0|BROKEN");
    FakeTranscriber.write(folder.resolve("c.mp3"), "0|hi");
    FakeTranscriber.write(folder.resolve("c.wav"), "0|hi there");
    write("c.json", "{\"id\":\"call-1\"}");

    IngestReport report = run(folder);

    Source source = target.held.get("call-1").source().orElseThrow();
    assertThat(report.indexed()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.quarantined())
        .extracting(Quarantined::uri)
        .allMatch(u -> u.endsWith("c.flac"));
    assertThat(source.uri()).endsWith("c.mp3");
    assertThat(source.locations()).singleElement().asString().endsWith("c.wav");
    assertThat(transcriber.heard).containsExactly("c.flac", "c.mp3");
  }

  @Test
  void run_recordingKillsItsWorker_quarantinedWithTheReasonAndTheOthersIndexed()
      throws IOException {
    FakeTranscriber.write(folder.resolve("a.wav"), "0|hi");
    FakeTranscriber.write(folder.resolve("b.wav"), "LOST");
    FakeTranscriber.write(folder.resolve("c.wav"), "0|hello");

    IngestReport report = run(folder);

    assertThat(report.indexed()).isEqualTo(2);
    assertThat(report.quarantined()).hasSize(1);
    assertThat(report.quarantined().getFirst().uri()).endsWith("b.wav");
    assertThat(report.quarantined().getFirst().reason())
        .startsWith("EARSHOT-230: cannot transcribe ")
        .endsWith("b.wav: its worker process died");
  }

  @Test
  void run_readerAndTranscriberCrash_othersAreStillIndexed() throws IOException {
    FakeTranscriber.write(folder.resolve("a.wav"), "CRASH");
    write("b.jsonl", json("one"), "broken", json("two"));
    write("c.bad", "x");
    write("d.deep", "x");
    InteractionReader bad = new FailingReader("bad", new IllegalStateException("Ann said no"));
    InteractionReader deep = new FailingReader("deep", new StackOverflowError());
    List<InteractionReader> readers =
        List.of(new CallReader(() -> transcriber), new JsonLinesReader(), bad, deep);

    IngestReport report = Ingest.builder().readers(readers).build().run(List.of(folder), target);

    assertThat(target.held).containsOnlyKeys("one", "two");
    assertThat(report.quarantined())
        .extracting(Quarantined::position, q -> q.reason().split(":", 2)[0])
        .containsExactlyInAnyOrder(
            tuple("", "EARSHOT-356"),
            tuple("line 2", "EARSHOT-360"),
            tuple("", "EARSHOT-356"),
            tuple("", "EARSHOT-356"));
    assertThat(report.quarantined()).noneMatch(q -> q.reason().contains("Ann"));
  }

  private record FailingReader(String format, Throwable failure) implements InteractionReader {
    @Override
    public boolean reads(InputFile input) {
      return input.extension().equals(format);
    }

    @Override
    public void read(InputFile input, Sink sink) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  @Test
  void run_pathsThatCannotBeRead_areQuarantined() throws IOException {
    Path absent = folder.resolve("absent.eml");
    Path dangling = folder.resolve("links/x.jsonl");
    Files.createDirectories(dangling.getParent());
    Files.createSymbolicLink(dangling, absent);

    IngestReport report = run(absent, folder);

    assertThat(report.quarantined()).hasSize(2);
    assertThat(report.quarantined()).allMatch(q -> q.reason().startsWith("EARSHOT-350"));
  }

  @Test
  void run_unreadableFile_saysThatTheRightIsMissing() throws IOException {
    Path file = write("a.jsonl", json("one"));
    assumeTrue(
        file.toFile().setReadable(false) && !Files.isReadable(file), "root reads everything");

    IngestReport report = run(file);

    assertThat(report.quarantined())
        .singleElement()
        .extracting(Quarantined::reason)
        .asString()
        .startsWith("EARSHOT-351");
  }

  @Test
  void run_linksInACircle_end() throws IOException {
    write("a/x.jsonl", json("one"));
    Files.createSymbolicLink(folder.resolve("a/back"), folder);

    IngestReport report = run(folder);

    assertThat(report.indexed()).isEqualTo(1);
    assertThat(report.ignored()).containsOnly(Map.entry("visited", 1L));
  }

  @Test
  void run_emptyFolder_isNothing() throws IOException {
    IngestReport report = run(folder);

    assertThat(report.indexed()).isZero();
    assertThat(report.quarantined()).isEmpty();
    assertThat(report.ignored()).isEmpty();
  }

  @Test
  void run_namesInBengaliAndJapanese_areRead() throws IOException {
    write("\u0997\u09CD\u09B0\u09BE\u09B9\u0995/\u9867\u5BA2.jsonl", json("one"));

    run(folder);

    assertThat(target.held.get("one").source().orElseThrow().uri())
        .endsWith("\u0997\u09CD\u09B0\u09BE\u09B9\u0995/\u9867\u5BA2.jsonl");
  }

  @Test
  void run_namedReadme_isQuarantinedAndNotIgnored() throws IOException {
    IngestReport report = run(write("README.md", "read me"));

    assertThat(report.quarantined())
        .singleElement()
        .extracting(Quarantined::reason)
        .asString()
        .startsWith("EARSHOT-355: no reader knows this format")
        .contains("call, jsonl");
  }

  @Test
  void run_blankJsonLines_areNotSilentlyNothing() throws IOException {
    IngestReport report = run(write("a.jsonl", "", "  "));

    assertThat(report.quarantined())
        .singleElement()
        .extracting(Quarantined::reason)
        .asString()
        .startsWith("EARSHOT-364");
  }

  @Test
  void run_manifestNamesAbsentRecording_isReported() throws IOException {
    FakeTranscriber.write(folder.resolve("a.wav"), "0|hi");
    write("manifest.csv", "file,id", "a.wav,call-1", "b.wav,call-2");

    IngestReport report = run(folder);

    assertThat(target.held).containsOnlyKeys("call-1");
    assertThat(report.quarantined())
        .singleElement()
        .extracting(Quarantined::position)
        .isEqualTo("line 3");
  }

  @Test
  void run_forcedFormat_isUsedWhateverTheName() throws IOException {
    Path file = write("export.dat", json("one"));

    ingest().as("JSONL").build().run(List.of(file), target);

    assertThat(target.held).containsOnlyKeys("one");
    assertThatThrownBy(() -> ingest().as("docx").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("EARSHOT-359: there is no format \"docx\". Use one of call,");
  }

  @Test
  void run_identity_isResolvedBeforeIndexing() throws IOException {
    write("a.jsonl", json("one"));

    ingest().customers(IdentityResolver.byAddress()).build().run(List.of(folder), target);

    assertThat(target.held.get("one").customers()).containsExactly("a@b.test");
  }

  @Test
  void run_withoutIdentityLater_keepsTheCustomerFoundBefore() throws IOException {
    write("_chat.txt", "17/12/2024, 15:10 - Ann: hello");
    IdentityResolver customers =
        IdentityResolver.csv(write(".customers.csv", "address,customer", "ann,c-42"));
    ingest().customers(customers).build().run(List.of(folder), target);

    IngestReport report = run(folder);

    assertThat(report.unchanged()).isEqualTo(1);
    assertThat(target.held.values())
        .singleElement()
        .satisfies(chat -> assertThat(chat.customers()).containsExactly("c-42"));
  }

  @Test
  void run_noCalls_loadsNoModel() throws IOException {
    write("a.jsonl", json("one"));
    Ingest ingest =
        Ingest.builder()
            .transcriber(
                () -> {
                  throw new AssertionError("loaded");
                })
            .build();

    assertThat(ingest.run(List.of(folder), target).indexed()).isEqualTo(1);
  }

  @Test
  void run_noTranscriber_quarantinesCallsOnly() throws IOException {
    write("a.jsonl", json("one"));
    FakeTranscriber.write(folder.resolve("c.wav"), "0|hi");

    IngestReport report = Ingest.builder().build().run(List.of(folder), target);

    assertThat(report.indexed()).isEqualTo(1);
    assertThat(report.quarantined())
        .singleElement()
        .extracting(Quarantined::reason)
        .asString()
        .startsWith("EARSHOT-371");
  }

  @Test
  void run_manyInteractions_commitsOnTheWay() throws IOException {
    write("a.jsonl", IntStream.range(0, 25).mapToObj(i -> json("n" + i)).toArray(String[]::new));

    ingest().commitEvery(10).build().run(List.of(folder), target);

    assertThat(target.commits).isEqualTo(3);
  }

  @Test
  void run_calls_areTranscribedAtTheSameTime() throws IOException {
    CountDownLatch both = new CountDownLatch(2);
    FakeTranscriber.write(folder.resolve("a.wav"), "0|hi");
    FakeTranscriber.write(folder.resolve("b.wav"), "0|hi there");
    var meeting =
        new DelegatingTranscriber(
            transcriber,
            () -> {
              both.countDown();
              both.await(); // hangs unless two calls are here at once
            });

    IngestReport report = ingest().transcriber(() -> meeting).build().run(List.of(folder), target);

    assertThat(report.indexed()).isEqualTo(2);
  }

  @Test
  void run_brokenTarget_endsTheRun() throws IOException {
    write("a.jsonl", json("one"));
    FakeTranscriber.write(folder.resolve("b.wav"), "0|hi");
    Ingest.Target full =
        new Ingest.Target() {
          @Override
          public Outcome add(Interaction interaction) throws IOException {
            throw new IOException("the disk is full");
          }

          @Override
          public Optional<Interaction> get(String id) {
            return Optional.empty();
          }

          @Override
          public void commit() {}
        };

    assertThatThrownBy(() -> ingest().build().run(List.of(folder), full))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThatThrownBy(() -> ingest().build().run(List.of(folder.resolve("b.wav")), full))
        .hasMessage("the disk is full");
  }

  @Test
  void run_targetRefusesOne_othersAreIndexed() throws IOException {
    write("a.jsonl", json("bad"), json("good"));
    MemoryTarget picky = new MemoryTarget();
    Ingest.Target refusing =
        new Ingest.Target() {
          @Override
          public Outcome add(Interaction interaction) {
            if (interaction.id().equals("bad")) {
              throw new IllegalArgumentException("a customer's words");
            }
            return picky.add(interaction);
          }

          @Override
          public Optional<Interaction> get(String id) {
            return picky.get(id);
          }

          @Override
          public void commit() {}
        };

    IngestReport report = ingest().build().run(List.of(folder), refusing);

    assertThat(picky.held).containsOnlyKeys("good");
    assertThat(report.quarantined())
        .singleElement()
        .extracting(Quarantined::reason)
        .isEqualTo(
            "EARSHOT-357: the index refused the interaction with id bad: IllegalArgumentException.");
  }

  @Test
  void run_listener_isToldOfEverything() throws IOException {
    write("a.jsonl", json("one"), "broken");
    write("b.txt", "03/04/2024, 10:00 - Ann: a");
    write("README");
    List<String> told = new ArrayList<>();
    IngestListener listener =
        new IngestListener() {
          @Override
          public void found(long inputs, long bytes) {
            told.add("found " + inputs + (bytes > 0 ? " with bytes" : ""));
          }

          @Override
          public void started(String uri) {
            told.add("started " + uri.substring(uri.length() - 5));
          }

          @Override
          public void finished(String uri, long inputs, long bytes) {
            told.add("finished " + inputs);
          }

          @Override
          public void quarantined(Quarantined entry) {
            told.add("quarantined " + entry.position());
          }

          @Override
          public void ignored(String uri, String kind) {
            told.add("ignored " + kind);
          }

          @Override
          public void warning(String uri, String position, String message) {
            told.add("warning " + message.substring(0, 11));
          }
        };

    ingest().listener(listener).build().run(List.of(folder), target);

    assertThat(told)
        .containsExactly(
            "found 2 with bytes",
            "ignored other",
            "started jsonl",
            "quarantined line 2",
            "finished 1",
            "started b.txt",
            "warning EARSHOT-367",
            "finished 2");
  }

  @Test
  void parse_duplicates_areAllGiven() throws IOException {
    write("a.jsonl", json("one", "x"), json("one", "x"));
    FakeTranscriber.write(folder.resolve("c.mp3"), "0|hi");
    FakeTranscriber.write(folder.resolve("c.wav"), "0|hi");
    List<Interaction> parsed = new ArrayList<>();

    IngestReport report = ingest().build().parse(List.of(folder), parsed::add);

    assertThat(parsed).hasSize(4);
    assertThat(report.indexed()).isEqualTo(4);
    assertThat(parsed)
        .extracting(i -> i.source().orElseThrow().uri())
        .allMatch(uri -> uri.matches(".*/(a.jsonl|c.mp3|c.wav)"));
  }
}

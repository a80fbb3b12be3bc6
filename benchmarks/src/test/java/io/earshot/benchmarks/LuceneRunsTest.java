package io.earshot.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneRunsTest {
  private static final Path RECORDED =
      Path.of(System.getProperty("earshot.home", ".."), "evaluation", "collection");

  @TempDir private Path collection;

  @BeforeEach
  void writeCollection() throws IOException {
    Files.writeString(
        collection.resolve("interactions.jsonl"),
        """
        {"id":"b","customer":"kim","channel":"note","startedAt":"2026-01-01T10:00:00Z","turns":[{"participant":"a","text":"kettle"}],"participants":[{"id":"a"}]}
        {"id":"a","customer":"kim","channel":"note","startedAt":"2026-01-01T10:00:00Z","turns":[{"participant":"a","text":"kettle"}],"participants":[{"id":"a"}]}
        {"id":"c","customer":["kim","lee"],"channel":"note","startedAt":"2026-02-01T10:00:00Z","turns":[{"participant":"a","text":"kettle"}],"participants":[{"id":"a"}]}
        {"id":"d","customer":"kim","channel":"email","startedAt":"2025-01-01T10:00:00Z","subject":"refunded","turns":[{"participant":"a","text":"kettles","quotedText":"parcel","signature":"greetings"}],"attachments":[{"name":"invoice","text":"lamp"}],"participants":[{"id":"a"}]}
        {"id":"e","customer":"lee","channel":"note","startedAt":"2026-03-01T10:00:00Z","turns":[{"participant":"a","text":"kettle refund"}],"participants":[{"id":"a"}]}
        """);
    Files.writeString(
        collection.resolve("topics.jsonl"),
        """
        {"id":"words","customer":"kim","kind":"keywords","half":"development","query":"kettle refund"}
        {"id":"stop","customer":"kim","query":"the"}
        {"id":"quoted","customer":"kim","query":"parcels"}
        {"id":"signature","customer":"kim","query":"greeting"}
        {"id":"file","customer":"kim","query":"invoices"}
        {"id":"inFile","customer":"kim","query":"lamps"}
        {"id":"lee","customer":"lee","query":"kettle refund"}
        """);
  }

  @Test
  void of_anyOfTheWords_bestThenNewestThenIdOfTheCustomerAlone() throws Exception {
    List<String> run = LuceneRuns.of(collection).getOrDefault("bm25-one-field", List.of());

    assertThat(run.stream().map(LuceneRunsTest::withoutScore))
        .containsExactly(
            "words Q0 d 1 bm25-one-field",
            "words Q0 c 2 bm25-one-field",
            "words Q0 a 3 bm25-one-field",
            "words Q0 b 4 bm25-one-field",
            "quoted Q0 d 1 bm25-one-field",
            "signature Q0 d 1 bm25-one-field",
            "file Q0 d 1 bm25-one-field",
            "inFile Q0 d 1 bm25-one-field",
            "lee Q0 e 1 bm25-one-field",
            "lee Q0 c 2 bm25-one-field");
  }

  @Test
  void of_allOfTheWords_onlyThoseWithAll() throws Exception {
    List<String> run = LuceneRuns.of(collection).getOrDefault("bm25-and", List.of());

    assertThat(run.stream().map(LuceneRunsTest::withoutScore))
        .filteredOn(line -> line.startsWith("words") || line.startsWith("lee"))
        .containsExactly("words Q0 d 1 bm25-and", "lee Q0 e 1 bm25-and");
  }

  @Test
  void of_oneWord_scoreIsBm25WithTheStatisticsOfAllCustomers() throws Exception {
    List<String> run = LuceneRuns.of(collection).getOrDefault("bm25-one-field", List.of());

    // Lucene leaves the constant factor k1 + 1 out. Lengths in words: 1, 1, 1, 6, 2.
    double idf = Math.log(1 + (5 - 5 + 0.5) / (5 + 0.5));
    double expected = idf * 1 / (1 + 1.2 * (1 - 0.75 + 0.75 * 1 / (11 / 5.0)));
    assertThat(run)
        .filteredOn(line -> line.startsWith("words Q0 c "))
        .singleElement()
        .satisfies(line -> assertThat(score(line)).isCloseTo(expected, within(1e-6)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bm25-one-field", "bm25-and"})
  void of_collectionOfTheRepository_equalsRecordedRun(String name) throws Exception {
    Path recorded = RECORDED.resolve("runs").resolve(name + ".run");
    assumeTrue(Files.exists(recorded), "no recorded run: " + name + ".run of the collection");

    List<String> run = LuceneRuns.of(RECORDED).getOrDefault(name, List.of());

    assertThat(run)
        .as("%s: record it anew as benchmarks/BASELINES.md says", recorded)
        .isEqualTo(Files.readAllLines(recorded));
  }

  private static String withoutScore(String line) {
    return line.replaceFirst(" [0-9.E-]+ (?=bm25)", " ");
  }

  private static double score(String line) {
    return Double.parseDouble(line.replaceFirst(".* ([0-9.E-]+) bm25.*", "$1"));
  }
}

package io.earshot.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs every benchmark once on a small corpus, so that none rots. Measures nothing. */
class SmokeTest {
  @BeforeEach
  void prepareInto(@TempDir Path folder) {
    System.setProperty("jmh.ignoreLock", "true"); // nothing is measured: others may run beside it
    System.setProperty(PreparedIndexes.FOLDER, folder.toString());
  }

  @AfterEach
  void forgetFolder() {
    System.clearProperty(PreparedIndexes.FOLDER);
  }

  @Test
  void everyBenchmark_smallCorpus_runs() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io.earshot.benchmarks")
                    .param("interactions", "200")
                    .param("customer", "10")
                    .param("words", "400")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(20))
                    .shouldFailOnError(true)
                    .build())
            .run();

    assertThat(
            results.stream()
                .map(result -> result.getParams().getBenchmark())
                .map(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "CustomerSearchBenchmark.earshot",
            "CustomerSearchBenchmark.earshotWithoutCloseHits",
            "CustomerSearchBenchmark.handWrittenLucene",
            "IndexingBenchmark.earshot",
            "IndexingBenchmark.handWrittenLucene",
            "LongCallBenchmark.earshot",
            "LongCallBenchmark.handWrittenLucene",
            "OperatorBenchmark.earshot",
            "SuggestBenchmark.earshot");
  }

  @Test
  void liveLatency_oneCall_everyWordIsCounted(@TempDir Path calls) throws Exception {
    Path home = Path.of(System.getProperty("earshot.home", ".."));
    Path tests = home.resolve("transcription/src/test/resources/io/earshot/transcription");
    for (String name : List.of("call-1006-4.mulaw.wav", "call-1006-4.ref.json")) {
      Files.copy(tests.resolve(name), calls.resolve(name));
    }

    String table = LiveLatency.measure(home.resolve("models/vosk-model-tiny-en-callcentre"), calls);

    assertThat(table)
        .contains("| the word | ", "| any word in its place | ", "| the last word")
        .contains("substitutions=0, deletions=0, insertions=0");
  }

  @Test
  void bothEngines_sameWords_findEquallyMany() throws Exception {
    try (PreparedIndexes indexes = PreparedIndexes.open(2_000)) {
      for (int size : new int[] {10, 1_000}) {
        String customer = indexes.customerOf(size);
        for (var pair : new GeneratedQueries(customer, size).pairs()) {
          long found = indexes.historyOf(size).search(String.join(" ", pair)).total();

          assertThat(found)
              .as("%s in the history of %s", pair, customer)
              .isPositive()
              .isEqualTo(indexes.baseline().count(customer, pair.getFirst(), pair.getLast()));
        }
      }
    }
  }
}

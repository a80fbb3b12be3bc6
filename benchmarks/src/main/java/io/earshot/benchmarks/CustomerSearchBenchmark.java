package io.earshot.benchmarks;

import io.earshot.CustomerHistory;
import io.earshot.InteractionIndex;
import io.earshot.SearchResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures: one search of one customer's history, from text to the ten best hits with up to three
 * highlighted passages each; two words that are neither rare nor the most frequent.
 *
 * <p>Does not measure: opening the index, a cold page cache. Corpus: {@link GeneratedCorpus}.
 * Beside it: {@link HandWrittenLucene}, whose hits have snippets but no speaker and no moment.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class CustomerSearchBenchmark {
  private static final int FIRST_RANK = 40;
  private static final int RANKS = 60;

  /** Number of interactions in the index. */
  @Param("50000")
  public int interactions;

  /** The customer's rank by number of interactions: 0 has most. */
  @Param({"0", "100"})
  public int customerRank;

  private Path folder = Path.of("");
  private InteractionIndex index = InteractionIndex.builder().inMemory().open();
  private CustomerHistory history = index.everyone();
  private HandWrittenLucene baseline;
  private int turn;

  /** Set up by {@link #build}. */
  @SuppressWarnings("NullAway") // JMH calls build() before anything reads the baseline
  public CustomerSearchBenchmark() {}

  /** Builds both indexes. */
  @Setup(Level.Trial)
  public void build() throws IOException {
    folder = Files.createTempDirectory("earshot-benchmark");
    index.close();
    index = InteractionIndex.open(folder.resolve("earshot"));
    baseline = new HandWrittenLucene(Files.createDirectory(folder.resolve("lucene")));
    new GeneratedCorpus(interactions)
        .forEach(
            interaction -> {
              index.add(interaction);
              try {
                baseline.add(interaction);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    index.commit();
    baseline.commit();
    history = index.customer(GeneratedCorpus.customer(customerRank));
    System.out.printf(
        "customer %s has %d of %d interactions%n",
        GeneratedCorpus.customer(customerRank), history.search("").total(), index.size());
  }

  /** Closes and removes both. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    index.close();
    baseline.close();
    IndexingBenchmark.delete(folder);
  }

  private String nextWord() {
    turn = (turn + 7) % RANKS;
    return GeneratedCorpus.word(FIRST_RANK + turn);
  }

  /** Earshot. */
  @Benchmark
  public SearchResult earshot() {
    return history.search(nextWord() + " " + nextWord());
  }

  /** The baseline. */
  @Benchmark
  public String[] handWrittenLucene() throws IOException {
    return baseline.search(GeneratedCorpus.customer(customerRank), nextWord(), nextWord());
  }
}

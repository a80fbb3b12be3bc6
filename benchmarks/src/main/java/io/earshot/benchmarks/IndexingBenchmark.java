package io.earshot.benchmarks;

import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * Measures: adding a whole corpus to an empty index on disk, with one commit at the end.
 *
 * <p>Does not measure: parsing and transcription. Corpus: {@link GeneratedCorpus}. Beside it:
 * {@link HandWrittenLucene}, without the moments.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(2)
public class IndexingBenchmark {
  /** Number of interactions. */
  @Param("5000")
  public int interactions;

  private List<Interaction> corpus = List.of();
  private Path folder = Path.of("");

  /** Makes the corpus. */
  @Setup(Level.Trial)
  public void generate() {
    corpus = new ArrayList<>();
    new GeneratedCorpus(interactions).forEach(corpus::add);
  }

  /** Makes an empty folder. */
  @Setup(Level.Iteration)
  public void makeFolder() throws IOException {
    folder = Files.createTempDirectory("earshot-benchmark");
  }

  /** Removes the folder. */
  @TearDown(Level.Iteration)
  public void removeFolder() throws IOException {
    PreparedIndexes.delete(folder);
  }

  /** Earshot. */
  @Benchmark
  public long earshot() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      corpus.forEach(index::add);
      index.commit();
      return index.size();
    }
  }

  /** The baseline. */
  @Benchmark
  public long handWrittenLucene() throws IOException {
    try (HandWrittenLucene index = new HandWrittenLucene(folder)) {
      for (Interaction interaction : corpus) {
        index.add(interaction);
      }
      index.commit();
      return corpus.size();
    }
  }
}

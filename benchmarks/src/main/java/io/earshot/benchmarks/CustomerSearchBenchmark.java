package io.earshot.benchmarks;

import io.earshot.CustomerHistory;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures: one search of one customer's history, from text to the ten best hits with up to three
 * highlighted passages each; two words, neither the most frequent nor rare, that stand together in
 * at least one of the customer's interactions.
 *
 * <p>Does not measure: opening the index, a cold page cache. Corpus: {@link GeneratedCorpus},
 * prepared by {@link PrepareData}. Beside it, on the same interactions: {@link HandWrittenLucene}.
 * Both find the same interactions; order and passages differ.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Timeout(time = 2, timeUnit = TimeUnit.HOURS) // of which an unprepared index takes most
public class CustomerSearchBenchmark {
  /** Number of interactions in the index. */
  @Param({"100000", "1000000"})
  public int interactions;

  /** Number of the customer's interactions. */
  @Param({"10", "1000", "50000"})
  public int customer;

  @SuppressWarnings("NullAway.Init") // JMH calls open() before anything reads it
  private PreparedIndexes indexes;

  @SuppressWarnings("NullAway.Init")
  private CustomerHistory history;

  private String customerId = "";
  private List<List<String>> pairs = List.of();
  private int turn;

  /** Opens both indexes. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    indexes = PreparedIndexes.open(interactions);
    history = indexes.historyOf(customer);
    customerId = indexes.customerOf(customer);
    pairs = new GeneratedQueries(customerId, customer).pairs();
    long hits = 0;
    for (List<String> pair : pairs) {
      hits += history.search(String.join(" ", pair)).total();
    }
    System.out.printf("%.1f hits for a query of %s%n", hits / (double) pairs.size(), customerId);
  }

  /** Closes both. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    indexes.close();
  }

  private List<String> nextPair() {
    turn = (turn + 1) % pairs.size();
    return pairs.get(turn);
  }

  /** Earshot as it comes: a page that the hits do not fill is filled with close hits. */
  @Benchmark
  public SearchResult earshot() {
    List<String> pair = nextPair();
    return history.search(pair.getFirst() + " " + pair.getLast());
  }

  /** Earshot, the hits alone: what the baseline finds. */
  @Benchmark
  public SearchResult earshotWithoutCloseHits() {
    List<String> pair = nextPair();
    return history.search(
        SearchRequest.builder(pair.getFirst() + " " + pair.getLast()).closeHits(false).build());
  }

  /** The baseline. */
  @Benchmark
  public String[] handWrittenLucene() throws IOException {
    List<String> pair = nextPair();
    return indexes.baseline().search(customerId, pair.getFirst(), pair.getLast());
  }
}

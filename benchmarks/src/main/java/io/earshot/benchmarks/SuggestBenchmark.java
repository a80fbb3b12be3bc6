package io.earshot.benchmarks;

import io.earshot.CustomerHistory;
import io.earshot.Suggestion;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures: the ten best ways to go on with what an agent has typed so far: the first letters of a
 * word of the customer's history, as frequent as words come there (Zipf), or one word and the first
 * two letters of the one that follows it there.
 *
 * <p>Does not measure: opening the index, a cold page cache. Corpus: {@link GeneratedCorpus},
 * prepared by {@link PrepareData}. Nothing is beside it.
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
public class SuggestBenchmark {
  /** Number of interactions in the index. */
  @Param({"100000", "1000000"})
  public int interactions;

  /** Number of the customer's interactions. */
  @Param({"10", "1000", "50000"})
  public int customer;

  /** How many letters have been typed, or {@code two-words}. */
  @Param({"1", "2", "3", "4", "5", "two-words"})
  public String typed = "";

  @SuppressWarnings("NullAway.Init") // JMH calls open() before anything reads it
  private PreparedIndexes indexes;

  @SuppressWarnings("NullAway.Init")
  private CustomerHistory history;

  private List<String> prefixes = List.of();
  private int turn;

  /** Opens the index. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    indexes = PreparedIndexes.open(interactions);
    history = indexes.historyOf(customer);
    prefixes = new ArrayList<>();
    long suggestions = 0;
    for (List<String> words :
        new GeneratedQueries(indexes.customerOf(customer), customer).typed()) {
      String prefix = prefix(words.getFirst(), words.getLast());
      prefixes.add(prefix);
      suggestions += history.suggest(prefix).size();
    }
    System.out.printf(
        "%.1f suggestions for such as \"%s\"%n",
        suggestions / (double) prefixes.size(), prefixes.getFirst());
  }

  private String prefix(String first, String second) {
    if (typed.equals("two-words")) {
      return first + " " + start(second, 2);
    }
    return start(first, Integer.parseInt(typed));
  }

  private static String start(String word, int letters) {
    return word.substring(0, Math.min(letters, word.length()));
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    indexes.close();
  }

  /** Earshot. */
  @Benchmark
  public List<Suggestion> earshot() {
    turn = (turn + 1) % prefixes.size();
    return history.suggest(prefixes.get(turn));
  }
}

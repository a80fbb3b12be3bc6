package io.earshot.benchmarks;

import io.earshot.CustomerHistory;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import io.earshot.SortOrder;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
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
 * Measures: one search of one customer's history with each operator of the query language, and with
 * other orders and facets, from text to the ten best hits with their passages. Their words stand in
 * the customer's history, side by side where the operator is about that.
 *
 * <p>Does not measure: opening the index, a cold page cache. Corpus: {@link GeneratedCorpus},
 * prepared by {@link PrepareData}. Nothing is beside it, since bare Lucene has no such operators;
 * {@link Operator#WORDS} is what to compare with.
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
public class OperatorBenchmark {
  /** Number of interactions in the index. */
  @Param("100000")
  public int interactions;

  /** Number of the customer's interactions. */
  @Param({"1000", "50000"})
  public int customer;

  /** What is asked. */
  @Param public Operator operator;

  @SuppressWarnings("NullAway.Init") // JMH calls open() before anything reads it
  private PreparedIndexes indexes;

  @SuppressWarnings("NullAway.Init")
  private CustomerHistory history;

  private List<SearchRequest> requests = List.of();
  private int turn;

  /** Set up by JMH, which sets {@link #operator}. */
  @SuppressWarnings("NullAway.Init")
  public OperatorBenchmark() {}

  /** A kind of query; each makes its text of two words. */
  public enum Operator {
    /** No operator: what {@link CustomerSearchBenchmark} asks. */
    WORDS("%s %s"),
    /** A phrase. */
    PHRASE("\"%s %s\""),
    /** Eight words between them at most. */
    NEAR("%s NEAR/8 %s"),
    /** Ten seconds apart at most. */
    WITHIN("%s WITHIN/10s %s"),
    /** Both said by the customer. */
    SAID_BY("said-by:customer (%s %s)"),
    /** One of them in the first minute. */
    FIRST("first:60s(%s)"),
    /** How words begin: three letters. */
    PREFIX("%.3s*"),
    /** A word without its second letter. */
    TYPO("%s~"),
    /** A word in a sentence that asks. */
    IS_QUESTION("is:question %s"),
    /** No words: a channel, and half of the time. */
    FILTERS("channel:call past:365d"),
    /** A word, newest first. */
    NEWEST("%s"),
    /** A word, with facets. */
    FACETS("%s");

    private final String pattern;

    Operator(String pattern) {
      this.pattern = pattern;
    }

    private List<List<String>> words(GeneratedQueries queries) {
      return switch (this) {
        case PHRASE, NEAR, WITHIN, SAID_BY -> queries.phrases();
        default -> queries.pairs();
      };
    }

    private SearchRequest request(List<String> words) {
      String first = words.getFirst();
      String typed = this == TYPO ? first.charAt(0) + first.substring(2) : first;
      return SearchRequest.builder(pattern.formatted(typed, words.getLast()))
          .clock(Clock.fixed(GeneratedCorpus.END, ZoneOffset.UTC))
          .sort(this == NEWEST || this == FILTERS ? SortOrder.NEWEST : SortOrder.RELEVANCE)
          .facets(this == FACETS)
          .build();
    }
  }

  /** Opens the index. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    indexes = PreparedIndexes.open(interactions);
    history = indexes.historyOf(customer);
    requests = new ArrayList<>();
    long hits = 0;
    GeneratedQueries queries = new GeneratedQueries(indexes.customerOf(customer), customer);
    for (List<String> words : operator.words(queries)) {
      SearchRequest request = operator.request(words);
      requests.add(request);
      hits += history.search(request).total();
    }
    System.out.printf(
        "%.1f hits for a query such as %s%n",
        hits / (double) requests.size(), requests.getFirst().query());
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    indexes.close();
  }

  /** Earshot. */
  @Benchmark
  public SearchResult earshot() {
    turn = (turn + 1) % requests.size();
    return history.search(requests.get(turn));
  }
}

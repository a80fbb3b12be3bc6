package io.earshot.benchmarks;

import io.earshot.Channel;
import io.earshot.CustomerHistory;
import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import io.earshot.Participant;
import io.earshot.Role;
import io.earshot.SearchResult;
import io.earshot.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
 * Measures: whether long calls are searched as fast as short mails. One customer has 20 calls of an
 * hour (10,000 words in 200 turns, with word times), another 20 mails of 100 words; the same
 * queries of two words find all 20 of either, and give the ten best with up to three highlighted
 * passages each.
 *
 * <p>In a mail each word of a query stands about once; in a call it comes again and again, as words
 * do, some twenty times. Nothing else is in the index. Beside it: {@link HandWrittenLucene}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class LongCallBenchmark {
  private static final int INTERACTIONS = 20;
  private static final int TURNS = 200;
  private static final int MAIL_WORDS = 100;

  /** The queries' words: neither the most frequent nor rare, eight times two. */
  private static final int FIRST_RANK = 40;

  private static final int QUERY_WORDS = 16;

  /** Whose history is searched: {@code calls} or {@code mails}. */
  @Param({"mails", "calls"})
  public String kind = "";

  /** Number of words in each call. */
  @Param("10000")
  public int words;

  private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // JMH calls build() before anything reads it
  private InteractionIndex index;

  @SuppressWarnings("NullAway.Init")
  private HandWrittenLucene baseline;

  @SuppressWarnings("NullAway.Init")
  private CustomerHistory history;

  private int turn;

  /** Builds both indexes. */
  @Setup(Level.Trial)
  public void build() throws IOException {
    folder = Files.createTempDirectory("earshot-benchmark");
    index = InteractionIndex.open(folder.resolve("earshot"));
    baseline = new HandWrittenLucene(Files.createDirectory(folder.resolve("lucene")));
    SplittableRandom random = new SplittableRandom(20_261_125);
    for (int i = 0; i < INTERACTIONS; i++) {
      for (Interaction interaction : List.of(mail(i, random), call(i, random))) {
        index.add(interaction);
        baseline.add(interaction);
      }
    }
    index.commit();
    baseline.commit();
    history = index.customer(kind);
    long hits = history.search(word(0) + " " + word(1)).total();
    if (hits != INTERACTIONS || baseline.count(kind, word(0), word(1)) != INTERACTIONS) {
      throw new IllegalStateException("a query must find all " + INTERACTIONS + ", not " + hits);
    }
  }

  /** Closes and removes both. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    index.close();
    baseline.close();
    PreparedIndexes.delete(folder);
  }

  private static Interaction mail(int number, SplittableRandom random) {
    String text = String.join(" ", words(MAIL_WORDS, true, random));
    return interaction(number, Channel.EMAIL, "mails", List.of(Turn.of("customer", text)));
  }

  private Interaction call(int number, SplittableRandom random) {
    List<Turn> turns = new ArrayList<>(TURNS);
    int planted = random.nextInt(TURNS);
    long timeMs = 0;
    for (int i = 0; i < TURNS; i++) {
      List<String> words = words(this.words / TURNS, i == planted, random);
      turns.add(GeneratedHistory.spoken(i % 2 == 0 ? "customer" : "agent", words, timeMs, random));
      timeMs = turns.getLast().endMs().orElseThrow() + 500;
    }
    return interaction(number, Channel.CALL, "calls", turns);
  }

  private static Interaction interaction(
      int number, Channel channel, String customer, List<Turn> turns) {
    return Interaction.builder(
            customer + number, channel, GeneratedCorpus.FIRST.plus(Duration.ofDays(number)))
        .customers(List.of(customer))
        .language("en")
        .participants(
            List.of(Participant.of("customer", Role.CUSTOMER), Participant.of("agent", Role.AGENT)))
        .turns(turns)
        .build();
  }

  /** So many words, among them each word of the queries where they are to be planted. */
  private static List<String> words(int count, boolean planted, SplittableRandom random) {
    List<String> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      words.add(Vocabulary.draw(random));
    }
    for (int i = 0; planted && i < QUERY_WORDS; i++) {
      words.add(random.nextInt(words.size() + 1), word(i));
    }
    return words;
  }

  private static String word(int number) {
    return Vocabulary.word(FIRST_RANK + number);
  }

  private int nextQuery() {
    turn = (turn + 2) % QUERY_WORDS;
    return turn;
  }

  /** Earshot. */
  @Benchmark
  public SearchResult earshot() {
    int query = nextQuery();
    return history.search(word(query) + " " + word(query + 1));
  }

  /** The baseline. */
  @Benchmark
  public String[] handWrittenLucene() throws IOException {
    int query = nextQuery();
    return baseline.search(kind, word(query), word(query + 1));
  }
}

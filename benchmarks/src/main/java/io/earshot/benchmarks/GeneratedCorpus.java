package io.earshot.benchmarks;

import io.earshot.Channel;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import io.earshot.Turn;
import io.earshot.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Interactions that look like a company's, the same for every run.
 *
 * <p>Words are drawn by Zipf's law (exponent 1) over a vocabulary of {@value #VOCABULARY}; most
 * customers have a handful of interactions and a few have many (exponent 0.8 over the customers).
 * One interaction in five is a call with word times. Turns have 3 to 24 words, conversations 2 to
 * 13 turns.
 */
final class GeneratedCorpus {
  private static final int VOCABULARY = 20_000;
  private static final long SEED = 20_261_122;
  private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
  private static final String[] SYLLABLES = {
    "ka", "le", "mi", "ro", "tu", "san", "der", "pol", "vi", "gar", "ben", "tho", "quin", "es"
  };

  private final int interactions;
  private final int customers;
  private final double[] wordWeights = cumulative(VOCABULARY, 1.0);
  private final double[] customerWeights;

  GeneratedCorpus(int interactions) {
    this.interactions = interactions;
    customers = Math.max(1, interactions / 12);
    customerWeights = cumulative(customers, 0.8);
  }

  /** The customer with most interactions (rank 0), and so on down. */
  static String customer(int rank) {
    return "c-" + rank;
  }

  /** A word by its rank: 0 is the most frequent. */
  static String word(int rank) {
    StringBuilder word = new StringBuilder();
    int rest = rank;
    do {
      word.append(SYLLABLES[rest % SYLLABLES.length]);
      rest /= SYLLABLES.length;
    } while (rest > 0);
    return word.append(SYLLABLES[rank % 11]).toString();
  }

  /** Gives every interaction to the consumer, in the same order each time. */
  void forEach(Consumer<Interaction> consumer) {
    Random random = new Random(SEED);
    for (int i = 0; i < interactions; i++) {
      consumer.accept(interaction(i, random));
    }
  }

  private Interaction interaction(int number, Random random) {
    boolean call = random.nextInt(5) == 0;
    Instant startedAt = FIRST.plusSeconds(random.nextInt(2 * 365 * 86_400));
    List<Turn> turns = new ArrayList<>();
    long timeMs = 500;
    for (int n = 2 + random.nextInt(12); n > 0; n--) {
      String who = n % 2 == 0 ? "customer" : "agent";
      List<String> words = words(3 + random.nextInt(22), random);
      Turn.Builder turn = Turn.builder(who).text(String.join(" ", words));
      if (call) {
        long startMs = timeMs;
        List<Word> heard = new ArrayList<>();
        for (String word : words) {
          heard.add(new Word(word, timeMs, timeMs + 250, 0.9));
          timeMs += 300;
        }
        turn.audio(startMs, timeMs).words(heard);
        timeMs += 700;
      } else {
        turn.at(startedAt.plusSeconds(40L * turns.size()));
      }
      turns.add(turn.build());
    }
    return Interaction.builder("i-" + number, call ? Channel.CALL : Channel.CHAT, startedAt)
        .customers(List.of(customer(draw(customerWeights, random))))
        .participants(
            List.of(Participant.of("customer", Role.CUSTOMER), Participant.of("agent", Role.AGENT)))
        .turns(turns)
        .build();
  }

  private List<String> words(int count, Random random) {
    List<String> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      words.add(word(draw(wordWeights, random)));
    }
    return words;
  }

  private static double[] cumulative(int size, double exponent) {
    double[] weights = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += 1 / Math.pow(i + 1, exponent);
      weights[i] = sum;
    }
    return weights;
  }

  private static int draw(double[] weights, Random random) {
    double at = random.nextDouble() * weights[weights.length - 1];
    int found = java.util.Arrays.binarySearch(weights, at);
    return found >= 0 ? found : -found - 1;
  }
}

package io.earshot.benchmarks;

import io.earshot.Interaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Interactions that look like a company's, the same for every run.
 *
 * <p>Three customers have a known number of interactions, each as long as they are at most six in
 * ten of all: from 100,000 on all three. The rest is spread over a twelfth as many customers by
 * Zipf's law (exponent 0.8): a few have many, most a handful. Everybody's interactions are strewn
 * over the whole corpus. What they hold says {@link GeneratedHistory}; the words are {@link
 * Vocabulary}'s.
 */
final class GeneratedCorpus {
  /** Raise with every change of what is generated, or of how the baseline indexes it. */
  static final int VERSION = 2;

  /** The customer with 10 interactions. */
  static final String SMALL = "c-small";

  /** The customer with 1,000. */
  static final String MEDIUM = "c-medium";

  /** The customer with 50,000. */
  static final String LARGE = "c-large";

  /** Everything starts after this. */
  static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");

  /** Everything starts before this. */
  static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

  private static final long SEED = 20_261_122;
  private static final List<Known> KNOWN =
      List.of(new Known(SMALL, 10), new Known(MEDIUM, 1_000), new Known(LARGE, 50_000));

  private final int interactions;
  private final List<Known> known = new ArrayList<>();

  private record Known(String customer, int interactions) {}

  GeneratedCorpus(int interactions) {
    this.interactions = interactions;
    long taken = 0;
    for (Known customer : KNOWN) {
      taken += customer.interactions;
      if (10 * taken <= 6L * interactions) {
        known.add(customer);
      }
    }
  }

  /**
   * The customer who has so many interactions.
   *
   * @throws IllegalArgumentException if this corpus has no such customer
   */
  String customerOf(int size) {
    return known.stream()
        .filter(customer -> customer.interactions == size)
        .map(Known::customer)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "of %,d interactions no customer has %,d: known are %s"
                        .formatted(interactions, size, known)));
  }

  /** Gives every interaction to the consumer, in the same order each time. */
  void forEach(Consumer<Interaction> consumer) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] left = known.stream().mapToInt(Known::interactions).toArray();
    int[] done = new int[Math.max(1, interactions / 12)];
    Zipf others = new Zipf(done.length, 0.8);
    for (int toGo = interactions; toGo > 0; toGo--) {
      // Drawing from what is left gives each of the known exactly as many as it is to have.
      int at = random.nextInt(toGo);
      int which = 0;
      while (which < left.length && at >= left[which]) {
        at -= left[which];
        which++;
      }
      if (which < left.length) {
        Known customer = known.get(which);
        consumer.accept(
            new GeneratedHistory(customer.customer)
                .interaction(customer.interactions - left[which]));
        left[which]--;
      } else {
        int other = others.draw(random);
        consumer.accept(new GeneratedHistory("c-" + other).interaction(done[other]));
        done[other]++;
      }
    }
  }
}

package io.earshot.benchmarks;

import io.earshot.Interaction;
import io.earshot.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * What is asked of a generated customer's history: words that stand in it, so that every query has
 * a hit whatever the customer's size.
 */
final class GeneratedQueries {
  /** Queries for each customer; a power of two. */
  static final int COUNT = 64;

  /** Neither the most frequent words nor rare ones. */
  private static final int FIRST_RANK = 40;

  private static final int LAST_RANK = 100;
  private static final long SEED = 20_261_124;

  private final GeneratedHistory history;
  private final int interactions;

  /** Queries on the history of that customer, who has so many interactions. */
  GeneratedQueries(String customer, int interactions) {
    history = new GeneratedHistory(customer);
    this.interactions = interactions;
  }

  /** Two different words of one interaction, in any of its turns. */
  List<List<String>> pairs() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<String>> pairs = new ArrayList<>();
    while (pairs.size() < COUNT) {
      List<String> words = new ArrayList<>();
      for (Turn turn : interaction(random).turns()) {
        words.addAll(words(turn));
      }
      List<String> middling = words.stream().filter(GeneratedQueries::isMiddling).toList();
      if (!middling.isEmpty()) {
        String first = middling.get(random.nextInt(middling.size()));
        String second = middling.get(random.nextInt(middling.size()));
        if (!first.equals(second)) {
          pairs.add(List.of(first, second));
        }
      }
    }
    return pairs;
  }

  /** Two words that stand side by side in one turn, the second as frequent as comes. */
  List<List<String>> phrases() {
    return neighbours(GeneratedQueries::isMiddling);
  }

  /** Two words that stand side by side in one turn, each as frequent as comes. */
  List<List<String>> typed() {
    return neighbours(word -> true);
  }

  private List<List<String>> neighbours(Predicate<String> first) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<String>> neighbours = new ArrayList<>();
    while (neighbours.size() < COUNT) {
      List<Turn> turns = interaction(random).turns();
      List<String> words = words(turns.get(random.nextInt(turns.size())));
      int at = random.nextInt(words.size());
      if (at + 1 < words.size() && first.test(words.get(at))) {
        neighbours.add(words.subList(at, at + 2));
      }
    }
    return neighbours;
  }

  private Interaction interaction(SplittableRandom random) {
    return history.interaction(random.nextInt(interactions));
  }

  private static List<String> words(Turn turn) {
    return List.of(turn.text().toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)).stream()
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static boolean isMiddling(String word) {
    OptionalInt rank = Vocabulary.rank(word);
    return rank.isPresent() && rank.getAsInt() >= FIRST_RANK && rank.getAsInt() < LAST_RANK;
  }
}

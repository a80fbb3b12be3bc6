package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The n-best readings of an utterance laid over each other, word by word: at each place the words
 * that may have been said there, each with the share of the weight that speaks for it.
 *
 * <p>Made in one decode, since Vosk gives either alternatives or confidences (of a minimum Bayes
 * risk decoding), never both. Each reading weighs exp(score / {@link #TEMPERATURE}); each is
 * aligned with the first by fewest differences; at each place the heaviest word wins, which may be
 * none at all. That is the consensus of Mangu, Brill and Stolcke, "Finding consensus in speech
 * recognition", 2000, over the list instead of the lattice. On the sample calls it makes fewer
 * errors than Vosk's first reading, and than its minimum Bayes risk decoding: see {@code
 * docs/transcription.md}.
 */
final class ConfusionNetwork {
  /**
   * Path costs are too sure of themselves, since the acoustic model takes neighbouring frames for
   * independent: dividing them flattens the weights. Found on half of the sample calls.
   */
  static final double TEMPERATURE = 3;

  /** Less likely words are no alternative. */
  private static final double LEAST_SHARE = 0.02;

  private static final int MOST_ALTERNATIVES = 5;
  private static final String NOTHING = "";

  private final List<Slot> slots;

  private ConfusionNetwork(List<Slot> slots) {
    this.slots = slots;
  }

  /** Of the readings, best first; of none, a network without a word. */
  static ConfusionNetwork of(List<Hypothesis> hypotheses) {
    if (hypotheses.isEmpty()) {
      return new ConfusionNetwork(List.of());
    }
    List<Hypothesis.Heard> pivot = hypotheses.getFirst().words();
    // The gap before each word and after the last, then the words: slots in order of place.
    List<List<Slot>> gaps = new ArrayList<>();
    List<Slot> places = new ArrayList<>();
    for (int i = 0; i <= pivot.size(); i++) {
      gaps.add(new ArrayList<>());
    }
    pivot.forEach(word -> places.add(new Slot()));
    double best = hypotheses.stream().mapToDouble(Hypothesis::score).max().orElseThrow();
    double total = 0;
    for (Hypothesis hypothesis : hypotheses) {
      double weight = Math.exp((hypothesis.score() - best) / TEMPERATURE);
      total += weight;
      lay(hypothesis.words(), weight, pivot, places, gaps);
    }
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i <= pivot.size(); i++) {
      slots.addAll(gaps.get(i));
      if (i < pivot.size()) {
        slots.add(places.get(i));
      }
    }
    for (Slot slot : slots) {
      slot.finish(total);
    }
    return new ConfusionNetwork(slots);
  }

  private static void lay(
      List<Hypothesis.Heard> words,
      double weight,
      List<Hypothesis.Heard> pivot,
      List<Slot> places,
      List<List<Slot>> gaps) {
    int gap = 0;
    int inGap = 0;
    for (WordAlignment.Pair pair : WordAlignment.align(texts(pivot), texts(words))) {
      if (pair.reference() >= 0) {
        Slot place = places.get(pair.reference());
        if (pair.hypothesis() >= 0) {
          place.add(words.get(pair.hypothesis()), weight);
        }
        gap = pair.reference() + 1;
        inGap = 0;
      } else {
        List<Slot> slots = gaps.get(gap);
        if (slots.size() == inGap) {
          slots.add(new Slot());
        }
        slots.get(inGap++).add(words.get(pair.hypothesis()), weight);
      }
    }
  }

  private static List<String> texts(List<Hypothesis.Heard> words) {
    return words.stream().map(Hypothesis.Heard::text).toList();
  }

  /** The winning words, in order, with what else may have been said in their places. */
  List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    for (Slot slot : slots) {
      slot.choice().ifPresent(choices::add);
    }
    return choices;
  }

  /**
   * A word that won its place.
   *
   * @param word the word, with the times of its likeliest reading
   * @param share its share of the weight, 0 to 1
   * @param others the other words of that place, likeliest first, with their shares
   */
  record Choice(Hypothesis.Heard word, double share, List<Map.Entry<String, Double>> others) {}

  private static final class Slot {
    private final Map<String, Double> weights = new LinkedHashMap<>(); // first come, best scored
    private final Map<String, Hypothesis.Heard> words = new LinkedHashMap<>();

    void add(Hypothesis.Heard word, double weight) {
      weights.merge(word.text(), weight, Double::sum);
      words.putIfAbsent(word.text(), word); // readings come best first
    }

    void finish(double total) {
      double something = weights.values().stream().mapToDouble(Double::doubleValue).sum();
      weights.put(NOTHING, Math.max(0, total - something));
      weights.replaceAll((text, weight) -> Math.min(1, weight / total));
    }

    Optional<Choice> choice() {
      Map.Entry<String, Double> best =
          Collections.max(weights.entrySet(), Map.Entry.comparingByValue());
      if (best.getKey().equals(NOTHING)) {
        return Optional.empty();
      }
      List<Map.Entry<String, Double>> others =
          weights.entrySet().stream()
              .filter(each -> !each.getKey().equals(NOTHING))
              .filter(each -> !each.getKey().equals(best.getKey()))
              .filter(each -> each.getValue() >= LEAST_SHARE)
              .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
              .limit(MOST_ALTERNATIVES)
              .map(each -> Map.entry(each.getKey(), each.getValue()))
              .toList();
      return Optional.of(
          new Choice(requireNonNull(words.get(best.getKey())), best.getValue(), others));
    }
  }
}

package io.earshot.transcription;

import io.earshot.transcription.ConfusionNetwork.Choice;
import io.earshot.transcription.Hypothesis.Heard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.language.DoubleMetaphone;
import org.jspecify.annotations.Nullable;

/**
 * Words and phrases that a host expects, such as its products and the customer's name, put in where
 * the recogniser heard something much like them.
 *
 * <p>Two things count as much like it. A phrase all of whose words were among the readings of an
 * utterance, in their places, is preferred to what won there by a narrow margin. And words that
 * sound and look nearly the same as a phrase become it: that is how a name that the model does not
 * know comes in at all. What was heard stays, as an alternative.
 *
 * <p>Immutable.
 */
final class Vocabulary {
  /** A phrase's word wins against one that weighs up to so many times as much. */
  private static final double PREFERENCE = 4;

  /** Two words that are this much alike are taken for one: 1 is the same. */
  private static final double ALIKE = 0.8;

  /** Short words are alike too easily. */
  private static final int LEAST_LETTERS = 4;

  /** Beyond this share of the weight a word that fits nothing stays as it was heard. */
  private static final double CERTAIN = 0.98;

  private static final DoubleMetaphone SOUND = sound();

  private final List<List<String>> phrases;
  private final Map<String, String> sounds = new HashMap<>();

  /** Of phrases in any case. */
  Vocabulary(List<String> phrases) {
    this.phrases =
        phrases.stream()
            .map(phrase -> List.of(phrase.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)))
            .filter(words -> !words.getFirst().isEmpty())
            .distinct()
            .sorted((one, other) -> other.size() - one.size()) // the longest first
            .toList();
    this.phrases.forEach(words -> sounds.put(joined(words), SOUND.encode(joined(words))));
  }

  private static DoubleMetaphone sound() {
    DoubleMetaphone sound = new DoubleMetaphone();
    sound.setMaxCodeLen(32);
    return sound;
  }

  boolean isEmpty() {
    return phrases.isEmpty();
  }

  /** The same words with phrases put in. */
  List<Choice> apply(List<Choice> choices) {
    if (phrases.isEmpty()) {
      return choices;
    }
    List<Choice> result = new ArrayList<>(choices);
    boolean[] settled = new boolean[result.size()];
    for (List<String> phrase : phrases) {
      for (int i = 0; i + phrase.size() <= result.size(); i++) {
        prefer(phrase, result, settled, i);
      }
    }
    return soundingAlike(result, settled);
  }

  /** Puts a phrase in whose words are all among those that may have been said there. */
  private static void prefer(
      List<String> phrase, List<Choice> choices, boolean[] settled, int from) {
    for (int i = 0; i < phrase.size(); i++) {
      Choice choice = choices.get(from + i);
      double share = share(choice, phrase.get(i));
      if (settled[from + i] || share * PREFERENCE < choice.share()) {
        return;
      }
    }
    for (int i = 0; i < phrase.size(); i++) {
      choices.set(from + i, with(choices.get(from + i), phrase.get(i)));
      settled[from + i] = true;
    }
  }

  private static double share(Choice choice, String word) {
    if (choice.word().text().equals(word)) {
      return choice.share();
    }
    return choice.others().stream()
        .filter(other -> other.getKey().equals(word))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }

  /** The same place with another of its words in front: the two share anew what both had. */
  private static Choice with(Choice choice, String word) {
    if (choice.word().text().equals(word)) {
      return choice;
    }
    double weight = share(choice, word) * PREFERENCE;
    double both = share(choice, word) + choice.share();
    double share = both * weight / (weight + choice.share());
    List<Map.Entry<String, Double>> others = new ArrayList<>();
    others.add(Map.entry(choice.word().text(), both - share));
    choice.others().stream().filter(other -> !other.getKey().equals(word)).forEach(others::add);
    Heard heard = choice.word();
    return new Choice(new Heard(word, heard.startSeconds(), heard.endSeconds()), share, others);
  }

  private List<Choice> soundingAlike(List<Choice> choices, boolean[] settled) {
    List<Choice> result = new ArrayList<>();
    int i = 0;
    while (i < choices.size()) {
      Match match = settled[i] ? null : best(choices, settled, i);
      if (match == null) {
        result.add(choices.get(i++));
      } else {
        result.addAll(replaced(choices.subList(i, i + match.length()), match.phrase()));
        i += match.length();
      }
    }
    return result;
  }

  /** A phrase that is much like so many words. */
  private record Match(List<String> phrase, int length, double likeness) {}

  private @Nullable Match best(List<Choice> choices, boolean[] settled, int from) {
    Match best = null;
    for (List<String> phrase : phrases) {
      for (int length = Math.max(1, phrase.size() - 1); length <= phrase.size() + 1; length++) {
        if (from + length > choices.size() || anySettled(settled, from, length)) {
          continue;
        }
        List<Choice> window = choices.subList(from, from + length);
        double likeness = likeness(phrase, window);
        if (likeness >= ALIKE && (best == null || likeness > best.likeness())) {
          best = new Match(phrase, length, likeness);
        }
      }
    }
    return best;
  }

  private static boolean anySettled(boolean[] settled, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (settled[i]) {
        return true;
      }
    }
    return false;
  }

  private double likeness(List<String> phrase, List<Choice> window) {
    List<String> heard = window.stream().map(each -> each.word().text()).toList();
    if (heard.equals(phrase)) {
      return 1;
    }
    String expected = joined(phrase);
    String actual = joined(heard);
    boolean certain = window.stream().allMatch(each -> each.share() > CERTAIN);
    boolean partly = heard.stream().anyMatch(phrase::contains);
    if (expected.length() < LEAST_LETTERS || (certain && !partly && !expected.equals(actual))) {
      return 0;
    }
    if (2 * Math.abs(expected.length() - actual.length()) > expected.length()) {
      return 0;
    }
    double spelling = likeness(expected, actual);
    double sound = likeness(String.valueOf(sounds.get(expected)), SOUND.encode(actual));
    return (spelling + sound) / 2;
  }

  private static double likeness(String one, String other) {
    int longest = Math.max(one.length(), other.length());
    return longest == 0 ? 0 : 1 - (double) distance(one, other) / longest;
  }

  private static int distance(String one, String other) {
    List<String> letters = one.codePoints().mapToObj(Character::toString).toList();
    List<String> others = other.codePoints().mapToObj(Character::toString).toList();
    return (int)
        WordAlignment.align(letters, others).stream()
            .filter(
                pair ->
                    pair.reference() < 0
                        || pair.hypothesis() < 0
                        || !letters.get(pair.reference()).equals(others.get(pair.hypothesis())))
            .count();
  }

  /** A phrase in the place of words: its time is shared out by the length of its words. */
  private static List<Choice> replaced(List<Choice> window, List<String> phrase) {
    List<String> heard = window.stream().map(each -> each.word().text()).toList();
    if (heard.equals(phrase)) {
      return List.copyOf(window);
    }
    double share = window.stream().mapToDouble(Choice::share).average().orElseThrow();
    double start = window.getFirst().word().startSeconds();
    double end = window.getLast().word().endSeconds();
    double letters = joined(phrase).length();
    List<Choice> result = new ArrayList<>();
    double at = start;
    for (int i = 0; i < phrase.size(); i++) {
      double next = at + (end - start) * phrase.get(i).length() / letters;
      boolean sameCount = phrase.size() == heard.size();
      String instead = sameCount ? heard.get(i) : i == 0 ? String.join(" ", heard) : "";
      List<Map.Entry<String, Double>> others =
          instead.isEmpty() || instead.equals(phrase.get(i))
              ? List.of()
              : List.of(Map.entry(instead, share / 2));
      Heard word =
          sameCount
              ? new Heard(
                  phrase.get(i),
                  window.get(i).word().startSeconds(),
                  window.get(i).word().endSeconds())
              : new Heard(phrase.get(i), at, next);
      result.add(new Choice(word, sameCount ? window.get(i).share() : share, others));
      at = next;
    }
    return result;
  }

  private static String joined(List<String> words) {
    return String.join("", words);
  }
}

package io.earshot.transcription;

import io.earshot.transcription.ConfusionNetwork.Choice;
import io.earshot.transcription.Hypothesis.Heard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  /** Sounding alike counts as much as looking alike, so the latter must be at least this. */
  private static final double LOOKS_ALIKE = 2 * ALIKE - 1;

  private final List<Phrase> phrases;
  private final Map<Integer, List<Phrase>> byWords = new HashMap<>();
  private final Map<String, List<Phrase>> byWord = new HashMap<>();
  private final Map<String, List<Phrase>> byLetters = new HashMap<>();
  private final int mostWords;

  /** Words that were said or may be: how they look together, and how they sound. */
  private static final class Phrase {
    private final List<String> words;
    private final String letters;
    private final String sound;
    private final int[] counts = new int[32]; // of letters

    Phrase(List<String> words) {
      this.words = words;
      letters = String.join("", words);
      sound = SOUND.encode(letters);
      letters.chars().forEach(letter -> counts[letter % counts.length]++);
    }

    /** How many letters it takes at least to make one of the other. */
    int leastDistance(Phrase other) {
      int more = 0;
      int less = 0;
      for (int i = 0; i < counts.length; i++) {
        int difference = counts[i] - other.counts[i];
        more += Math.max(0, difference);
        less += Math.max(0, -difference);
      }
      return Math.max(more, less);
    }
  }

  /** Of phrases in any case. */
  Vocabulary(List<String> phrases) {
    this.phrases =
        phrases.stream()
            .map(Vocabulary::words)
            .filter(words -> !words.isEmpty())
            .distinct()
            .sorted((one, other) -> other.size() - one.size()) // the longest first
            .map(Phrase::new)
            .toList();
    mostWords = this.phrases.isEmpty() ? 0 : this.phrases.getFirst().words.size();
    for (Phrase phrase : this.phrases) {
      byWords.computeIfAbsent(phrase.words.size(), size -> new ArrayList<>()).add(phrase);
      byLetters.computeIfAbsent(phrase.letters, letters -> new ArrayList<>()).add(phrase);
      for (String word : Set.copyOf(phrase.words)) {
        byWord.computeIfAbsent(word, each -> new ArrayList<>()).add(phrase);
      }
    }
  }

  /** As a recogniser writes them: in small letters, and without what is around them. */
  private static List<String> words(String phrase) {
    return Arrays.stream(phrase.toLowerCase(Locale.ROOT).split("\\s+", -1))
        .map(word -> word.replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$", ""))
        .filter(word -> !word.isEmpty())
        .toList();
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
    for (Phrase phrase : phrases) {
      for (int i = 0; i + phrase.words.size() <= result.size(); i++) {
        prefer(phrase.words, result, settled, i);
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
    for (int length = 1; length <= mostWords + 1; length++) {
      int to = from + length;
      if (to > choices.size() || settled[to - 1]) {
        break;
      }
      List<Choice> window = choices.subList(from, to);
      Phrase heard = new Phrase(window.stream().map(each -> each.word().text()).toList());
      boolean certain = window.stream().allMatch(each -> each.share() > CERTAIN);
      for (Phrase phrase : certain ? near(heard) : ofAbout(length)) {
        double likeness = likeness(phrase, heard);
        if (likeness >= ALIKE && (best == null || isBetter(likeness, phrase, best))) {
          best = new Match(phrase.words, length, likeness);
        }
      }
    }
    return best;
  }

  private static boolean isBetter(double likeness, Phrase phrase, Match other) {
    return likeness > other.likeness()
        || (likeness == other.likeness() && phrase.words.size() > other.phrase().size());
  }

  /** What is certain is only taken for a phrase that it is a part of, or spelled otherwise. */
  private Iterable<Phrase> near(Phrase heard) {
    Set<Phrase> near = new LinkedHashSet<>(byLetters.getOrDefault(heard.letters, List.of()));
    for (String word : heard.words) {
      for (Phrase phrase : byWord.getOrDefault(word, List.of())) {
        if (Math.abs(phrase.words.size() - heard.words.size()) <= 1) {
          near.add(phrase);
        }
      }
    }
    return near;
  }

  /** Phrases of so many words, or one more or less. */
  private Iterable<Phrase> ofAbout(int words) {
    List<Phrase> about = new ArrayList<>();
    for (int size = words - 1; size <= words + 1; size++) {
      about.addAll(byWords.getOrDefault(size, List.of()));
    }
    return about;
  }

  private static double likeness(Phrase phrase, Phrase heard) {
    if (heard.words.equals(phrase.words)) {
      return 1;
    }
    int letters = phrase.letters.length();
    int longest = Math.max(letters, heard.letters.length());
    if (letters < LEAST_LETTERS
        || 2 * Math.abs(letters - heard.letters.length()) > letters
        || phrase.leastDistance(heard) > (1 - LOOKS_ALIKE) * longest + 1e-9) {
      return 0;
    }
    double spelling = likeness(phrase.letters, heard.letters);
    return (spelling + likeness(phrase.sound, heard.sound)) / 2;
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
    double letters = String.join("", phrase).length();
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
}

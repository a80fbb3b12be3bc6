package io.earshot.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Invented words by rank, drawn by Zipf's law with exponent 1.
 *
 * <p>As in a natural language the frequent ones are short and share their beginnings with many
 * others: twenty onsets, a hundred syllables.
 */
final class Vocabulary {
  static final int SIZE = 20_000;

  private static final String[] ONSETS = {
    "s", "k", "t", "m", "d", "r", "p", "l", "b", "f", "h", "n", "g", "v", "w", "st", "tr", "ch",
    "sh", "pl"
  };
  private static final String VOWELS = "eaiou";
  private static final String CODAS = "nrstlmd";
  private static final int SYLLABLES = ONSETS.length * VOWELS.length();

  private static final String[] WORDS = new String[SIZE];
  private static final Map<String, Integer> RANKS = new HashMap<>();

  static {
    for (int rank = 0; rank < SIZE; rank++) {
      WORDS[rank] = spell(rank);
      RANKS.put(WORDS[rank], rank);
    }
  }

  private static final Zipf FREQUENCIES = new Zipf(SIZE, 1.0);

  private Vocabulary() {}

  /** A word by its rank: 0 is the most frequent. */
  static String word(int rank) {
    return WORDS[rank];
  }

  /** The rank of a word, in lower case; empty if it is none of these. */
  static OptionalInt rank(String word) {
    Integer rank = RANKS.get(word);
    return rank == null ? OptionalInt.empty() : OptionalInt.of(rank);
  }

  static String draw(RandomGenerator random) {
    return WORDS[FREQUENCIES.draw(random)];
  }

  /** No two ranks are spelt alike: a consonant follows a consonant only at the end. */
  private static String spell(int rank) {
    StringBuilder word = new StringBuilder();
    int rest = rank;
    do {
      int syllable = rest % SYLLABLES;
      word.append(ONSETS[syllable % ONSETS.length]);
      word.append(VOWELS.charAt(syllable / ONSETS.length));
      rest /= SYLLABLES;
    } while (rest > 0);
    return word.append(CODAS.charAt(rank % CODAS.length())).toString();
  }
}

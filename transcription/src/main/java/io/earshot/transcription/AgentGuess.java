package io.earshot.transcription;

import java.util.List;
import java.util.Set;

/**
 * Which of two channels is the representative's, by what is said on them: representatives greet for
 * the company, offer help, and speak of "your order"; customers of "my order".
 *
 * <p>Knows English. Where the words do not tell, it is the first channel, on the left, as most
 * recorders have it.
 */
final class AgentGuess {
  private static final List<String> AGENTS_PHRASES =
      List.of(
          "thank you for calling",
          "thanks for calling",
          "how can i help",
          "how may i help",
          "can i help you",
          "is there anything else",
          "anything else i can",
          "bear with me",
          "let me check",
          "let me look",
          "let me see",
          "i can see",
          "i'll check",
          "may i have your",
          "can i have your",
          "could i have your",
          "can i take your",
          "can you confirm",
          "could you confirm",
          "have a nice day",
          "have a great day",
          "i'm calling from",
          "you're speaking to",
          "you are speaking to",
          "on your account");

  private static final int PHRASE_WEIGHT = 3;
  private static final Set<String> AGENTS_WORDS = Set.of("your", "you");
  private static final Set<String> CUSTOMERS_WORDS = Set.of("my", "i", "i'm", "i've");

  private AgentGuess() {}

  /**
   * Guesses.
   *
   * @param first what is said on the first channel
   * @param second what is said on the second
   * @return 0 or 1
   */
  static int channel(List<String> first, List<String> second) {
    return score(second) > score(first) ? 1 : 0;
  }

  /** How much like a representative somebody speaks. */
  private static double score(List<String> words) {
    if (words.isEmpty()) {
      return 0;
    }
    String text = " " + String.join(" ", words) + " ";
    double score = 0;
    for (String phrase : AGENTS_PHRASES) {
      score += text.contains(" " + phrase + " ") ? PHRASE_WEIGHT : 0;
    }
    double pronouns = 0;
    for (String word : words) {
      pronouns += AGENTS_WORDS.contains(word) ? 1 : CUSTOMERS_WORDS.contains(word) ? -1 : 0;
    }
    return score + 50 * pronouns / (words.size() + 20);
  }
}

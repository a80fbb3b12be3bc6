package io.earshot.transcription;

import java.util.List;

/**
 * One reading of a whole utterance, as Vosk's n-best list has it.
 *
 * @param words the words, in order
 * @param score the logarithm of how well the audio fits, up to a constant: -(graph cost + acoustic
 *     cost) of the path
 */
record Hypothesis(List<Heard> words, double score) {
  Hypothesis {
    words = List.copyOf(words);
  }

  /**
   * A word of it.
   *
   * @param text the word
   * @param startSeconds where it begins, on Vosk's clock
   * @param endSeconds where it ends
   */
  record Heard(String text, double startSeconds, double endSeconds) {}
}

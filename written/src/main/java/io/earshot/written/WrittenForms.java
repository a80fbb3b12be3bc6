package io.earshot.written;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns spoken words into the text a person would write (inverse text normalisation).
 *
 * <p>A strategy for one language. Implementations are thread-safe.
 */
@FunctionalInterface
public interface WrittenForms {
  /**
   * Writes down spoken words.
   *
   * @param words the words as heard, in order
   * @return tokens in the order of the words; their word ranges ascend and never overlap. A word
   *     outside every range has no written form and is not shown
   */
  List<WrittenForm> write(List<String> words);

  /** Keeps every word as it was heard, one token a word; blank words are not shown. */
  static WrittenForms asHeard() {
    return words -> {
      List<WrittenForm> forms = new ArrayList<>(words.size());
      for (int i = 0; i < words.size(); i++) {
        if (!words.get(i).isBlank()) {
          forms.add(new WrittenForm(words.get(i), i, i));
        }
      }
      return List.copyOf(forms);
    };
  }
}

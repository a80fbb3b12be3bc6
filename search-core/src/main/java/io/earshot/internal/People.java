package io.earshot.internal;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Compares what somebody typed with names, addresses and ids. */
final class People {
  private People() {}

  /** Whether the words that were typed stand side by side in one of the texts. */
  static boolean isMeant(String typed, List<String> texts) {
    List<String> words = Analysis.words(typed);
    Optional<String> telephone = Identifiers.telephoneDigits(typed);
    for (String text : texts) {
      if (!words.isEmpty() && Collections.indexOfSubList(Analysis.words(text), words) >= 0) {
        return true;
      }
      if (telephone.isPresent() && Identifiers.telephoneDigits(text).equals(telephone)) {
        return true;
      }
    }
    return false;
  }
}

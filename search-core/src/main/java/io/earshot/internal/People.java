package io.earshot.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Compares what somebody typed with names, addresses and ids. */
final class People {
  private final List<Name> names;

  private People(List<Name> names) {
    this.names = names;
  }

  /** A name that was typed: its words, and its digits if it is a telephone number. */
  private record Name(List<String> words, Optional<String> telephone) {
    static Name of(String text) {
      return new Name(Analysis.words(text), Identifiers.telephoneDigits(text));
    }

    boolean standsIn(Name text) {
      return (!words.isEmpty() && Collections.indexOfSubList(text.words, words) >= 0)
          || (telephone.isPresent() && telephone.equals(text.telephone));
    }
  }

  /** Those who have any of these names. */
  static People named(List<String> names) {
    return new People(names.stream().map(Name::of).toList());
  }

  /** Whether the words of a name stand side by side in one of the texts. */
  boolean include(List<String> texts) {
    List<Name> read = new ArrayList<>(texts.size());
    for (String text : texts) {
      read.add(Name.of(text));
    }
    return names.stream().anyMatch(name -> read.stream().anyMatch(name::standsIn));
  }
}

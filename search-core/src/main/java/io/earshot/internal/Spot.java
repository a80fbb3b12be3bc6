package io.earshot.internal;

import java.util.ArrayList;
import java.util.List;

/** What is looked for among the words of a document; it is found as sets of words. */
public sealed interface Spot {
  /**
   * Words side by side.
   *
   * @param number tells the leaves of one formula apart
   * @param clause number of the leaf that it stands for: another leaf if it is what else may have
   *     been written for that one
   * @param words for each word the forms it may have
   * @param where where it may stand
   * @param weight what finding it counts
   */
  record Leaf(int number, int clause, List<Forms> words, Where where, float weight)
      implements Spot {
    /** Copies the list. */
    public Leaf {
      words = List.copyOf(words);
    }

    /** What was typed itself. */
    public Leaf(int number, List<Forms> words, Where where) {
      this(number, number, words, where, 1);
    }

    boolean isOneOf(Class<? extends Forms> kind) {
      return words.stream().anyMatch(kind::isInstance);
    }
  }

  /** Each longest run of words of one turn that may stand there. */
  record AnyWords(int number, Where where) implements Spot {}

  /** What one of them finds. */
  record Either(List<Spot> spots) implements Spot {
    /** Copies the list. */
    public Either {
      spots = List.copyOf(spots);
    }
  }

  /** Both, with no word in common, and not too far apart. */
  sealed interface Pair extends Spot {
    /** One of them. */
    Spot left();

    /** The other. */
    Spot right();
  }

  /** In one segment, at most so many words in between. */
  record Near(Spot left, Spot right, int words) implements Pair {}

  /** The one beginning at most so many milliseconds after the other. */
  record Within(Spot left, Spot right, long millis) implements Pair {}

  /** What one word may look like. */
  sealed interface Forms {}

  /**
   * One of these terms; the first is the word as it was typed.
   *
   * @param isWordAndStem whether the second is the first one's stem and there is no third: then it
   *     stands wherever the first does, but for texts in other languages
   */
  record Terms(List<Form> forms, boolean isWordAndStem) implements Forms {
    /** Copies the list. */
    public Terms {
      forms = List.copyOf(forms);
    }

    /** Forms of which none is another one's stem. */
    public Terms(List<Form> forms) {
      this(forms, false);
    }

    /**
     * A word and its stems.
     *
     * @param alone whether all of them are of one language, in which a word alone tells its stem
     */
    public static Terms ofWord(Tokens tokens, int index, float stemWeight, boolean alone) {
      List<Form> forms = new ArrayList<>(2);
      forms.add(new Form(tokens.exact(index), 1));
      for (String stem : tokens.stems(index)) {
        forms.add(new Form(stem, stemWeight));
      }
      return new Terms(forms, alone && forms.size() == 2);
    }
  }

  /** Any word that begins so. */
  record Beginning(String prefix) implements Forms {}

  /**
   * A term, and what finding it counts.
   *
   * @param weight 1 for the word itself
   */
  record Form(String term, float weight) {}
}

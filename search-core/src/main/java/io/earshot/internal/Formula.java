package io.earshot.internal;

import java.util.List;
import org.apache.lucene.search.Query;

/**
 * What a document must fulfil: a query's tree once it is known what each of its words may look like
 * and where it may stand.
 *
 * <p>Restrictions ({@code said-by:} and the like) have been pushed down to the words, and {@code
 * NEAR} and {@code WITHIN} have been spread over groups, so that both stand between {@linkplain
 * Spot spots} alone.
 */
public sealed interface Formula {
  /** All of them. */
  record All(List<Formula> parts) implements Formula {
    /** Copies the list. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** One of them at least. */
  record Any(List<Formula> parts) implements Formula {
    /** Copies the list. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** Not that. */
  record Not(Formula part) implements Formula {}

  /** What no word is needed for. */
  record Filter(Query query) implements Formula {}

  /** Somewhere in the document. */
  record Found(Spot spot) implements Formula {}

  /**
   * For one turn of the document at least.
   *
   * @param turn stands for that turn in {@link Where#turn()}
   * @param part what holds of it
   */
  record InSomeTurn(int turn, Formula part) implements Formula {}
}

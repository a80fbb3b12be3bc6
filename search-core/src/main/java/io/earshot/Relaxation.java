package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.EverydayWords;
import io.earshot.internal.Formula;
import io.earshot.internal.IdentifierForms;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do without when nothing has all that was asked.
 *
 * <p>Of the plain words that stand side by side at the query's top level, more than half must be
 * there; of two, one; if identifiers are among them that the history holds, one of these.
 * Everything else stays required: filters, phrases, exclusions, operators.
 */
final class Relaxation {
  private Relaxation() {}

  /** How many of so many words a hit must have. */
  static int least(int words) {
    return words == 2 ? 1 : words / 2 + 1;
  }

  /** What the query asks for at its top level; parentheses around what is all asked for vanish. */
  static List<Query> topLevel(Query query) {
    if (!(query instanceof Query.AllOf all)) {
      return List.of(query);
    }
    List<Query> parts = new ArrayList<>();
    for (Query part : all.queries()) {
      parts.addAll(topLevel(part));
    }
    return parts;
  }

  /**
   * What the identifiers among plain words are found by.
   *
   * @param formulas of each part of the query
   * @param known tells numbers that are none
   */
  static List<Formula> identifiers(List<Query> parts, List<Formula> formulas, EverydayWords known) {
    List<Formula> identifiers = new ArrayList<>();
    int from = 0;
    while (from < parts.size()) {
      int to = Math.max(from + 1, IdentifierGroups.end(parts, from));
      int first = to - from > 1 && IdentifierGroups.isPrefix(parts.get(from)) ? from + 1 : from;
      if (to - first > 1) {
        identifiers.add(new Formula.All(formulas.subList(first, to)));
      } else if (parts.get(first) instanceof Query.Words word && isIdentifier(word.text(), known)) {
        identifiers.add(formulas.get(first));
      }
      from = to;
    }
    return identifiers;
  }

  private static boolean isIdentifier(String word, EverydayWords known) {
    boolean isAddress = word.indexOf('@') > 0 && word.indexOf('@') < word.lastIndexOf('.');
    return isAddress
        || (!IdentifierForms.asked(word).isEmpty() && known.mayTell(Analysis.folded(word)));
  }
}

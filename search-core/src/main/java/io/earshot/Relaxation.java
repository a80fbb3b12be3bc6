package io.earshot;

import java.util.ArrayList;
import java.util.List;

/**
 * What to do without when nothing has all that was asked.
 *
 * <p>Of the plain words that stand side by side at the query's top level, more than half must be
 * there; of two, one. Everything else stays required: filters, phrases, exclusions, operators.
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
}

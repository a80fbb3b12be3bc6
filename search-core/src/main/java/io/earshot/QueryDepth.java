package io.earshot;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How deep the nodes of a query's tree are nested, and how many there are.
 *
 * <p>Printing and answering a query go down its tree by recursion, on the stack of whoever asks. A
 * node that stands in the tree several times is met as often: forty nodes, each twice the one
 * before, are met 2^40 times.
 */
final class QueryDepth {
  static final int MOST = 500;
  static final int MOST_NODES = 100_000;

  private QueryDepth() {}

  /**
   * Refuses what is nested too deep, by levels, so that it needs no stack itself; and what has too
   * many nodes. Looks at each node once a level, however often it stands there.
   *
   * @throws IllegalArgumentException if it is or has
   */
  static void check(Query query) {
    Collection<Query> level = List.of(query);
    int depth = 0;
    while (!level.isEmpty()) {
      depth++;
      Set<Query> next = Collections.newSetFromMap(new IdentityHashMap<>()); // parts may be shared
      level.forEach(one -> next.addAll(parts(one)));
      level = next;
    }
    if (depth > MOST) {
      throw new IllegalArgumentException(
          "the query's nodes are nested %,d deep, at most %,d are allowed: put what is joined by the same operator into one AllOf or AnyOf"
              .formatted(depth, MOST));
    }
    if (nodes(query, new IdentityHashMap<>()) > MOST_NODES) { // records would be hashed whole
      throw new IllegalArgumentException(
          "the query has more than %,d nodes, one that stands in it several times counted each time: leave some out"
              .formatted(MOST_NODES));
    }
  }

  /** How many nodes there are, each as often as it stands there; no more than one too many. */
  private static int nodes(Query query, Map<Query, Integer> known) {
    Integer before = known.get(query);
    if (before != null) {
      return before;
    }
    int nodes = 1;
    for (Query part : parts(query)) {
      nodes = Math.min(MOST_NODES + 1, nodes + nodes(part, known));
    }
    known.put(query, nodes);
    return nodes;
  }

  private static List<Query> parts(Query query) {
    return switch (query) {
      case Query.AllOf all -> all.queries();
      case Query.AnyOf any -> any.queries();
      case Query.Near near -> List.of(near.left(), near.right());
      case Query.Within within -> List.of(within.left(), within.right());
      case Query.Not not -> List.of(not.query());
      case Query.SaidBy said -> List.of(said.query());
      case Query.Question question -> List.of(question.query());
      case Query.First first -> List.of(first.query());
      case Query.Last last -> List.of(last.query());
      case Query.SameTurn same -> List.of(same.query());
      case Query.InSubject in -> List.of(in.query());
      default -> List.of();
    };
  }
}

package io.earshot.cli;

import io.earshot.Query;
import java.util.ArrayList;
import java.util.List;

/** A query as a tree to read: one node a line, and indented below it what it holds for. */
final class QueryTree {
  private final List<String> lines = new ArrayList<>();

  private QueryTree() {}

  /** The lines of a query's tree. */
  static List<String> lines(Query query) {
    QueryTree tree = new QueryTree();
    tree.add(query, 0);
    return tree.lines;
  }

  private void add(Query query, int depth) {
    switch (query) {
      case Query.AllOf all ->
          node(all.queries().isEmpty() ? "anything" : "all of", all.queries(), depth);
      case Query.AnyOf any ->
          node(any.queries().isEmpty() ? "nothing" : "any of", any.queries(), depth);
      case Query.Not not -> node("not", List.of(not.query()), depth);
      case Query.Near near ->
          node(
              "at most " + near.words() + " words between",
              List.of(near.left(), near.right()),
              depth);
      case Query.Within within ->
          node(
              "at most " + duration(within.time().toMillis()) + " apart",
              List.of(within.left(), within.right()),
              depth);
      case Query.SaidBy said -> node("said by " + said.who(), List.of(said.query()), depth);
      case Query.Question question ->
          node("in a sentence that asks", List.of(question.query()), depth);
      case Query.First first ->
          node("in the first " + duration(first.time().toMillis()), List.of(first.query()), depth);
      case Query.Last last ->
          node("in the last " + duration(last.time().toMillis()), List.of(last.query()), depth);
      case Query.SameTurn same -> node("in one turn", List.of(same.query()), depth);
      case Query.InSubject in -> node("in the subject", List.of(in.query()), depth);
      case Query.Words words -> node("word " + words, List.of(), depth);
      case Query.Phrase phrase -> node("phrase " + phrase, List.of(), depth);
      case Query.Prefix prefix -> node("beginning " + prefix, List.of(), depth);
      case Query.Typo typo -> node("word nearly spelled " + typo, List.of(), depth);
      default -> node("filter " + query, List.of(), depth);
    }
  }

  private void node(String name, List<Query> parts, int depth) {
    lines.add("  ".repeat(depth) + name);
    for (Query part : parts) {
      add(part, depth + 1);
    }
  }

  private static String duration(long millis) {
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}

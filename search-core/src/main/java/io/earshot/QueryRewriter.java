package io.earshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes a tree anew from its leaves up. As it is, it changes nothing; subclasses do. */
class QueryRewriter {
  /** The query made anew: of an operator, with what it holds for made anew. */
  Query rewritten(Query query) throws IOException {
    return switch (query) {
      case Query.AllOf all -> new Query.AllOf(rewritten(all.queries()));
      case Query.AnyOf any -> new Query.AnyOf(rewritten(any.queries()));
      case Query.Not not -> new Query.Not(rewritten(not.query()));
      case Query.Near near ->
          new Query.Near(rewritten(near.left()), rewritten(near.right()), near.words());
      case Query.Within within ->
          new Query.Within(rewritten(within.left()), rewritten(within.right()), within.time());
      case Query.SaidBy said -> new Query.SaidBy(said.who(), rewritten(said.query()));
      case Query.Question asked -> new Query.Question(rewritten(asked.query()));
      case Query.First first -> new Query.First(first.time(), rewritten(first.query()));
      case Query.Last last -> new Query.Last(last.time(), rewritten(last.query()));
      case Query.SameTurn same -> new Query.SameTurn(rewritten(same.query()));
      case Query.InSubject in -> new Query.InSubject(rewritten(in.query()));
      default -> query;
    };
  }

  private List<Query> rewritten(List<Query> queries) throws IOException {
    List<Query> rewritten = new ArrayList<>(queries.size());
    for (Query query : queries) {
      rewritten.add(rewritten(query));
    }
    return rewritten;
  }
}

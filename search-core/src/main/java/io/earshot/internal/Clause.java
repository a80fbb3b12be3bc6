package io.earshot.internal;

import java.util.List;

/** What a query asks for: a tree. */
public sealed interface Clause
    permits Clause.Words, Clause.Phrase, Clause.Not, Clause.AnyOf, Clause.AllOf {

  /** A run of text without white space: one word, or several that stand together. */
  record Words(String text) implements Clause {}

  /** Words that stand side by side, in that order, in one turn. */
  record Phrase(String text) implements Clause {}

  /** What must not be there. */
  record Not(Clause clause) implements Clause {}

  /** At least one of them. */
  record AnyOf(List<Clause> clauses) implements Clause {
    /** Copies the list. */
    public AnyOf {
      clauses = List.copyOf(clauses);
    }
  }

  /** All of them; of none of them, everything. */
  record AllOf(List<Clause> clauses) implements Clause {
    /** Copies the list. */
    public AllOf {
      clauses = List.copyOf(clauses);
    }
  }
}

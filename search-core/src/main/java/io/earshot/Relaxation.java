package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.EverydayWords;
import io.earshot.internal.Formula;
import io.earshot.internal.FormulaQueries;
import io.earshot.internal.IdentifierForms;
import io.earshot.internal.ScopedSearcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;

/**
 * What to do without when nothing has all that was asked, or too little to fill a page.
 *
 * <p>If nothing has: of the plain words that stand side by side at the query's top level, more than
 * half must be there; of two, one; if identifiers are among them that the history holds, one of
 * these. What comes close has one of them that tells something. Everything else stays required:
 * filters, phrases, exclusions, operators. Made for one request; not thread-safe.
 */
final class Relaxation {
  private final ScopedSearcher searcher;
  private final QueryCompiler compiler;
  private final FormulaQueries queries;
  private final Synonyms synonyms;

  /** For what that compiler makes of queries. */
  Relaxation(
      ScopedSearcher searcher, QueryCompiler compiler, FormulaQueries queries, Synonyms synonyms) {
    this.searcher = searcher;
    this.compiler = compiler;
    this.queries = queries;
    this.synonyms = synonyms;
  }

  /**
   * Most of the plain words, or the identifiers among them, and everything else; nothing if there
   * is no word to do without.
   */
  Optional<Search.Plan> most(Query query) throws IOException {
    Map<String, Formula> words = new LinkedHashMap<>();
    List<Formula> rest = new ArrayList<>();
    List<Query> asked = topLevel(query);
    List<Formula> formulas = compiler.each(asked);
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i) instanceof Query.Words word) {
        words.merge(
            word.text(),
            formulas.get(i),
            (first, again) -> synonyms.isEmpty() ? again : new Formula.Any(List.of(first, again)));
      } else {
        rest.add(formulas.get(i));
      }
    }
    if (words.size() < 2) {
      return Optional.empty();
    }
    List<Formula> plain = List.copyOf(words.values());
    List<Formula> parts = new ArrayList<>(rest);
    parts.add(new Formula.Any(plain));
    List<Formula> identifiers = identifiers(asked, formulas);
    org.apache.lucene.search.Query some =
        identifiers.isEmpty()
            ? queries.most(plain, least(plain.size()), rest)
            : queries.identified(plain, identifiers, rest);
    boolean isIdentified = !identifiers.isEmpty();
    return Optional.of(
        new Search.Plan(
            searcher.rewrite(some), new Formula.All(parts), words, Map.of(), isIdentified));
  }

  /** What identifiers are found by that the history holds. */
  private List<Formula> identifiers(List<Query> asked, List<Formula> formulas) throws IOException {
    List<Formula> there = new ArrayList<>();
    for (Run run : identifiers(asked)) {
      Formula identifier = new Formula.All(formulas.subList(run.first, run.end));
      if (searcher.matchesAny(searcher.rewrite(queries.of(identifier)))) {
        there.add(identifier);
      }
    }
    return there;
  }

  /** Some of the plain words; empty if none of them tells something. */
  Optional<Search.Plan> close(Query query) throws IOException {
    Map<String, Formula> typed = new LinkedHashMap<>();
    List<Formula> telling = new ArrayList<>();
    List<Formula> everyday = new ArrayList<>();
    List<Formula> rest = new ArrayList<>();
    EverydayWords known = EverydayWords.of(searcher.languages());
    List<Query> asked = topLevel(query);
    List<Formula> formulas = compiler.each(asked);
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i) instanceof Query.Words word) {
        typed.put(word.text(), formulas.get(i));
        (known.mayTell(Analysis.folded(word.text())) ? telling : everyday)
            .add(compiler.words().nearly(word, formulas.get(i)));
      } else {
        rest.add(formulas.get(i));
      }
    }
    if (telling.isEmpty()) {
      return Optional.empty(); // what has a "not" in it comes close to nothing
    }
    BooleanQuery.Builder close =
        new BooleanQuery.Builder().add(queries.most(telling, 1, rest), BooleanClause.Occur.MUST);
    for (Formula word : everyday) {
      close.add(queries.of(word), BooleanClause.Occur.SHOULD);
    }
    List<Formula> words = new ArrayList<>(telling);
    words.addAll(everyday);
    List<Formula> parts = new ArrayList<>(rest);
    parts.add(new Formula.Any(words));
    return Optional.of(
        new Search.Plan(searcher.rewrite(close.build()), new Formula.All(parts), typed));
  }

  /** How many of so many words a hit must have. */
  private static int least(int words) {
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

  /** A run of a query's parts that are one identifier. */
  private record Run(int first, int end) {}

  /** The identifiers among plain words. */
  private List<Run> identifiers(List<Query> parts) {
    EverydayWords known = EverydayWords.of(searcher.languages());
    List<Run> identifiers = new ArrayList<>();
    int from = 0;
    while (from < parts.size()) {
      int to = Math.max(from + 1, IdentifierGroups.end(parts, from));
      int first = to - from > 1 && IdentifierGroups.isPrefix(parts.get(from)) ? from + 1 : from;
      if (to - first > 1
          || (parts.get(first) instanceof Query.Words word && isIdentifier(word.text(), known))) {
        identifiers.add(new Run(first, to));
      }
      from = to;
    }
    return identifiers;
  }

  /** Whether an identifier was typed. */
  boolean hasIdentifiers(Query query) {
    return !identifiers(topLevel(query)).isEmpty();
  }

  private static boolean isIdentifier(String word, EverydayWords known) {
    boolean isAddress = word.indexOf('@') > 0 && word.indexOf('@') < word.lastIndexOf('.');
    return isAddress
        || (!IdentifierForms.asked(word).isEmpty() && known.mayTell(Analysis.folded(word)));
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/**
 * Turns a formula into a Lucene query that finds and scores exactly the documents that fulfil it.
 *
 * <p>A word counts where it counts most: in each field, exact form and stem are one term, and of
 * the fields the best is taken.
 */
public final class FormulaQueries {
  private final ScopedSearcher searcher;

  /** Makes queries for that searcher. */
  public FormulaQueries(ScopedSearcher searcher) {
    this.searcher = searcher;
  }

  /** The words that a formula asks for, without those that it excludes. */
  public static List<Spot.Leaf> wanted(Formula formula) {
    return Spots.wanted(formula);
  }

  /** What a query finds beside the documents that fulfil the formula. */
  private enum Besides {
    /** None. */
    NONE,
    /** Those that were not looked at to the end: what it finds is excluded. */
    UNKNOWN,
    /** All that need a closer look. */
    CANDIDATES;

    Besides inExclusion() {
      return this == NONE ? UNKNOWN : NONE;
    }
  }

  /** The query for a formula. */
  public Query of(Formula formula) throws IOException {
    return of(formula, Besides.NONE);
  }

  private Query of(Formula formula, Besides besides) throws IOException {
    boolean candidates = besides == Besides.CANDIDATES;
    return switch (formula) {
      case Formula.All all -> all(all.parts(), besides);
      case Formula.Any any -> any(any.parts(), besides);
      case Formula.Not not -> candidates ? everything() : all(List.of(not), besides);
      case Formula.Filter filter -> all(List.of(filter), besides);
      case Formula.Found found -> candidates ? candidates(found.spot()) : found(found, besides);
      case Formula.InSomeTurn some -> {
        Query each = of(some.part(), Besides.CANDIDATES);
        yield candidates ? each : new FormulaQuery(each, some, besides == Besides.UNKNOWN);
      }
    };
  }

  /** At least so many of the words, and all of the rest. */
  public Query most(List<Formula> words, int least, List<Formula> rest) throws IOException {
    BooleanQuery.Builder some = new BooleanQuery.Builder().setMinimumNumberShouldMatch(least);
    for (Formula word : words) {
      some.add(of(word), Occur.SHOULD);
    }
    return all(some.build(), rest);
  }

  /** At least one of the identifiers, which are among the words, and all of the rest. */
  public Query identified(List<Formula> words, List<Formula> identifiers, List<Formula> rest)
      throws IOException {
    BooleanQuery.Builder some = new BooleanQuery.Builder();
    some.add(of(new Formula.Any(identifiers)), Occur.FILTER);
    for (Formula word : words) {
      some.add(of(word), Occur.SHOULD);
    }
    return all(some.build(), rest);
  }

  private Query all(Query some, List<Formula> rest) throws IOException {
    BooleanQuery.Builder all = new BooleanQuery.Builder().add(some, Occur.MUST);
    if (!rest.isEmpty()) {
      all.add(of(new Formula.All(rest)), Occur.MUST);
    }
    return all.build();
  }

  private Query found(Formula.Found found, Besides besides) throws IOException {
    if (found.spot() instanceof Spot.Leaf leaf && leaf.where().isPlain()) {
      if (!leaf.isOneOf(Spot.Beginning.class)) {
        return sideBySide(leaf);
      }
      if (leaf.words().size() == 1 && leaf.where().part() == Where.Part.ALL) {
        return begins(((Spot.Beginning) leaf.words().getFirst()).prefix());
      }
    }
    if (found.spot() instanceof Spot.Either either
        && either.spots().stream().allMatch(this::isPlain)) {
      return candidates(either);
    }
    return new FormulaQuery(candidates(found.spot()), found, besides == Besides.UNKNOWN);
  }

  /** Whether the postings alone say where it stands. */
  private boolean isPlain(Spot spot) {
    return spot instanceof Spot.Leaf leaf
        && leaf.where().isPlain()
        && !leaf.isOneOf(Spot.Beginning.class);
  }

  private Query candidates(Spot spot) throws IOException {
    return switch (spot) {
      case Spot.Leaf leaf -> candidates(leaf);
      case Spot.AnyWords any -> everything();
      case Spot.Either either -> {
        List<Query> any = new ArrayList<>();
        for (Spot one : either.spots()) {
          any.add(candidates(one));
        }
        yield new DisjunctionMaxQuery(any, 0);
      }
      case Spot.Pair pair ->
          new BooleanQuery.Builder()
              .add(candidates(pair.left()), Occur.MUST)
              .add(candidates(pair.right()), Occur.MUST)
              .build();
    };
  }

  private Query candidates(Spot.Leaf leaf) throws IOException {
    if (!leaf.isOneOf(Spot.Beginning.class)) {
      return sideBySide(leaf);
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (Spot.Forms forms : leaf.words()) {
      switch (forms) {
        case Spot.Beginning beginning -> all.add(begins(beginning.prefix()), Occur.MUST);
        case Spot.Terms terms ->
            all.add(
                sideBySide(new Spot.Leaf(leaf.number(), List.of(terms), leaf.where())), Occur.MUST);
      }
    }
    return all.build();
  }

  private Query any(List<Formula> parts, Besides besides) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (Formula part : parts) {
      any.add(of(part, besides), Occur.SHOULD);
    }
    return any.build();
  }

  private Query all(List<Formula> parts, Besides besides) throws IOException {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean onlyExclusions = true;
    for (Formula part : parts) {
      if (part instanceof Formula.Filter filter) {
        all.add(filter.query(), Occur.FILTER);
        onlyExclusions = false;
      } else if (!(part instanceof Formula.Not not)) {
        all.add(of(part, besides), Occur.MUST);
        onlyExclusions = false;
      } else if (besides != Besides.CANDIDATES) {
        all.add(of(not.part(), besides.inExclusion()), Occur.MUST_NOT);
      }
    }
    if (onlyExclusions) {
      all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    }
    return all.build();
  }

  private static Query everything() {
    return new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, Occur.FILTER).build();
  }

  /** By doc values: their cost grows with the scope, and that of postings with the whole index. */
  private static Query begins(String prefix) {
    BytesRef first = new BytesRef(prefix);
    byte[] end = new byte[first.length + 1];
    System.arraycopy(first.bytes, first.offset, end, 0, first.length);
    end[first.length] = (byte) 0xff; // above every byte of UTF-8
    return new ConstantScoreQuery(
        SortedSetDocValuesField.newSlowRangeQuery(
            Fields.WORDS, first, new BytesRef(end), true, false));
  }

  private Query sideBySide(Spot.Leaf leaf) throws IOException {
    Query query = anywhere(leaf);
    return leaf.weight() == 1 ? query : new BoostQuery(query, leaf.weight());
  }

  private Query anywhere(Spot.Leaf leaf) throws IOException {
    List<Fields.Searched> searched = leaf.where().part().fields();
    if (leaf.words().size() == 1) {
      return new WordQuery(searched, (Spot.Terms) leaf.words().getFirst());
    }
    List<Query> fields = new ArrayList<>();
    for (Fields.Searched field : searched) {
      Query query = phrase(field, leaf.words());
      float weight = searcher.ranking().weight(field.name());
      fields.add(weight == 1 ? query : new BoostQuery(query, weight));
    }
    return switch (fields.size()) {
      case 0 -> new MatchNoDocsQuery("it cannot stand anywhere");
      case 1 -> fields.getFirst();
      default -> new DisjunctionMaxQuery(fields, searcher.ranking().otherFields());
    };
  }

  /** Of each position only the forms that the scope holds: others must not weigh in its score. */
  private Query phrase(Fields.Searched field, List<Spot.Forms> words) throws IOException {
    MultiPhraseQuery.Builder phrase = new MultiPhraseQuery.Builder();
    for (Spot.Forms word : words) {
      List<Term> inScope = new ArrayList<>();
      for (Spot.Form form : ((Spot.Terms) word).forms()) {
        Term term = new Term(field.name(), form.term());
        if (searcher.isInScope(term)) {
          inScope.add(term);
        }
      }
      if (inScope.isEmpty()) {
        return new MatchNoDocsQuery("a word of the phrase is not there");
      }
      phrase.add(inScope.toArray(Term[]::new));
    }
    return phrase.build();
  }
}

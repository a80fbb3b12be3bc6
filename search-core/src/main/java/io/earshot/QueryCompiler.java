package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.AttributeRangeQuery;
import io.earshot.internal.Fields;
import io.earshot.internal.Formula;
import io.earshot.internal.PeopleQueries;
import io.earshot.internal.ScopeWords;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.Spot;
import io.earshot.internal.Where;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Makes a formula of a query's tree, and pushes restrictions down to the words they hold for. What
 * becomes of words is {@link WordCompiler}'s, of {@code NEAR} and {@code WITHIN} {@link
 * Proximity}'s.
 */
final class QueryCompiler {
  private static final long LONGEST_MS = Duration.ofDays(1_000 * 366L).toMillis();

  private final ScopedSearcher searcher;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final WordCompiler words;
  private final Proximity proximity = new Proximity(warnings);
  private int turns;

  /** Compiles queries for that searcher and the words there. */
  QueryCompiler(ScopedSearcher searcher, ScopeWords scopeWords, Synonyms synonyms) {
    this.searcher = searcher;
    words = new WordCompiler(searcher, scopeWords, synonyms, warnings);
  }

  /** The formula of a query. */
  Formula compile(Query query) throws IOException {
    return compile(query, Where.ANYWHERE);
  }

  /** A formula for each of several queries, all of which are asked for. */
  List<Formula> each(List<Query> queries) throws IOException {
    return each(queries, Where.ANYWHERE);
  }

  private List<Formula> each(List<Query> queries, Where where) throws IOException {
    List<Formula> parts = new ArrayList<>(queries.size());
    while (parts.size() < queries.size()) {
      List<Formula> run = words.run(queries, parts.size(), where);
      if (run.isEmpty()) {
        parts.add(compile(queries.get(parts.size()), where));
      }
      parts.addAll(run);
    }
    return parts;
  }

  /** What is made of words. */
  WordCompiler words() {
    return words;
  }

  /** From now on takes NEAR and WITHIN between groups as "and": their pairs were too many. */
  void stopPairing() {
    proximity.stopPairing();
  }

  /** What was taken otherwise than it may have been meant. */
  Set<String> warnings() {
    return warnings;
  }

  private Formula compile(Query query, Where where) throws IOException {
    return switch (query) {
      case Query.Words typed -> words.of(typed, where);
      case Query.Phrase phrase -> words.of(phrase, where);
      case Query.Prefix prefix -> words.of(prefix, where);
      case Query.Typo typo -> words.of(typo, where);
      case Query.AllOf all ->
          new Formula.All(
              each(words.hasSynonyms() ? Relaxation.topLevel(all) : all.queries(), where));
      case Query.AnyOf any -> new Formula.Any(compile(any.queries(), where));
      case Query.Not not -> new Formula.Not(compile(not.query(), where));
      case Query.SaidBy said -> restricted(said.query(), where.that(new Where.SaidBy(said.who())));
      case Query.Question asked -> restricted(asked.query(), where.that(new Where.Asked()));
      case Query.First first ->
          restricted(first.query(), where.that(new Where.First(millis(first.time()))));
      case Query.Last last ->
          restricted(last.query(), where.that(new Where.Last(millis(last.time()))));
      case Query.SameTurn same -> inOneTurn(same, where);
      case Query.InSubject in ->
          Query.everything().equals(in.query())
              ? filter(term(Fields.HAS, "subject"))
              : compile(in.query(), where.in(Where.Part.SUBJECT));
      case Query.Near near ->
          proximity.between(
              compile(near.left(), where),
              compile(near.right(), where),
              (left, right) -> new Spot.Near(left, right, near.words()));
      case Query.Within within -> {
        Where turns = where.in(Where.Part.TURNS);
        yield proximity.between(
            compile(within.left(), turns),
            compile(within.right(), turns),
            (left, right) -> new Spot.Within(left, right, millis(within.time())));
      }
      case Query.Attribute attribute ->
          filter(
              term(
                  Fields.ATTRIBUTE,
                  folded(attribute.name()) + Fields.SEPARATOR + folded(attribute.value())));
      case Query.AttributeRange range ->
          filter(new AttributeRangeQuery(range.name(), range.least(), range.most()));
      case Query.OnChannel on -> filter(term(Fields.CHANNEL, on.channel().name()));
      case Query.Directed directed -> filter(term(Fields.DIRECTION, directed.direction().name()));
      case Query.From from -> filter(new PeopleQueries(searcher).named(Fields.FROM, from.who()));
      case Query.WithAgent with ->
          filter(new PeopleQueries(searcher).named(Fields.AGENT, with.who()));
      case Query.FileNamed file ->
          filter(new PeopleQueries(searcher).named(Fields.FILENAME, file.name()));
      case Query.Tagged tagged -> filter(term(Fields.TAG, folded(tagged.tag())));
      case Query.InLanguage in -> filter(language(in.tag()));
      case Query.Has has -> filter(term(Fields.HAS, folded(has.what())));
      case Query.Started started ->
          filter(
              NumericDocValuesField.newSlowRangeQuery(
                  Fields.STARTED_AT,
                  InteractionDocument.epochMillis(started.from()),
                  before(InteractionDocument.epochMillis(started.until()))));
      case Query.Lasted lasted ->
          filter(
              NumericDocValuesField.newSlowRangeQuery(
                  Fields.DURATION, exactMillis(lasted.least()), exactMillis(lasted.most())));
    };
  }

  private List<Formula> compile(List<Query> queries, Where where) throws IOException {
    List<Formula> parts = new ArrayList<>(queries.size());
    for (Query query : queries) {
      parts.add(compile(query, where));
    }
    return parts;
  }

  /** Restrictions of nothing in particular ask for any word. */
  private Formula restricted(Query query, Where where) throws IOException {
    return Query.everything().equals(query) ? words.any(query, where) : compile(query, where);
  }

  private Formula inOneTurn(Query.SameTurn same, Where where) throws IOException {
    if (where.turn() != 0) {
      return compile(same.query(), where); // one turn within one turn is that turn
    }
    int turn = ++turns;
    return new Formula.InSomeTurn(turn, restricted(same.query(), where.inTurn(turn)));
  }

  private static Formula filter(org.apache.lucene.search.Query query) {
    return new Formula.Filter(query);
  }

  /** As the index holds it: long values are cut there. */
  private static String folded(String value) {
    return Analysis.cut(Analysis.folded(value));
  }

  private static TermQuery term(String field, String value) {
    return new TermQuery(new Term(field, value));
  }

  /** A language, and its variants: en, en-GB. */
  private static org.apache.lucene.search.Query language(String tag) {
    String lower = tag.toLowerCase(Locale.ROOT).replace('_', '-');
    return new BooleanQuery.Builder()
        .add(term(Fields.LANGUAGE, lower), Occur.SHOULD)
        .add(
            SortedSetDocValuesField.newSlowRangeQuery(
                Fields.LANGUAGE,
                new BytesRef(lower + "-"),
                new BytesRef(lower + "."), // what follows "-" in the order of bytes
                true,
                false),
            Occur.SHOULD)
        .build();
  }

  private static long millis(Duration time) {
    return Math.min(LONGEST_MS, exactMillis(time));
  }

  private static long exactMillis(Duration time) {
    try {
      return time.toMillis();
    } catch (ArithmeticException e) {
      return time.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static long before(long millis) {
    return millis == Long.MIN_VALUE ? millis : millis == Long.MAX_VALUE ? millis : millis - 1;
  }
}

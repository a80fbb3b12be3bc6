package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.AttributeRangeQuery;
import io.earshot.internal.Fields;
import io.earshot.internal.Formula;
import io.earshot.internal.IdentifierForms;
import io.earshot.internal.PeopleQueries;
import io.earshot.internal.ScopeWords;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.Spot;
import io.earshot.internal.Tokens;
import io.earshot.internal.Where;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Makes a formula of a query's tree: gives each word the forms it may have in this scope, pushes
 * restrictions down to the words they hold for, and spreads {@code NEAR} and {@code WITHIN} over
 * groups.
 */
final class QueryCompiler {
  static final float TYPO_WEIGHT = 0.8f;
  static final float SYNONYM_WEIGHT = 0.8f;

  private static final long LONGEST_MS = Duration.ofDays(1_000 * 366L).toMillis();
  private static final int MOST_PAIRS = 1_000;

  private static final float IDENTIFIER_WEIGHT = 0.9f;

  private final ScopedSearcher searcher;
  private final Set<String> languages;
  private final ScopeWords scopeWords;
  private final QuerySynonyms synonyms;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Map<Integer, String> leaves = new LinkedHashMap<>();
  private int alternatives;
  private int turns;
  private int pairs;

  /** Compiles queries for that searcher and the words there. */
  QueryCompiler(ScopedSearcher searcher, ScopeWords scopeWords, Synonyms synonyms) {
    this.searcher = searcher;
    this.scopeWords = scopeWords;
    languages = new TreeSet<>(searcher.languages());
    languages.remove("");
    this.synonyms = new QuerySynonyms(synonyms, searcher, languages, warnings);
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
      parts.addAll(together(queries, parts.size(), where));
    }
    return parts;
  }

  /** Each identifier that words side by side in those queries may be the groups of, as a whole. */
  List<Formula> identifiersIn(List<Query> queries) {
    List<Formula> identifiers = new ArrayList<>();
    for (int from = 0, to; from < queries.size(); from = Math.max(to, from + 1)) {
      to = IdentifierGroups.end(queries, from);
      List<Query> groups = queries.subList(from, to);
      List<String> forms = groups.size() > 1 ? identifiers(groups, groups.size() - 1) : List.of();
      if (!forms.isEmpty()) {
        int leaf = leaf(new Query.AllOf(groups));
        identifiers.add(new Formula.Found(identifier(forms, leaf, Where.ANYWHERE)));
      }
    }
    return identifiers;
  }

  /** Whether a word of the queries compiled so far has a synonym that is there. */
  boolean isSynonymThere(String word) throws IOException {
    return synonyms.isThere(word, scopeWords);
  }

  /** What was taken otherwise than it may have been meant. */
  Set<String> warnings() {
    return warnings;
  }

  /** What was typed for each leaf of the formula, by its number. */
  Map<Integer, String> leaves() {
    return leaves;
  }

  private Formula compile(Query query, Where where) throws IOException {
    return switch (query) {
      case Query.Words words -> words(words, where, !synonyms.isEmpty());
      case Query.Phrase phrase -> sideBySide(phrase.text(), query, where);
      case Query.Prefix prefix -> begins(prefix, where);
      case Query.Typo typo -> nearly(typo, where);
      case Query.AllOf all ->
          new Formula.All(
              each(synonyms.isEmpty() ? all.queries() : Relaxation.topLevel(all), where));
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
          isEverything(in.query())
              ? filter(term(Fields.HAS, "subject"))
              : compile(in.query(), where.in(Where.Part.SUBJECT));
      case Query.Near near ->
          between(
              compile(near.left(), where),
              compile(near.right(), where),
              (left, right) -> new Spot.Near(left, right, near.words()));
      case Query.Within within -> {
        Where turns = where.in(Where.Part.TURNS);
        yield between(
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

  private static boolean isEverything(Query query) {
    return query instanceof Query.AllOf all && all.queries().isEmpty();
  }

  /** Restrictions of nothing in particular ask for any word. */
  private Formula restricted(Query query, Where where) throws IOException {
    if (isEverything(query)) {
      return new Formula.Found(new Spot.AnyWords(leaf(query), where));
    }
    return compile(query, where);
  }

  private Formula inOneTurn(Query.SameTurn same, Where where) throws IOException {
    if (where.turn() != 0) {
      return compile(same.query(), where); // one turn within one turn is that turn
    }
    int turn = ++turns;
    return new Formula.InSomeTurn(turn, restricted(same.query(), where.inTurn(turn)));
  }

  private int leaf(Query query) {
    leaves.put(leaves.size(), isEverything(query) ? "any word" : query.toString());
    return leaves.size() - 1;
  }

  private static Formula nothing() {
    return new Formula.Any(List.of());
  }

  private Formula sideBySide(String text, Query typed, Where where) {
    Tokens tokens = Analysis.tokens(text, languages);
    return tokens.size() == 0
        ? nothing()
        : sideBySide(text, tokens, 0, tokens.size(), leaf(typed), where, !synonyms.isEmpty());
  }

  /**
   * Words of a text side by side, or the identifier that all of it is, however that is written.
   *
   * @param withSynonyms whether their synonyms are looked for, too
   */
  private Formula sideBySide(
      String text, Tokens tokens, int from, int to, int leaf, Where where, boolean withSynonyms) {
    List<String> identifiers =
        from == 0 && to == tokens.size() ? IdentifierForms.asked(text) : List.of();
    List<Spot.Forms> words = new ArrayList<>();
    for (int i = from; i < to; i++) {
      words.add(forms(tokens, i, searcher));
    }
    List<Spot.Leaf> others = new ArrayList<>();
    if (withSynonyms) {
      QuerySynonyms.SideBySide found = synonyms.sideBySide(text, from, words);
      words = found.ways().getFirst();
      for (List<Spot.Forms> way : found.ways().subList(1, found.ways().size())) {
        others.add(synonym(way, leaf, where));
      }
      explain(leaf, found.synonyms());
    }
    if (!identifiers.isEmpty() && words.size() == 1) {
      List<Spot.Form> forms = new ArrayList<>(((Spot.Terms) words.getFirst()).forms());
      forms.addAll(weighed(identifiers));
      words = List.of(new Spot.Terms(forms));
    } else if (!identifiers.isEmpty()) {
      others.add(identifier(identifiers, leaf, where));
    }
    return either(new Formula.Found(new Spot.Leaf(leaf, words, where)), others);
  }

  /** What was typed, or what else may have been written for it. */
  private static Formula either(Formula typed, List<Spot.Leaf> others) {
    if (others.isEmpty()) {
      return typed;
    }
    if (!(typed instanceof Formula.Found found)) { // of several words, as in Japanese
      return new Formula.Any(
          List.of(typed, new Formula.Found(new Spot.Either(List.copyOf(others)))));
    }
    List<Spot> any = new ArrayList<>();
    if (found.spot() instanceof Spot.Either either) {
      any.addAll(either.spots());
    } else {
      any.add(found.spot());
    }
    any.addAll(others);
    return new Formula.Found(new Spot.Either(any));
  }

  private Spot.Leaf synonym(List<Spot.Forms> words, int leaf, Where where) {
    return new Spot.Leaf(--alternatives, leaf, words, where, SYNONYM_WEIGHT);
  }

  private void explain(int leaf, List<String> synonymsOfIt) {
    if (!synonymsOfIt.isEmpty()) {
      leaves.merge(leaf, " (or " + String.join(", ", synonymsOfIt) + ")", String::concat);
    }
  }

  /** A word, or one that is spelled nearly so, if the scope does not hold it. */
  Formula nearly(Query.Words word, Formula asTyped) throws IOException {
    Tokens tokens = Analysis.tokens(word.text(), languages);
    if (tokens.size() != 1 || scopeWords.holds(tokens.exact(0), tokens.stems(0))) {
      return asTyped;
    }
    Optional<String> closest = scopeWords.closest(tokens.exact(0));
    if (closest.isEmpty()) {
      return asTyped;
    }
    Tokens meant = Analysis.tokens(closest.get(), languages);
    if (meant.size() != 1) {
      return asTyped;
    }
    Spot.Leaf nearly =
        new Spot.Leaf(
            --alternatives,
            leaf(word),
            List.of(forms(meant, 0, searcher)),
            Where.ANYWHERE,
            TYPO_WEIGHT);
    return new Formula.Any(List.of(asTyped, new Formula.Found(nearly)));
  }

  private Spot.Leaf identifier(List<String> forms, int leaf, Where where) {
    return new Spot.Leaf(--alternatives, leaf, List.of(new Spot.Terms(weighed(forms))), where, 1);
  }

  private static List<Spot.Form> weighed(List<String> identifiers) {
    return identifiers.stream().map(form -> new Spot.Form(form, IDENTIFIER_WEIGHT)).toList();
  }

  static Spot.Terms forms(Tokens tokens, int index, ScopedSearcher searcher) {
    return Spot.Terms.ofWord(tokens, index, searcher.ranking().stem(), searcher.isOfOneLanguage());
  }

  /**
   * A word as typed: its parts side by side. What is written without spaces, as Japanese is, is
   * parted at mere endings, which need not be there: who looks for something inflects it otherwise.
   */
  private Formula words(Query.Words typed, Where where, boolean withSynonyms) {
    Tokens tokens = Analysis.tokens(typed.text(), languages);
    List<Formula> parts = new ArrayList<>();
    int leaf = tokens.size() == 0 ? 0 : leaf(typed);
    int from = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      if (i == tokens.size() || isEnding(tokens, i)) {
        if (i > from) {
          int number = parts.isEmpty() ? leaf : leaf(typed);
          parts.add(sideBySide(typed.text(), tokens, from, i, number, where, withSynonyms));
        }
        from = i + 1;
      }
    }
    if (parts.isEmpty() && tokens.size() > 0) { // nothing but endings
      return sideBySide(typed.text(), tokens, 0, tokens.size(), leaf, where, withSynonyms);
    }
    return parts.isEmpty()
        ? nothing()
        : parts.size() == 1 ? parts.getFirst() : new Formula.All(parts);
  }

  private boolean isEnding(Tokens tokens, int index) {
    return tokens.size() > 1
        && languages.stream().anyMatch(Analysis::hasEndings)
        && Analysis.isEnding(tokens, index);
  }

  /**
   * What begins there: a formula for each of the words that may be groups of one identifier, as
   * {@code 555 0134}, or have synonyms together; else for one query. What is found instead of them
   * all stands for each of them: {@code (a and b) or c} is {@code (a or c) and (b or c)}.
   */
  private List<Formula> together(List<Query> queries, int from, Where where) throws IOException {
    List<Query> groups = queries.subList(from, IdentifierGroups.end(queries, from));
    if (groups.size() > 1) {
      List<Formula> parts = new ArrayList<>(groups.size());
      for (int i = 0; i < groups.size(); i++) {
        int leaf = leaves.size();
        Formula word = compile(groups.get(i), where);
        List<String> forms = identifiers(groups, i);
        parts.add(forms.isEmpty() ? word : either(word, List.of(identifier(forms, leaf, where))));
      }
      return parts;
    }
    int to = synonyms.isEmpty() ? from : synonyms.end(queries, from);
    if (to == from) {
      return List.of(compile(queries.get(from), where));
    }
    List<Query> run = queries.subList(from, to);
    List<String> others = synonyms.of(run);
    List<Formula> parts = new ArrayList<>(run.size());
    for (Query typed : run) {
      int leaf = leaves.size();
      Formula word = words((Query.Words) typed, where, false);
      List<Spot.Leaf> instead = new ArrayList<>();
      for (String other : others) {
        instead.add(synonym(synonyms.forms(other), leaf, where));
      }
      explain(leaf, others);
      parts.add(either(word, instead));
    }
    return parts;
  }

  /**
   * The forms of the identifiers that one of those groups may be part of: that of all groups; and,
   * of {@code at 555 0134}, that of those behind the word.
   */
  private static List<String> identifiers(List<Query> groups, int index) {
    List<String> forms = new ArrayList<>(IdentifierForms.asked(text(groups)));
    if (index > 0 && groups.size() > 2 && IdentifierGroups.isPrefix(groups.getFirst())) {
      forms.addAll(IdentifierForms.asked(text(groups.subList(1, groups.size()))));
    }
    return forms;
  }

  private static String text(List<Query> groups) {
    return groups.stream()
        .map(group -> ((Query.Words) group).text())
        .collect(Collectors.joining(" "));
  }

  private Formula begins(Query.Prefix prefix, Where where) {
    Tokens tokens = Analysis.tokens(prefix.text(), languages);
    if (tokens.size() == 0) {
      return nothing();
    }
    List<Spot.Forms> words = new ArrayList<>();
    for (int i = 0; i < tokens.size() - 1; i++) {
      words.add(forms(tokens, i, searcher));
    }
    words.add(new Spot.Beginning(tokens.exact(tokens.size() - 1)));
    return new Formula.Found(new Spot.Leaf(leaf(prefix), words, where));
  }

  private Formula nearly(Query.Typo typo, Where where) throws IOException {
    Tokens tokens = Analysis.tokens(typo.word(), languages);
    if (tokens.size() != 1) {
      return sideBySide(typo.word(), typo, where);
    }
    String exact = tokens.exact(0);
    List<Spot.Form> forms = new ArrayList<>();
    boolean isOver = searcher.timeLimit().isOver(); // then nothing will be searched
    for (String word : isOver ? List.of(exact) : scopeWords.near(exact, typo.edits())) {
      forms.add(new Spot.Form(word, word.equals(exact) ? 1 : TYPO_WEIGHT));
    }
    return new Formula.Found(new Spot.Leaf(leaf(typo), List.of(new Spot.Terms(forms)), where));
  }

  /** From now on takes NEAR and WITHIN between groups as "and": their pairs were too many. */
  void stopPairing() {
    pairs = MOST_PAIRS + 1;
  }

  /** NEAR or WITHIN: a filter by itself can only be asked for, too. */
  private Formula between(Formula left, Formula right, BinaryOperator<Spot> operator) {
    return left instanceof Formula.Filter || right instanceof Formula.Filter
        ? new Formula.All(List.of(left, right))
        : pair(left, right, operator);
  }

  /** Between spots it is a spot; over groups it is spread, and their filters stay as they are. */
  private Formula pair(Formula left, Formula right, BinaryOperator<Spot> operator) {
    if (left instanceof Formula.Filter) {
      return left;
    }
    if (right instanceof Formula.Filter) {
      return right;
    }
    Optional<Spot> one = asSpot(left);
    Optional<Spot> other = asSpot(right);
    if (one.isPresent() && other.isPresent()) {
      pairs++;
      return new Formula.Found(operator.apply(one.get(), other.get()));
    }
    if (pairs > MOST_PAIRS) {
      warnings.add(
          "NEAR or WITHIN between groups of so many words was taken as \"and\"; ask for fewer");
      return new Formula.All(List.of(left, right));
    }
    return one.isEmpty()
        ? spread(left, part -> pair(part, right, operator))
        : spread(right, part -> pair(left, part, operator));
  }

  private static Optional<Spot> asSpot(Formula formula) {
    if (formula instanceof Formula.Found found) {
      return Optional.of(found.spot());
    }
    if (!(formula instanceof Formula.Any any)) {
      return Optional.empty();
    }
    List<Spot> spots = new ArrayList<>();
    for (Formula part : any.parts()) {
      Optional<Spot> spot = asSpot(part);
      if (spot.isEmpty()) {
        return Optional.empty();
      }
      spots.add(spot.get());
    }
    return Optional.of(new Spot.Either(spots));
  }

  private static Formula spread(Formula group, UnaryOperator<Formula> operator) {
    return switch (group) {
      case Formula.All all -> new Formula.All(all.parts().stream().map(operator).toList());
      case Formula.Any any -> new Formula.Any(any.parts().stream().map(operator).toList());
      case Formula.Not not -> new Formula.Not(operator.apply(not.part()));
      case Formula.InSomeTurn some ->
          new Formula.InSomeTurn(some.turn(), operator.apply(some.part()));
      case Formula.Filter filter -> filter;
      case Formula.Found found -> throw new AssertionError("a spot needs no spreading");
    };
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

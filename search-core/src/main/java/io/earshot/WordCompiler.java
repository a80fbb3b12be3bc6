package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.Fields;
import io.earshot.internal.Formula;
import io.earshot.internal.IdentifierForms;
import io.earshot.internal.ScopeWords;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.Spot;
import io.earshot.internal.Tokens;
import io.earshot.internal.Where;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes formulas of what was typed: words, phrases, beginnings, misspelt words; each with the forms
 * it may have in this scope, its synonyms, and the identifiers that it may be written for.
 *
 * <p>Made for one request; not thread-safe.
 */
final class WordCompiler {
  static final float TYPO_WEIGHT = 0.8f;
  static final float SYNONYM_WEIGHT = 0.8f;

  private static final float IDENTIFIER_WEIGHT = 0.9f;

  private final ScopedSearcher searcher;
  private final Set<String> languages;
  private final ScopeWords scopeWords;
  private final QuerySynonyms synonyms;
  private final Map<Integer, String> leaves = new LinkedHashMap<>();
  private int alternatives;

  /**
   * For that searcher and the words there.
   *
   * @param warnings is told what was left out
   */
  WordCompiler(
      ScopedSearcher searcher, ScopeWords scopeWords, Synonyms synonyms, Set<String> warnings) {
    this.searcher = searcher;
    this.scopeWords = scopeWords;
    languages = new TreeSet<>(searcher.languages());
    languages.remove("");
    this.synonyms = new QuerySynonyms(synonyms, searcher, languages, warnings);
  }

  /** Whether there are rules of synonyms. */
  boolean hasSynonyms() {
    return !synonyms.isEmpty();
  }

  /** Whether a word that was compiled has a synonym that is there. */
  boolean isSynonymThere(String word) throws IOException {
    return synonyms.isThere(word, scopeWords);
  }

  /** What was typed for each leaf of the formulas, by its number. */
  Map<Integer, String> leaves() {
    return leaves;
  }

  /** Any word there. */
  Formula any(Query query, Where where) {
    return new Formula.Found(new Spot.AnyWords(leaf(query), where));
  }

  /** Words typed without spaces between, or one. */
  Formula of(Query.Words typed, Where where) throws IOException {
    return words(typed, where, hasSynonyms());
  }

  /** Words side by side. */
  Formula of(Query.Phrase phrase, Where where) throws IOException {
    return sideBySide(phrase.text(), phrase, where);
  }

  private int leaf(Query query) {
    leaves.put(leaves.size(), Query.everything().equals(query) ? "any word" : query.toString());
    return leaves.size() - 1;
  }

  private static Formula nothing() {
    return new Formula.Any(List.of());
  }

  private Formula sideBySide(String text, Query typed, Where where) throws IOException {
    Tokens tokens = Analysis.tokens(text, languages);
    return tokens.size() == 0
        ? nothing()
        : sideBySide(text, tokens, 0, tokens.size(), leaf(typed), where, hasSynonyms());
  }

  /**
   * Words of a text side by side, or the identifier that all of it is, however that is written; or,
   * if it has more words than an identifier, that one as if it were written in one piece.
   *
   * @param withSynonyms whether their synonyms are looked for, too
   */
  private Formula sideBySide(
      String text, Tokens tokens, int from, int to, int leaf, Where where, boolean withSynonyms)
      throws IOException {
    boolean all = from == 0 && to == tokens.size();
    List<String> identifiers = all ? IdentifierForms.asked(text) : List.of();
    List<Spot.Forms> words = new ArrayList<>();
    for (int i = from; i < to; i++) {
      words.add(forms(tokens, i, searcher));
    }
    List<Spot.Forms> typedWords = List.copyOf(words);
    List<Spot.Leaf> others = new ArrayList<>();
    if (withSynonyms) {
      QuerySynonyms.SideBySide found = synonyms.sideBySide(text, from, words);
      words = found.ways().getFirst();
      for (List<Spot.Forms> way : found.ways().subList(1, found.ways().size())) {
        others.add(synonym(way, typedWords, leaf, where));
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
    if (all && tokens.size() > 1) {
      List<IdentifierForms.Asked> within = IdentifierForms.askedWithin(text, tokens);
      if (!within.isEmpty()) {
        others.add(withIdentifiers(tokens, within, leaf, where));
      }
    }
    return either(new Formula.Found(new Spot.Leaf(leaf, words, where)), others);
  }

  /**
   * Words side by side, with one word for each identifier among them. The forms of an identifier
   * that is written in several words stand at the first, so what follows it is not found with them.
   */
  private Spot.Leaf withIdentifiers(
      Tokens tokens, List<IdentifierForms.Asked> identifiers, int leaf, Where where) {
    List<Spot.Forms> words = new ArrayList<>();
    int at = 0;
    for (IdentifierForms.Asked identifier : identifiers) {
      while (at < identifier.first()) {
        words.add(forms(tokens, at++, searcher));
      }
      List<Spot.Form> forms = weighed(identifier.forms());
      if (identifier.end() - identifier.first() == 1) {
        forms = new ArrayList<>(forms);
        forms.add(new Spot.Form(tokens.exact(at), 1));
      }
      words.add(new Spot.Terms(forms));
      at = identifier.end();
    }
    while (at < tokens.size()) {
      words.add(forms(tokens, at++, searcher));
    }
    return new Spot.Leaf(--alternatives, leaf, words, where, 1);
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

  /** Words that weigh less than those that they stand for, also if they are rarer. */
  private Spot.Leaf synonym(List<Spot.Forms> words, List<Spot.Forms> typed, int leaf, Where where)
      throws IOException {
    double rarity = searcher.rarity(words, Fields.TEXT);
    double ofTyped = Math.min(rarity, searcher.rarity(typed, Fields.TEXT));
    float weight = rarity == 0 ? 1 : (float) (ofTyped / rarity);
    return new Spot.Leaf(--alternatives, leaf, words, where, SYNONYM_WEIGHT * weight);
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
  private Formula words(Query.Words typed, Where where, boolean withSynonyms) throws IOException {
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
   * A formula for each of the words that begin there and may be groups of one identifier, as {@code
   * 555 0134}, or have synonyms together; none if what begins there stands by itself. What is found
   * instead of them all stands for each of them: {@code (a and b) or c} is {@code (a or c) and (b
   * or c)}.
   */
  List<Formula> run(List<Query> queries, int from, Where where) throws IOException {
    List<Query> groups = queries.subList(from, IdentifierGroups.end(queries, from));
    if (groups.size() > 1) {
      return groups(groups, where);
    }
    int to = hasSynonyms() ? synonyms.end(queries, from) : from;
    return synonymous(queries.subList(from, to), where);
  }

  private List<Formula> groups(List<Query> groups, Where where) throws IOException {
    List<Formula> parts = new ArrayList<>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      int leaf = leaves.size();
      Formula word = of((Query.Words) groups.get(i), where);
      List<String> forms = identifiers(groups, i);
      parts.add(forms.isEmpty() ? word : either(word, List.of(identifier(forms, leaf, where))));
    }
    return parts;
  }

  private List<Formula> synonymous(List<Query> run, Where where) throws IOException {
    if (run.isEmpty()) {
      return List.of();
    }
    List<String> others = synonyms.of(run);
    List<Formula> parts = new ArrayList<>(run.size());
    for (Query typed : run) {
      int leaf = leaves.size();
      String text = ((Query.Words) typed).text();
      Formula word = words((Query.Words) typed, where, false);
      List<Spot.Leaf> instead = new ArrayList<>();
      for (String other : others) {
        instead.add(synonym(synonyms.forms(other), synonyms.forms(text), leaf, where));
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

  /** Words side by side, of the last of which that is the beginning. */
  Formula of(Query.Prefix prefix, Where where) {
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

  /** A word, and those that are spelled nearly so. */
  Formula of(Query.Typo typo, Where where) throws IOException {
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
}

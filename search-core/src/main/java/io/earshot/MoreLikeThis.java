package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.EverydayWords;
import io.earshot.internal.Fields;
import io.earshot.internal.Formula;
import io.earshot.internal.FormulaQueries;
import io.earshot.internal.Identifiers;
import io.earshot.internal.Identifiers.Identifier;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.SegmentedText;
import io.earshot.internal.Spot;
import io.earshot.internal.Tokens;
import io.earshot.internal.Vocabulary;
import io.earshot.internal.Where;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.TermQuery;

/**
 * Asks for interactions about the same as one.
 *
 * <p>A word weighs (1 + ln(times it stands in the interaction)) x ln(1 + interactions in scope /
 * those that have it). Of the interaction's subject and turns the {@value #MOST_WORDS} words that
 * weigh most are taken, without everyday words and the names of those who took part, and without
 * words that nothing else in scope has. What is found holds at least {@value #LEAST_PERCENT} % of
 * them, and at least {@value #FEWEST} if there are so many; or one of its identifiers.
 *
 * <p>Nothing but the scope's own documents counts.
 */
final class MoreLikeThis {
  private static final int MOST_WORDS = 25;
  private static final int LEAST_PERCENT = 20;
  private static final int FEWEST = 2;

  /** An hour's call has thousands of words; those said most often are looked up. */
  private static final int MOST_LOOKED_UP = 300;

  private static final int MOST_IDENTIFIERS = 10;
  private static final float IDENTIFIER_WEIGHT = 3;

  private final ScopedSearcher searcher;
  private final FormulaQueries queries;
  private final Interaction interaction;
  private final SegmentedText turns = new SegmentedText();
  private final Map<String, Word> words = new LinkedHashMap<>();
  private final Map<String, Identifier> identifiers = new LinkedHashMap<>();

  /**
   * For one search.
   *
   * @param languages of the interaction
   */
  MoreLikeThis(
      ScopedSearcher searcher,
      FormulaQueries queries,
      Interaction interaction,
      TurnLanguages languages) {
    this.searcher = searcher;
    this.queries = queries;
    this.interaction = interaction;
    EverydayWords everyday = EverydayWords.of(languages.all());
    Set<String> names = names();
    interaction.subject().ifPresent(line -> read(line, languages.ofAside(line), everyday, names));
    for (int i = 0; i < interaction.turns().size(); i++) {
      Turn turn = interaction.turns().get(i);
      String turnLanguage = languages.ofTurn(i);
      turns.add(turn.text(), turnLanguage);
      read(turn.text(), turnLanguage, everyday, names);
    }
  }

  /** A word of the interaction: its exact form where it stood first, and its stem. */
  private static final class Word {
    private final Spot.Terms forms;
    private final String shown;
    private int times;

    private Word(Spot.Terms forms, String shown) {
      this.forms = forms;
      this.shown = shown;
    }

    /** What it is counted by. */
    private Term inText() {
      return new Term(Fields.TEXT, forms.forms().getLast().term());
    }
  }

  private record Weighed(Word word, double weight) {}

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    for (Participant participant : interaction.participants()) {
      names.addAll(Analysis.words(participant.displayName()));
      participant.address().ifPresent(address -> names.add(Analysis.folded(address)));
    }
    return names;
  }

  private void read(String text, String textLanguage, EverydayWords everyday, Set<String> names) {
    Tokens tokens = Analysis.tokens(text, textLanguage);
    for (int i = 0; i < tokens.size(); i++) {
      String exact = tokens.exact(i);
      if (everyday.mayTell(exact) && !names.contains(exact)) {
        List<String> stems = tokens.stems(i);
        Spot.Terms forms = WordCompiler.forms(tokens, i, searcher);
        words.computeIfAbsent(
                stems.isEmpty() ? exact : stems.getFirst(), unused -> new Word(forms, exact))
            .times++;
      }
    }
    for (Identifier identifier : Identifiers.in(text)) {
      if (identifiers.size() < MOST_IDENTIFIERS && !names.contains(identifier.canonical())) {
        identifiers.putIfAbsent(identifier.canonical(), identifier);
      }
    }
  }

  /**
   * What to look for.
   *
   * @param only what the request's own query asks for
   * @param leaves is told what each leaf of the formula stands for
   */
  Search.Plan plan(Formula only, Map<Integer, String> leaves) throws IOException {
    List<Formula> parts = new ArrayList<>();
    BooleanQuery.Builder alike = new BooleanQuery.Builder();
    List<Weighed> telling = telling();
    if (!telling.isEmpty()) {
      BooleanQuery.Builder some =
          new BooleanQuery.Builder().setMinimumNumberShouldMatch(least(telling.size()));
      for (Weighed one : telling) {
        Formula formula = leaf(one.word.shown, List.of(one.word.forms), leaves);
        parts.add(formula);
        float boost = (float) (1 + Math.log(one.word.times));
        some.add(new BoostQuery(queries.of(formula), boost), Occur.SHOULD);
      }
      alike.add(some.build(), Occur.SHOULD);
    }
    Map<String, List<Spot.Forms>> written = new HashMap<>();
    for (Identifier identifier : identifiers.values()) {
      List<Spot.Forms> phrase = phrase(identifier.display());
      written.put(identifier.canonical(), phrase);
      addIdentifier(identifier, phrase, leaves, parts, alike);
    }
    if (parts.isEmpty()) {
      return new Search.Plan(
          new MatchNoDocsQuery("it holds nothing telling"), new Formula.Any(List.of()), Map.of());
    }
    BooleanQuery.Builder query =
        new BooleanQuery.Builder()
            .add(alike.build(), Occur.MUST)
            .add(queries.of(only), Occur.FILTER)
            .add(new TermQuery(new Term(Fields.ID, interaction.id())), Occur.MUST_NOT);
    if (Vocabulary.isTelling(turns)) {
      query.add(
          NumericDocValuesField.newSlowExactQuery(Fields.DIGEST, Vocabulary.digest(turns)),
          Occur.MUST_NOT);
    }
    return new Search.Plan(
        searcher.rewrite(query.build()),
        new Formula.All(List.of(new Formula.Any(parts), only)),
        Map.of(),
        written,
        false);
  }

  private void addIdentifier(
      Identifier identifier,
      List<Spot.Forms> phrase,
      Map<Integer, String> leaves,
      List<Formula> parts,
      BooleanQuery.Builder alike)
      throws IOException {
    // The phrase finds it as it was written, and marks it; the term finds it however it was.
    if (!phrase.isEmpty()) {
      Formula formula = leaf(identifier.display(), phrase, leaves);
      parts.add(formula);
      alike.add(new BoostQuery(queries.of(formula), IDENTIFIER_WEIGHT), Occur.SHOULD);
    }
    Term term = new Term(Fields.IDENTIFIER, identifier.canonical());
    if (searcher.isInScope(term)) {
      parts.add(new Formula.Filter(new TermQuery(term)));
      alike.add(new BoostQuery(new TermQuery(term), IDENTIFIER_WEIGHT), Occur.SHOULD);
    }
  }

  /** The words of an identifier that is written so. */
  static List<Spot.Forms> phrase(String display) {
    Tokens tokens = Analysis.tokens(display, "");
    List<Spot.Forms> phrase = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      phrase.add(new Spot.Terms(List.of(new Spot.Form(tokens.exact(i), 1))));
    }
    return phrase;
  }

  static Formula leaf(String text, List<Spot.Forms> words, Map<Integer, String> leaves) {
    int number = leaves.size();
    leaves.put(number, text);
    return new Formula.Found(new Spot.Leaf(number, List.copyOf(words), Where.ANYWHERE));
  }

  private static int least(int words) {
    int share = (words * LEAST_PERCENT + 99) / 100;
    return Math.min(words, Math.max(FEWEST, share));
  }

  private List<Weighed> telling() throws IOException {
    List<Word> often = new ArrayList<>(words.values());
    often.sort(Comparator.<Word>comparingInt(word -> word.times).reversed()); // stable
    // Asked for as a term, so that a cursor remembers whether it was there.
    long itself = Math.min(1, searcher.docFreq(new Term(Fields.ID, interaction.id())));
    double docs = Math.max(1, searcher.statistics().docs());
    List<Weighed> weighed = new ArrayList<>();
    for (Word word : often.subList(0, Math.min(MOST_LOOKED_UP, often.size()))) {
      if (searcher.isLeftOut(word.inText())) {
        continue; // the page before did without it
      }
      long having = searcher.docFreq(word.inText());
      if (having > itself) {
        double weight = (1 + Math.log(word.times)) * Math.log1p(docs / having);
        weighed.add(new Weighed(word, weight));
      } else {
        searcher.leaveOut(word.inText());
      }
    }
    weighed.sort(
        Comparator.comparingDouble(Weighed::weight)
            .reversed()
            .thenComparing(one -> one.word.shown));
    int taken = Math.min(MOST_WORDS, weighed.size());
    for (Weighed one : weighed.subList(taken, weighed.size())) {
      searcher.leaveOut(one.word.inText()); // a cursor need not know of it
    }
    return weighed.subList(0, taken);
  }
}

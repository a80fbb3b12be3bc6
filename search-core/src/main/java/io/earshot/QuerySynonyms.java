package io.earshot;

import io.earshot.Synonyms.Rule;
import io.earshot.internal.Analysis;
import io.earshot.internal.ScopeWords;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.Spot;
import io.earshot.internal.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what else may stand for the words of one query.
 *
 * <p>A word that stands for a word is another form of it, so that both score as one; where either
 * side has several words, the other is looked for besides. Of runs that overlap the first counts,
 * and of those the longest.
 *
 * <p>Made for one request; not thread-safe.
 */
final class QuerySynonyms {
  /** Synonyms of one run of words, and ways to write one phrase with synonyms. */
  static final int MOST = 20;

  private final Synonyms synonyms;
  private final ScopedSearcher searcher;
  private final Set<String> languages;
  private final List<String> codes = new ArrayList<>(List.of("")); // the words themselves first
  private final Set<String> warnings;
  private final Map<String, List<Word>> words = new HashMap<>();
  private final Map<String, Set<String>> usedFor = new HashMap<>();

  /**
   * For one request.
   *
   * @param languages codes of those that its words have stems in
   * @param warnings is told what was left out
   */
  QuerySynonyms(
      Synonyms synonyms, ScopedSearcher searcher, Set<String> languages, Set<String> warnings) {
    this.synonyms = synonyms;
    this.searcher = searcher;
    this.languages = languages;
    this.warnings = warnings;
    codes.addAll(languages);
  }

  /**
   * A typed word as rules compare it.
   *
   * @param inLanguages in each of the languages; the word itself first
   */
  private record Word(List<String> inLanguages) {}

  /** Whether there are no rules. */
  boolean isEmpty() {
    return synonyms.isEmpty();
  }

  private List<Word> words(String text) {
    return words.computeIfAbsent(text, this::split);
  }

  private List<Word> split(String text) {
    List<List<String>> byLanguage = codes.stream().map(code -> Synonyms.words(text, code)).toList();
    List<Word> split = new ArrayList<>();
    for (int i = 0; i < byLanguage.getFirst().size(); i++) {
      int at = i;
      split.add(new Word(byLanguage.stream().map(inLanguage -> inLanguage.get(at)).toList()));
    }
    return split;
  }

  private static List<String> inLanguage(List<Word> run, int language) {
    return run.stream().map(word -> word.inLanguages.get(language)).toList();
  }

  private boolean areTyped(List<Word> run) {
    for (int i = 0; i < codes.size(); i++) {
      if (!synonyms.rules(inLanguage(run, i), codes.get(i)).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The synonyms of those words together, in the order of the rules. */
  private List<String> others(List<Word> run) {
    Set<List<String>> seen = new LinkedHashSet<>();
    seen.add(inLanguage(run, 0));
    List<String> all = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      for (Rule rule : synonyms.rules(inLanguage(run, i), codes.get(i))) {
        for (Synonyms.Entry other : rule.lookedFor()) {
          if (seen.add(other.words())) {
            all.add(other.text());
          }
        }
      }
    }
    String typed = String.join(" ", inLanguage(run, 0));
    if (all.size() > MOST) {
      warnings.add(
          "of the synonyms of \"%s\" only the first %d were looked for"
              .formatted(QueryWarnings.printable(typed), MOST));
    }
    List<String> some = all.subList(0, Math.min(MOST, all.size()));
    for (Word word : run) {
      usedFor
          .computeIfAbsent(word.inLanguages.getFirst(), key -> new LinkedHashSet<>())
          .addAll(some);
    }
    return some;
  }

  /** Whether a typed word has a synonym whose words are all there, or is part of what has one. */
  boolean isThere(String word, ScopeWords scope) throws IOException {
    for (String other : usedFor.getOrDefault(word, Set.of())) {
      Tokens tokens = Analysis.tokens(other, languages);
      boolean all = true;
      for (int i = 0; all && i < tokens.size(); i++) {
        all = scope.holds(tokens.exact(i), tokens.stems(i));
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  /**
   * One past the last of the longest run of words that begins there and has synonyms; the same if
   * there is none of two at least, each typed by itself.
   */
  int end(List<Query> queries, int from) {
    int end = from;
    List<Word> run = new ArrayList<>();
    for (int i = from; run.size() < synonyms.longest() && i < queries.size(); i++) {
      List<Word> next =
          queries.get(i) instanceof Query.Words typed ? words(typed.text()) : List.of();
      if (next.isEmpty()) {
        break;
      }
      run.addAll(next);
      if (i > from && areTyped(run)) {
        end = i + 1;
      }
    }
    return end;
  }

  /** The synonyms of words typed one by one. */
  List<String> of(List<Query> run) {
    List<Word> all = new ArrayList<>();
    for (Query typed : run) {
      all.addAll(words(((Query.Words) typed).text()));
    }
    return others(all);
  }

  /** The words of a synonym, with their forms. */
  List<Spot.Forms> forms(String synonym) {
    Tokens tokens = Analysis.tokens(synonym, languages);
    List<Spot.Forms> forms = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      forms.add(WordCompiler.forms(tokens, i, searcher));
    }
    return forms;
  }

  /**
   * Words side by side, with synonyms.
   *
   * @param ways each way to write them; as typed first
   * @param synonyms what was put in
   */
  record SideBySide(List<List<Spot.Forms>> ways, List<String> synonyms) {}

  /** What stands for the words from..to. */
  private record Other(int from, int to, List<Spot.Forms> words) {}

  /**
   * Words side by side of a text.
   *
   * @param from index of the first one
   * @param typed their forms
   */
  SideBySide sideBySide(String text, int from, List<Spot.Forms> typed) {
    List<Word> split = words(text).subList(from, from + typed.size());
    List<Spot.Forms> asTyped = new ArrayList<>(typed);
    List<Other> others = new ArrayList<>();
    List<String> used = new ArrayList<>();
    for (int at = 0; at < split.size(); ) {
      int end = longest(split, at);
      for (String synonym : end == at ? List.<String>of() : others(split.subList(at, end))) {
        List<Spot.Forms> words = forms(synonym);
        if (end - at == 1 && words.size() == 1) {
          asTyped.set(at, either(asTyped.get(at), words.getFirst()));
        } else {
          others.add(new Other(at, end, words));
        }
        used.add(synonym);
      }
      at = Math.max(end, at + 1);
    }
    return new SideBySide(ways(asTyped, others), used);
  }

  /** One past the last of the longest run that begins there and has synonyms. */
  private int longest(List<Word> split, int from) {
    int end = Math.min(split.size(), from + synonyms.longest());
    while (end > from && !areTyped(split.subList(from, end))) {
      end--;
    }
    return end;
  }

  private static Spot.Forms either(Spot.Forms typed, Spot.Forms synonym) {
    List<Spot.Form> forms = new ArrayList<>(((Spot.Terms) typed).forms());
    Set<String> known = new LinkedHashSet<>();
    forms.forEach(form -> known.add(form.term()));
    for (Spot.Form form : ((Spot.Terms) synonym).forms()) {
      if (known.add(form.term())) {
        forms.add(new Spot.Form(form.term(), form.weight() * WordCompiler.SYNONYM_WEIGHT));
      }
    }
    return new Spot.Terms(forms);
  }

  /**
   * A way to write words.
   *
   * @param to up to which typed word synonyms were put in
   */
  private record Way(List<Spot.Forms> words, int to) {
    Way with(Other other, int typed) {
      int longer = words.size() - typed; // by what was put in before
      List<Spot.Forms> all = new ArrayList<>(words.subList(0, other.from + longer));
      all.addAll(other.words);
      all.addAll(words.subList(other.to + longer, words.size()));
      return new Way(all, other.to);
    }
  }

  /** Those with one synonym first, then with two, and so on. */
  private List<List<Spot.Forms>> ways(List<Spot.Forms> asTyped, List<Other> others) {
    List<Way> ways = new ArrayList<>(List.of(new Way(asTyped, 0)));
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      for (Other other : others) {
        if (other.from < way.to) {
          continue;
        }
        if (ways.size() > MOST) {
          warnings.add("a phrase of so many words with synonyms was not looked for in every way");
          return ways.stream().map(Way::words).toList();
        }
        ways.add(way.with(other, asTyped.size()));
      }
    }
    return ways.stream().map(Way::words).toList();
  }
}

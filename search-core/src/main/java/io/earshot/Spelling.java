package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.ScopeWords;
import io.earshot.internal.TimeLimit;
import io.earshot.internal.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says what was probably meant: the query with the closest words of its scope instead of those that
 * the scope does not hold, neither as typed nor inflected.
 *
 * <p>Words and phrases are corrected, wherever they stand, unless they are excluded: to exclude
 * another word finds no more. Filters, beginnings and {@code ~} say what they mean.
 */
final class Spelling extends QueryRewriter {
  // Each costs a look at the whole vocabulary; who mistypes more did not mean to search.
  private static final int MOST_CORRECTED = 20;

  /** Nobody reads a longer query again to find what is different. */
  private static final int LONGEST = 500;

  private final ScopeWords words;
  private final TimeLimit limit;
  private final Set<String> languages;
  private final Known known;
  private final Map<String, Optional<String>> closest = new HashMap<>();
  private boolean corrected;

  /**
   * Corrects queries to those words, with stems of those languages, as long as there is time.
   *
   * @param known words that need no correction although the scope does not hold them
   */
  Spelling(ScopeWords words, TimeLimit limit, Set<String> languages, Known known) {
    this.words = words;
    this.limit = limit;
    this.known = known;
    this.languages = new TreeSet<>(languages);
    this.languages.remove("");
  }

  /** Whether a query finds anything. */
  interface Probe {
    boolean finds(Query query) throws IOException;
  }

  /** Whether a word is found in another way. */
  interface Known {
    boolean isKnown(String word) throws IOException;
  }

  /** The query as it was probably meant; null if there is none that finds something. */
  @Nullable String better(Query query, Probe probe) throws IOException {
    Query better = rewritten(query);
    String typed = corrected ? better.toString() : "";
    return !typed.isEmpty() && typed.length() <= LONGEST && probe.finds(better) ? typed : null;
  }

  @Override
  Query rewritten(Query query) throws IOException {
    return switch (query) {
      case Query.Words typed -> new Query.Words(corrected(typed.text()));
      case Query.Phrase typed -> new Query.Phrase(corrected(typed.text()));
      case Query.Not not -> not;
      default -> super.rewritten(query);
    };
  }

  private String corrected(String text) throws IOException {
    Tokens tokens = Analysis.tokens(text, languages);
    StringBuilder better = new StringBuilder();
    List<String> meant = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Optional<String> word = closest(tokens.exact(i), tokens.stems(i));
      meant.add(word.orElse(tokens.exact(i)));
      if (word.isPresent()) {
        better.append(text, from, tokens.startOffset(i)).append(Analysis.asWritten(word.get()));
        from = tokens.endOffset(i);
      }
    }
    better.append(text, from, text.length());
    if (from == 0 || !isRead(better.toString(), meant)) {
      return text;
    }
    corrected = true;
    return better.toString();
  }

  /** Whether a text has those words: in another surrounding a word may be split otherwise. */
  private boolean isRead(String text, List<String> words) {
    Tokens tokens = Analysis.tokens(text, "");
    boolean same = tokens.size() == words.size();
    for (int i = 0; same && i < tokens.size(); i++) {
      same = tokens.exact(i).equals(words.get(i));
    }
    return same;
  }

  /** The word to write instead; empty if it is there, or nothing is close. */
  private Optional<String> closest(String word, List<String> stems) throws IOException {
    Optional<String> instead = closest.get(word);
    if (instead == null) {
      boolean leave =
          closest.size() >= MOST_CORRECTED
              || limit.isOver()
              || words.holds(word, stems)
              || known.isKnown(word);
      instead = leave ? Optional.empty() : words.closest(word);
      if (instead.isPresent() || closest.size() < MOST_CORRECTED) {
        closest.put(word, instead);
      }
    }
    return instead;
  }
}

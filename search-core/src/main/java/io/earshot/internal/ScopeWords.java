package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * The words of a scope, and in how many of its interactions each stands.
 *
 * <p>Nothing is read before something is asked for. Of a customer only the customer's own live
 * documents are counted; of a large history that is kept in a {@link ScopeCache}.
 *
 * <p>Made for one request; not thread-safe.
 */
public final class ScopeWords {
  private static final int WORTH_KEEPING = 64; // documents; fewer are counted in less than 1 ms

  private final ScopedSearcher searcher;
  private final EverybodysWords everybodys;

  /** The words of what that searcher searches. */
  public ScopeWords(ScopedSearcher searcher) {
    this.searcher = searcher;
    everybodys = new EverybodysWords(searcher);
  }

  /** The words that begin so, most interactions first, then in alphabetic order. */
  public List<Counted> beginning(String prefix, int most) throws IOException {
    BytesRef begin = new BytesRef(prefix);
    if (searcher.isEverybody()) {
      return everybodys.beginning(begin, most);
    }
    if (isWorthKeeping(searcher)) {
      return counts(searcher, Fields.WORDS).beginning(begin, most);
    }
    List<WordCounts> parts = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.leavesInScope()) {
      parts.add(OrdCounts.of(searcher, leaf, Fields.WORDS).beginning(begin));
    }
    return WordCounts.merged(parts).beginning(begin, most);
  }

  /**
   * The words that at most so many letters inserted, removed, replaced or swapped make of one, in
   * alphabetic order; with the word itself if it is there.
   *
   * @param edits at most 2
   */
  public List<String> near(String word, int edits) throws IOException {
    return candidates(word, edits).stream().map(near -> near.word.text()).sorted().toList();
  }

  /**
   * The word that was probably meant by one that is not there: of those at most two edits away (one
   * for words of up to four letters) the nearest, of those one with the same first letter, which is
   * mistyped least, of those the most frequent, of those the first in the alphabet. Digits are
   * never corrected: another number is another thing.
   */
  public Optional<String> closest(String word) throws IOException {
    int letters = word.codePointCount(0, word.length());
    if (letters < 3 || hasDigit(word)) {
      return Optional.empty();
    }
    return candidates(word, letters <= 4 ? 1 : 2).stream()
        .filter(near -> near.edits > 0 && !hasDigit(near.word.text()))
        .min(
            Comparator.comparingInt(Near::edits)
                .thenComparing(near -> near.word.text().codePointAt(0) != word.codePointAt(0))
                .thenComparingInt(near -> -near.word.interactions())
                .thenComparing(near -> near.word.text()))
        .map(near -> near.word.text());
  }

  private static boolean hasDigit(String word) {
    return word.codePoints().anyMatch(Character::isDigit);
  }

  private record Near(Counted word, int edits) {}

  private List<Near> candidates(String word, int most) throws IOException {
    Edits edits = new Edits(word, most);
    List<Near> near = new ArrayList<>();
    if (searcher.isEverybody()) {
      for (Counted found : everybodys.near(word, most)) {
        near.add(new Near(found, edits.to(new BytesRef(found.text()))));
      }
      return near;
    }
    WordCounts counts = counts(searcher, Fields.WORDS);
    BytesRef candidate = new BytesRef();
    for (int i = 0; i < counts.size(); i++) {
      int needed = edits.to(counts.word(i, candidate));
      if (needed <= most) {
        near.add(new Near(counts.get(i), needed));
      }
    }
    return near;
  }

  /** Whether an interaction holds the word in that form or with one of those stems. */
  public boolean holds(String exact, List<String> stems) throws IOException {
    for (Fields.Searched field : Fields.searched()) {
      if (isLive(new Term(field.name(), exact))) {
        return true;
      }
      for (String stem : stems) {
        if (isLive(new Term(field.name(), stem))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isLive(Term term) throws IOException {
    for (LeafReaderContext leaf : searcher.leavesInScope()) {
      PostingsEnum docs = searcher.postings(leaf, term, PostingsEnum.NONE);
      if (docs == null) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      int end = searcher.endDoc(leaf);
      for (int doc = docs.advance(searcher.firstDoc(leaf)); doc < end; doc = docs.nextDoc()) {
        if (live == null || live.get(doc)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isWorthKeeping(ScopedSearcher searcher) {
    return searcher.liveDocs() >= WORTH_KEEPING;
  }

  /**
   * What the customer's documents have in a field. Counted segment by segment, and each is kept: a
   * new interaction is a new small segment, and the large ones stay as they are.
   */
  static WordCounts counts(ScopedSearcher searcher, String field) throws IOException {
    List<LeafReaderContext> leaves = searcher.leavesInScope();
    if (!isWorthKeeping(searcher)) {
      return counted(searcher, leaves, field);
    }
    String customer = searcher.customer().orElseThrow();
    return searcher
        .cache()
        .get(
            leaves,
            customer,
            field,
            WordCounts.class,
            () -> {
              List<WordCounts> parts = new ArrayList<>();
              for (LeafReaderContext leaf : leaves) {
                List<LeafReaderContext> one = List.of(leaf);
                parts.add(
                    leaves.size() == 1
                        ? counted(searcher, one, field)
                        : searcher
                            .cache()
                            .get(
                                one,
                                customer,
                                field,
                                WordCounts.class,
                                () -> counted(searcher, one, field)));
              }
              return WordCounts.merged(parts);
            });
  }

  private static WordCounts counted(
      ScopedSearcher searcher, List<LeafReaderContext> leaves, String field) throws IOException {
    List<WordCounts> parts = new ArrayList<>();
    for (LeafReaderContext leaf : leaves) {
      parts.add(OrdCounts.of(searcher, leaf, field).words());
    }
    return WordCounts.merged(parts);
  }
}

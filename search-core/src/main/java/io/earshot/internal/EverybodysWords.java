package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * The words of everybody: of the terms of the searched fields, since counting over all documents
 * would take seconds.
 *
 * <p>Terms count deleted documents until their segment is merged, and a document in each field that
 * has the word. Few words are asked for, so theirs are counted exactly, up to a limit.
 */
final class EverybodysWords {
  private static final int MOST_TERMS = 200_000;
  private static final int MOST_COUNTED = 20_000;

  private final ScopedSearcher searcher;

  EverybodysWords(ScopedSearcher searcher) {
    this.searcher = searcher;
  }

  /** The words that begin so, most interactions first, then by the alphabet. */
  List<Counted> beginning(BytesRef prefix, int most) throws IOException {
    Map<BytesRef, Integer> found = new TreeMap<>();
    for (Fields.Searched field : Fields.searched()) {
      TermsEnum terms = searcher.terms(field.name());
      if (terms.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
        continue;
      }
      BytesRef term = terms.term();
      for (int n = 0; n < MOST_TERMS && term != null; n++, term = terms.next()) {
        if (!StringHelper.startsWith(term, prefix)) {
          break;
        }
        add(term, terms.docFreq(), found);
      }
    }
    return best(found, most);
  }

  private static void add(BytesRef term, int docFreq, Map<BytesRef, Integer> found) {
    if (isWord(term)) {
      Integer before = found.get(term);
      if (before == null || before < docFreq) {
        found.put(BytesRef.deepCopyOf(term), docFreq);
      }
    }
  }

  private static boolean isWord(BytesRef term) {
    for (int i = term.offset; i < term.offset + term.length; i++) {
      if (term.bytes[i] == Analysis.STEM_MARK) {
        return false;
      }
    }
    return true;
  }

  private List<Counted> best(Map<BytesRef, Integer> found, int most) throws IOException {
    List<Map.Entry<BytesRef, Integer>> byFrequency = new ArrayList<>(found.entrySet());
    byFrequency.sort(Map.Entry.<BytesRef, Integer>comparingByValue().reversed());
    List<Counted> best = new ArrayList<>();
    for (int i = 0; i < byFrequency.size() && best.size() < most; i++) {
      Counted word = counted(byFrequency.get(i).getKey(), byFrequency.get(i).getValue());
      if (word.interactions() > 0) {
        best.add(word);
      }
    }
    best.sort(Comparator.comparingInt(Counted::interactions).reversed()); // else as they came
    return best;
  }

  private Counted counted(BytesRef word, int docFreq) throws IOException {
    return new Counted(
        word.utf8ToString(), docFreq > MOST_COUNTED ? docFreq : count(word, Integer.MAX_VALUE));
  }

  /** How many live documents have that word in any field, counted up to a limit. */
  private int count(BytesRef word, int limit) throws IOException {
    int count = 0;
    for (LeafReaderContext leaf : searcher.leavesInScope()) {
      Bits live = leaf.reader().getLiveDocs();
      Set<Integer> docs = new HashSet<>();
      for (Fields.Searched field : Fields.searched()) {
        PostingsEnum postings =
            searcher.postings(leaf, new Term(field.name(), word), PostingsEnum.NONE);
        if (postings == null) {
          continue;
        }
        int doc = postings.nextDoc();
        while (doc != DocIdSetIterator.NO_MORE_DOCS && count + docs.size() < limit) {
          if (live == null || live.get(doc)) {
            docs.add(doc);
          }
          doc = postings.nextDoc();
        }
      }
      count += docs.size();
    }
    return count;
  }

  /** Whether any interaction holds that word. */
  private boolean holds(String word) throws IOException {
    return count(new BytesRef(word), 1) > 0;
  }

  /** The words that so many edits at most make of one, in alphabetic order. */
  List<Counted> near(String word, int edits) throws IOException {
    CompiledAutomaton automaton;
    try {
      automaton = new CompiledAutomaton(new LevenshteinAutomata(word, true).toAutomaton(edits));
    } catch (TooComplexToDeterminizeException e) {
      return holds(word) ? List.of(new Counted(word, 1)) : List.of(); // hundreds of letters
    }
    Map<BytesRef, Integer> found = new TreeMap<>();
    for (LeafReaderContext leaf : searcher.leavesInScope()) {
      for (Fields.Searched field : Fields.searched()) {
        Terms terms = leaf.reader().terms(field.name());
        if (terms == null) {
          continue;
        }
        TermsEnum near = terms.intersect(automaton, null);
        for (BytesRef term = near.next(); term != null; term = near.next()) {
          add(term, near.docFreq(), found);
        }
      }
    }
    List<Counted> words = new ArrayList<>();
    for (Map.Entry<BytesRef, Integer> one : found.entrySet()) {
      Counted counted = counted(one.getKey(), one.getValue());
      if (counted.interactions() > 0) {
        words.add(counted);
      }
    }
    return words;
  }
}

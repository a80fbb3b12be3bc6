package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;

/**
 * The identifiers of a scope, numbered; but not the addresses and telephone numbers of those who
 * took part, which say who and not what about. For one request on one thread.
 */
public final class SharedIdentifiers {
  private static final int LAST_DIGITS = 9; // of a telephone number, without its country

  private final Set<String> people = new HashSet<>();
  private final Map<String, Integer> writings = new HashMap<>(); // as written; number of the way
  private final List<String> written = new ArrayList<>(); // by way
  private final Map<String, Integer> numbers = new HashMap<>(); // by canonical form
  private int[] numberOf = new int[64]; // by way; -1 for a person's
  private int[] docsOfWriting = new int[64]; // by way
  private int[] docs = new int[64]; // by number

  /** Of the documents of that scope. */
  public SharedIdentifiers(ScopedSearcher scope) throws IOException {
    for (LeafReaderContext leaf : scope.leavesInScope()) {
      for (String person : TellingWords.peopleOf(scope, leaf)) {
        people.add(withoutCountry(person));
      }
    }
  }

  private static String withoutCountry(String person) {
    Optional<String> digits = Identifiers.telephoneDigits(person);
    return digits
        .map(all -> all.substring(Math.max(0, all.length() - LAST_DIGITS)))
        .orElseGet(() -> Analysis.folded(person));
  }

  /** Reads the identifiers of one segment's documents, in ascending order. */
  public Leaf leaf(LeafReaderContext leaf) throws IOException {
    return new Leaf(leaf);
  }

  /** The identifiers of one segment. */
  public final class Leaf {
    private final SortedSetDocValues values;
    private final Numbers wayOf = new Numbers(); // by ordinal

    private Leaf(LeafReaderContext leaf) throws IOException {
      values = DocValues.getSortedSet(leaf.reader(), Fields.IDENTIFIER);
    }

    /** The identifiers of a document, in ascending order; counts them. Once a document. */
    public int[] count(int doc) throws IOException {
      if (!values.advanceExact(doc)) {
        return new int[0];
      }
      int[] found = new int[values.docValueCount()];
      int size = 0;
      for (int n = values.docValueCount(); n > 0; n--) {
        int ord = Math.toIntExact(values.nextOrd());
        int way = wayOf.get(ord);
        if (way == Numbers.NONE) {
          way = way(values.lookupOrd(ord).utf8ToString());
          wayOf.put(ord, way);
        }
        docsOfWriting[way]++;
        if (numberOf[way] >= 0) {
          found[size++] = numberOf[way];
        }
      }
      Arrays.sort(found, 0, size);
      int distinct = 0;
      for (int i = 0; i < size; i++) {
        if (distinct == 0 || found[distinct - 1] != found[i]) {
          found[distinct++] = found[i];
          docs[found[i]]++;
        }
      }
      return Arrays.copyOf(found, distinct);
    }
  }

  private int way(String display) {
    Integer known = writings.get(display);
    if (known == null) {
      known = writings.size();
      writings.put(display, known);
      written.add(display);
      if (known == numberOf.length) {
        numberOf = Arrays.copyOf(numberOf, 2 * known);
        docsOfWriting = Arrays.copyOf(docsOfWriting, 2 * known);
      }
      numberOf[known] = number(Identifiers.canonical(display));
    }
    return known;
  }

  private int number(String canonical) {
    if (people.contains(withoutCountry(canonical))) {
      return -1;
    }
    int number = numbers.computeIfAbsent(canonical, unused -> numbers.size());
    if (number == docs.length) {
      docs = Arrays.copyOf(docs, 2 * number);
    }
    return number;
  }

  /** How many identifiers there are; they are numbered from 0. */
  public int size() {
    return numbers.size();
  }

  /** How many of the documents that were counted have it. */
  public int docs(int identifier) {
    return docs[identifier];
  }

  /** Of each identifier the way most documents write it; of those ways, the first by alphabet. */
  public List<String> commonestWritings() {
    String[] best = new String[numbers.size()];
    int[] most = new int[numbers.size()];
    for (int way = 0; way < written.size(); way++) {
      int number = numberOf[way];
      if (number >= 0
          && (docsOfWriting[way] > most[number]
              || (docsOfWriting[way] == most[number]
                  && written.get(way).compareTo(best[number]) < 0))) {
        best[number] = written.get(way);
        most[number] = docsOfWriting[way];
      }
    }
    return List.of(best);
  }
}

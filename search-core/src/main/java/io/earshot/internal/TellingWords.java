package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.Bits;

/**
 * The telling words of a scope, numbered, and in how many of its documents each stands.
 *
 * <p>Forms of one stem are one word. {@linkplain EverydayWords Everyday words} are left out, and
 * the names and addresses of those who took part: a name says who, not what about.
 *
 * <p>Reads every document of the scope once, from doc values. Made for one request; not
 * thread-safe.
 */
public final class TellingWords {
  /** Names of more words are those of departments, such as "Acme Returns and Refunds". */
  private static final int MOST_WORDS_OF_A_NAME = 3;

  private final UnaryOperator<String> stemmer;
  private final EverydayWords everyday;
  private final Set<String> names;
  private final Map<String, Integer> forms = new HashMap<>(); // number of the form, -1 if everyday
  private final Map<String, Integer> stems = new HashMap<>();
  private final List<String> stemOf = new ArrayList<>(); // by word
  private final List<String> shown = new ArrayList<>(); // by form
  private int[] wordOf = new int[256]; // by form
  private int[] docsOfForm = new int[256];
  private int[] docs = new int[256]; // by word
  private int[] seenIn = new int[256];
  private int reads;

  /**
   * Of the documents of that scope.
   *
   * @param language whose stems make forms one word
   */
  public TellingWords(ScopedSearcher scope, String language) throws IOException {
    stemmer = Analysis.stemmer(language);
    Set<String> languages = new HashSet<>(Set.of(language));
    names = new HashSet<>();
    for (LeafReaderContext leaf : scope.leavesInScope()) {
      languages.addAll(valuesOf(scope, leaf, Fields.LANGUAGE));
      for (String person : peopleOf(scope, leaf)) {
        addName(person);
      }
    }
    everyday = EverydayWords.of(languages);
  }

  static boolean isLive(LeafReaderContext leaf, int doc) {
    Bits live = leaf.reader().getLiveDocs();
    return live == null || live.get(doc);
  }

  /** Names and addresses of those who took part in the scope's documents of a segment. */
  static List<String> peopleOf(ScopedSearcher scope, LeafReaderContext leaf) throws IOException {
    return valuesOf(scope, leaf, Fields.PEOPLE);
  }

  private static List<String> valuesOf(ScopedSearcher scope, LeafReaderContext leaf, String field)
      throws IOException {
    SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), field);
    List<String> found = new ArrayList<>();
    Numbers seen = new Numbers();
    for (int doc = scope.firstDoc(leaf); doc < scope.endDoc(leaf); doc++) {
      if (isLive(leaf, doc) && values.advanceExact(doc)) {
        for (int n = values.docValueCount(); n > 0; n--) {
          int ord = Math.toIntExact(values.nextOrd());
          if (seen.add(ord)) {
            found.add(values.lookupOrd(ord).utf8ToString());
          }
        }
      }
    }
    return found;
  }

  private void addName(String person) {
    Tokens tokens = Analysis.tokens(person, "");
    if (tokens.size() <= MOST_WORDS_OF_A_NAME) {
      for (int i = 0; i < tokens.size(); i++) {
        names.add(tokens.exact(i));
      }
    }
  }

  /** Reads the words of one segment's documents, in ascending order. */
  public Leaf leaf(LeafReaderContext leaf) throws IOException {
    return new Leaf(leaf);
  }

  /** The words of one segment. */
  public final class Leaf {
    private final SortedSetDocValues values;
    private final Numbers formOf = new Numbers();
    private int[] read = new int[64];

    private Leaf(LeafReaderContext leaf) throws IOException {
      values = DocValues.getSortedSet(leaf.reader(), Fields.WORDS);
    }

    /** The telling words of a document, in ascending order; counts them. Once a document. */
    public int[] count(int doc) throws IOException {
      if (!values.advanceExact(doc)) {
        return new int[0];
      }
      reads++;
      int size = 0;
      for (int n = values.docValueCount(); n > 0; n--) {
        int ord = Math.toIntExact(values.nextOrd());
        int form = formOf.get(ord);
        if (form == Numbers.NONE) {
          form = form(values.lookupOrd(ord).utf8ToString());
          formOf.put(ord, form);
        }
        if (form < 0) {
          continue;
        }
        docsOfForm[form]++;
        int word = wordOf[form];
        if (seenIn[word] != reads) { // another form of it stands in the document, too
          seenIn[word] = reads;
          docs[word]++;
          if (size == read.length) {
            read = Arrays.copyOf(read, 2 * size);
          }
          read[size++] = word;
        }
      }
      int[] words = Arrays.copyOf(read, size);
      Arrays.sort(words);
      return words;
    }
  }

  private int form(String form) {
    Integer known = forms.get(form);
    if (known == null) {
      known = mayTell(form) ? newForm(form) : -1;
      forms.put(form, known);
    }
    return known;
  }

  /** Whether a word, folded, is one that may tell what something is about. */
  public boolean mayTell(String word) {
    return everyday.mayTell(word) && !names.contains(withoutPossessive(word));
  }

  private static String withoutPossessive(String word) {
    return word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
  }

  private int newForm(String form) {
    int number = shown.size();
    shown.add(form);
    String stem = stemmer.apply(form);
    int word = stems.computeIfAbsent(stem, unused -> stems.size());
    if (word == stemOf.size()) {
      stemOf.add(stem);
    }
    if (number == wordOf.length) {
      wordOf = Arrays.copyOf(wordOf, 2 * number);
      docsOfForm = Arrays.copyOf(docsOfForm, 2 * number);
    }
    wordOf[number] = word;
    if (word == docs.length) {
      docs = Arrays.copyOf(docs, 2 * word);
      seenIn = Arrays.copyOf(seenIn, 2 * word);
    }
    return number;
  }

  /** How many words there are; they are numbered from 0. */
  public int size() {
    return stems.size();
  }

  /** What its forms have in common; whatever the order in which documents were read. */
  public String stem(int word) {
    return stemOf.get(word);
  }

  /** In how many of the documents that were counted the word stands. */
  public int docs(int word) {
    return docs[word];
  }

  /** Of each word the form that most documents have; of those the shortest, then by alphabet. */
  public List<String> commonestForms() {
    String[] best = new String[stems.size()];
    int[] most = new int[stems.size()];
    for (int form = 0; form < shown.size(); form++) {
      int word = wordOf[form];
      String text = shown.get(form);
      if (docsOfForm[form] > most[word]
          || (docsOfForm[form] == most[word] && isBefore(text, best[word]))) {
        best[word] = text;
        most[word] = docsOfForm[form];
      }
    }
    return List.of(best);
  }

  private static boolean isBefore(String text, String other) {
    return text.length() < other.length()
        || (text.length() == other.length() && text.compareTo(other) < 0);
  }
}

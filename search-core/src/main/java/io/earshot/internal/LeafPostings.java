package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads where the words of one {@link Spot.Leaf} stand, document after document of one segment.
 *
 * <p>Documents are asked for in ascending order. Made for one request; not thread-safe.
 */
final class LeafPostings {
  private final ScopedSearcher searcher;
  private final LeafReaderContext leaf;
  private final Spot.Leaf spot;
  private final int flags;
  private final List<Field> fields = new ArrayList<>();
  private @Nullable SortedSetDocValues vocabulary;

  LeafPostings(ScopedSearcher searcher, LeafReaderContext leaf, Spot.Leaf spot, boolean withOffsets)
      throws IOException {
    this.searcher = searcher;
    this.leaf = leaf;
    this.spot = spot;
    flags = withOffsets ? PostingsEnum.OFFSETS : PostingsEnum.POSITIONS;
    List<Fields.Searched> searched = Fields.searched();
    for (int number = 0; number < searched.size(); number++) {
      if (spot.where().part().fields().contains(searched.get(number))
          && searcher.hasWords(leaf, searched.get(number).name())) {
        fields.add(new Field(searched.get(number).name(), number));
      }
    }
  }

  /** A term as a form of the phrase's word of that number. */
  private record Place(int word, Term term) {}

  /** Where the words stand side by side, in the order of fields and positions. */
  List<Occurrence> in(int doc) throws IOException {
    List<Occurrence> found = new ArrayList<>();
    for (Field field : fields) {
      field.sideBySide(doc, found);
    }
    return found;
  }

  /**
   * The words in one field. Each word has postings of its own, also where two are the same: the
   * positions of a document can be read once.
   */
  private final class Field {
    private final String name;
    private final int number;
    private final List<List<Term>> words = new ArrayList<>();
    private final Map<Place, @Nullable PostingsEnum> open = new HashMap<>();

    private Field(String name, int number) throws IOException {
      this.name = name;
      this.number = number;
      for (Spot.Forms forms : spot.words()) {
        List<Term> terms = new ArrayList<>();
        if (forms instanceof Spot.Terms listed) {
          boolean stems = listed.isWordAndStem() && searcher.isStemmed(leaf);
          listed.forms().stream()
              .skip(stems ? 1 : 0) // the word stands nowhere where its stem does not
              .forEach(form -> terms.add(new Term(name, form.term())));
        }
        words.add(terms);
      }
    }

    private Positions positions(int word, int doc) throws IOException {
      Positions all = new Positions(searcher.timeLimit());
      for (Term term : words.get(word)) {
        add(term, word, doc, all);
      }
      if (spot.words().get(word) instanceof Spot.Beginning beginning) {
        for (String found : wordsThatBegin(beginning.prefix(), doc)) {
          add(new Term(name, found), word, doc, all);
        }
      }
      return all;
    }

    private void add(Term term, int word, int doc, Positions all) throws IOException {
      if (!searcher.mayHave(leaf, term, doc)) {
        return;
      }
      Place place = new Place(word, term);
      PostingsEnum docs = open.get(place);
      if (docs == null) {
        docs = searcher.postings(leaf, term, flags);
        if (docs == null) {
          return;
        }
        open.put(place, docs);
      }
      if (docs.docID() < doc) {
        docs.advance(doc);
      }
      if (docs.docID() == doc) {
        all.add(docs);
      }
    }

    private void sideBySide(int doc, List<Occurrence> found) throws IOException {
      List<Positions> at = new ArrayList<>(words.size());
      for (int i = 0; i < words.size(); i++) {
        at.add(positions(i, doc));
      }
      SideBySide places = new SideBySide(at);
      while (places.next()) {
        found.add(
            new Occurrence(
                spot.number(),
                number,
                places.first(),
                places.last(),
                places.startOffset(),
                places.endOffset()));
      }
    }
  }

  private List<String> wordsThatBegin(String prefix, int doc) throws IOException {
    if (vocabulary == null) {
      vocabulary = DocValues.getSortedSet(leaf.reader(), Fields.WORDS);
    }
    List<String> words = new ArrayList<>();
    if (!vocabulary.advanceExact(doc)) {
      return words;
    }
    BytesRef begin = new BytesRef(prefix);
    long first = vocabulary.lookupTerm(begin);
    first = first < 0 ? -first - 1 : first;
    for (int n = vocabulary.docValueCount(); n > 0; n--) {
      long ord = vocabulary.nextOrd();
      if (ord >= first) {
        BytesRef word = vocabulary.lookupOrd(ord);
        if (!StringHelper.startsWith(word, begin)) {
          break; // in the order of the alphabet, so none that follows does
        }
        words.add(word.utf8ToString());
      }
    }
    return words;
  }
}

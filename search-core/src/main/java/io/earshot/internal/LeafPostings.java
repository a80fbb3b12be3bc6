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

  /** Where the words stand side by side, in the order of fields and positions. */
  List<Occurrence> in(int doc) throws IOException {
    List<Occurrence> found = new ArrayList<>();
    for (Field field : fields) {
      field.sideBySide(doc, found);
    }
    return found;
  }

  /** A form of a word in one field, and its postings once they were needed. */
  private final class Form {
    private final Term term;
    private final ScopedSearcher.InSegment known;
    private @Nullable PostingsEnum postings;

    private Form(Term term) throws IOException {
      this.term = term;
      known = searcher.in(leaf, term);
    }

    private void addTo(Positions all, int doc) throws IOException {
      if (!known.mayHave(doc)) {
        return;
      }
      PostingsEnum docs = postings;
      if (docs == null) {
        docs = searcher.postings(leaf, term, flags);
        if (docs == null) {
          return;
        }
        postings = docs;
      }
      if (docs.docID() < doc) {
        docs.advance(doc);
      }
      if (docs.docID() == doc) {
        all.add(docs);
      }
    }
  }

  /**
   * A word in one field. Each has postings of its own, also where two are the same: the positions
   * of a document can be read once.
   */
  private final class Word {
    private final String field;
    private final List<Form> listed = new ArrayList<>();
    private final @Nullable String prefix;
    private final Map<String, Form> begun = new HashMap<>();

    private Word(String field, Spot.Forms forms) throws IOException {
      this.field = field;
      if (forms instanceof Spot.Terms terms) {
        boolean stems = terms.isWordAndStem();
        // The word stands nowhere where its stem does not.
        for (Spot.Form form : terms.forms().subList(stems ? 1 : 0, terms.forms().size())) {
          listed.add(new Form(new Term(field, form.term())));
        }
      }
      prefix = forms instanceof Spot.Beginning beginning ? beginning.prefix() : null;
    }

    private Positions positions(int doc) throws IOException {
      Positions all = new Positions(searcher.timeLimit());
      for (Form form : listed) {
        form.addTo(all, doc);
      }
      if (prefix != null) {
        for (String word : wordsThatBegin(prefix, doc)) {
          Form form = begun.get(word);
          if (form == null) {
            form = new Form(new Term(field, word));
            begun.put(word, form);
          }
          form.addTo(all, doc);
        }
      }
      return all;
    }
  }

  /** The words in one field. */
  private final class Field {
    private final int number;
    private final List<Word> words = new ArrayList<>();

    private Field(String name, int number) throws IOException {
      this.number = number;
      for (Spot.Forms forms : spot.words()) {
        words.add(new Word(name, forms));
      }
    }

    private void sideBySide(int doc, List<Occurrence> found) throws IOException {
      List<Positions> at = new ArrayList<>(words.size());
      for (Word word : words) {
        at.add(word.positions(doc));
      }
      SideBySide places = new SideBySide(at);
      while (places.next()) {
        found.add(
            new Occurrence(
                spot.clause(),
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

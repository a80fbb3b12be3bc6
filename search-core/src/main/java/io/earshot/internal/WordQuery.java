package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.Similarity;
import org.jspecify.annotations.Nullable;

/**
 * Finds one word in several fields and forms.
 *
 * <p>In each field its forms score as one term, as in a {@link SynonymQuery}; of the fields the
 * best counts, and a share of the others, as in a {@link DisjunctionMaxQuery}. Unlike these it
 * looks a term up once a request, and only in segments that hold documents in scope: with a small
 * customer that is most of the work. Where every word has a stem, a word's stem has all of its
 * documents: the word itself is then only looked at to score them. Runs in a {@link ScopedSearcher}
 * only.
 */
final class WordQuery extends Query {
  private final List<Fields.Searched> fields;
  private final Spot.Terms forms;

  WordQuery(List<Fields.Searched> fields, Spot.Terms forms) {
    this.fields = List.copyOf(fields);
    this.forms = forms;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    ScopedSearcher scoped = (ScopedSearcher) searcher;
    List<InField> found = new ArrayList<>();
    for (Fields.Searched field : fields) {
      if (!scoped.hasWords(field.name())) {
        continue;
      }
      InField inField = new InField(field.name());
      List<Term> all = new ArrayList<>(forms.forms().size());
      for (Spot.Form form : forms.forms()) {
        all.add(new Term(field.name(), form.term()));
      }
      if (forms.isWordAndStem()) {
        scoped.lookUp(all.getFirst(), all.getLast());
      }
      for (int i = 0; i < all.size(); i++) {
        if (scoped.mayHave(all.get(i))) {
          boolean hasStem = forms.isWordAndStem() && i == 0;
          inField.forms.add(new Form(all.get(i), forms.forms().get(i).weight(), hasStem));
        }
      }
      if (!inField.forms.isEmpty()) {
        if (scoreMode.needsScores()) {
          inField.scorer =
              searcher
                  .getSimilarity()
                  .scorer(
                      boost * scoped.ranking().weight(field.name()),
                      searcher.collectionStatistics(field.name()),
                      scoped.statisticsOf(all, forms.isWordAndStem()));
        }
        found.add(inField);
      }
    }
    return new WordWeight(scoped, found, scoreMode);
  }

  /**
   * One form of the word in one field.
   *
   * @param weight what an occurrence counts
   * @param hasStem whether another form is its stem
   */
  private record Form(Term term, float weight, boolean hasStem) {}

  /** The word in one field. */
  private static final class InField {
    private final String name;
    private final List<Form> forms = new ArrayList<>();
    private Similarity.@Nullable SimScorer scorer; // null: scores are not asked for

    private InField(String name) {
      this.name = name;
    }
  }

  private final class WordWeight extends Weight {
    private final ScopedSearcher searcher;
    private final List<InField> fields;
    private final ScoreMode scoreMode;

    private WordWeight(ScopedSearcher searcher, List<InField> fields, ScoreMode scoreMode) {
      super(WordQuery.this);
      this.searcher = searcher;
      this.fields = fields;
      this.scoreMode = scoreMode;
    }

    @Override
    public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
      List<Postings> postings = new ArrayList<>();
      List<DocIdSetIterator> leading = new ArrayList<>();
      List<ScopedBits> known = new ArrayList<>(); // of those that lead
      boolean stemmed = forms.isWordAndStem();
      int flags = scoreMode.needsScores() ? PostingsEnum.FREQS : PostingsEnum.NONE;
      for (int field = 0; field < fields.size(); field++) {
        for (Form form : fields.get(field).forms) {
          boolean leads = !(stemmed && form.hasStem);
          DocIdSetIterator docs =
              leads || scoreMode.needsScores() ? searcher.docs(leaf, form.term, flags) : null;
          if (docs != null) {
            ScopedBits bits = searcher.bits(leaf, form.term);
            postings.add(new Postings(docs, bits, field, form.weight));
            if (leads) {
              leading.add(docs);
              Optional.ofNullable(bits).ifPresent(known::add);
            }
          }
        }
      }
      if (leading.isEmpty()) {
        return null;
      }
      float otherFields = searcher.ranking().otherFields();
      Scores scores =
          scoreMode.needsScores() ? new Scores(leaf, fields, postings, otherFields) : null;
      return new DefaultScorerSupplier(new WordScorer(anyOf(leading, known), scores));
    }

    private static DocIdSetIterator anyOf(List<DocIdSetIterator> postings, List<ScopedBits> bits) {
      if (postings.size() == bits.size()) {
        return ScopedBits.anyOf(bits).iterator();
      }
      postings.sort(Comparator.comparingLong(DocIdSetIterator::cost).reversed());
      return postings.size() == 1
          ? postings.getFirst()
          : new Any(postings.toArray(DocIdSetIterator[]::new));
    }

    @Override
    public Explanation explain(LeafReaderContext leaf, int doc) throws IOException {
      Scorer scorer = scorer(leaf);
      return scorer != null && scorer.iterator().advance(doc) == doc
          ? Explanation.match(scorer.score(), WordQuery.this.toString())
          : Explanation.noMatch(WordQuery.this.toString());
    }

    @Override
    public boolean isCacheable(LeafReaderContext leaf) {
      return false; // it depends on the scope
    }
  }

  /**
   * Documents of one form in one field.
   *
   * @param bits the same documents, where they are known
   * @param field index of the field
   * @param weight what an occurrence counts
   */
  private record Postings(
      DocIdSetIterator docs, @Nullable ScopedBits bits, int field, float weight) {
    int freq() throws IOException {
      return docs instanceof ScopedDocs.Iterator read ? read.freq() : ((PostingsEnum) docs).freq();
    }
  }

  /** What one segment's documents score. */
  private static final class Scores {
    private final List<InField> fields;
    private final Postings[] postings;
    private final @Nullable NumericDocValues[] norms;
    private final float[] freqs;
    private final float otherFields;

    private Scores(
        LeafReaderContext leaf, List<InField> fields, List<Postings> postings, float otherFields)
        throws IOException {
      this.otherFields = otherFields;
      this.fields = fields;
      this.postings = postings.toArray(Postings[]::new);
      norms = new NumericDocValues[fields.size()];
      for (int i = 0; i < norms.length; i++) {
        norms[i] = leaf.reader().getNormValues(fields.get(i).name);
      }
      freqs = new float[fields.size()];
    }

    float of(int doc) throws IOException {
      for (Postings one : postings) {
        if (one.bits != null && !one.bits.has(doc)) {
          continue;
        }
        int at = one.docs.docID();
        if (at < doc) { // the documents were found by others
          at = one.docs.advance(doc);
        }
        if (at == doc) {
          freqs[one.field] += one.weight * one.freq();
        }
      }
      float best = 0;
      double sum = 0;
      for (int i = 0; i < freqs.length; i++) {
        Similarity.SimScorer scorer = fields.get(i).scorer;
        if (freqs[i] > 0 && scorer != null) {
          NumericDocValues norm = norms[i];
          long length = norm != null && norm.advanceExact(doc) ? norm.longValue() : 1;
          float score = scorer.score(freqs[i], length);
          best = Math.max(best, score);
          sum += score;
        }
        freqs[i] = 0;
      }
      return (float) (best + otherFields * (sum - best));
    }
  }

  private static final class WordScorer extends Scorer {
    private final DocIdSetIterator documents;
    private final @Nullable Scores scores;

    private WordScorer(DocIdSetIterator documents, @Nullable Scores scores) {
      this.documents = documents;
      this.scores = scores;
    }

    @Override
    public int docID() {
      return documents.docID();
    }

    @Override
    public DocIdSetIterator iterator() {
      return documents;
    }

    @Override
    public float getMaxScore(int upTo) {
      return Float.POSITIVE_INFINITY;
    }

    @Override
    public float score() throws IOException {
      return scores == null ? 1 : scores.of(documents.docID());
    }
  }

  /**
   * Documents of any of a handful of postings: too few for a heap to pay. The longest come first:
   * where it has the document, the others need not be looked at.
   */
  private static final class Any extends DocIdSetIterator {
    private final DocIdSetIterator[] postings;
    private int doc = -1;

    private Any(DocIdSetIterator[] postings) {
      this.postings = postings;
    }

    @Override
    public int docID() {
      return doc;
    }

    @Override
    public int nextDoc() throws IOException {
      return advance(doc + 1);
    }

    @Override
    public int advance(int target) throws IOException {
      int next = NO_MORE_DOCS;
      for (DocIdSetIterator one : postings) {
        int at = one.docID();
        if (at < target) {
          at = one.advance(target);
        }
        next = Math.min(next, at);
        if (next == target) {
          break;
        }
      }
      doc = next;
      return doc;
    }

    @Override
    public long cost() {
      long cost = 0;
      for (DocIdSetIterator one : postings) {
        cost = Math.max(cost, one.cost());
      }
      return cost;
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return forms.forms().isEmpty() ? "no word" : forms.forms().getFirst().term();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WordQuery that
        && fields.equals(that.fields)
        && forms.equals(that.forms);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fields, forms);
  }
}

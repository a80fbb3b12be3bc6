package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
 * customer that is most of the work. Runs in a {@link ScopedSearcher} only.
 */
final class WordQuery extends Query {
  private final List<Fields.Searched> fields;
  private final List<Spot.Form> forms;

  WordQuery(List<Fields.Searched> fields, List<Spot.Form> forms) {
    this.fields = List.copyOf(fields);
    this.forms = List.copyOf(forms);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    ScopedSearcher scoped = (ScopedSearcher) searcher;
    List<InField> found = new ArrayList<>();
    for (Fields.Searched field : fields) {
      InField inField = new InField(field.name());
      List<Term> all = new ArrayList<>(forms.size());
      for (Spot.Form form : forms) {
        Term term = new Term(field.name(), form.term());
        all.add(term);
        if (scoped.docFreqInScope(term) > 0) {
          inField.terms.add(term);
          inField.weights.add(form.weight());
        }
      }
      if (!inField.terms.isEmpty()) {
        if (scoreMode.needsScores()) {
          inField.scorer =
              searcher
                  .getSimilarity()
                  .scorer(
                      boost * field.weight(),
                      searcher.collectionStatistics(field.name()),
                      scoped.statisticsOf(all));
        }
        found.add(inField);
      }
    }
    return new WordWeight(scoped, found, scoreMode);
  }

  /** The word in one field. */
  private static final class InField {
    private final String name;
    private final List<Term> terms = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();
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
      int flags = scoreMode.needsScores() ? PostingsEnum.FREQS : PostingsEnum.NONE;
      for (int field = 0; field < fields.size(); field++) {
        InField in = fields.get(field);
        for (int i = 0; i < in.terms.size(); i++) {
          DocIdSetIterator docs = searcher.docs(leaf, in.terms.get(i), flags);
          if (docs != null) {
            postings.add(new Postings(docs, field, in.weights.get(i)));
          }
        }
      }
      if (postings.isEmpty()) {
        return null;
      }
      postings.sort(Comparator.comparingLong((Postings one) -> one.docs.cost()).reversed());
      Scores scores = scoreMode.needsScores() ? new Scores(leaf, fields) : null;
      return new DefaultScorerSupplier(new WordScorer(postings.toArray(Postings[]::new), scores));
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
   * @param field index of the field
   * @param weight what an occurrence counts
   */
  private record Postings(DocIdSetIterator docs, int field, float weight) {
    int freq() throws IOException {
      return docs instanceof ScopedDocs.Iterator read ? read.freq() : ((PostingsEnum) docs).freq();
    }
  }

  /** What one segment's documents score. */
  private static final class Scores {
    private final List<InField> fields;
    private final @Nullable NumericDocValues[] norms;
    private final float[] freqs;

    private Scores(LeafReaderContext leaf, List<InField> fields) throws IOException {
      this.fields = fields;
      norms = new NumericDocValues[fields.size()];
      for (int i = 0; i < norms.length; i++) {
        norms[i] = leaf.reader().getNormValues(fields.get(i).name);
      }
      freqs = new float[fields.size()];
    }

    float of(Postings[] postings, int doc) throws IOException {
      for (Postings one : postings) {
        int at = one.docs.docID();
        if (at < doc) { // left behind by the iterator, see there
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
      return (float) (best + FormulaQueries.OTHER_FIELDS * (sum - best));
    }
  }

  private static final class WordScorer extends Scorer {
    private final Postings[] postings;
    private final @Nullable Scores scores;
    private final DocIdSetIterator documents;

    private WordScorer(Postings[] postings, @Nullable Scores scores) {
      this.postings = postings;
      this.scores = scores;
      documents = postings.length == 1 ? postings[0].docs : new Any(postings);
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
      return scores == null ? 1 : scores.of(postings, documents.docID());
    }
  }

  /**
   * Documents of any of a handful of postings: too few for a heap to pay. The longest come first,
   * which is mostly a stem's: where it has the document, the others need not be looked at.
   */
  private static final class Any extends DocIdSetIterator {
    private final Postings[] postings;
    private int doc = -1;

    private Any(Postings[] postings) {
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
      for (Postings one : postings) {
        int at = one.docs.docID();
        if (at < target) {
          at = one.docs.advance(target);
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
      for (Postings one : postings) {
        cost = Math.max(cost, one.docs.cost());
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
    return forms.isEmpty() ? "no word" : forms.getFirst().term();
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

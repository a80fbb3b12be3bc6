package io.earshot.internal;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.FilterWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Finds what another query finds, if a closer look at its words confirms it: the postings name the
 * candidates, and a {@link SegmentMatcher} checks each (a {@link TwoPhaseIterator}).
 *
 * <p>Scores are those of the candidates' query. Runs in a {@link ScopedSearcher} only.
 */
final class FormulaQuery extends Query {
  /** What looking at one document's words costs, in Lucene's unit: simple comparisons. */
  private static final float COST = 1_000;

  private final Query candidates;
  private final Formula formula;
  private final boolean ifUnknown;

  /**
   * Finds the candidates that fulfil the formula.
   *
   * @param ifUnknown whether it finds those, too, that were not looked at to the end
   */
  FormulaQuery(Query candidates, Formula formula, boolean ifUnknown) {
    this.candidates = candidates;
    this.formula = formula;
    this.ifUnknown = ifUnknown;
  }

  @SuppressWarnings("ReferenceEquality") // a query that is rewritten no further returns itself
  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Query rewritten = candidates.rewrite(searcher);
    return rewritten == candidates ? this : new FormulaQuery(rewritten, formula, ifUnknown);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    Weight weight = candidates.createWeight(searcher, scoreMode, boost);
    return new Checked(this, weight, (ScopedSearcher) searcher);
  }

  private final class Checked extends FilterWeight {
    private final ScopedSearcher searcher;

    private Checked(Query query, Weight weight, ScopedSearcher searcher) {
      super(query, weight);
      this.searcher = searcher;
    }

    @Override
    public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
      ScorerSupplier supplier = in.scorerSupplier(leaf);
      if (supplier == null) {
        return null;
      }
      return new ScorerSupplier() {
        @Override
        public Scorer get(long leadCost) throws IOException {
          return new CheckedScorer(
              supplier.get(leadCost),
              new SegmentMatcher(searcher, leaf, false),
              searcher.timeLimit());
        }

        @Override
        public long cost() {
          return supplier.cost();
        }
      };
    }

    @Override
    public int count(LeafReaderContext leaf) {
      return -1; // each has to be looked at
    }

    @Override
    public Explanation explain(LeafReaderContext leaf, int doc) throws IOException {
      return new SegmentMatcher(searcher, leaf, false).holds(formula, doc)
          ? in.explain(leaf, doc)
          : Explanation.noMatch("its words do not stand as asked");
    }
  }

  private final class CheckedScorer extends Scorer {
    private final Scorer scorer;
    private final TwoPhaseIterator twoPhase;

    private CheckedScorer(Scorer scorer, SegmentMatcher matcher, TimeLimit limit) {
      this.scorer = scorer;
      TwoPhaseIterator inner = scorer.twoPhaseIterator();
      DocIdSetIterator approximation = inner == null ? scorer.iterator() : inner.approximation();
      twoPhase =
          new TwoPhaseIterator(approximation) {
            @Override
            public boolean matches() throws IOException {
              if (inner != null && !inner.matches()) {
                return false;
              }
              boolean holds = matcher.holds(formula, approximation.docID());
              if (limit.wasOver()) {
                throw new CollectionTerminatedException(); // false would find it for a NOT
              }
              return holds || (ifUnknown && matcher.isCutShort());
            }

            @Override
            public float matchCost() {
              return COST + (inner == null ? 0 : inner.matchCost());
            }
          };
    }

    @Override
    public int docID() {
      return scorer.docID();
    }

    @Override
    public DocIdSetIterator iterator() {
      return TwoPhaseIterator.asDocIdSetIterator(twoPhase);
    }

    @Override
    public TwoPhaseIterator twoPhaseIterator() {
      return twoPhase;
    }

    @Override
    public float getMaxScore(int upTo) throws IOException {
      return scorer.getMaxScore(upTo);
    }

    @Override
    public float score() throws IOException {
      return scorer.score();
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "checked(" + candidates.toString(field) + ")";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FormulaQuery that
        && candidates.equals(that.candidates)
        && formula.equals(that.formula)
        && ifUnknown == that.ifUnknown;
  }

  @Override
  public int hashCode() {
    return Objects.hash(candidates, formula, ifUnknown);
  }
}

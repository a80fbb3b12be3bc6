package io.earshot.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents with an attribute whose value is a number in a range.
 *
 * <p>By doc values, so that the cost grows with the scope: the index as a whole may hold millions
 * of such numbers.
 */
public final class AttributeRangeQuery extends Query {
  private static final Pattern PLAIN = Pattern.compile("[+-]?\\d{1,300}(\\.\\d{1,300})?");

  private final String name;
  private final double least;
  private final double most;

  /**
   * Finds numbers from {@code least} to {@code most}, both included.
   *
   * @param name the attribute's name, in any case
   */
  public AttributeRangeQuery(String name, double least, double most) {
    this.name = Analysis.folded(name);
    this.least = least;
    this.most = most;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), Fields.ATTRIBUTE);
        Map<Long, Boolean> known = new HashMap<>();
        TwoPhaseIterator check =
            new TwoPhaseIterator(values) {
              @Override
              public boolean matches() throws IOException {
                boolean found = false;
                for (int n = values.docValueCount(); n > 0; n--) {
                  long ord = values.nextOrd();
                  Boolean in = known.get(ord);
                  if (in == null) {
                    in = isIn(values.lookupOrd(ord).utf8ToString());
                    known.put(ord, in);
                  }
                  found |= in;
                }
                return found;
              }

              @Override
              public float matchCost() {
                return 50;
              }
            };
        return new DefaultScorerSupplier(new ConstantScoreScorer(score(), scoreMode, check));
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return true;
      }
    };
  }

  private boolean isIn(String attribute) {
    int separator = attribute.indexOf(Fields.SEPARATOR);
    if (separator < 0 || !Analysis.folded(attribute.substring(0, separator)).equals(name)) {
      return false;
    }
    String number = attribute.substring(separator + 1).strip();
    if (!PLAIN.matcher(number).matches()) {
      return false; // a value that is no number lies in no range
    }
    double value = Double.parseDouble(number);
    return value >= least && value <= most;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return name + ":" + least + ".." + most;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AttributeRangeQuery that
        && name.equals(that.name)
        && Double.compare(least, that.least) == 0
        && Double.compare(most, that.most) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, least, most);
  }
}

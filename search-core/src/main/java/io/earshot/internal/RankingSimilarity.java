package io.earshot.internal;

import java.util.Arrays;
import java.util.Comparator;
import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.SmallFloat;

/**
 * BM25 in which a phrase weighs as much as its rarest word, and what is longer than {@value
 * #LONGEST} words counts as that long: in an hour's call much else is said, and what is said of a
 * matter is not said less.
 */
public final class RankingSimilarity extends Similarity {
  /** What is longer counts as so many words. */
  public static final int LONGEST = 480;

  /** As lengths are kept: unsigned bytes, in order. */
  private static final int LONGEST_NORM = Byte.toUnsignedInt(SmallFloat.intToByte4(LONGEST));

  private final BM25Similarity bm25;

  RankingSimilarity(Ranking ranking) {
    bm25 = new PhraseAsRareAsItsRarestWord(ranking);
  }

  /** Lucene adds up all words, and at each position both the exact form and the stem. */
  private static final class PhraseAsRareAsItsRarestWord extends BM25Similarity {
    private PhraseAsRareAsItsRarestWord(Ranking ranking) {
      super(ranking.saturation(), ranking.lengthNormalization(), true);
    }

    @Override
    public Explanation idfExplain(CollectionStatistics collection, TermStatistics[] terms) {
      return Arrays.stream(terms)
          .map(term -> idfExplain(collection, term))
          .max(Comparator.comparingDouble(idf -> idf.getValue().doubleValue()))
          .orElseThrow();
    }
  }

  @Override
  public long computeNorm(FieldInvertState state) {
    return bm25.computeNorm(state);
  }

  @Override
  public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
    SimScorer scorer = bm25.scorer(boost, collection, terms);
    return new SimScorer() {
      @Override
      public float score(float freq, long norm) {
        return scorer.score(freq, Math.min(norm & 0xff, LONGEST_NORM));
      }

      @Override
      public Explanation explain(Explanation freq, long norm) {
        return scorer.explain(freq, Math.min(norm & 0xff, LONGEST_NORM));
      }
    };
  }
}

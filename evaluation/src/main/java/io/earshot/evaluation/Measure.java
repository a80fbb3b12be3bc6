package io.earshot.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How good the first ten results of one topic are: numbers from 0 (bad) to 1. A run's figure is the
 * mean over the topics.
 *
 * <p>The definitions are trec_eval's, so that its figures for the same run and judgments are the
 * same: what was not judged counts as not relevant, and a topic for which nothing was found counts
 * as 0 (trec_eval's option {@code -c}). A <em>relevant</em> interaction is one whose grade is at
 * least the collection's {@link EvaluationCollection#relevantFrom()} (trec_eval's {@code -l}).
 *
 * <ol>
 *   <li>K. J&auml;rvelin and J. Kek&auml;l&auml;inen, Cumulated gain-based evaluation of IR
 *       techniques, ACM Transactions on Information Systems 20(4), 2002, pages 422 to 446.
 *   <li>E. M. Voorhees, The TREC-8 question answering track report, TREC 1999.
 *   <li>C. Buckley and E. M. Voorhees, Retrieval system evaluation, in: TREC: Experiment and
 *       Evaluation in Information Retrieval, MIT Press, 2005.
 *   <li>The source of trec_eval, version 9: {@code m_ndcg_cut.c}, {@code m_recall.c}, {@code
 *       m_recip_rank.c}, {@code m_success.c}.
 * </ol>
 */
public enum Measure {
  /**
   * Normalised discounted cumulative gain: the grades of the first ten, each divided by log2(rank +
   * 1), summed up and divided by the greatest sum that any order of all judged interactions has
   * (reference 1; {@code ndcg_cut.10}). The gain is the grade itself, not 2 to its power.
   */
  NDCG_10("nDCG@10") {
    @Override
    public double of(List<String> ranking, Map<String, Integer> grades, int relevantFrom) {
      List<Integer> ideal = grades.values().stream().sorted(Comparator.reverseOrder()).toList();
      List<Integer> found = first(ranking).map(id -> grades.getOrDefault(id, 0)).toList();
      double greatest = discountedGain(ideal);
      return greatest == 0 ? 0 : discountedGain(found) / greatest;
    }
  },

  /**
   * Of the relevant ones, the share among the first ten (reference 3; {@code recall.10}). It cannot
   * reach 1 where there are more than ten.
   */
  RECALL_10("recall@10") {
    @Override
    public double of(List<String> ranking, Map<String, Integer> grades, int relevantFrom) {
      long relevant = grades.values().stream().filter(grade -> grade >= relevantFrom).count();
      long found = first(ranking).filter(id -> isRelevant(id, grades, relevantFrom)).count();
      return relevant == 0 ? 0 : (double) found / relevant;
    }
  },

  /**
   * Mean reciprocal rank: 1 divided by the rank of the first relevant one, 0 if none is among the
   * first ten (reference 2; {@code recip_rank} with {@code -M 10}).
   */
  MRR_10("MRR@10") {
    @Override
    public double of(List<String> ranking, Map<String, Integer> grades, int relevantFrom) {
      List<String> first = first(ranking).toList();
      for (int i = 0; i < first.size(); i++) {
        if (isRelevant(first.get(i), grades, relevantFrom)) {
          return 1.0 / (i + 1);
        }
      }
      return 0;
    }
  },

  /** 1 if the first one is relevant, else 0 (reference 3; {@code success.1}). */
  SUCCESS_1("success@1") {
    @Override
    public double of(List<String> ranking, Map<String, Integer> grades, int relevantFrom) {
      return ranking.stream().limit(1).filter(id -> isRelevant(id, grades, relevantFrom)).count();
    }
  },

  /**
   * The share of the first ten, or of what was found if that is less, that was judged at all; 1 if
   * nothing was found. Not a measure of quality: where it is low, the other figures say little.
   */
  JUDGED_10("judged@10") {
    @Override
    public double of(List<String> ranking, Map<String, Integer> grades, int relevantFrom) {
      return first(ranking).mapToInt(id -> grades.containsKey(id) ? 1 : 0).average().orElse(1);
    }
  };

  /** How many of the best results count. */
  static final int DEPTH = 10;

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  /** Its name in tables and in JSON, such as {@code nDCG@10}. */
  public String label() {
    return label;
  }

  /**
   * The measure of one topic.
   *
   * @param ranking the ids of what was found, best first, each once
   * @param grades the topic's judgments, by id
   * @param relevantFrom the least grade that counts as relevant, at least 1
   */
  public abstract double of(List<String> ranking, Map<String, Integer> grades, int relevantFrom);

  private static Stream<String> first(List<String> ranking) {
    return ranking.stream().limit(DEPTH);
  }

  private static boolean isRelevant(String id, Map<String, Integer> grades, int relevantFrom) {
    return grades.getOrDefault(id, 0) >= relevantFrom;
  }

  private static double discountedGain(List<Integer> grades) {
    double sum = 0;
    for (int i = 0; i < Math.min(DEPTH, grades.size()); i++) {
      sum += Math.max(0, grades.get(i)) * Math.log(2) / Math.log(i + 2.0);
    }
    return sum;
  }
}

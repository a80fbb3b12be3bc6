/**
 * Measures how good a ranking is, by topics and relevance judgments.
 *
 * <p>Start at {@link io.earshot.evaluation.EvaluationCollection}. A host that only searches does
 * not need this module.
 */
@org.jspecify.annotations.NullMarked
module io.earshot.evaluation {
  requires static transitive org.jspecify;
  requires transitive io.earshot;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;

  exports io.earshot.evaluation;
}

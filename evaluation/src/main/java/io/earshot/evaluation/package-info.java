/**
 * How good is a ranking?
 *
 * <p>An {@link io.earshot.evaluation.EvaluationCollection} holds {@link
 * io.earshot.evaluation.Topic}s, what was judged relevant to each ({@link
 * io.earshot.evaluation.Judgments}), and mostly the interactions they are about. A {@link
 * io.earshot.evaluation.Configuration} of Earshot, or another engine's file, gives a {@link
 * io.earshot.evaluation.Run}: what was found for each topic. An {@link
 * io.earshot.evaluation.Evaluation} compares runs by {@link io.earshot.evaluation.Measure}s, with a
 * {@link io.earshot.evaluation.SignificanceTest} of each against the first.
 */
@NullMarked
package io.earshot.evaluation;

import org.jspecify.annotations.NullMarked;

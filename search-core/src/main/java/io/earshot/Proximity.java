package io.earshot;

import io.earshot.internal.Formula;
import io.earshot.internal.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Puts NEAR or WITHIN between formulas: between spots it is a spot, over groups it is spread.
 *
 * <p>Made for one request; not thread-safe.
 */
final class Proximity {
  private static final int MOST_PAIRS = 1_000;

  private final Set<String> warnings;
  private int pairs;

  /**
   * For one request.
   *
   * @param warnings is told where it was too much
   */
  Proximity(Set<String> warnings) {
    this.warnings = warnings;
  }

  /** From now on takes NEAR and WITHIN between groups as "and": their pairs were too many. */
  void stopPairing() {
    pairs = MOST_PAIRS + 1;
  }

  /** NEAR or WITHIN: a filter by itself can only be asked for, too. */
  Formula between(Formula left, Formula right, BinaryOperator<Spot> operator) {
    return left instanceof Formula.Filter || right instanceof Formula.Filter
        ? new Formula.All(List.of(left, right))
        : pair(left, right, operator);
  }

  /** Between spots it is a spot; over groups it is spread, and their filters stay as they are. */
  private Formula pair(Formula left, Formula right, BinaryOperator<Spot> operator) {
    if (left instanceof Formula.Filter) {
      return left;
    }
    if (right instanceof Formula.Filter) {
      return right;
    }
    Optional<Spot> one = asSpot(left);
    Optional<Spot> other = asSpot(right);
    if (one.isPresent() && other.isPresent()) {
      pairs++;
      return new Formula.Found(operator.apply(one.get(), other.get()));
    }
    if (pairs > MOST_PAIRS) {
      warnings.add(
          "NEAR or WITHIN between groups of so many words was taken as \"and\"; ask for fewer");
      return new Formula.All(List.of(left, right));
    }
    return one.isEmpty()
        ? spread(left, part -> pair(part, right, operator))
        : spread(right, part -> pair(left, part, operator));
  }

  private static Optional<Spot> asSpot(Formula formula) {
    if (formula instanceof Formula.Found found) {
      return Optional.of(found.spot());
    }
    if (!(formula instanceof Formula.Any any)) {
      return Optional.empty();
    }
    List<Spot> spots = new ArrayList<>();
    for (Formula part : any.parts()) {
      Optional<Spot> spot = asSpot(part);
      if (spot.isEmpty()) {
        return Optional.empty();
      }
      spots.add(spot.get());
    }
    return Optional.of(new Spot.Either(spots));
  }

  private static Formula spread(Formula group, UnaryOperator<Formula> operator) {
    return switch (group) {
      case Formula.All all -> new Formula.All(all.parts().stream().map(operator).toList());
      case Formula.Any any -> new Formula.Any(any.parts().stream().map(operator).toList());
      case Formula.Not not -> new Formula.Not(operator.apply(not.part()));
      case Formula.InSomeTurn some ->
          new Formula.InSomeTurn(some.turn(), operator.apply(some.part()));
      case Formula.Filter filter -> filter;
      case Formula.Found found -> throw new AssertionError("a spot needs no spreading");
    };
  }
}

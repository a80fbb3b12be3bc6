package io.earshot.internal;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a search may take.
 *
 * <p>Whoever has many steps to make asks before each; the clock is looked at every few thousand
 * steps only. Made for one search; not thread-safe.
 */
public final class TimeLimit {
  private static final int STEPS = 4_096;

  private final @Nullable BooleanSupplier clock;
  private int steps;
  private int granted;
  private boolean isOver;

  private TimeLimit(@Nullable BooleanSupplier clock) {
    this.clock = clock;
  }

  /** A limit that is over once that says so. */
  static TimeLimit until(BooleanSupplier isOver) {
    return new TimeLimit(isOver);
  }

  static TimeLimit none() {
    return new TimeLimit(null);
  }

  /** Whether there is a limit. */
  boolean isSet() {
    return clock != null;
  }

  /** Whether there is time left, as far as is known, for so many steps. */
  boolean allows(int more) {
    if (granted > 0) {
      granted -= more;
      return true;
    }
    steps += more;
    if (steps >= STEPS) {
      steps = 0;
      return !isOver();
    }
    return !isOver;
  }

  /** Allows the next so many steps in any case: what was found is still to be shown. */
  void grant(int more) {
    granted = more;
  }

  /** Whether it is over. Looks at the clock; who asks leaves off if it is. */
  public boolean isOver() {
    isOver = isOver || (clock != null && clock.getAsBoolean());
    return isOver;
  }

  /** Whether somebody left off because of it. */
  boolean wasOver() {
    return isOver;
  }
}

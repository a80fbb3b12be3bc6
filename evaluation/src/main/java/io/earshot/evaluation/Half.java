package io.earshot.evaluation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The half of a collection that a topic belongs to.
 *
 * <p>Whoever tunes a ranking looks at the development half alone; figures that are published come
 * from the other, so that they say how it fares with queries it was not tuned for.
 */
public enum Half {
  /** For tuning. */
  DEVELOPMENT,
  /** For the figures that are published. */
  REPORTED;

  /** The half of that {@link #label()}. */
  static Optional<Half> labelled(String label) {
    return Arrays.stream(values()).filter(half -> half.label().equals(label)).findFirst();
  }

  /** Its name in files: {@code development} or {@code reported}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

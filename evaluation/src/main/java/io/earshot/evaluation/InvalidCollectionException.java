package io.earshot.evaluation;

import java.nio.file.Path;

/**
 * A collection, a run or a file of expected figures that cannot be used.
 *
 * <p>The message begins with its number, listed in {@code docs/errors.md}, and says what was wrong,
 * where, and what to do.
 */
public final class InvalidCollectionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidCollectionException(String message) {
    super(message);
  }

  /** A line that is not what its file's format asks for. */
  static InvalidCollectionException at(Path file, int line, String what) {
    return new InvalidCollectionException(
        "EARSHOT-402: the collection cannot be read: %s (file=%s, line=%d). Mend that line; the formats are in docs/evaluation.md."
            .formatted(what, file, line));
  }
}

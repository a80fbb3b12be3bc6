package io.earshot;

/**
 * Text that was to be an interaction's JSON form and is not.
 *
 * <p>The message says what was wrong and where: a JSON path such as {@code turns[3].at}, or a line
 * and column.
 */
public final class InvalidInteractionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidInteractionException(String message) {
    super(message);
  }

  InvalidInteractionException(String message, Throwable cause) {
    super(message, cause);
  }
}

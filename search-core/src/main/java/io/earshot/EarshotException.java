package io.earshot;

/**
 * Something Earshot refuses to do, with its number.
 *
 * <p>The message begins with {@link #code()} and says what was wrong, where, and what to do; {@code
 * docs/errors.md} lists all numbers.
 */
public final class EarshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  EarshotException(String code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  EarshotException(String code, String message, Throwable cause) {
    super(code + ": " + message, cause);
    this.code = code;
  }

  /** The error's number, such as {@code EARSHOT-101}. */
  public String code() {
    return code;
  }
}

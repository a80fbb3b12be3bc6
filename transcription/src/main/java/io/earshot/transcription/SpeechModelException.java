package io.earshot.transcription;

import java.io.IOException;

/**
 * A speech model, or the engine that reads it, cannot be used; the message says what is missing.
 */
public final class SpeechModelException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With that message. */
  public SpeechModelException(String message) {
    super(message);
  }

  /** With that message and cause. */
  public SpeechModelException(String message, Throwable cause) {
    super(message, cause);
  }
}

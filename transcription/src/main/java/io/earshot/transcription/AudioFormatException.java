package io.earshot.transcription;

import java.io.IOException;

/** A recording that cannot be decoded; the message names the file and what was found in it. */
public final class AudioFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With that message. */
  public AudioFormatException(String message) {
    super(message);
  }

  /** With that message and cause. */
  public AudioFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}

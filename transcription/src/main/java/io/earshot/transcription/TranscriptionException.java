package io.earshot.transcription;

import java.io.IOException;

/**
 * A recording that could not be transcribed for a reason that lies in the work and not in its
 * format: its worker process died, or it ran into a limit. The message names the file, what
 * happened, and what to do. Other recordings go on.
 */
public final class TranscriptionException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With that message. */
  public TranscriptionException(String message) {
    super(message);
  }

  /** With that message and cause. */
  public TranscriptionException(String message, Throwable cause) {
    super(message, cause);
  }
}

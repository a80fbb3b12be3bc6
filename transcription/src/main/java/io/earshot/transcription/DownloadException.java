package io.earshot.transcription;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something could not be downloaded; the message says what and why, and has no number yet. */
final class DownloadException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  enum Kind {
    /** Nobody answers, or not to the end. */
    UNREACHABLE,
    /** The server answers with an error, or the file is not there. */
    REFUSED,
    /** More is sent than there should be. */
    TOO_LONG,
    /** It cannot be written here, or there is no room for it. */
    UNWRITABLE
  }

  private final Kind kind;

  DownloadException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  DownloadException(Kind kind, String message) {
    this(kind, message, null);
  }

  Kind kind() {
    return kind;
  }
}

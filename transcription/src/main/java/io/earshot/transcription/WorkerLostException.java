package io.earshot.transcription;

import java.nio.file.Path;

/** The process that worked on a recording is no more. */
final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Loss loss;

  WorkerLostException(Loss loss, String what) {
    super(what);
    this.loss = loss;
  }

  /** Why a process is no more. */
  enum Loss {
    /** It ended itself, or was ended by the system. */
    DIED(
        "EARSHOT-230",
        true,
        "the recording may be damaged in a way that crashes its decoder. Convert it"
            + " to WAV with another program and try again"),
    /** It made no progress. */
    STALLED(
        "EARSHOT-231",
        false,
        "convert the recording to WAV with another program, or allow more with"
            + " stallLimit(...)"),
    /** It took too long. */
    TOO_LONG("EARSHOT-232", false, "transcribe it alone, or allow more with timeLimit(...)"),
    /** It used more memory than allowed. */
    TOO_LARGE(
        "EARSHOT-233",
        true,
        "cut the recording into parts, or allow more with residentBytes(...) or"
            + " heapBytes(...)"),
    /** It wrote what is no message. */
    BREACH("EARSHOT-235", true, "please report it with the recording, if you may");

    private final String number;
    private final boolean retried;
    private final String advice;

    Loss(String number, boolean retried, String advice) {
      this.number = number;
      this.retried = retried;
      this.advice = advice;
    }
  }

  /**
   * Whether the recording is tried once more in a fresh process: where the fault may have been
   * another's. Where time ran out, a second try would take as long.
   */
  boolean isWorthAnotherTry() {
    return loss.retried;
  }

  /** What to tell whoever wanted the recording's transcript. */
  TranscriptionException toException(Path audio, int tries) {
    return new TranscriptionException(
        "%s: cannot transcribe %s: %s%s; %s."
            .formatted(
                loss.number,
                audio,
                getMessage(),
                tries > 1 ? ", and again in a second try" : "",
                loss.advice),
        this);
  }
}

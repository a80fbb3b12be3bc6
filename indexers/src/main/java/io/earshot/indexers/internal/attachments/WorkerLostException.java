package io.earshot.indexers.internal.attachments;

/** The process that read an attachment is no more. */
public final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean timedOut;

  WorkerLostException(boolean timedOut) {
    super(timedOut ? "the attachment process took too long" : "the attachment process ended");
    this.timedOut = timedOut;
  }

  /** Whether it was ended because it took too long; else it ended itself, or answered nonsense. */
  public boolean timedOut() {
    return timedOut;
  }
}

package io.earshot.transcription;

/** Is told how far a transcription is; called on the transcribing thread, so it must be quick. */
@FunctionalInterface
public interface TranscriptionProgress {
  /**
   * So much is done.
   *
   * @param doneMs milliseconds of the recording that were transcribed
   * @param totalMs length of the recording in milliseconds as its header tells, 0 if it does not
   */
  void at(long doneMs, long totalMs);
}

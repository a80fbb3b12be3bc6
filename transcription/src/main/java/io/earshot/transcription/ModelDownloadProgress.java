package io.earshot.transcription;

/** Is told how far a download is; called on the downloading thread, so it must be quick. */
@FunctionalInterface
public interface ModelDownloadProgress {
  /**
   * So much is there.
   *
   * @param doneBytes bytes that have arrived, now or in an earlier download that was cut
   * @param totalBytes bytes in all, 0 if nobody says
   */
  void at(long doneBytes, long totalBytes);
}

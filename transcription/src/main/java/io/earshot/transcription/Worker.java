package io.earshot.transcription;

import java.io.IOException;

/**
 * Transcribes one recording at a time.
 *
 * <p>One thread at a time loads it and has it transcribe; the rest may be called by any.
 */
interface Worker extends AutoCloseable {
  /**
   * Waits until it has loaded its model.
   *
   * @throws WorkerLostException if it died over that
   */
  WorkerFrame.Ready load() throws IOException, WorkerLostException;

  /** Memory that it had once the model was loaded; 0 if nobody knows, or others have it too. */
  long loadedBytes();

  /**
   * Transcribes a recording; returns early, throwing anything, if the job is stopped.
   *
   * @throws WorkerLostException if this worker is of no use any more
   */
  Transcript transcribe(TranscriptionJob job) throws IOException, WorkerLostException;

  /** A job is stopped that it may be working on. */
  void stopped(TranscriptionJob job);

  /** Whether it can take a recording. */
  boolean isAlive();

  /** Whether it has served so long, or grown so large, that another should take its place. */
  boolean isWornOut();

  /** Ends it, also at work; again is harmless. */
  @Override
  void close();
}

package io.earshot.transcription;

import java.io.IOException;

/** Works in the host's process, on a model that others use too. */
final class InProcessWorker implements Worker {
  private final Transcriber shared;
  private volatile boolean closed;

  InProcessWorker(Transcriber shared) {
    this.shared = shared;
  }

  @Override
  public WorkerFrame.Ready load() {
    return new WorkerFrame.Ready(shared.engine(), shared.version(), shared.model());
  }

  @Override
  public long loadedBytes() {
    return 0;
  }

  @Override
  public Transcript transcribe(TranscriptionJob job) throws IOException {
    return shared.transcribe(
        job.audio(),
        (doneMs, totalMs) -> {
          if (closed || job.isStopped()) {
            throw job.cancelled();
          }
          job.at(doneMs, totalMs);
        });
  }

  @Override
  public void stopped(TranscriptionJob job) {
    // it looks at each progress report
  }

  @Override
  public boolean isAlive() {
    return !closed;
  }

  @Override
  public boolean isWornOut() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }
}

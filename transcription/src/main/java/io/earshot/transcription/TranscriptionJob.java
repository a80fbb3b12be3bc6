package io.earshot.transcription;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recording that somebody wants transcribed.
 *
 * <p>Begun by one thread after another, read and stopped by any.
 */
final class TranscriptionJob {
  private final Path audio;
  private final TranscriptionProgress progress;
  private final CompletableFuture<Transcript> future = new CompletableFuture<>();

  private volatile @Nullable Worker worker;
  private volatile boolean stopped;
  private final AtomicInteger tries = new AtomicInteger();
  private volatile long doneMs;
  private volatile long startNanos;
  private volatile long earlierNanos;

  TranscriptionJob(Path audio, TranscriptionProgress progress) {
    this.audio = audio;
    this.progress = progress;
  }

  Path audio() {
    return audio;
  }

  CompletableFuture<Transcript> future() {
    return future;
  }

  /** The future, of whose end somebody else is to learn too. */
  CompletableFuture<Transcript> endingWith(Consumer<TranscriptionJob> ended) {
    var unused = future.whenComplete((transcript, failure) -> ended.accept(this));
    return future;
  }

  /** A worker is going to transcribe it. */
  void begin(Worker by) {
    earlierNanos = nanos();
    startNanos = System.nanoTime();
    doneMs = 0;
    tries.incrementAndGet();
    worker = by;
  }

  /** How often it was begun. */
  int tries() {
    return tries.get();
  }

  /** Time spent on it, in all tries. */
  long nanos() {
    return tries.get() == 0 ? 0 : earlierNanos + System.nanoTime() - startNanos;
  }

  /** How much of the recording was transcribed in this try. */
  long doneMs() {
    return doneMs;
  }

  /** Tells whoever wanted it how far it is. */
  void at(long nowDoneMs, long totalMs) {
    doneMs = nowDoneMs;
    progress.at(nowDoneMs, totalMs);
  }

  /** Nobody wants it any more. */
  void stop() {
    stopped = true;
    Worker by = worker;
    if (by != null) {
      by.stopped(this);
    }
  }

  boolean isStopped() {
    return stopped;
  }

  CancellationException cancelled() {
    return new CancellationException("the transcription of " + audio + " was cancelled");
  }
}

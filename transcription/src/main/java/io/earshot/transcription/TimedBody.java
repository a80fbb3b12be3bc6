package io.earshot.transcription;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, piece by piece as it arrives, with a limit to how long each may take. The
 * JDK's own stream of a body would wait for ever on a server that has fallen silent.
 */
final class TimedBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  private final Duration patience;

  /** At most one piece and the end: the next one is asked for when one is taken. */
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  private volatile Flow.@Nullable Subscription subscription;

  /** A piece, a failure, or, with neither, the end. */
  private record Signal(Optional<List<ByteBuffer>> piece, Optional<Throwable> failure) {}

  TimedBody(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    signals.add(new Signal(Optional.of(piece), Optional.empty()));
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(new Signal(Optional.empty(), Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal(Optional.empty(), Optional.empty()));
  }

  /** The next piece; none at the end. */
  Optional<List<ByteBuffer>> next() throws IOException {
    Signal signal = take();
    if (signal.failure.isPresent()) {
      throw new IOException(signal.failure.get().getMessage(), signal.failure.get());
    }
    if (signal.piece.isPresent() && subscription != null) {
      subscription.request(1);
    }
    return signal.piece;
  }

  private Signal take() throws IOException {
    try {
      Signal signal = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (signal == null) {
        throw new HttpTimeoutException("nothing arrived any more");
      }
      return signal;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Takes no more; the connection is closed if not all has arrived. */
  @Override
  public void close() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}

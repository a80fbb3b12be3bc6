package io.earshot;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that must not be interrupted on a thread of its own.
 *
 * <p>An interrupt closes the file channel that its thread is using (see {@link
 * java.nio.channels.InterruptibleChannel}), and a Lucene writer that lost a channel is dead for
 * everybody. A host that cancels an agent's search must not bring that about.
 */
final class Shield {
  private static final ExecutorService THREADS = threads();

  /** Work that throws what Lucene throws. */
  interface Work<T> {
    T run() throws IOException;
  }

  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            64,
            64,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("earshot-index-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Runs the work to its end; an interrupt meanwhile is kept for afterwards. */
  <T> T run(Work<T> work) throws IOException {
    Future<T> future = THREADS.submit((Callable<T>) work::run);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException rethrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      throw failure;
    }
    if (cause instanceof Error failure) {
      throw failure;
    }
    return cause instanceof IOException failure ? failure : new IOException(cause);
  }
}

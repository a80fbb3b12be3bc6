package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.indexers.internal.attachments.WorkerLostException;
import io.earshot.indexers.internal.attachments.WorkerProcess;
import io.earshot.indexers.internal.mail.AttachmentLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words in attachments such as PDF and office documents.
 *
 * <p>Such files may be made to hang or to exhaust whoever reads them, so they are read by Apache
 * Tika in processes of their own, which have a limited heap and a limited time for each file. A
 * process is started when the first attachment needs one, serves many, and is replaced when it was
 * lost. What cannot be read costs only its own words: a warning says so and the mail is read.
 *
 * <p>The processes keep their temporary files in memory where the system offers that (on Linux,
 * {@code /dev/shm}), else in a folder of the system's temporary folder that only this user may
 * open; they are removed with the process. At most {@value AttachmentLimits#MAX_CHARS} characters
 * are kept of an attachment. Pictures, sound and video are not looked into.
 *
 * <p>Thread-safe. Close it after the last reader that was given it; a reader does not.
 */
public final class AttachmentText implements AutoCloseable {
  /** After so many failed starts in a row there is nothing to hope for. */
  private static final int MAX_FAILED_STARTS = 3;

  private final Duration timeout;
  private final long heapBytes;
  private final Semaphore permits;
  private final Deque<WorkerProcess> idle = new ArrayDeque<>();
  private final List<WorkerProcess> busy = new ArrayList<>();
  private final ScheduledThreadPoolExecutor clock;
  private int failedStarts;
  private boolean closed;

  private AttachmentText(Builder builder) {
    timeout = builder.timeout;
    heapBytes = builder.heapBytes;
    permits = new Semaphore(builder.processes);
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "earshot-attachment-limits");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    // Without anything to limit there is no thread.
    clock.setKeepAliveTime(10, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
  }

  /** With the default limits; no process runs yet. The caller closes it. */
  public static AttachmentText withDefaults() {
    return builder().build();
  }

  /** Starts with the default limits. */
  public static Builder builder() {
    return new Builder();
  }

  /** The words of a file, in reading order; none, and a warning, if they cannot be found. */
  Optional<String> text(byte[] content, String name, String mediaType, Consumer<String> warnings) {
    permits.acquireUninterruptibly();
    @Nullable WorkerProcess worker = null;
    try {
      worker = take();
      WorkerProcess.Answer answer =
          worker.read(content, name, mediaType, AttachmentLimits.MAX_CHARS, timeout);
      giveBack(worker);
      worker = null;
      if (!answer.ok()) {
        warnings.accept(
            "an attachment's text is missing: it cannot be read (" + answer.text() + ")");
        return Optional.empty();
      }
      if (answer.cut()) {
        warnings.accept(
            "an attachment has more than "
                + AttachmentLimits.MAX_CHARS
                + " characters; the rest is left out");
      }
      if (answer.broken()) {
        warnings.accept("an attachment is damaged and was read in part");
      }
      return Optional.of(answer.text()).filter(text -> !text.isBlank());
    } catch (WorkerLostException e) {
      warnings.accept(
          e.timedOut()
              ? "an attachment's text is missing: reading it took longer than " + timeout
              : "an attachment's text is missing: reading it ended the process, which may use "
                  + (heapBytes >> 20)
                  + " MB");
      return Optional.empty();
    } catch (IOException e) {
      warnings.accept(
          "an attachment's text is missing: the process that reads attachments cannot be started");
      return Optional.empty();
    } finally {
      if (worker != null) {
        lose(worker);
      }
      permits.release();
    }
  }

  private WorkerProcess take() throws IOException {
    synchronized (idle) {
      if (closed) {
        throw new ClosedException();
      }
      if (failedStarts >= MAX_FAILED_STARTS) {
        throw new IOException("no process could be started");
      }
      WorkerProcess waiting = idle.poll();
      if (waiting != null) {
        busy.add(waiting);
        return waiting;
      }
    }
    WorkerProcess started;
    try {
      started = new WorkerProcess(heapBytes, clock);
    } catch (IOException e) {
      synchronized (idle) {
        failedStarts++;
      }
      throw e;
    }
    synchronized (idle) {
      failedStarts = 0;
      if (!closed) {
        busy.add(started);
        return started;
      }
    }
    started.close();
    throw new ClosedException();
  }

  private void giveBack(WorkerProcess worker) {
    synchronized (idle) {
      if (busy.remove(worker)) {
        idle.push(worker);
      }
    }
  }

  private void lose(WorkerProcess worker) {
    synchronized (idle) {
      busy.remove(worker);
    }
    worker.close();
  }

  /** Ends the processes, also those at work. A second call does nothing. */
  @Override
  public void close() {
    List<WorkerProcess> running;
    synchronized (idle) {
      closed = true;
      running = new ArrayList<>(idle);
      running.addAll(busy);
      idle.clear();
      busy.clear();
    }
    running.forEach(WorkerProcess::close);
    clock.shutdownNow();
  }

  /** Use after close: a mistake of the host's, and not of the mail that shows it. */
  static final class ClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClosedException() {
      super("this AttachmentText is closed");
    }
  }

  /** Makes an {@link AttachmentText}. Not thread-safe. */
  public static final class Builder {
    private Duration timeout = Duration.ofSeconds(60);
    private long heapBytes = 512L << 20;
    private int processes = 2;

    private Builder() {}

    /**
     * How long one attachment may take. By default 60 seconds.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder timeout(Duration newTimeout) {
      if (requireNonNull(newTimeout, "timeout").isNegative() || newTimeout.isZero()) {
        throw new IllegalArgumentException("timeout must be positive, got " + newTimeout);
      }
      timeout = newTimeout;
      return this;
    }

    /**
     * Most heap of one process, in bytes, rounded down to whole megabytes. By default 512 MB.
     *
     * @throws IllegalArgumentException if it is less than 32 MB, in which Tika does not run
     */
    public Builder heapBytes(long newHeapBytes) {
      if (newHeapBytes < 32L << 20) {
        throw new IllegalArgumentException("heapBytes must be at least 32 MB, got " + newHeapBytes);
      }
      heapBytes = newHeapBytes;
      return this;
    }

    /**
     * Most processes at a time; more are started only when several threads need one. By default 2.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder processes(int newProcesses) {
      if (newProcesses < 1) {
        throw new IllegalArgumentException("processes must be at least 1, got " + newProcesses);
      }
      processes = newProcesses;
      return this;
    }

    /** With these limits; no process runs yet. */
    public AttachmentText build() {
      return new AttachmentText(this);
    }
  }
}

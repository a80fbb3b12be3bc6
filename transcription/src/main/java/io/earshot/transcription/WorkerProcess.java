package io.earshot.transcription;

import io.earshot.transcription.WorkerLostException.Loss;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running {@link TranscriptionWorker}, with the limits that hold for it.
 *
 * <p>One thread at a time has it transcribe; the rest may be called by any.
 */
final class WorkerProcess implements Worker {
  private static final long CHECK_EVERY_MS = 200;
  private static final long STOP_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long END_GRACE_SECONDS = 10;
  private static final int FROM_SIGNAL = 128; // statuses above tell which signal it was
  private static final int OUT_OF_HEAP = 3; // the status of ExitOnOutOfMemoryError
  private static final Map<Integer, String> SIGNALS =
      Map.of(2, "INT", 4, "ILL", 6, "ABRT", 7, "BUS", 8, "FPE", 9, "KILL", 11, "SEGV", 15, "TERM");

  private final EngineSettings settings;
  private final WorkerLimits limits;
  private final ScheduledExecutorService clock;
  private final Process process;
  private final DataInputStream in;
  private final OutputStream out;
  private final ErrorTail errors;

  private @Nullable WorkerLostException ended; // by us, and why; guarded by this
  private volatile @Nullable Watch current;
  private volatile boolean unanswered;
  private long loadedBytes;
  private int recordings;
  private long servedMs;

  private WorkerProcess(
      Process process,
      EngineSettings settings,
      WorkerLimits limits,
      ScheduledExecutorService clock) {
    this.process = process;
    this.settings = settings;
    this.limits = limits;
    this.clock = clock;
    in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    out = new BufferedOutputStream(process.getOutputStream());
    errors = new ErrorTail(process);
  }

  /**
   * Starts a process.
   *
   * @throws TranscriptionException if there is no such program, or the system has no room for it
   */
  static WorkerProcess start(
      EngineSettings settings,
      WorkerCommand command,
      WorkerLimits limits,
      ScheduledExecutorService clock)
      throws TranscriptionException {
    try {
      Process process = command.process(limits.heapBytes()).start();
      return new WorkerProcess(process, settings, limits, clock);
    } catch (IOException e) {
      throw notStarted(e);
    }
  }

  @Override
  public WorkerFrame.Ready load() throws IOException, WorkerLostException {
    ScheduledFuture<?> limit =
        clock.schedule(
            () ->
                end(
                    Loss.STALLED,
                    "its worker process took longer than %s to load the model"
                        .formatted(limits.load())),
            limits.load().toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      send(WorkerFrame.settings(settings));
      WorkerFrame answer = receive();
      return switch (answer.kind()) {
        case READY -> {
          WorkerFrame.Ready ready = answer.ready();
          loadedBytes = SystemMemory.residentBytes(process.pid()).orElse(0);
          yield ready;
        }
        case ERROR -> throw notLoaded(answer.error());
        default -> throw breach("it said " + answer.kind() + " when it should load the model");
      };
    } catch (WorkerFrame.BreachException e) {
      throw breach(e.getMessage());
    } finally {
      limit.cancel(false);
    }
  }

  private static IOException notLoaded(Exception e) {
    return e instanceof IOException io ? io : notStarted(e);
  }

  /** What to tell whoever needed a worker. */
  static TranscriptionException notStarted(Exception why) {
    return new TranscriptionException(
        "EARSHOT-234: a worker process cannot be started: "
            + why.getMessage()
            + ". See whether memory is short and the java that runs this can be started, or work with inProcess() and without the protection it gives.",
        why);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public long loadedBytes() {
    return loadedBytes;
  }

  @Override
  public Transcript transcribe(TranscriptionJob job) throws IOException, WorkerLostException {
    Path audio = ofAllProcesses(job.audio());
    Watch watch = new Watch(job, ++recordings);
    current = watch;
    unanswered = true;
    ScheduledFuture<?> checks =
        clock.scheduleWithFixedDelay(
            watch::check, CHECK_EVERY_MS, CHECK_EVERY_MS, TimeUnit.MILLISECONDS);
    try {
      send(WorkerFrame.job(new WorkerFrame.Job(watch.number, audio)));
      if (job.isStopped()) {
        stopped(job); // it may have been before it was the current one
      }
      return answer(watch);
    } catch (WorkerFrame.BreachException e) {
      throw breach(e.getMessage());
    } finally {
      checks.cancel(false);
      current = null;
      servedMs += job.doneMs();
    }
  }

  /** What /dev/stdin and /dev/fd/5 are here is another file there. */
  private static Path ofAllProcesses(Path audio) throws IOException {
    if (!audio.startsWith("/dev") && !audio.startsWith("/proc")) {
      return audio;
    }
    AudioDecoder.throwUnlessFile(audio);
    return Files.exists(audio) ? audio.toRealPath() : audio;
  }

  private Transcript answer(Watch watch) throws IOException, WorkerLostException {
    while (true) {
      WorkerFrame answer = receive();
      switch (answer.kind()) {
        case PROGRESS -> watch.progress(answer.progress());
        case RESULT -> {
          Transcript transcript = answer.result();
          unanswered = false;
          watch.progress(
              new WorkerFrame.Progress(
                  transcript.durationMs(), Math.max(watch.audioMs, transcript.durationMs())));
          watch.throwIfHostFailed();
          return transcript;
        }
        case CANCELLED -> {
          unanswered = false;
          watch.throwIfHostFailed();
          throw watch.job.cancelled();
        }
        case ERROR -> {
          Exception error = answer.error();
          unanswered = false;
          watch.throwIfHostFailed();
          throw thrown(watch.job, error);
        }
        default -> throw breach("it said " + answer.kind() + " while it transcribes");
      }
    }
  }

  private static IOException thrown(TranscriptionJob job, Exception error) {
    return error instanceof IOException io
        ? io
        : new TranscriptionException(
            "EARSHOT-236: transcribing %s failed: %s. Please report it with the recording, if you may."
                .formatted(job.audio(), error.getMessage()),
            error);
  }

  private void send(WorkerFrame frame) throws WorkerLostException {
    try {
      write(frame);
    } catch (IOException e) {
      throw lost(); // a broken pipe: nobody is there
    }
  }

  private void write(WorkerFrame frame) throws IOException {
    synchronized (out) {
      frame.write(out);
    }
  }

  private WorkerFrame receive() throws WorkerFrame.BreachException, WorkerLostException {
    try {
      return WorkerFrame.read(in);
    } catch (WorkerFrame.BreachException e) {
      throw e;
    } catch (IOException e) {
      throw lost();
    }
  }

  /** It said what it must not; unless it is dying, and that was a part of its death. */
  private WorkerLostException breach(@Nullable String what) {
    if (hasEndedWithin(500, TimeUnit.MILLISECONDS)) {
      return lost();
    }
    return end(Loss.BREACH, "its worker process does not keep to the protocol: " + what);
  }

  /** It is gone: why? */
  private WorkerLostException lost() {
    if (!hasEndedWithin(END_GRACE_SECONDS, TimeUnit.SECONDS)) {
      return end(Loss.BREACH, "its worker process closed its output");
    }
    synchronized (this) {
      if (ended != null) {
        return ended;
      }
    }
    int status = process.exitValue();
    if (status == OUT_OF_HEAP) {
      return new WorkerLostException(
          Loss.TOO_LARGE,
          "its worker process used up its Java heap of %d MB".formatted(limits.heapBytes() >> 20));
    }
    String lastWords = errors.lastWords();
    return new WorkerLostException(
        Loss.DIED,
        "its worker process "
            + death(status)
            + (lastWords.isEmpty() ? "" : " (it said: " + lastWords + ")"));
  }

  private static String death(int status) {
    int signal = status - FROM_SIGNAL;
    return SIGNALS.containsKey(signal)
        ? "was ended by signal %d (%s)".formatted(signal, SIGNALS.get(signal))
        : "ended with exit status " + status;
  }

  private boolean hasEndedWithin(long time, TimeUnit unit) {
    try {
      return process.waitFor(time, unit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the process; the first reason counts. */
  private synchronized WorkerLostException end(Loss loss, String why) {
    if (ended == null) {
      ended = new WorkerLostException(loss, why);
    }
    // Not Process.destroyForcibly(), which closes streams that another thread may be reading.
    process.toHandle().destroyForcibly();
    return ended;
  }

  @Override
  public void stopped(TranscriptionJob job) {
    Watch watch = current;
    if (watch != null && watch.job == job) {
      watch.stop();
    }
  }

  @Override
  public synchronized boolean isAlive() {
    return ended == null && !unanswered && process.isAlive();
  }

  @Override
  public boolean isWornOut() {
    return recordings >= limits.recordings()
        || servedMs >= limits.audio().toMillis()
        || limits.isGrown(loadedBytes, residentBytes());
  }

  private long residentBytes() {
    return SystemMemory.residentBytes(process.pid()).orElse(0);
  }

  @Override
  public void close() {
    end(Loss.DIED, "its worker process was closed");
    hasEndedWithin(END_GRACE_SECONDS, TimeUnit.SECONDS);
  }

  /** One recording, and its limits. */
  private final class Watch {
    private final TranscriptionJob job;
    private final long number;
    private final long startNanos = System.nanoTime();
    private volatile long lastSignNanos = startNanos;
    private volatile long stoppedNanos;
    private volatile long audioMs; // as far as is known
    private volatile boolean stopped;
    private volatile boolean telling; // the host of progress, which takes its time
    private @Nullable RuntimeException hostFailure;

    private Watch(TranscriptionJob job, long number) {
      this.job = job;
      this.number = number;
    }

    private void progress(WorkerFrame.Progress progress) {
      audioMs = Math.max(progress.totalMs(), progress.doneMs());
      long now = System.nanoTime();
      long signNanos = progress.doneMs() > job.doneMs() ? now : lastSignNanos;
      lastSignNanos = signNanos;
      if (job.isStopped()) {
        return;
      }
      telling = true;
      try {
        job.at(progress.doneMs(), progress.totalMs());
      } catch (RuntimeException e) {
        hostFailure = e;
        job.stop();
      } finally {
        lastSignNanos = signNanos + System.nanoTime() - now; // the worker is not to blame for that
        telling = false;
      }
    }

    private void throwIfHostFailed() {
      if (hostFailure != null) {
        throw hostFailure;
      }
    }

    private void stop() {
      stoppedNanos = System.nanoTime();
      stopped = true;
      try {
        write(WorkerFrame.cancel(number));
      } catch (IOException e) {
        // whoever waits for its answer learns of it
      }
    }

    /** Called by the clock. */
    private void check() {
      long now = System.nanoTime();
      if (stopped) {
        if (now - stoppedNanos > STOP_GRACE_NANOS) {
          end(Loss.STALLED, "its worker process did not stop");
        }
      } else if (!telling && now - lastSignNanos > limits.stall().toNanos()) {
        end(
            Loss.STALLED,
            String.format(
                Locale.ROOT,
                "no progress for %s, at %.1f s",
                shown(limits.stall()),
                job.doneMs() / 1_000.0));
      } else if (now - startNanos > limits.total(audioMs).toNanos()) {
        end(
            Loss.TOO_LONG,
            String.format(
                Locale.ROOT,
                "%.1f s of it took longer than %s",
                job.doneMs() / 1_000.0,
                shown(limits.total(audioMs))));
      } else if (residentBytes() > limits.residentBytes(loadedBytes)) {
        end(
            Loss.TOO_LARGE,
            "its worker process used more than %d MB of memory"
                .formatted(limits.residentBytes(loadedBytes) >> 20));
      }
    }

    private static String shown(Duration duration) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
  }
}

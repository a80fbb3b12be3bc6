package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import io.earshot.written.WrittenForms;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Transcribes many recordings, several at a time, in processes of their own.
 *
 * <pre>{@code
 * try (TranscriptionService service =
 *     TranscriptionService.builder(VoskTranscriber.builder().model(folder)).workers(4).start()) {
 *   CompletableFuture<Transcript> call = service.submit(Path.of("call.wav"));
 *   Transcript other = service.transcribe(Path.of("other.wav"));
 * }
 * }</pre>
 *
 * <p>Decoders and recognisers are native code, and recordings come from anywhere: one that crashes
 * its decoder, never ends or takes all memory would take its host along. Here it costs a worker
 * process and itself: it fails with a {@link TranscriptionException}, the others go on, and another
 * process takes the place of the lost one. A recording whose worker died is tried once more in a
 * fresh one, since the fault may have been another's; one that ran out of time is not.
 *
 * <p>Each worker process loads the model, so four workers need four times its memory. A further one
 * is only started while the system has that much left; so it is on Linux, elsewhere look to it
 * yourself. {@link Builder#inProcess()} shares one model among threads and gives up the protection.
 *
 * <p>The first worker starts with the service, the others when there is work for them. They end
 * with their host, however that ends.
 *
 * <p>Thread-safe.
 */
public final class TranscriptionService implements Transcriber {
  private static final int MAX_TRIES = 2;

  /** After so many failed starts in a row without a worker left, all that waits fails. */
  private static final int MAX_FAILED_STARTS = 3;

  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final WrittenForms writtenForms;
  private final WorkerStarter starter;
  private final WorkerFrame.Ready what;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All below is guarded by the lock.
  private final LinkedHashSet<TranscriptionJob> queue = new LinkedHashSet<>();
  private final Set<TranscriptionJob> running = new HashSet<>();
  private final Set<Thread> threads = new HashSet<>();
  private final WorkerPool pool;
  private long done;
  private long failed;
  private long cancelled;
  private long audioMs;
  private long workNanos;
  private boolean closed;

  private TranscriptionService(Builder builder, WorkerStarter starter)
      throws IOException, WorkerLostException {
    this.starter = starter;
    writtenForms = builder.engine.writtenForms();
    pool = new WorkerPool(builder.workers);
    Worker first = starter.start();
    try {
      what = first.load();
    } catch (IOException | WorkerLostException | RuntimeException e) {
      first.close();
      throw e;
    }
    pool.reserve();
    pool.add(first);
    pool.loaded(first.loadedBytes());
    pool.giveBack(first);
    for (int i = 1; i <= builder.workers; i++) {
      Thread thread = new Thread(this::work, "earshot-transcription-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    List.copyOf(threads).forEach(Thread::start);
  }

  /**
   * Begins a service.
   *
   * @param engine what each worker is; how texts are written is applied in this process
   */
  public static Builder builder(VoskTranscriber.Builder engine) {
    return new Builder(engine);
  }

  @Override
  public String engine() {
    return what.engine();
  }

  @Override
  public String version() {
    return what.version();
  }

  @Override
  public String model() {
    return what.model();
  }

  /**
   * Has a recording transcribed as soon as a worker is free, and tells nobody how it goes.
   *
   * @see #submit(Path, TranscriptionProgress)
   */
  public CompletableFuture<Transcript> submit(Path audio) {
    return submit(audio, (doneMs, totalMs) -> {});
  }

  /**
   * Has a recording transcribed as soon as a worker is free, first come, first served.
   *
   * <p>Any number may wait: of each only the path is kept. Cancelling the future, or completing it
   * otherwise, ends the work. It fails with what {@link #transcribe} throws. What depends on it and
   * takes long belongs on another thread ({@code thenApplyAsync}): this one's is the next
   * recording's.
   *
   * @param audio the recording
   * @param progress told as the work goes on, by another thread; if it throws, the work ends and
   *     the future fails with that
   * @throws IllegalStateException if this service is closed
   */
  public CompletableFuture<Transcript> submit(Path audio, TranscriptionProgress progress) {
    TranscriptionJob job =
        new TranscriptionJob(requireNonNull(audio, "audio"), requireNonNull(progress, "progress"));
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException(
            "EARSHOT-208: the transcription service with the model %s is closed; start another."
                .formatted(model()));
      }
      queue.add(job);
      changed.signal();
    } finally {
      lock.unlock();
    }
    return job.endingWith(this::hasEnded);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Waits for a free worker first, behind those who came earlier. An interruption ends the work.
   * {@code progress} is called by another thread; an exception that it throws ends the work and
   * reaches the caller.
   *
   * @throws TranscriptionException if the worker died twice over it, it exceeded its limits, or the
   *     service was closed meanwhile
   * @throws SpeechModelException if no worker could load the model
   * @throws InterruptedIOException if the thread was interrupted, which it stays
   */
  @Override
  public Transcript transcribe(Path audio, TranscriptionProgress progress) throws IOException {
    CompletableFuture<Transcript> transcript = submit(audio, progress);
    try {
      return transcript.get();
    } catch (InterruptedException e) {
      transcript.cancel(true);
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException(
              "EARSHOT-238: the transcription of %s was interrupted.".formatted(audio));
      interrupted.initCause(e);
      throw interrupted;
    } catch (CancellationException e) {
      throw new TranscriptionException(
          "EARSHOT-237: %s was not transcribed: the service was closed. Transcribe it again."
              .formatted(audio),
          e);
    } catch (ExecutionException e) {
      switch (requireNonNull(e.getCause(), "cause")) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e);
      }
    }
  }

  /**
   * How a service is doing.
   *
   * @param workers how many workers there are now
   * @param queued recordings that wait
   * @param running recordings that are being transcribed
   * @param done recordings that were
   * @param failed recordings that could not be
   * @param cancelled recordings that nobody wanted any more
   * @param audio how much was transcribed, of what runs too
   * @param work time that workers spent on it, those at once added up
   * @param lost workers that died or were ended over a recording, and were replaced
   * @param recycled workers that were replaced after they had served long enough
   */
  public record Status(
      int workers,
      int queued,
      int running,
      long done,
      long failed,
      long cancelled,
      Duration audio,
      Duration work,
      long lost,
      long recycled) {
    /**
     * Real-time factor of one worker: time of work over length of audio, so less is faster; 0 if
     * nothing was transcribed yet.
     */
    public double realTimeFactor() {
      return audio.isZero() ? 0 : (double) work.toNanos() / audio.toNanos();
    }
  }

  /** How it is doing now. */
  public Status status() {
    lock.lock();
    try {
      long audio = audioMs;
      long work = workNanos;
      for (TranscriptionJob job : running) {
        audio += job.doneMs();
        work += job.nanos();
      }
      return new Status(
          pool.all().size(),
          queue.size(),
          running.size(),
          done,
          failed,
          cancelled,
          Duration.ofMillis(audio),
          Duration.ofNanos(work),
          pool.lost(),
          pool.recycled());
    } finally {
      lock.unlock();
    }
  }

  /** The worker processes. */
  List<ProcessHandle> processes() {
    lock.lock();
    try {
      return pool.all().stream()
          .filter(WorkerProcess.class::isInstance)
          .map(worker -> ((WorkerProcess) worker).handle())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Cancels what waits and what runs, ends the workers, and returns at once; in process, as soon as
   * each has made its next bit of progress. To wait for what was submitted, join its futures first.
   */
  @Override
  public void close() {
    List<TranscriptionJob> open;
    List<Worker> workers;
    lock.lock();
    try {
      closed = true;
      open = new ArrayList<>(queue);
      open.addAll(running);
      workers = pool.takeAll();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    open.forEach(job -> job.future().cancel(true));
    workers.forEach(Worker::close);
    starter.close();
    awaitThreads();
  }

  private void awaitThreads() {
    boolean interrupted = false;
    lock.lock();
    try {
      long left = CLOSE_NANOS;
      while (!threads.isEmpty() && !threads.contains(Thread.currentThread()) && left > 0) {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its future was completed, by us or by somebody who does not want it any more. */
  private void hasEnded(TranscriptionJob job) {
    lock.lock();
    try {
      if (queue.remove(job)) {
        cancelled++;
      }
    } finally {
      lock.unlock();
    }
    job.stop();
  }

  /** A recording, and the worker that is to transcribe it; without one, one is to be started. */
  private record Task(TranscriptionJob job, @Nullable Worker worker) {}

  /** What each thread does. */
  private void work() {
    try {
      for (Task task = next(); task != null; task = next()) {
        run(task.job(), task.worker());
      }
    } finally {
      if (isLastToEnd()) {
        starter.free();
      }
    }
  }

  private boolean isLastToEnd() {
    lock.lock();
    try {
      threads.remove(Thread.currentThread());
      changed.signalAll();
      return threads.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to do; null once the service is closed. */
  private @Nullable Task next() {
    lock.lock();
    try {
      while (!closed) {
        Task task = nextNow();
        if (task != null) {
          return task;
        }
        // Where work waits for memory, nobody tells when there is some.
        long most = queue.isEmpty() ? Long.MAX_VALUE : LOOK_AGAIN_NANOS;
        try {
          long unused = changed.awaitNanos(most);
        } catch (InterruptedException e) {
          // by a host's code that ran on this thread
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The first recording, if there is a worker for it or may be one. A second try is a fresh one's.
   */
  private @Nullable Task nextNow() {
    if (queue.isEmpty()) {
      return null;
    }
    boolean wantsFresh = queue.getFirst().tries() > 0;
    Worker worker = wantsFresh ? null : pool.takeIdle();
    boolean reserved = worker == null && pool.reserve();
    if (wantsFresh && !reserved) {
      worker = pool.takeIdle();
    }
    if (worker == null && !reserved) {
      return null;
    }
    TranscriptionJob job = queue.removeFirst();
    running.add(job);
    return new Task(job, worker);
  }

  private void run(TranscriptionJob job, @Nullable Worker idle) {
    Worker worker = idle == null ? started(job) : idle;
    if (worker == null) {
      return;
    }
    job.begin(worker);
    try {
      Transcript transcript = Texts.rewritten(worker.transcribe(job), writtenForms);
      release(worker);
      succeed(job, transcript);
    } catch (WorkerLostException e) {
      release(worker);
      if (!e.isWorthAnotherTry() || job.tries() == MAX_TRIES || !backToQueue(job)) {
        fail(job, e.toException(job.audio(), job.tries()));
      }
    } catch (Throwable e) { // whoever waits for the future gets it
      release(worker);
      fail(job, e);
    }
  }

  /** Starts a worker in the place that is reserved; null if that failed, and was dealt with. */
  private @Nullable Worker started(TranscriptionJob job) {
    Worker worker = null;
    try {
      worker = starter.start();
      add(worker);
      worker.load();
      loaded(worker);
      return worker;
    } catch (WorkerLostException e) {
      notStarted(job, worker, WorkerProcess.notStarted(e), e.isWorthAnotherTry());
    } catch (Throwable e) { // whoever waits for the future gets it
      notStarted(job, worker, e, false);
    }
    return null;
  }

  private void add(Worker worker) {
    lock.lock();
    try {
      pool.add(worker);
      if (closed) {
        throw new CancellationException("the service was closed");
      }
    } finally {
      lock.unlock();
    }
  }

  private void loaded(Worker worker) {
    lock.lock();
    try {
      pool.loaded(worker.loadedBytes());
    } finally {
      lock.unlock();
    }
  }

  /** Leaves the recording to another worker, if there is one or starting one is worth a try. */
  private void notStarted(
      TranscriptionJob job, @Nullable Worker worker, Throwable why, boolean isWorthAnotherTry) {
    if (worker != null) {
      worker.close();
    }
    int failures;
    List<TranscriptionJob> hopeless = new ArrayList<>();
    lock.lock();
    try {
      failures = pool.failedToStart(worker);
      if (failures >= MAX_FAILED_STARTS) {
        hopeless.addAll(queue);
        running.addAll(queue);
        queue.clear();
      }
    } finally {
      lock.unlock();
    }
    boolean isHopeless = failures >= (isWorthAnotherTry ? MAX_FAILED_STARTS : 1);
    if (isHopeless || !backToQueue(job)) {
      fail(job, why);
    }
    hopeless.forEach(each -> fail(each, why));
  }

  /** Has it begun again, before all others; false if nobody wants it any more. */
  private boolean backToQueue(TranscriptionJob job) {
    lock.lock();
    try {
      if (closed || job.isStopped()) {
        return false;
      }
      running.remove(job);
      queue.addFirst(job);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void release(Worker worker) {
    boolean isAlive = worker.isAlive();
    boolean isWornOut = isAlive && worker.isWornOut();
    if (!isAlive || isWornOut) {
      worker.close(); // before another one takes its memory
    }
    lock.lock();
    try {
      if (isWornOut) {
        pool.recycle(worker);
      } else if (isAlive) {
        pool.giveBack(worker);
      } else {
        pool.lose(worker);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void succeed(TranscriptionJob job, Transcript transcript) {
    ended(job, transcript.durationMs(), true);
    job.future().complete(transcript);
  }

  private void fail(TranscriptionJob job, Throwable why) {
    ended(job, job.doneMs(), false);
    job.future().completeExceptionally(why);
  }

  private void ended(TranscriptionJob job, long transcribedMs, boolean succeeded) {
    lock.lock();
    try {
      running.remove(job);
      audioMs += transcribedMs;
      workNanos += job.nanos();
      if (job.future().isDone()) {
        cancelled++;
      } else if (succeeded) {
        done++;
      } else {
        failed++;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Settings of a {@link TranscriptionService}.
   *
   * <p>The limits hold for worker processes only. Not thread-safe; what it makes is.
   */
  public static final class Builder {
    private static final long MIN_HEAP_BYTES = 32L << 20;

    private final VoskTranscriber.Builder engine;
    private int workers = Runtime.getRuntime().availableProcessors();
    private boolean inProcess;
    private WorkerLimits limits = WorkerLimits.DEFAULT;
    private WorkerCommand command = WorkerCommand.DEFAULT;

    private Builder(VoskTranscriber.Builder engine) {
      this.engine = requireNonNull(engine, "engine");
    }

    /**
     * Most recordings at a time; each uses one core. By default one for each core.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder workers(int count) {
      workers = atLeastOne("workers", count);
      return this;
    }

    /**
     * Works in threads of this process, on one model. By default in processes of their own: only
     * those can be ended when they hang, and only those crash alone.
     */
    public Builder inProcess() {
      inProcess = true;
      return this;
    }

    /**
     * Longest time without progress in a recording, before its worker is ended. By default 2
     * minutes: a recogniser goes on in steps of 0.2 s of audio.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder stallLimit(Duration limit) {
      limits = limits.withStall(positive("stallLimit", limit));
      return this;
    }

    /**
     * Longest time for a recording, before its worker is ended. By default 10 minutes, and 20 times
     * its length: eight channels on a slow core that others use too take less.
     *
     * @param base for any recording
     * @param timesLength so many times its length more
     * @throws IllegalArgumentException unless the first is positive and the other not negative
     */
    public Builder timeLimit(Duration base, double timesLength) {
      if (!(timesLength >= 0)) { // written so that NaN fails too
        throw new IllegalArgumentException("timesLength must not be negative, got " + timesLength);
      }
      limits = limits.withTotal(positive("timeLimit", base), timesLength);
      return this;
    }

    /**
     * Longest time for loading the model. By default 10 minutes: large ones lie on slow disks.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder loadLimit(Duration limit) {
      limits = limits.withLoad(positive("loadLimit", limit));
      return this;
    }

    /**
     * Most Java heap of a worker process in bytes, rounded down to whole megabytes. By default 512
     * MB, which hold the transcript of ten hours; models and decoders are not in it.
     *
     * @throws IllegalArgumentException if it is less than 32 MB
     */
    public Builder heapBytes(long bytes) {
      if (bytes < MIN_HEAP_BYTES) {
        throw new IllegalArgumentException("heapBytes must be at least 32 MB, got " + bytes);
      }
      limits = limits.withHeapBytes(bytes);
      return this;
    }

    /**
     * Most resident memory of a worker process in bytes, before it is ended. By default what it had
     * once the model was loaded, and 2 GB more. Looked at five times a second on Linux; elsewhere
     * not at all.
     *
     * @throws IllegalArgumentException if it is less than 32 MB
     */
    public Builder residentBytes(long bytes) {
      if (bytes < MIN_HEAP_BYTES) {
        throw new IllegalArgumentException("residentBytes must be at least 32 MB, got " + bytes);
      }
      limits = limits.withResidentBytes(OptionalLong.of(bytes));
      return this;
    }

    /**
     * After how much work a worker process is replaced, whatever comes first; one that kept more
     * than half of what it may use beside the model is, too. By default 1,000 recordings or 24
     * hours of audio: native memory comes back late or never, and loading a model that seldom costs
     * nothing.
     *
     * @throws IllegalArgumentException unless both are positive
     */
    public Builder recycleAfter(int recordings, Duration audio) {
      limits =
          limits.withService(atLeastOne("recordings", recordings), positive("recycleAfter", audio));
      return this;
    }

    /**
     * The class path of worker processes. By default the host's own class path and module path,
     * which is not enough where classes come from a loader of the host's: in an application server,
     * or in a jar of jars.
     *
     * @param entries jars and folders: this library and all that it needs
     */
    public Builder classPath(List<Path> entries) {
      command = command.withClassPath(entries);
      return this;
    }

    /** For tests: another program. */
    Builder command(WorkerCommand other) {
      command = other;
      return this;
    }

    /**
     * Starts the first worker and waits until it has loaded the model.
     *
     * @throws SpeechModelException if it cannot be loaded, naming what is wrong with it
     * @throws IOException if no worker can be started
     * @throws IllegalStateException if no model was given
     */
    public TranscriptionService start() throws IOException {
      WorkerStarter starter =
          inProcess
              ? WorkerStarter.inProcess(engine.open())
              : WorkerStarter.processes(engine.settings(), command, limits);
      try {
        return new TranscriptionService(this, starter);
      } catch (WorkerLostException e) {
        starter.close();
        starter.free();
        throw WorkerProcess.notStarted(e);
      } catch (IOException | RuntimeException | Error e) {
        starter.close();
        starter.free();
        throw e;
      }
    }

    private static int atLeastOne(String name, int count) {
      if (count < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, got " + count);
      }
      return count;
    }

    private static Duration positive(String name, Duration duration) {
      if (requireNonNull(duration, name).isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, got " + duration);
      }
      return duration;
    }
  }
}

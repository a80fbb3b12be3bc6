package io.earshot.transcription;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The program of a worker process: loads a model, and transcribes one recording after another.
 *
 * <p>Speaks in {@link WorkerFrame}s on the standard streams, and ends when its input does, also in
 * the middle of a recording, so that it never outlives its host.
 */
final class TranscriptionWorker {
  private static final long PROGRESS_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int OUT = 1; // the descriptors' numbers
  private static final int ERR = 2;
  private static final int SIGINT = 2;
  private static final Pointer SIG_IGN = Pointer.createConstant(1);

  /** What the process ends with after a fault of ours. */
  static final int FAILED = 4;

  private final DataInputStream in;
  private final OutputStream out;
  private final BlockingQueue<WorkerFrame.Job> jobs = new LinkedBlockingQueue<>();
  private volatile long cancelled = -1;

  private TranscriptionWorker(DataInputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Loads an engine. */
  interface Opener {
    Transcriber open(EngineSettings settings) throws IOException;
  }

  /**
   * Serves a host until the standard input ends.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    serve(takeStandardOutput(), settings -> VoskTranscriber.builder().settings(settings).open());
  }

  /** Serves a host; never returns. */
  static void serve(OutputStream out, Opener opener) {
    InputStream in = new FileInputStream(FileDescriptor.in);
    System.setIn(InputStream.nullInputStream());
    TranscriptionWorker worker =
        new TranscriptionWorker(new DataInputStream(new BufferedInputStream(in)), out);
    try {
      worker.run(opener);
    } catch (Throwable e) { // whatever it is, a process that does not answer must not stay
      print(e);
    }
    Runtime.getRuntime().halt(FAILED);
  }

  /** To the standard error stream, whose lines the host logs. */
  private static void print(Throwable e) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
  }

  /**
   * The standard output for messages alone: what anybody prints from now on, Java or native code,
   * goes to the standard error stream.
   */
  static OutputStream takeStandardOutput() {
    OutputStream real = new FileOutputStream(FileDescriptor.out);
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    if (!Platform.isWindows()) { // there, what native code prints would end this process
      NativeLibrary c = NativeLibrary.getProcess();
      try {
        OutputStream copy = new FileOutputStream("/dev/fd/" + OUT);
        if (c.getFunction("dup2").invokeInt(new Object[] {ERR, OUT}) == OUT) {
          real = copy;
        }
      } catch (IOException e) {
        // no /dev/fd: as on Windows
      }
      // Ctrl-C on a terminal goes to the host and to us; what is to be done is for the host to say.
      c.getFunction("signal").invokePointer(new Object[] {SIGINT, SIG_IGN});
    }
    return new BufferedOutputStream(real);
  }

  private void run(Opener opener) throws IOException, InterruptedException {
    EngineSettings settings = WorkerFrame.read(in).settings();
    Thread requests = new Thread(this::readRequests, "requests");
    requests.setDaemon(true);
    requests.start();
    Transcriber engine;
    try {
      engine = opener.open(settings);
    } catch (IOException | RuntimeException | LinkageError e) {
      send(WorkerFrame.error(e));
      Runtime.getRuntime().halt(0);
      return;
    }
    send(
        WorkerFrame.ready(
            new WorkerFrame.Ready(engine.engine(), engine.version(), engine.model())));
    while (true) {
      send(answer(engine, jobs.take()));
    }
  }

  private void readRequests() {
    try {
      while (true) {
        WorkerFrame request = WorkerFrame.read(in);
        switch (request.kind()) {
          case JOB -> jobs.add(request.job());
          case CANCEL -> cancelled = request.cancelledNumber();
          default -> throw new WorkerFrame.BreachException("no request: " + request.kind());
        }
      }
    } catch (IOException e) {
      // The host is gone, or wants this to end.
      Runtime.getRuntime().halt(e instanceof WorkerFrame.BreachException ? FAILED : 0);
    }
  }

  private WorkerFrame answer(Transcriber engine, WorkerFrame.Job job) {
    try {
      Transcript transcript = engine.transcribe(job.audio(), new Report(job.number()));
      return WorkerFrame.result(transcript);
    } catch (CancelledException e) {
      return WorkerFrame.cancelled();
    } catch (IOException e) {
      return WorkerFrame.error(e);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      print(e);
      return WorkerFrame.error(e);
    }
  }

  private void send(WorkerFrame frame) throws IOException {
    synchronized (out) {
      frame.write(out);
    }
  }

  /** Ends a transcription from within. */
  private static final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Tells the host how far a recording is, and hears from it that it is to end. */
  private final class Report implements TranscriptionProgress {
    private final long number;
    private long lastNanos = System.nanoTime() - PROGRESS_EVERY_NANOS;

    private Report(long number) {
      this.number = number;
    }

    @Override
    public void at(long doneMs, long totalMs) {
      if (cancelled == number) {
        throw new CancelledException();
      }
      long now = System.nanoTime();
      if (now - lastNanos < PROGRESS_EVERY_NANOS) {
        return;
      }
      lastNanos = now;
      try {
        send(WorkerFrame.progress(new WorkerFrame.Progress(doneMs, totalMs)));
      } catch (IOException e) {
        Runtime.getRuntime().halt(0); // nobody is left to hear it
      }
    }
  }
}

package io.earshot.indexers;

import io.earshot.Interaction;
import io.earshot.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of an {@link Ingest}.
 *
 * <p>The calling thread walks the inputs in order and reads everything but calls. A call it checks
 * and names, so that which of two recordings of one call is taken depends on their order alone;
 * then a worker transcribes it. The semaphore bounds the calls that wait. Store, listener and
 * counters are guarded by this object's lock. No thread is ever interrupted: that would close the
 * index's files under everyone.
 */
final class IngestRun {
  private final Ingest ingest;
  private final Store store;
  private final IngestListener listener;
  private final int waitingCalls;
  private final Semaphore slots;
  private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();
  private final List<Deferred> deferred = new ArrayList<>();
  private @Nullable ExecutorService workers;

  private final List<IngestReport.Quarantined> quarantined = new ArrayList<>();
  private final Map<String, Long> ignored = new TreeMap<>();
  private final Map<String, Long> byChannel = new TreeMap<>();
  private long indexed;
  private long unchanged;
  private long duplicates;
  private long warnings;
  private long inputsDone;
  private long bytesDone;

  IngestRun(Ingest ingest, Store store) {
    this.ingest = ingest;
    this.store = store;
    listener = ingest.listener();
    waitingCalls = ingest.workers() * 2;
    slots = new Semaphore(waitingCalls);
  }

  /** A further recording of a call that this run has begun with. */
  private record Deferred(CallReader reader, CallReader.Call call) {}

  /** Ends the run, unlike what is wrong with one input. */
  private static final class StopRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StopRunException(Throwable cause) {
      super(cause);
    }
  }

  /** Something that reads one input. */
  private interface Reading {
    void read() throws IOException;
  }

  IngestReport over(List<Path> paths) throws IOException {
    long start = System.nanoTime();
    try {
      count(paths);
      new InputWalk(new Inputs()).walk(paths);
      awaitCalls();
      for (Deferred each : deferred) {
        furtherRecording(each);
      }
    } catch (StopRunException e) {
      fatal.compareAndSet(null, e.getCause());
    } finally {
      awaitCalls();
      if (workers != null) {
        workers.shutdown();
      }
    }
    throwIfFatal();
    store.end();
    return new IngestReport(
        indexed,
        unchanged,
        duplicates,
        quarantined,
        ignored,
        byChannel,
        warnings,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private void awaitCalls() {
    slots.acquireUninterruptibly(waitingCalls);
    slots.release(waitingCalls);
  }

  private void throwIfFatal() throws IOException {
    switch (fatal.get()) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Tells a listener how much there is to do; nobody else pays for a second walk. */
  private void count(List<Path> paths) throws IOException {
    if (listener.equals(Ingest.Builder.SILENT)) {
      return;
    }
    Counter counter = new Counter();
    new InputWalk(counter).walk(paths);
    listener.found(counter.inputs, counter.bytes);
  }

  private static final class Counter implements InputWalk.Visitor {
    private long inputs;
    private long bytes;

    @Override
    public void input(Path file) {
      inputs++;
      try {
        bytes += Files.size(file);
      } catch (IOException e) {
        // Reading it will say so; it has no size until then.
      }
    }

    @Override
    public void ignored(Path path, String kind) {}

    @Override
    public void manifest(Path file, Set<String> siblings) {}

    @Override
    public void unreadable(Path path, String reason) {}
  }

  /** What the walk finds. */
  private final class Inputs implements InputWalk.Visitor {
    @Override
    public void input(Path file) {
      if (fatal.get() != null) {
        throw new StopRunException(fatal.get());
      }
      String uri = uri(file);
      synchronized (IngestRun.this) {
        listener.started(uri);
      }
      InputFile input;
      try {
        input = InputFile.of(file);
      } catch (IOException e) {
        quarantine(uri, "", Problems.of(e));
        finished(uri, 0);
        return;
      }
      IngestRun.this.read(input);
    }

    @Override
    public void ignored(Path path, String kind) {
      synchronized (IngestRun.this) {
        ignored.merge(kind, 1L, Long::sum);
        listener.ignored(uri(path), kind);
      }
    }

    @Override
    public void manifest(Path file, Set<String> siblings) {
      ignored(file, "manifest");
      try {
        for (CallManifest.Row row : CallManifest.read(file).missing(siblings)) {
          quarantine(uri(file), "line " + row.line(), Problems.MISSING_AUDIO.formatted(row.file()));
        }
      } catch (IOException e) {
        quarantine(uri(file), "", Problems.of(e));
      }
    }

    @Override
    public void unreadable(Path path, String reason) {
      quarantine(uri(path), "", reason);
    }
  }

  private static String uri(Path path) {
    return path.toString().replace('\\', '/');
  }

  private void read(InputFile input) {
    Optional<InteractionReader> reader =
        input.size() == 0 ? Optional.empty() : ingest.readerOf(input);
    if (reader.isEmpty()) {
      String reason =
          input.size() == 0 ? Problems.EMPTY : Problems.NO_READER.formatted(ingest.formats());
      quarantine(input.uri(), "", reason);
      finished(input);
    } else if (reader.get() instanceof CallReader calls) {
      call(calls, input);
    } else {
      InputSink sink = new InputSink(input.uri());
      guarded(
          input,
          reader.get().format(),
          () -> {
            reader.get().read(input, sink);
            if (sink.isUntouched()) {
              quarantine(input.uri(), "", Problems.NOTHING);
            }
          });
      finished(input);
    }
  }

  /** Reads one input; whatever is wrong with it is written down, and the run goes on. */
  private void guarded(InputFile input, String format, Reading reading) {
    try {
      reading.read();
    } catch (StopRunException e) {
      throw e;
    } catch (IOException e) {
      quarantine(input.uri(), "", Problems.of(e));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      quarantine(
          input.uri(), "", Problems.READER_FAILED.formatted(format, e.getClass().getSimpleName()));
    }
  }

  private void call(CallReader reader, InputFile input) {
    InputSink sink = new InputSink(input.uri());
    List<CallReader.Call> examined = new ArrayList<>();
    guarded(input, reader.format(), () -> reader.examine(input, sink).ifPresent(examined::add));
    if (examined.isEmpty()) {
      finished(input);
    } else if (begin(examined.getFirst().id())) {
      hear(reader, examined.getFirst(), sink);
    } else {
      deferred.add(new Deferred(reader, examined.getFirst()));
    }
  }

  private synchronized boolean begin(String id) {
    return store.begin(id);
  }

  /** Takes what was heard earlier, or has a worker listen. */
  private void hear(CallReader reader, CallReader.Call call, InputSink sink) {
    Optional<Interaction> known =
        stored(call.id()).flatMap(stored -> reader.heardBefore(call, stored));
    if (known.isPresent()) {
      guarded(call.input(), reader.format(), () -> keep(call.input().uri(), known.get(), true));
      finished(call.input());
      return;
    }
    slots.acquireUninterruptibly();
    workers()
        .execute(
            () -> {
              try {
                if (fatal.get() == null) {
                  transcribe(reader, call, sink);
                }
              } catch (StopRunException e) {
                fatal.compareAndSet(null, e.getCause());
              } catch (Throwable e) { // the calling thread throws it
                fatal.compareAndSet(null, e);
              } finally {
                slots.release();
              }
            });
  }

  private void transcribe(CallReader reader, CallReader.Call call, InputSink sink) {
    String uri = call.input().uri();
    guarded(
        call.input(),
        reader.format(),
        () -> reader.transcribe(call, sink).ifPresent(heard -> keep(uri, heard, true)));
    finished(call.input());
  }

  private ExecutorService workers() {
    if (workers == null) {
      AtomicInteger number = new AtomicInteger();
      ThreadFactory threads =
          task -> {
            Thread thread = new Thread(task, "earshot-call-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          };
      workers = Executors.newFixedThreadPool(ingest.workers(), threads);
    }
    return workers;
  }

  private synchronized Optional<Interaction> stored(String id) {
    try {
      return store.get(id);
    } catch (IOException | RuntimeException e) {
      throw new StopRunException(e);
    }
  }

  /** Another recording of a call: a place of it, unless the first one could not be heard. */
  private void furtherRecording(Deferred each) {
    CallReader.Call call = each.call();
    String uri = call.input().uri();
    Optional<Interaction> kept = stored(call.id());
    if (kept.isEmpty()) {
      hear(each.reader(), call, new InputSink(uri));
      awaitCalls();
      return;
    }
    boolean sameBytes =
        kept.get().source().flatMap(Source::checksum).equals(Optional.of(call.checksum()));
    boolean sameSideCar =
        kept.get()
            .source()
            .map(source -> CallReader.sideCar(source.uri()))
            .orElse("")
            .equals(CallReader.sideCar(uri));
    synchronized (this) {
      if (!sameBytes && !sameSideCar) {
        warn(uri, "", Problems.SECOND_RECORDING.formatted(call.id()));
      }
      try {
        store.addPlace(kept.get(), uri);
      } catch (IOException | RuntimeException e) {
        throw new StopRunException(e);
      }
      duplicates++;
    }
    finished(call.input());
  }

  private synchronized void keep(String uri, Interaction found, boolean first) {
    Interaction interaction;
    try {
      interaction = ingest.customers().resolve(found);
    } catch (RuntimeException e) {
      String failure = e.getClass().getSimpleName();
      quarantine(uri, "", Problems.RESOLVER_FAILED.formatted(found.id(), failure));
      return;
    }
    try {
      count(uri, interaction, store.keep(interaction, first));
    } catch (Store.RefusedException e) {
      quarantine(uri, "", String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      throw new StopRunException(e);
    }
  }

  private void count(String uri, Interaction interaction, Store.Kept kept) {
    switch (kept) {
      case INDEXED -> indexed++;
      case UNCHANGED -> unchanged++;
      case DUPLICATE -> duplicates++;
      case DIFFERENT -> {
        duplicates++;
        warn(uri, "", Problems.DIFFERENT_CONTENT.formatted(interaction.id()));
      }
    }
    if (kept == Store.Kept.INDEXED || kept == Store.Kept.UNCHANGED) {
      byChannel.merge(interaction.channel().name(), 1L, Long::sum);
    }
  }

  private synchronized void quarantine(String uri, String position, String reason) {
    IngestReport.Quarantined entry = new IngestReport.Quarantined(uri, position, reason);
    quarantined.add(entry);
    listener.quarantined(entry);
  }

  private synchronized void warn(String uri, String position, String message) {
    warnings++;
    listener.warning(uri, position, message);
  }

  private void finished(InputFile input) {
    finished(input.uri(), input.size());
  }

  private synchronized void finished(String uri, long bytes) {
    inputsDone++;
    bytesDone += bytes;
    listener.finished(uri, inputsDone, bytesDone);
  }

  /** Takes what a reader finds in one input. */
  private final class InputSink implements InteractionReader.Sink {
    private final String uri;
    private boolean touched;

    private InputSink(String uri) {
      this.uri = uri;
    }

    private boolean isUntouched() {
      return !touched;
    }

    @Override
    public void interaction(Interaction interaction) {
      touched = true;
      keep(uri, interaction, begin(interaction.id()));
    }

    @Override
    public void rejected(String position, String reason) {
      touched = true;
      quarantine(uri, position, reason);
    }

    @Override
    public void warning(String position, String message) {
      warn(uri, position, message);
    }
  }
}

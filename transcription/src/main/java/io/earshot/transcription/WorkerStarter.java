package io.earshot.transcription;

import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Starts a service's workers. Thread-safe. */
interface WorkerStarter {
  /** Starts a worker, which is then to {@link Worker#load}. */
  Worker start() throws IOException;

  /** The service is closed. */
  void close();

  /** And no thread of it is left. */
  void free();

  /** Workers that are processes. */
  static WorkerStarter processes(
      EngineSettings settings, WorkerCommand command, WorkerLimits limits) {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "earshot-transcription-limits");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return new WorkerStarter() {
      @Override
      public Worker start() throws IOException {
        return WorkerProcess.start(settings, command, limits, clock);
      }

      @Override
      public void close() {
        clock.shutdownNow();
      }

      @Override
      public void free() {}
    };
  }

  /** Workers that share an engine in this process. */
  static WorkerStarter inProcess(Transcriber shared) {
    return new WorkerStarter() {
      @Override
      public Worker start() {
        return new InProcessWorker(shared);
      }

      @Override
      public void close() {}

      @Override
      public void free() {
        shared.close();
      }
    };
  }
}

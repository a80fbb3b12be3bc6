package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Worker processes from outside, as the system sees them. */
final class WorkerProcesses {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private WorkerProcesses() {}

  /** Those that this process started and that are there, also as zombies. */
  static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .or(() -> Optional.of("zombie Worker"))
                    .filter(line -> line.contains("Worker"))
                    .isPresent())
        .toList();
  }

  /** Waits until something is so; fails if it never is. */
  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for: %s", what).isLessThan(end);
      Thread.sleep(10);
    }
  }

  static void noneIsLeft() throws InterruptedException {
    try {
      until("no worker process is left", () -> children().isEmpty());
    } catch (AssertionError e) {
      assertThat(children()).extracting(ProcessHandle::info).isEmpty();
    }
  }

  static void signal(String name, ProcessHandle process) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      assertThat(kill.waitFor()).isZero();
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

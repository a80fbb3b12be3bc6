package io.earshot.cli;

import io.earshot.indexers.IngestListener;
import io.earshot.indexers.IngestReport;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how far something is: a bar on a terminal, a line now and then otherwise.
 */
final class Progress implements IngestListener, AutoCloseable {
  private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_WARNINGS = 50;

  private final PrintWriter err = Terminal.err();
  private final @Nullable ProgressBar bar;
  private final String task;
  private final String unit;
  private final Supplier<String> note;
  private String shown = "";
  private long total;
  private long lastLineNanos = System.nanoTime();
  private long warnings;
  private long quarantined;

  Progress(String task, String unit) {
    this(task, unit, () -> "");
  }

  /** With a note behind how far it is. */
  Progress(String task, String unit, Supplier<String> note) {
    this.task = task;
    this.unit = unit;
    this.note = note;
    bar =
        Terminal.errIsTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()
            : null;
  }

  /** So much is done, of so much in all; 0 in all if nobody knows. */
  void at(long done, long newTotal) {
    total = newTotal;
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
      bar.setExtraMessage(shown + behind());
    } else if (System.nanoTime() - lastLineNanos > LINE_EVERY_NANOS) {
      lastLineNanos = System.nanoTime();
      err.println(
          total > 0
              ? "%s: %,d of %,d %s%s".formatted(task, done, total, unit, behind())
              : "%s: %,d %s%s".formatted(task, done, unit, behind()));
    }
  }

  @Override
  public void found(long inputs, long bytes) {
    at(0, inputs);
  }

  @Override
  public void started(String uri) {
    if (bar != null) {
      shown = uri.substring(uri.lastIndexOf('/') + 1);
      bar.setExtraMessage(shown + behind());
    }
  }

  @Override
  public void finished(String uri, long inputs, long bytes) {
    at(inputs, total);
  }

  /** Which, and why, is in the report; while one waits for it, how many shows that all is well. */
  @Override
  public void quarantined(IngestReport.Quarantined entry) {
    quarantined();
  }

  /** One more is quarantined, of which somebody else tells. */
  void quarantined() {
    quarantined++;
  }

  private String behind() {
    return note.get() + (quarantined == 0 ? "" : ", %,d quarantined".formatted(quarantined));
  }

  @Override
  public void warning(String uri, String position, String message) {
    warnings++;
    if (warnings <= MOST_WARNINGS) {
      Terminal.say("warning: " + place(uri, position) + ": " + message);
    }
  }

  static String shown(IngestReport.Quarantined entry) {
    return place(entry.uri(), entry.position()) + ": " + entry.reason();
  }

  private static String place(String uri, String position) {
    return position.isEmpty() ? uri : uri + " (" + position + ")";
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    if (warnings > MOST_WARNINGS) {
      err.println("warning: %,d more warnings".formatted(warnings - MOST_WARNINGS));
    }
  }
}

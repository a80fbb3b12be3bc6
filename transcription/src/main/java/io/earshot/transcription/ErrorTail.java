package io.earshot.transcription;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a worker process writes to its standard error stream: logs it, and keeps the last
 * lines, which tell what a process died of.
 */
final class ErrorTail {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorTail.class);
  private static final int KEPT_LINES = 60; // the JVM's summary of a crash has some 20
  private static final int LINE_LENGTH = 300;
  private static final int TOLD_LINES = 2;
  private static final String CRASH = "A fatal error has been detected";

  private final InputStream in;
  private final long pid;
  private final Thread thread;
  private final Deque<String> lines = new ArrayDeque<>(); // guarded by itself

  ErrorTail(Process process) {
    in = process.getErrorStream();
    pid = process.pid();
    thread = new Thread(this::read, "earshot-worker-errors-" + pid);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        LOG.debug("worker {}: {}", pid, line);
        keep(line);
      }
    } catch (IOException e) {
      LOG.debug("worker {}: its errors cannot be read any more", pid, e);
    }
  }

  private void keep(String line) {
    String text = line.replaceAll("^#", "").strip();
    if (text.isEmpty()) {
      return;
    }
    synchronized (lines) {
      lines.add(text.substring(0, Math.min(text.length(), LINE_LENGTH)));
      if (lines.size() > KEPT_LINES) {
        lines.remove();
      }
    }
  }

  /** What a process that has ended said last, in one line; empty if it said nothing. */
  String lastWords() {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<String> all;
    synchronized (lines) {
      all = new ArrayList<>(lines);
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).startsWith(CRASH)) {
        return crash(all.subList(i + 1, all.size()));
      }
    }
    return String.join(" / ", all.subList(Math.max(0, all.size() - TOLD_LINES), all.size()));
  }

  /** The signal, and in which library. */
  private static String crash(List<String> summary) {
    List<String> told = new ArrayList<>(summary.subList(0, Math.min(1, summary.size())));
    int frame = summary.indexOf("Problematic frame:");
    if (frame >= 0 && frame + 1 < summary.size()) {
      told.add(summary.get(frame + 1));
    }
    return String.join(" / ", told);
  }
}

package io.earshot.transcription;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which workers there are, and whether there may be another.
 *
 * <p>Not thread-safe: guarded by its service's lock. It starts and closes none itself, since that
 * takes time.
 */
final class WorkerPool {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
  private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final int size;
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Set<Worker> all = new HashSet<>();
  private int reserved; // places for workers that are not among them yet
  private int loading; // workers among them
  private int failures; // of starts, in a row
  private long lastFailureNanos;
  private long loadedBytes;
  private boolean toldOfMemory;
  private long lost;
  private long recycled;

  WorkerPool(int size) {
    this.size = size;
  }

  /**
   * An idle worker: the one that worked last, so that few are kept busy and the others start late.
   */
  @Nullable Worker takeIdle() {
    for (Worker worker = idle.poll(); worker != null; worker = idle.poll()) {
      if (worker.isAlive()) {
        return worker;
      }
      lose(worker);
    }
    return null;
  }

  /** Reserves the place of a worker that is to be started; false if there may be none now. */
  boolean reserve() {
    int there = all.size() + reserved;
    boolean may =
        there == 0
            || (there < size
                && (failures == 0
                    || System.nanoTime() - lastFailureNanos > PAUSE_AFTER_FAILURE_NANOS)
                && memoryAllows());
    reserved += may ? 1 : 0;
    return may;
  }

  private boolean memoryAllows() {
    OptionalLong available = SystemMemory.availableBytes();
    boolean allows =
        available.isEmpty()
            || available.getAsLong() > loadedBytes / 4 * 5 * (reserved + loading + 1);
    if (!allows && !toldOfMemory) {
      toldOfMemory = true;
      LOG.warn(
          "only {} of {} transcription workers run: each needs {} MB, and {} MB are left",
          all.size(),
          size,
          loadedBytes >> 20,
          available.getAsLong() >> 20);
    }
    return allows;
  }

  /** A place that was reserved is taken. */
  void add(Worker worker) {
    reserved--;
    loading++;
    all.add(worker);
  }

  /** A worker that was added is ready to work. */
  void loaded(long bytes) {
    loading--;
    failures = 0;
    loadedBytes = bytes;
  }

  /**
   * A worker for which a place was reserved could not be started.
   *
   * @return how many in a row now could not, and no other is left; 0 if there are others
   */
  int failedToStart(@Nullable Worker worker) {
    if (worker != null && all.remove(worker)) {
      loading--;
    } else {
      reserved--;
    }
    failures++;
    lastFailureNanos = System.nanoTime();
    return all.isEmpty() && reserved == 0 ? failures : 0;
  }

  /** A worker that has done its work. */
  void giveBack(Worker worker) {
    if (all.contains(worker)) {
      idle.push(worker);
    }
  }

  /** A worker that is of no use any more. */
  void lose(Worker worker) {
    if (all.remove(worker)) {
      lost++;
    }
  }

  /** A worker that has served long enough. */
  void recycle(Worker worker) {
    if (all.remove(worker)) {
      recycled++;
    }
  }

  /** Those that there are, idle, working or starting. */
  List<Worker> all() {
    return new ArrayList<>(all);
  }

  /** All workers, to be closed; there are none afterwards. */
  List<Worker> takeAll() {
    List<Worker> taken = all();
    all.clear();
    idle.clear();
    return taken;
  }

  long lost() {
    return lost;
  }

  long recycled() {
    return recycled;
  }
}

package io.earshot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which interactions changed since the reader was last refreshed: all others can be looked up in
 * the reader as it is. Without this, an ingest that asks for each interaction before it adds it
 * would make a segment of each.
 *
 * <p>Changes are numbered upwards. Thread-safe.
 */
final class PendingIds {
  private static final int MOST = 100_000;

  private final Map<String, Long> changes = new ConcurrentHashMap<>();
  private final AtomicLong forgottenTo = new AtomicLong();
  private volatile long visibleTo;

  /** That one was changed, by the change of that number. */
  void changed(String id, long number) {
    if (changes.size() < MOST) {
      changes.merge(id, number, Math::max);
    } else {
      forgottenTo.accumulateAndGet(number, Math::max);
    }
  }

  /** Whether the reader may not show the newest state of that one. */
  boolean mayHold(String id) {
    return changes.containsKey(id) || forgottenTo.get() > visibleTo;
  }

  /** The reader shows every change up to that number. */
  void visibleTo(long number) {
    visibleTo = number;
    changes.values().removeIf(change -> change <= number);
  }
}

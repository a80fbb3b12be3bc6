package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;

/**
 * Keeps what was counted of large histories for as long as their segments are open, the least
 * recently used dropped first.
 *
 * <p>A segment never changes, and its deletions make a new reader of it; so what was counted of one
 * holds until it closes. Entries belong to one customer: nothing of one ever answers another.
 *
 * <p>Thread-safe. Two threads that miss the same entry at once both count it.
 */
public final class ScopeCache {
  private static final long MOST_BYTES = 32L << 20;

  private final long mostBytes;
  private final Map<Key, Value> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Object> watched = new HashSet<>();
  private long bytes;

  /** An empty cache of the usual size. */
  public ScopeCache() {
    this(MOST_BYTES);
  }

  ScopeCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** What can be kept. */
  interface Value {
    /** Roughly the memory that it takes. */
    long bytes();
  }

  /** Counts what is not kept yet. */
  interface Counting<T extends Value> {
    T count() throws IOException;
  }

  private record Key(List<Object> segments, String customer, String field, Class<?> type) {}

  /** What was counted of those segments, or now is. */
  <T extends Value> T get(
      List<LeafReaderContext> segments,
      String customer,
      String field,
      Class<T> type,
      Counting<T> counting)
      throws IOException {
    List<IndexReader.CacheHelper> helpers = new ArrayList<>();
    for (LeafReaderContext segment : segments) {
      Optional.ofNullable(segment.reader().getReaderCacheHelper()).ifPresent(helpers::add);
    }
    if (helpers.size() < segments.size()) {
      return counting.count();
    }
    List<Object> keys = helpers.stream().<Object>map(IndexReader.CacheHelper::getKey).toList();
    Key key = new Key(keys, customer, field, type);
    synchronized (this) {
      Value kept = entries.get(key);
      if (kept != null) {
        return type.cast(kept);
      }
    }
    T counted = counting.count();
    watch(helpers);
    put(key, counted);
    return counted;
  }

  private void watch(List<IndexReader.CacheHelper> helpers) {
    for (IndexReader.CacheHelper helper : helpers) {
      boolean isNew;
      synchronized (this) {
        isNew = watched.add(helper.getKey());
      }
      if (isNew) { // not under the lock: the reader holds one of its own when it calls back
        helper.addClosedListener(this::drop);
      }
    }
  }

  private synchronized void put(Key key, Value value) {
    if (value.bytes() > mostBytes) {
      return;
    }
    Value before = entries.put(key, value);
    bytes += value.bytes() - (before == null ? 0 : before.bytes());
    Iterator<Value> oldest = entries.values().iterator();
    while (bytes > mostBytes) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  private synchronized void drop(Object segment) {
    watched.remove(segment);
    Iterator<Map.Entry<Key, Value>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Key, Value> entry = all.next();
      if (entry.getKey().segments.contains(segment)) {
        bytes -= entry.getValue().bytes();
        all.remove();
      }
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}

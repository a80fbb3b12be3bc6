package io.earshot.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;

/**
 * Keeps what was found out about histories for as long as their segments are open, up to an amount
 * of memory.
 *
 * <p>A segment never changes, and its deletions make a new reader of it; so what was found out
 * holds until it closes. Entries belong to one customer: nothing of one ever answers another.
 *
 * <p>Thread-safe. Two threads that miss the same entry at once both find out.
 */
public final class ScopeCache {
  private static final long MOST_BYTES = 32L << 20;

  private final Cache<Key, Value> entries;
  private final Set<Object> watched = ConcurrentHashMap.newKeySet();

  /** An empty cache of the usual size. */
  public ScopeCache() {
    this(MOST_BYTES);
  }

  ScopeCache(long mostBytes) {
    entries =
        Caffeine.newBuilder()
            .executor(Runnable::run) // what is dropped needs no work, so no threads of others
            .maximumWeight(mostBytes)
            .weigher((Key key, Value value) -> Math.toIntExact(key.bytes() + value.bytes()))
            .build();
  }

  /** What can be kept. */
  interface Value {
    /** Roughly the memory that it takes; below 2 GB. */
    long bytes();
  }

  /** Finds out what is not kept yet. */
  interface Finding<T extends Value> {
    T find() throws IOException;
  }

  private record Key(List<Object> readers, String customer, String field, Class<?> type) {
    /** A host may ask for any customer, so the longest id must not be kept for nothing. */
    private long bytes() {
      return (long) Character.BYTES * customer.length();
    }
  }

  /** What was found out about those segments, or now is. */
  <T extends Value> T get(
      List<LeafReaderContext> segments,
      String customer,
      String field,
      Class<T> type,
      Finding<T> finding)
      throws IOException {
    List<IndexReader.CacheHelper> helpers = new ArrayList<>();
    for (LeafReaderContext segment : segments) {
      Optional.ofNullable(segment.reader().getReaderCacheHelper()).ifPresent(helpers::add);
    }
    return helpers.size() < segments.size()
        ? finding.find()
        : kept(helpers, customer, field, type, finding);
  }

  /** What was found out about all segments of that reader, or now is. */
  <T extends Value> T get(
      DirectoryReader reader, String customer, Class<T> type, Finding<T> finding)
      throws IOException {
    IndexReader.CacheHelper helper = reader.getReaderCacheHelper();
    return helper == null ? finding.find() : kept(List.of(helper), customer, "", type, finding);
  }

  private <T extends Value> T kept(
      List<IndexReader.CacheHelper> readers,
      String customer,
      String field,
      Class<T> type,
      Finding<T> finding)
      throws IOException {
    List<Object> keys = readers.stream().<Object>map(IndexReader.CacheHelper::getKey).toList();
    Key key = new Key(keys, customer, field, type);
    Value kept = entries.getIfPresent(key);
    if (kept != null) {
      return type.cast(kept);
    }
    T found = finding.find();
    for (IndexReader.CacheHelper reader : readers) {
      if (watched.add(reader.getKey())) {
        reader.addClosedListener(this::drop);
      }
    }
    entries.put(key, found);
    return found;
  }

  private void drop(Object reader) {
    watched.remove(reader);
    entries.asMap().keySet().removeIf(key -> key.readers.contains(reader));
  }

  long bytes() {
    entries.cleanUp();
    return entries.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }
}

package io.earshot.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** Times that were measured, and how often each. */
final class Samples {
  private final TreeMap<Double, Long> counts = new TreeMap<>();
  private long size;

  void add(double time, long count) {
    counts.merge(time, count, Long::sum);
    size += count;
  }

  void addAll(Samples others) {
    others.counts.forEach(this::add);
  }

  /**
   * The least time that this share of all samples do not exceed (nearest rank).
   *
   * @param share more than 0, at most 1
   */
  double percentile(double share) {
    long rank = (long) Math.ceil(share * size);
    long before = 0;
    for (Map.Entry<Double, Long> time : counts.entrySet()) {
      before += time.getValue();
      if (before >= rank) {
        return time.getKey();
      }
    }
    throw new IllegalStateException("no samples");
  }
}

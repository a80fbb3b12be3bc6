package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an ingest run did.
 *
 * @param indexed interactions that were new, or different from what the index held
 * @param unchanged interactions that the index held already
 * @param duplicates further places of interactions that this run had seen before; counted nowhere
 *     else
 * @param quarantined inputs, and parts of inputs, that could not be read, in the order found
 * @param ignored files that were left out on purpose, by kind: {@code reference}, {@code side-car},
 *     {@code manifest}, {@code hidden}, {@code other}, {@code visited}
 * @param byChannel interactions indexed and unchanged, by channel
 * @param warnings how often something odd was mended or kept
 * @param elapsed how long the run took
 */
public record IngestReport(
    long indexed,
    long unchanged,
    long duplicates,
    List<Quarantined> quarantined,
    Map<String, Long> ignored,
    Map<String, Long> byChannel,
    long warnings,
    Duration elapsed) {
  /** Copies the collections. */
  public IngestReport {
    quarantined = List.copyOf(quarantined);
    ignored = Collections.unmodifiableMap(new TreeMap<>(ignored));
    byChannel = Collections.unmodifiableMap(new TreeMap<>(byChannel));
    requireNonNull(elapsed, "elapsed");
  }

  /** How long the run took, in seconds. */
  public double seconds() {
    return elapsed.toNanos() / 1e9;
  }

  /**
   * An input, or a part of one, that could not be read.
   *
   * @param uri the input
   * @param position the part, such as {@code line 7}; empty if it is the whole input
   * @param reason what was wrong and what to do, without a customer's words
   */
  public record Quarantined(String uri, String position, String reason) {
    /** Checks the components. */
    public Quarantined {
      requireNonNull(uri, "uri");
      requireNonNull(position, "position");
      requireNonNull(reason, "reason");
    }
  }
}

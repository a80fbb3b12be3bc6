package io.earshot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One interaction in a list by time.
 *
 * @param id the {@link Interaction#id()}
 * @param customer in whose history it is
 * @param channel how it took place
 * @param direction who began it
 * @param startedAt when it began
 * @param subject its subject line
 * @param opening how its first turn begins, shortened; empty if nothing was written or said
 * @param matched whether it answers the query itself
 */
public record TimelineEntry(
    String id,
    String customer,
    Channel channel,
    Optional<Direction> direction,
    Instant startedAt,
    Optional<String> subject,
    String opening,
    boolean matched) {
  /** Checks the components. */
  public TimelineEntry {
    requireNonNull(id, "id");
    requireNonNull(customer, "customer");
    requireNonNull(channel, "channel");
    requireNonNull(direction, "direction");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(subject, "subject");
    requireNonNull(opening, "opening");
  }
}

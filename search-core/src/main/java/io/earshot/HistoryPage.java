package io.earshot;

import java.util.List;
import java.util.Optional;

/**
 * A part of a history.
 *
 * @param interactions the interactions, whole, in the order asked for
 * @param total how many match in all; a lower bound if a warning says that not every combination of
 *     words was looked at
 * @param warnings what of the query was taken otherwise than it may have been meant, and what of it
 *     is not in scope, if nothing was found
 * @param nextCursor where the next page begins; empty on the last
 */
public record HistoryPage(
    List<Interaction> interactions,
    long total,
    List<String> warnings,
    Optional<String> nextCursor) {
  /** Copies the lists. */
  public HistoryPage {
    interactions = List.copyOf(interactions);
    warnings = List.copyOf(warnings);
  }
}

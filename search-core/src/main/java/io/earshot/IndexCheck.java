package io.earshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a check of an index found.
 *
 * @param sound whether every file is whole and every document readable
 * @param problems what is wrong; empty if it is sound
 * @param interactions number of interactions, an interaction of two customers counted twice
 * @param customers number of customers
 * @param byChannel number of interactions by channel
 * @param segments number of segments
 * @param deleted documents that were replaced or removed and whose room is not yet free
 * @param format version of the index's format
 */
public record IndexCheck(
    boolean sound,
    List<String> problems,
    long interactions,
    long customers,
    Map<String, Long> byChannel,
    int segments,
    long deleted,
    int format) {
  /** Checks the components and copies the list. */
  public IndexCheck {
    problems = List.copyOf(problems);
    requireNonNull(byChannel, "byChannel");
  }
}

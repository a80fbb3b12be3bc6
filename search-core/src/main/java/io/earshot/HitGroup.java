package io.earshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The interactions that a hit stands for, where the request asked for a {@link Grouping}.
 *
 * @param grouping what holds them together
 * @param thread the thread's name; of an episode, of the hit's thread; empty if it has none
 * @param matched how many of them answer the query
 * @param repeats how many of them were left out of the timeline because they say nothing new:
 *     copies of another, or answered the query in what they quote alone
 * @param identifiers of an episode, order numbers and the like that at least two of them share, the
 *     most frequent first; empty of a thread
 * @param timeline the interactions, oldest first, those that do not answer the query included; at
 *     most the 100 around the hit, which is always among them
 */
public record HitGroup(
    Grouping grouping,
    String thread,
    long matched,
    long repeats,
    List<String> identifiers,
    List<TimelineEntry> timeline) {
  /** Checks the components and copies the lists. */
  public HitGroup {
    requireNonNull(grouping, "grouping");
    requireNonNull(thread, "thread");
    identifiers = List.copyOf(identifiers);
    timeline = List.copyOf(timeline);
  }
}

package io.earshot;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A history at a glance.
 *
 * @param interactions how many there are
 * @param byChannel interactions by channel, most first
 * @param byMonth interactions by month, such as {@code 2026-05}, newest first
 * @param byDirection interactions by direction, most first
 * @param firstContact when the oldest began; empty if there are none
 * @param lastContact when the newest began; empty if there are none
 * @param openThreads conversations in which the customer had the last word, the 100 newest, each by
 *     its newest interaction. In a chat, and in whatever else has several turns, that is the last
 *     turn with a word in it; elsewhere the direction tells, or without one the speaker. Calls are
 *     never open, notes and articles no answer; nor is open what has a tag or an attribute {@code
 *     status} or {@code state} of {@code closed}, {@code solved}, {@code resolved} or {@code done},
 *     unless another says {@code open}, {@code pending} or {@code new}
 * @param characteristicTerms what this history is about: words and identifiers that several of its
 *     interactions have, at most 20, the most telling first: interactions that have it x ln(1 +
 *     interactions / those that have it), identifiers doubled. Without everyday words and names;
 *     one form of each stem. Nothing but this history counts
 * @param coverage how much of its calls could be heard
 */
public record HistorySummary(
    long interactions,
    Map<String, Long> byChannel,
    Map<String, Long> byMonth,
    Map<String, Long> byDirection,
    Optional<Instant> firstContact,
    Optional<Instant> lastContact,
    List<TimelineEntry> openThreads,
    List<Suggestion> characteristicTerms,
    Coverage coverage) {
  /** Copies the collections. */
  public HistorySummary {
    byChannel = Collections.unmodifiableMap(new LinkedHashMap<>(byChannel));
    byMonth = Collections.unmodifiableMap(new LinkedHashMap<>(byMonth));
    byDirection = Collections.unmodifiableMap(new LinkedHashMap<>(byDirection));
    openThreads = List.copyOf(openThreads);
    characteristicTerms = List.copyOf(characteristicTerms);
  }
}

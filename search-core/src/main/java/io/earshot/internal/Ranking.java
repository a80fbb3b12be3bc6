package io.earshot.internal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What hits are ranked by; {@code docs/ranking.md} has the formula and the reasons.
 *
 * @param weights what a match counts, by field
 * @param otherFields share of what a word scores in fields other than its best
 * @param saturation BM25's k1
 * @param lengthNormalization BM25's b
 * @param stem what a word counts that was found in another inflection
 * @param passage what it counts that a hit's words stand together
 * @param phrase what it counts that they stand in the order they were typed in
 * @param recency what a brand-new interaction gains on an old one, as a share of its score
 * @param halfLifeDays after so many days half of that is lost
 * @param channels what a channel's interactions count, by name; 1 if it is not named
 * @param statistics where it comes from how rare a word is
 */
public record Ranking(
    Map<String, Float> weights,
    float otherFields,
    float saturation,
    float lengthNormalization,
    float stem,
    float passage,
    float phrase,
    float recency,
    double halfLifeDays,
    Map<String, Float> channels,
    Statistics statistics) {

  /** Where it comes from how rare a word is. */
  public enum Statistics {
    /** The scope alone. */
    SCOPE,
    /** A fixed table alone: everyday words, and others. */
    BACKGROUND,
    /** The scope, with some interactions more that are as the table says. */
    BLENDED
  }

  /** Copies the maps; in order, since a cursor is sealed with what this looks like as text. */
  public Ranking {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
    channels = Collections.unmodifiableMap(new TreeMap<>(channels));
  }

  /** What a match in a field counts. */
  public float weight(String field) {
    return weights.getOrDefault(field, 1f);
  }

  /** What a match in a field counts beside one in a turn, 1 at most. */
  double share(String field) {
    double turns = weight(Fields.TEXT);
    return turns == 0 ? 1 : Math.min(1, weight(field) / turns);
  }

  /** Whether where words stand counts. */
  public boolean looksAtPlaces() {
    return passage > 0 || phrase > 0;
  }

  /** Whether the interaction itself counts, whatever its words. */
  boolean looksAtInteractions() {
    return recency > 0 || !channels.isEmpty();
  }
}

package io.earshot.evaluation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something somebody wants to know, and the query that they type for it.
 *
 * @param id names it in judgments and runs; without white space, since those files are split at it
 * @param customer in whose history to search; if empty, in everybody's
 * @param query what is typed, in Earshot's query language
 * @param need in a sentence, what is looked for: what a judge goes by
 * @param kind what sort of topic it is, such as {@code identifier}
 * @param half the half of the collection it belongs to
 */
public record Topic(
    String id,
    Optional<String> customer,
    String query,
    Optional<String> need,
    Optional<String> kind,
    Optional<Half> half) {
  /** Checks the components. */
  public Topic {
    requireNonNull(customer, "customer");
    requireNonNull(query, "query");
    requireNonNull(need, "need");
    requireNonNull(kind, "kind");
    requireNonNull(half, "half");
    if (requireNonNull(id, "id").isEmpty() || id.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "a topic's id must not be empty or hold white space, got \"" + id + "\"");
    }
  }

  /** A topic of everybody's history, of which nothing else is known. */
  public static Topic of(String id, String query) {
    return new Topic(
        id, Optional.empty(), query, Optional.empty(), Optional.empty(), Optional.empty());
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What somebody typed, understood.
 *
 * @param query what it asks for
 * @param warnings what was taken otherwise than it may have been meant
 */
public record ParsedQuery(Query query, List<String> warnings) {
  /** Checks the components and copies the list. */
  public ParsedQuery {
    requireNonNull(query, "query");
    warnings = List.copyOf(warnings);
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

/**
 * How something that is being typed may go on.
 *
 * @param text what to search for: the whole of it, what was typed included
 * @param kind what it is
 * @param interactions how many interactions in scope have it; of a word behind others, how many
 *     have that word; of a phrase, of those looked at
 */
public record Suggestion(String text, SuggestionKind kind, long interactions) {
  /** Checks the components. */
  public Suggestion {
    requireNonNull(text, "text");
    requireNonNull(kind, "kind");
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is shown of a hit: some text, what matched in it, and the moment it was written or said.
 *
 * @param text the text; an ellipsis (U+2026) stands where it was shortened
 * @param highlights what matched, in order, never overlapping; empty if the query asked for no
 *     words
 * @param speaker the name, else the id, of who wrote or said it; empty for quotes, subject and
 *     attachments
 * @param role their role
 * @param at when it was written or said
 * @param audioStartMs where the first highlighted word begins in the recording, in milliseconds; of
 *     a passage without highlights, where the turn begins
 * @param audioEndMs where the last highlighted word ends
 * @param source which part of the interaction it is from
 */
public record Passage(
    String text,
    List<Highlight> highlights,
    Optional<String> speaker,
    Optional<Role> role,
    Instant at,
    OptionalLong audioStartMs,
    OptionalLong audioEndMs,
    PassageSource source) {
  /** Checks the components and copies the list. */
  public Passage {
    requireNonNull(text, "text");
    highlights = List.copyOf(highlights);
    requireNonNull(speaker, "speaker");
    requireNonNull(role, "role");
    requireNonNull(at, "at");
    requireNonNull(audioStartMs, "audioStartMs");
    requireNonNull(audioEndMs, "audioEndMs");
    requireNonNull(source, "source");
  }
}

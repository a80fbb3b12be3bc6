package io.earshot;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a hit: some text, what matched in it, and the moment it was written or said.
 *
 * <p>Immutable.
 */
public final class Passage {
  private final String text;
  private final List<Highlight> highlights;
  private final PassageSource source;
  private final Instant at;
  private final @Nullable String participant;
  private final @Nullable String speaker;
  private final @Nullable Role role;
  private final @Nullable String attachment;
  private final OptionalLong audioStartMs;
  private final OptionalLong audioEndMs;

  private Passage(Builder builder) {
    text = builder.text;
    highlights = List.copyOf(builder.highlights);
    source = builder.source;
    at = builder.at;
    participant = builder.participant;
    speaker = builder.speaker;
    role = builder.role;
    attachment = builder.attachment;
    audioStartMs = builder.audioStartMs;
    audioEndMs = builder.audioEndMs;
  }

  /** The text; an ellipsis (U+2026) stands where it was shortened. */
  public String text() {
    return text;
  }

  /** What matched, in order, never overlapping; empty if the query asked for no words. */
  public List<Highlight> highlights() {
    return highlights;
  }

  /** The name, else the id, of who wrote or said it; empty for quotes, subject and attachments. */
  public Optional<String> speaker() {
    return Optional.ofNullable(speaker);
  }

  /** The {@link Participant#id()} of who wrote or said it; empty where {@link #speaker()} is. */
  public Optional<String> participant() {
    return Optional.ofNullable(participant);
  }

  /** The role of who wrote or said it; empty where {@link #speaker()} is. */
  public Optional<Role> role() {
    return Optional.ofNullable(role);
  }

  /** When it was written or said. */
  public Instant at() {
    return at;
  }

  /**
   * Where the first highlighted word begins in the recording, in milliseconds; of a passage without
   * highlights, where the turn begins.
   */
  public OptionalLong audioStartMs() {
    return audioStartMs;
  }

  /** Where the last highlighted word ends. */
  public OptionalLong audioEndMs() {
    return audioEndMs;
  }

  /** Which part of the interaction it is from. */
  public PassageSource source() {
    return source;
  }

  /** The name of the attachment it is from. */
  public Optional<String> attachment() {
    return Optional.ofNullable(attachment);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Passage that
        && text.equals(that.text)
        && highlights.equals(that.highlights)
        && source == that.source
        && at.equals(that.at)
        && Objects.equals(participant, that.participant)
        && Objects.equals(speaker, that.speaker)
        && role == that.role
        && Objects.equals(attachment, that.attachment)
        && audioStartMs.equals(that.audioStartMs)
        && audioEndMs.equals(that.audioEndMs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, highlights, source, at, audioStartMs);
  }

  @Override
  public String toString() {
    return "Passage[source=%s, at=%s, participant=%s, audioStartMs=%s, audioEndMs=%s, highlights=%s, text=%s]"
        .formatted(source, at, participant, audioStartMs, audioEndMs, highlights, text);
  }

  /** Makes a {@link Passage}. Not thread-safe. */
  static final class Builder {
    private final String text;
    private final List<Highlight> highlights;
    private final PassageSource source;
    private final Instant at;
    private @Nullable String participant;
    private @Nullable String speaker;
    private @Nullable Role role;
    private @Nullable String attachment;
    private OptionalLong audioStartMs = OptionalLong.empty();
    private OptionalLong audioEndMs = OptionalLong.empty();

    Builder(String text, List<Highlight> highlights, PassageSource source, Instant at) {
      this.text = text;
      this.highlights = highlights;
      this.source = source;
      this.at = at;
    }

    Builder speaker(String newParticipant, String newSpeaker, Role newRole) {
      participant = newParticipant;
      speaker = newSpeaker;
      role = newRole;
      return this;
    }

    Builder attachment(String newAttachment) {
      attachment = newAttachment;
      return this;
    }

    Builder audio(long startMs, long endMs) {
      audioStartMs = OptionalLong.of(startMs);
      audioEndMs = OptionalLong.of(endMs);
      return this;
    }

    Passage build() {
      return new Passage(this);
    }
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One message of a chat, one utterance of a call, or the body of one e-mail.
 *
 * <p>Immutable.
 */
public final class Turn {
  private final String participant;
  private final @Nullable Instant at;
  private final OptionalLong startMs;
  private final OptionalLong endMs;
  private final String text;
  private final List<Word> words;
  private final @Nullable String language;
  private final @Nullable String quotedText;
  private final @Nullable String signature;

  private Turn(Builder builder) {
    participant = builder.participant;
    at = builder.at;
    startMs = builder.startMs;
    endMs = builder.endMs;
    text = builder.text;
    words = List.copyOf(builder.words);
    language = builder.language;
    quotedText = builder.quotedText;
    signature = builder.signature;
  }

  /** A turn of that participant, with that text. */
  public static Turn of(String participant, String text) {
    return builder(participant).text(text).build();
  }

  /**
   * Starts a turn.
   *
   * @param participant the {@link Participant#id()} of whose turn it is
   */
  public static Builder builder(String participant) {
    return new Builder(participant);
  }

  /** The {@link Participant#id()} of whose turn it is. */
  public String participant() {
    return participant;
  }

  /** When it was written or said. */
  public Optional<Instant> at() {
    return Optional.ofNullable(at);
  }

  /** Where it begins in the recording, in milliseconds. */
  public OptionalLong startMs() {
    return startMs;
  }

  /** Where it ends in the recording, in milliseconds; at least {@link #startMs()}. */
  public OptionalLong endMs() {
    return endMs;
  }

  /** What was newly written or said, for reading; may be empty. */
  public String text() {
    return text;
  }

  /** The words as heard, in the order of their start; empty where there are no word times. */
  public List<Word> words() {
    return words;
  }

  /** BCP 47 tag of the language, where it differs from the interaction's. */
  public Optional<String> language() {
    return Optional.ofNullable(language);
  }

  /** What an e-mail repeats of earlier ones. */
  public Optional<String> quotedText() {
    return Optional.ofNullable(quotedText);
  }

  /** An e-mail's signature and disclaimers. */
  public Optional<String> signature() {
    return Optional.ofNullable(signature);
  }

  /** A builder that holds this turn's values. */
  public Builder toBuilder() {
    Builder builder = new Builder(participant);
    builder.at = at;
    builder.startMs = startMs;
    builder.endMs = endMs;
    builder.text = text;
    builder.words = words;
    builder.language = language;
    builder.quotedText = quotedText;
    builder.signature = signature;
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Turn that
        && participant.equals(that.participant)
        && Objects.equals(at, that.at)
        && startMs.equals(that.startMs)
        && endMs.equals(that.endMs)
        && text.equals(that.text)
        && words.equals(that.words)
        && Objects.equals(language, that.language)
        && Objects.equals(quotedText, that.quotedText)
        && Objects.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(participant, at, startMs, endMs, text, words, language, quotedText);
  }

  @Override
  public String toString() {
    return "Turn[participant=" + participant + ", at=" + at + ", startMs=" + startMs + "]";
  }

  /** Makes a {@link Turn}. Not thread-safe. */
  public static final class Builder {
    private final String participant;
    private @Nullable Instant at;
    private OptionalLong startMs = OptionalLong.empty();
    private OptionalLong endMs = OptionalLong.empty();
    private String text = "";
    private List<Word> words = new ArrayList<>();
    private @Nullable String language;
    private @Nullable String quotedText;
    private @Nullable String signature;

    private Builder(String participant) {
      if (requireNonNull(participant, "participant").isBlank()) {
        throw new IllegalArgumentException("a turn's participant must not be blank");
      }
      this.participant = participant;
    }

    /** When it was written or said. By default unknown. */
    public Builder at(Instant newAt) {
      at = requireNonNull(newAt, "at");
      return this;
    }

    /**
     * Where it stands in the recording, in milliseconds. By default nowhere.
     *
     * @throws IllegalArgumentException unless {@code 0 <= startMs <= endMs}
     */
    public Builder audio(long newStartMs, long newEndMs) {
      if (newStartMs < 0 || newEndMs < newStartMs) {
        throw new IllegalArgumentException(
            "a turn's times must be 0 <= startMs <= endMs, got " + newStartMs + ".." + newEndMs);
      }
      startMs = OptionalLong.of(newStartMs);
      endMs = OptionalLong.of(newEndMs);
      return this;
    }

    /** What was newly written or said. By default empty. */
    public Builder text(String newText) {
      text = requireNonNull(newText, "text");
      return this;
    }

    /** The words as heard, in the order of their start. By default none. */
    public Builder words(List<Word> newWords) {
      words = requireNonNull(newWords, "words");
      return this;
    }

    /** BCP 47 tag of the language. By default the interaction's. */
    public Builder language(String newLanguage) {
      language = requireNonNull(newLanguage, "language");
      return this;
    }

    /** What an e-mail repeats of earlier ones. By default nothing. */
    public Builder quotedText(String newQuotedText) {
      quotedText = requireNonNull(newQuotedText, "quotedText");
      return this;
    }

    /** An e-mail's signature and disclaimers. By default none. */
    public Builder signature(String newSignature) {
      signature = requireNonNull(newSignature, "signature");
      return this;
    }

    /** The turn. */
    public Turn build() {
      return new Turn(this);
    }
  }
}

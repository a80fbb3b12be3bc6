package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What one speaker said without a longer pause.
 *
 * @param channel the audio channel, from 0
 * @param speaker which of the voices on that channel, from 0; always 0 unless a speaker model told
 *     them apart
 * @param role whose voice the channel carries, as far as the recording tells; a host that knows
 *     better overrides it
 * @param startMs where it begins, in milliseconds from the start of the recording
 * @param endMs where it ends, at least {@code startMs}
 * @param text the words in written form, for reading
 * @param words the words as heard, in order
 */
public record Utterance(
    int channel,
    int speaker,
    SpeakerRole role,
    long startMs,
    long endMs,
    String text,
    List<TranscribedWord> words) {
  /** Checks the components and copies the list. */
  public Utterance {
    requireNonNull(role, "role");
    requireNonNull(text, "text");
    if (channel < 0) {
      throw new IllegalArgumentException("channel must not be negative, got " + channel);
    }
    if (speaker < 0) {
      throw new IllegalArgumentException("speaker must not be negative, got " + speaker);
    }
    if (startMs < 0 || endMs < startMs) {
      throw new IllegalArgumentException(
          "an utterance's times must be 0 <= startMs <= endMs, got " + startMs + ".." + endMs);
    }
    words = List.copyOf(words);
  }
}

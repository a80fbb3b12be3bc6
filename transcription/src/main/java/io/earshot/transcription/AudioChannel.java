package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What could be heard on one channel of a recording, and what could not.
 *
 * @param index the channel, from 0
 * @param state what it carries
 * @param speechMs how long somebody spoke, in milliseconds, as far as was detected
 * @param heardMs how much of that was heard with confidence, at most {@code speechMs}
 * @param stretches where something else than clear speech is, ordered by start; they may overlap
 */
public record AudioChannel(
    int index, State state, long speechMs, long heardMs, List<Stretch> stretches) {
  /** Checks the components and copies the list. */
  public AudioChannel {
    requireNonNull(state, "state");
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative, got " + index);
    }
    if (heardMs < 0 || speechMs < heardMs) {
      throw new IllegalArgumentException(
          "lengths must be 0 <= heardMs <= speechMs, got " + heardMs + " of " + speechMs);
    }
    stretches = List.copyOf(stretches);
  }

  /** Share of the speech that was heard with confidence, 0 to 1; 1 if nobody speaks. */
  public double coverage() {
    return speechMs == 0 ? 1 : (double) heardMs / speechMs;
  }

  /** What a channel carries. */
  public enum State {
    /** Somebody speaks. */
    SPEECH,
    /** There is sound, such as music or noise, and nobody speaks. */
    NO_SPEECH,
    /** There is no sound: a line that was not connected, or not recorded. */
    SILENT,
    /** The same as another channel, as where a mono recording was made stereo: not transcribed. */
    COPY
  }

  /**
   * A part of a channel that is no clear speech.
   *
   * @param startMs where it begins, in milliseconds from the start of the recording
   * @param endMs where it ends, at least {@code startMs}
   * @param kind what it is
   */
  public record Stretch(long startMs, long endMs, Kind kind) {
    /** Checks the components. */
    public Stretch {
      requireNonNull(kind, "kind");
      if (startMs < 0 || endMs < startMs) {
        throw new IllegalArgumentException(
            "a stretch's times must be 0 <= startMs <= endMs, got " + startMs + ".." + endMs);
      }
    }
  }

  /** Why a stretch is no clear speech. */
  public enum Kind {
    /** Speech of which less than half was heard with confidence: noise, or another language. */
    NOT_UNDERSTOOD,
    /** A faint copy of another channel, which was left out here. */
    CROSSTALK,
    /** Music, as while a caller waits; left out. */
    MUSIC,
    /** Ringing, dialled digits or other steady tones; left out. */
    TONE,
    /** The recording has no audio there. */
    MISSING
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

/**
 * The recording of a call.
 *
 * @param uri where the audio lies: a file URI, a path, or any address the host can open
 * @param durationMs length in milliseconds; 0 if it is not known
 * @param channels number of audio channels
 * @param incomplete whether audio is missing: the file was damaged or cut short
 */
public record Recording(String uri, long durationMs, int channels, boolean incomplete) {
  /** Checks the components. */
  public Recording {
    requireNonNull(uri, "uri");
    if (durationMs < 0) {
      throw new IllegalArgumentException("durationMs must not be negative, got " + durationMs);
    }
    if (channels < 0) {
      throw new IllegalArgumentException("channels must not be negative, got " + channels);
    }
  }
}

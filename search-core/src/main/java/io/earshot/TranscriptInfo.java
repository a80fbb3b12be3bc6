package io.earshot;

import static java.util.Objects.requireNonNull;

/**
 * What made a call's transcript, so that it can be made again by something better.
 *
 * @param engine the recogniser, such as {@code vosk}
 * @param model the model's name; may be empty
 * @param version the engine's version; may be empty
 * @param coverage share of the speech that was heard with confidence, 0 to 1
 */
public record TranscriptInfo(String engine, String model, String version, double coverage) {
  /** Checks the components. */
  public TranscriptInfo {
    requireNonNull(engine, "engine");
    requireNonNull(model, "model");
    requireNonNull(version, "version");
    if (!(coverage >= 0 && coverage <= 1)) { // written so that NaN fails too
      throw new IllegalArgumentException("coverage must be in [0, 1], got " + coverage);
    }
  }
}

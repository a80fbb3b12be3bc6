package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What was said in one recording.
 *
 * @param source the recording
 * @param engine the recogniser, such as {@code vosk}
 * @param model the model's name
 * @param version the engine's version
 * @param durationMs length of the decoded audio in milliseconds
 * @param channels number of audio channels
 * @param coverage share of the speech that was heard with confidence, 0 to 1; 1 if nobody speaks
 * @param incomplete whether audio is missing: the file was damaged or cut short
 * @param warnings what was odd about the recording
 * @param utterances what was said, ordered by start time
 */
public record Transcript(
    String source,
    String engine,
    String model,
    String version,
    long durationMs,
    int channels,
    double coverage,
    boolean incomplete,
    List<String> warnings,
    List<Utterance> utterances) {
  /** Checks the components and copies the lists. */
  public Transcript {
    requireNonNull(source, "source");
    requireNonNull(engine, "engine");
    requireNonNull(model, "model");
    requireNonNull(version, "version");
    if (!(coverage >= 0 && coverage <= 1)) { // written so that NaN fails too
      throw new IllegalArgumentException("coverage must be in [0, 1], got " + coverage);
    }
    warnings = List.copyOf(warnings);
    utterances = List.copyOf(utterances);
  }
}

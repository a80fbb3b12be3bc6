package io.earshot.transcription;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * What of Vosk's C interface is used here, one method a function.
 *
 * <p>Not {@code org.vosk}'s own classes: those take the error -1 of a failed decode for "utterance
 * ready", decode text by the platform's charset, and crash when closed twice. Whoever calls this
 * frees each pointer once and uses none afterwards.
 */
interface Vosk {
  /** A model, or null if it cannot be read. */
  @Nullable Pointer newModel(String folder);

  void freeModel(Pointer model);

  /** A recogniser that gives words with times and confidences, or null if it cannot be made. */
  @Nullable Pointer newRecognizer(Pointer model, int sampleRateHz);

  /**
   * Feeds the first {@code length} samples.
   *
   * @return 1 if an utterance has ended, 0 if not, -1 if decoding failed
   */
  int accept(Pointer recognizer, short[] samples, int length);

  /** The utterance that has ended, as JSON. */
  String result(Pointer recognizer);

  /** What was fed since the last result, as JSON. */
  String finalResult(Pointer recognizer);

  void freeRecognizer(Pointer recognizer);
}

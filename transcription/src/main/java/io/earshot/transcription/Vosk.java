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

  /** A model that tells voices apart, or null if it cannot be read. */
  @Nullable Pointer newSpeakerModel(String folder);

  void freeSpeakerModel(Pointer model);

  /** A recogniser that gives alternatives with the times of words, or null if none can be made. */
  @Nullable Pointer newRecognizer(Pointer model, int sampleRateHz);

  /** Lets a recogniser tell voices apart; before it is fed. */
  void setSpeakerModel(Pointer recognizer, Pointer speakerModel);

  /**
   * Feeds the first {@code length} samples.
   *
   * @return 1 if an utterance has ended, 0 if not, -1 if decoding failed
   */
  int accept(Pointer recognizer, short[] samples, int length);

  /** What was heard of the utterance that goes on, as JSON. */
  String partialResult(Pointer recognizer);

  /** Ends the utterance, and gives it as JSON. */
  String result(Pointer recognizer);

  /** The same, to the last sample; the next that is fed begins a new pipeline. */
  String finalResult(Pointer recognizer);

  void freeRecognizer(Pointer recognizer);
}

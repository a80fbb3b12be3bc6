package io.earshot.transcription;

import com.sun.jna.Pointer;

/**
 * One of Vosk's recognisers.
 *
 * <p>Not thread-safe. Holds native memory until it is closed; closing twice is harmless.
 */
final class NativeRecognizer implements AutoCloseable {
  private final Vosk vosk;
  private final Pointer pointer;

  private long accepted;
  private boolean fresh = true; // the next sample begins a pipeline
  private boolean failed;
  private boolean closed;

  NativeRecognizer(Vosk vosk, Pointer pointer) {
    this.vosk = vosk;
    this.pointer = pointer;
  }

  /** How many samples it has taken since it was made: what Vosk counts time in. */
  long accepted() {
    return accepted;
  }

  /**
   * Feeds the first {@code length} samples.
   *
   * @return 1 if an utterance has ended, 0 if not, -1 if decoding failed
   */
  int accept(short[] samples, int length) {
    fresh = false;
    int outcome = vosk.accept(pointer, samples, length);
    accepted += length;
    failed |= outcome < 0;
    return outcome;
  }

  /** What was heard of the utterance that goes on, as JSON. */
  String partialResult() {
    return vosk.partialResult(pointer);
  }

  /** Ends the utterance, and gives it as JSON. */
  String result() {
    return vosk.result(pointer);
  }

  /** The same, to the last sample; the next that is fed begins a new pipeline. */
  String finalResult() {
    fresh = true;
    return vosk.finalResult(pointer);
  }

  /**
   * Forgets what it heard, and the voice it got used to.
   *
   * @return whether it can be used again
   */
  boolean forget(int sampleRateHz) {
    if (!fresh && !failed) {
      // After result() Vosk takes a final result for an empty one, and keeps its pipeline: it has
      // to hear something first. Its own reset keeps the pipeline in any case.
      int length = sampleRateHz / ChannelRecognizer.BLOCKS_PER_SECOND;
      accept(new short[length], length);
      if (!failed) {
        finalResult();
      }
    }
    return !failed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      vosk.freeRecognizer(pointer);
    }
  }
}

package io.earshot.transcription;

import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A model in native memory, and the recognisers that are made of it.
 *
 * <p>A recogniser goes from one recording to the next, since one that has been used is faster: a
 * model with a dynamic graph has much of its search graph unfolded by then.
 *
 * <p>Thread-safe; a recogniser is used by one thread at a time. Holds native memory until it is
 * closed, when no recogniser may be in use.
 */
final class LoadedModel implements AutoCloseable {
  /**
   * What it unfolds a recogniser keeps: 60 MB after ten minutes with the tiny model, 100 MB in the
   * end. By then it is paid for many times over.
   */
  private static final int LONGEST_USE_SECONDS = 900;

  /** Enough for recordings of two channels on all cores. */
  private static final int MOST_IDLE = 2 * Runtime.getRuntime().availableProcessors();

  private final Vosk vosk;
  private final Pointer model;
  private final @Nullable Pointer speakerModel;
  private final int sampleRateHz;
  private final double frameSeconds;
  private final Vocabulary vocabulary;
  private final Deque<NativeRecognizer> idle = new ArrayDeque<>();

  /**
   * Takes over what was loaded: it is freed when this is closed.
   *
   * @param model Vosk's handle
   * @param speakerModel that of a model that tells voices apart, null without one
   * @param sampleRateHz the rate of the audio it takes
   * @param frameSeconds the length of a decoded frame
   * @param vocabulary what the host expects to be said
   */
  LoadedModel(
      Vosk vosk,
      Pointer model,
      @Nullable Pointer speakerModel,
      int sampleRateHz,
      double frameSeconds,
      Vocabulary vocabulary) {
    this.vosk = vosk;
    this.model = model;
    this.speakerModel = speakerModel;
    this.sampleRateHz = sampleRateHz;
    this.frameSeconds = frameSeconds;
    this.vocabulary = vocabulary;
  }

  int sampleRateHz() {
    return sampleRateHz;
  }

  double frameSeconds() {
    return frameSeconds;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * A recogniser that has heard nothing of another recording; given back or closed by the caller.
   */
  NativeRecognizer takeRecognizer() throws SpeechModelException {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    Pointer made = vosk.newRecognizer(model, sampleRateHz);
    if (made == null) {
      throw new SpeechModelException(
          "EARSHOT-206: Vosk cannot make a recogniser from its model. Get the model again.");
    }
    if (speakerModel != null) {
      vosk.setSpeakerModel(made, speakerModel);
    }
    return new NativeRecognizer(vosk, made);
  }

  /** Takes a recogniser back that is not used any more, to be used for another recording. */
  void giveBack(NativeRecognizer recognizer) {
    if (recognizer.accepted() < (long) LONGEST_USE_SECONDS * sampleRateHz
        && recognizer.forget(sampleRateHz)) {
      synchronized (idle) {
        if (idle.size() < MOST_IDLE) {
          idle.push(recognizer);
          return;
        }
      }
    }
    recognizer.close();
  }

  @Override
  public void close() {
    synchronized (idle) {
      idle.forEach(NativeRecognizer::close);
      idle.clear();
    }
    if (speakerModel != null) {
      vosk.freeSpeakerModel(speakerModel);
    }
    vosk.freeModel(model);
  }
}

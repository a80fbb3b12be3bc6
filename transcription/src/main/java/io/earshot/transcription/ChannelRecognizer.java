package io.earshot.transcription;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognises one channel of one recording.
 *
 * <p>Vosk counts time in the samples it was given. Where samples are left out the utterance ends,
 * and {@link TimeMap} moves what follows to where it lies in the recording; the native recogniser
 * goes on, so that a model that adapts to the speaker keeps what it learned.
 *
 * <p>Vosk restarts its pipeline after 20,000 frames, drops the last of them, and counts on from
 * another base (PITFALLS: word times once jumped by 1,200 s). Here the pipeline is flushed and
 * restarted before, at the end of an utterance, where nothing is lost and the base is known.
 *
 * <p>Not thread-safe: made, fed and closed in one thread. Closing twice is harmless.
 */
final class ChannelRecognizer implements AutoCloseable {
  /** Vosk decodes in steps of 0.2 s, and looks for an utterance's end once a call. */
  static final int BLOCKS_PER_SECOND = 5;

  /** Shorter gaps are fed as silence, longer ones are passed over. */
  private static final double LONGEST_FED_GAP_SECONDS = 0.3;

  /** Vosk's own limit is 20,000; an utterance is at most 20 s long, 667 frames. */
  private static final int MOST_FRAMES = 18_000;

  /** What Vosk takes a decoded frame for, whatever the model says. */
  private static final double VOSK_FRAME_SECONDS = 0.03;

  private final Vosk vosk;
  private final Pointer model;
  private final @Nullable Pointer speakerModel;
  private final int sampleRateHz;
  private final double frameSeconds;
  private final Vocabulary vocabulary;
  private final short[] block;
  private final TimeMap times;
  private final List<Recognized> utterances = new ArrayList<>();

  private @Nullable Pointer recognizer;
  private int filled;
  private long fed; // samples, all that the recogniser was given
  private long startOfRound; // what of these it was given before its pipeline began
  private long startOfUtterance;
  private boolean closed;

  /**
   * What was recognised of one utterance.
   *
   * @param words the words, at least one
   * @param voice whose voice it is, as a vector
   */
  record Recognized(List<TranscribedWord> words, VoskResult.Voice voice) {
    long startMs() {
      return words.getFirst().startMs();
    }

    long endMs() {
      return words.getLast().endMs();
    }
  }

  /**
   * For one channel.
   *
   * @param engine the model, and how it is to be used
   */
  ChannelRecognizer(Vosk vosk, LoadedModel engine) {
    this(vosk, engine, BLOCKS_PER_SECOND);
  }

  /**
   * For one channel.
   *
   * @param blocksPerSecond how often Vosk is fed, at least 5
   */
  ChannelRecognizer(Vosk vosk, LoadedModel engine, int blocksPerSecond) {
    this.vosk = vosk;
    model = engine.model();
    speakerModel = engine.speakerModel();
    sampleRateHz = engine.sampleRateHz();
    frameSeconds = engine.frameSeconds();
    vocabulary = engine.vocabulary();
    block = new short[Math.max(1, sampleRateHz / blocksPerSecond)];
    times = new TimeMap(sampleRateHz);
  }

  /** Takes the first {@code length} samples. */
  void accept(short[] samples, int length) throws IOException {
    int from = 0;
    while (from < length) {
      int count = Math.min(length - from, block.length - filled);
      System.arraycopy(samples, from, block, filled, count);
      from += count;
      filled += count;
      if (filled == block.length) {
        feed();
      }
    }
  }

  /** Time goes on without audio, or without any that is worth hearing. */
  void skip(long samples) throws IOException {
    if (samples <= LONGEST_FED_GAP_SECONDS * sampleRateHz) {
      accept(new short[(int) samples], (int) samples);
      return;
    }
    endUtterance();
    times.skip(samples);
  }

  /** Ends the utterance that is being said. */
  void endUtterance() throws IOException {
    feed();
    if (recognizer != null && fed > startOfUtterance) {
      end(recognizer);
    }
  }

  /** Ends the last utterance; nothing may follow. */
  void finish() throws IOException {
    feed();
    if (recognizer != null && fed > startOfUtterance) {
      add(vosk.finalResult(recognizer));
    }
    free();
  }

  /** What is being said, as far as it was heard; empty if nothing. */
  String partial() throws IOException {
    return recognizer == null ? "" : VoskResult.parsePartial(vosk.partialResult(recognizer));
  }

  /** What was said so far, an utterance an entry, in order. */
  List<Recognized> utterances() {
    return utterances;
  }

  private void feed() throws IOException {
    if (closed) {
      throw new IllegalStateException("the recogniser is closed");
    }
    if (filled == 0) {
      return;
    }
    Pointer current = recognizer;
    if (current == null) {
      current = begin();
    }
    int outcome = vosk.accept(current, block, filled);
    fed += filled;
    times.take(filled);
    filled = 0;
    if (outcome < 0) {
      throw new SpeechModelException(
          "EARSHOT-206: Vosk failed to decode at %.1f s. Its model may be damaged: get it again."
              .formatted(times.endSeconds()));
    }
    if (outcome > 0) {
      end(current);
    }
  }

  private Pointer begin() throws IOException {
    Pointer made = vosk.newRecognizer(model, sampleRateHz);
    if (made == null) {
      throw new SpeechModelException(
          "EARSHOT-206: Vosk cannot make a recogniser from its model. Get the model again.");
    }
    recognizer = made;
    if (speakerModel != null) {
      vosk.setSpeakerModel(made, speakerModel);
    }
    return made;
  }

  private void end(Pointer current) throws IOException {
    boolean full = fed - startOfRound > MOST_FRAMES * frameSeconds * sampleRateHz;
    add(full ? vosk.finalResult(current) : vosk.result(current));
    startOfUtterance = fed;
    if (full) {
      startOfRound = fed;
    }
  }

  private void add(String json) throws IOException {
    VoskResult result = VoskResult.parse(json);
    List<TranscribedWord> words = new ArrayList<>();
    for (ConfusionNetwork.Choice choice :
        vocabulary.apply(ConfusionNetwork.of(result.hypotheses()).choices())) {
      words.add(word(choice, words.isEmpty() ? 0 : words.getLast().endMs()));
    }
    if (!words.isEmpty()) {
      utterances.add(new Recognized(words, result.voice()));
    }
  }

  /** Words of different readings may overlap a little: none begins before the one before ends. */
  private TranscribedWord word(ConfusionNetwork.Choice choice, long earliestMs) {
    TimeMap.Span span =
        times.span(
            fedSeconds(choice.word().startSeconds()), fedSeconds(choice.word().endSeconds()));
    long startMs = Math.max(earliestMs, toMs(span.startSeconds()));
    double confidence = Calibration.confidence(choice.share());
    double left = choice.share() < 1 ? (1 - confidence) / (1 - choice.share()) : 0;
    List<TranscribedWord.Alternative> alternatives = new ArrayList<>();
    for (Map.Entry<String, Double> other : choice.others()) {
      alternatives.add(
          new TranscribedWord.Alternative(
              other.getKey(), rounded(Math.min(confidence, other.getValue() * left))));
    }
    return new TranscribedWord(
        choice.word().text(),
        startMs,
        Math.max(startMs, toMs(span.endSeconds())),
        rounded(confidence),
        alternatives);
  }

  /** Vosk's time, in seconds of what it was fed. */
  private double fedSeconds(double voskSeconds) {
    double round = (double) startOfRound / sampleRateHz;
    return round + (voskSeconds - round) * frameSeconds / VOSK_FRAME_SECONDS;
  }

  private static long toMs(double seconds) {
    return Math.max(0, Math.round(seconds * 1_000));
  }

  private static double rounded(double share) {
    return Math.round(share * 1_000) / 1_000.0;
  }

  private void free() {
    if (recognizer != null) {
      vosk.freeRecognizer(recognizer);
      recognizer = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    free();
  }
}

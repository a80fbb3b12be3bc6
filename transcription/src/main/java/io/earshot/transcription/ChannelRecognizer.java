package io.earshot.transcription;

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

  private final LoadedModel model;
  private final int sampleRateHz;
  private final short[] block;
  private final TimeMap times;
  private final List<Recognized> utterances = new ArrayList<>();

  private @Nullable NativeRecognizer recognizer;
  private int filled;
  private long fed; // samples, all that the recogniser was given of this channel
  private long startOfRound; // what of these it was given before its pipeline began
  private long roundSamples; // and what it had taken by then in all its life
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
   * @param model which lends its recogniser until this is finished
   */
  ChannelRecognizer(LoadedModel model) {
    this(model, BLOCKS_PER_SECOND);
  }

  /**
   * For one channel.
   *
   * @param model which lends its recogniser until this is finished
   * @param blocksPerSecond how often Vosk is fed, at least 5
   */
  ChannelRecognizer(LoadedModel model, int blocksPerSecond) {
    this.model = model;
    sampleRateHz = model.sampleRateHz();
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
    NativeRecognizer used = recognizer;
    if (used != null) {
      if (fed > startOfUtterance) {
        add(used.finalResult());
      }
      recognizer = null;
      model.giveBack(used);
    }
  }

  /** What is being said, as far as it was heard; empty if nothing. */
  String partial() throws IOException {
    return recognizer == null ? "" : VoskResult.parsePartial(recognizer.partialResult());
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
    NativeRecognizer current = recognizer;
    if (current == null) {
      current = model.takeRecognizer();
      recognizer = current;
      roundSamples = current.accepted();
    }
    int outcome = current.accept(block, filled);
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

  private void end(NativeRecognizer current) throws IOException {
    boolean full = fed - startOfRound > MOST_FRAMES * model.frameSeconds() * sampleRateHz;
    add(full ? current.finalResult() : current.result());
    startOfUtterance = fed;
    if (full) {
      startOfRound = fed;
      roundSamples = current.accepted();
    }
  }

  private void add(String json) throws IOException {
    VoskResult result = VoskResult.parse(json);
    List<TranscribedWord> words = new ArrayList<>();
    for (ConfusionNetwork.Choice choice :
        model.vocabulary().apply(ConfusionNetwork.of(result.hypotheses()).choices())) {
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

  /**
   * Vosk's time, in seconds of what it was fed of this channel. It tells whole frames since its
   * pipeline began, and adds when that was, rounded to 24 bits.
   */
  private double fedSeconds(double voskSeconds) {
    double round = (double) roundSamples / sampleRateHz;
    double frames = Math.rint((voskSeconds - round) / VOSK_FRAME_SECONDS);
    return (double) startOfRound / sampleRateHz + frames * model.frameSeconds();
  }

  private static long toMs(double seconds) {
    return Math.max(0, Math.round(seconds * 1_000));
  }

  private static double rounded(double share) {
    return Math.round(share * 1_000) / 1_000.0;
  }

  /** Of what is not finished the recogniser is not used again: nobody knows what state it is in. */
  @Override
  public void close() {
    closed = true;
    if (recognizer != null) {
      recognizer.close();
      recognizer = null;
    }
  }
}

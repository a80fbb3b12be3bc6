package io.earshot.transcription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises one channel of one recording.
 *
 * <p>Vosk counts time in the samples it was given. Where samples are left out, a new native
 * recogniser begins, and its times are moved to where its first sample lies in the recording.
 *
 * <p>Not thread-safe: made, fed and closed in one thread. Closing twice is harmless.
 */
final class ChannelRecognizer implements AutoCloseable {
  /** Vosk decodes in steps of 0.2 s, and looks for an utterance's end once a call. */
  private static final int BLOCKS_PER_SECOND = 5;

  /** Shorter gaps are fed as silence, longer ones are passed over. */
  private static final int LONGEST_FED_GAP_SECONDS = 2;

  private static final JsonFactory JSON = new JsonFactory();

  private final Vosk vosk;
  private final Pointer model;
  private final int sampleRateHz;
  private final short[] block;
  private final List<List<TranscribedWord>> utterances = new ArrayList<>();

  private @Nullable Pointer recognizer;
  private int filled;
  private long position; // of the next sample to be taken
  private long startOfTime; // the recogniser's first sample
  private boolean closed;

  ChannelRecognizer(Vosk vosk, Pointer model, int sampleRateHz) {
    this.vosk = vosk;
    this.model = model;
    this.sampleRateHz = sampleRateHz;
    block = new short[Math.max(1, sampleRateHz / BLOCKS_PER_SECOND)];
  }

  /** Takes the first {@code length} samples. */
  void accept(short[] samples, int length) throws IOException {
    int from = 0;
    while (from < length) {
      int count = Math.min(length - from, block.length - filled);
      System.arraycopy(samples, from, block, filled, count);
      from += count;
      filled += count;
      position += count;
      if (filled == block.length) {
        feed();
      }
    }
  }

  /** Time goes on without audio. */
  void skip(long samples) throws IOException {
    long silence = Math.min(samples, (long) LONGEST_FED_GAP_SECONDS * sampleRateHz);
    short[] nothing = new short[block.length];
    for (long left = silence; left > 0; left -= nothing.length) {
      accept(nothing, (int) Math.min(left, nothing.length));
    }
    if (samples > silence) {
      finish();
      position += samples - silence;
    }
  }

  /** Ends the last utterance. */
  void finish() throws IOException {
    if (filled > 0) {
      feed();
    }
    if (recognizer != null) {
      add(vosk.finalResult(recognizer));
      free();
    }
  }

  /** What was said so far, an utterance a list; none is empty. */
  List<List<TranscribedWord>> utterances() {
    return utterances;
  }

  private void feed() throws IOException {
    if (closed) {
      throw new IllegalStateException("the recogniser is closed");
    }
    Pointer current = recognizer;
    if (current == null) {
      current = begin();
    }
    int outcome = vosk.accept(current, block, filled);
    filled = 0;
    if (outcome < 0) {
      throw new SpeechModelException(
          "EARSHOT-206: Vosk failed to decode at %.1f s. Its model may be damaged: get it again."
              .formatted((double) position / sampleRateHz));
    }
    if (outcome > 0) {
      add(vosk.result(current));
    }
  }

  private Pointer begin() throws IOException {
    Pointer made = vosk.newRecognizer(model, sampleRateHz);
    if (made == null) {
      throw new SpeechModelException(
          "EARSHOT-206: Vosk cannot make a recogniser from its model. Get the model again.");
    }
    recognizer = made;
    startOfTime = position - filled;
    return made;
  }

  private void add(String result) throws IOException {
    List<TranscribedWord> words = new ArrayList<>();
    try (JsonParser json = JSON.createParser(result)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && "result".equals(json.currentName())) {
          json.nextToken();
          readWords(json, words);
        }
      }
    } catch (IOException e) {
      throw new SpeechModelException("EARSHOT-206: Vosk gave a result that is not JSON.", e);
    }
    if (!words.isEmpty()) {
      utterances.add(words);
    }
  }

  private void readWords(JsonParser json, List<TranscribedWord> words) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String text = "";
      double start = 0;
      double end = 0;
      double confidence = 0;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "word" -> text = json.getText();
          case "start" -> start = json.getDoubleValue();
          case "end" -> end = json.getDoubleValue();
          case "conf" -> confidence = json.getDoubleValue();
          default -> json.skipChildren();
        }
      }
      long startMs = toMs(start);
      double inRange = Math.max(0, Math.min(1, confidence)); // sums of posteriors round above 1
      words.add(
          new TranscribedWord(text, startMs, Math.max(startMs, toMs(end)), inRange, List.of()));
    }
  }

  private long toMs(double seconds) {
    return Math.max(0, Math.round((startOfTime / (double) sampleRateHz + seconds) * 1_000));
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

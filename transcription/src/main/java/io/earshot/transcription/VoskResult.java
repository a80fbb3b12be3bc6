package io.earshot.transcription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Vosk says of one utterance.
 *
 * @param hypotheses its readings, best first; none if it heard nothing
 * @param voice the speaker's vector, empty without a speaker model or if the utterance is too short
 */
record VoskResult(List<Hypothesis> hypotheses, Voice voice) {
  private static final JsonFactory JSON = new JsonFactory();

  VoskResult {
    hypotheses = List.copyOf(hypotheses);
  }

  /**
   * Reads the JSON of a result, with alternatives or without.
   *
   * @throws SpeechModelException if it is none
   */
  static VoskResult parse(String text) throws SpeechModelException {
    try (JsonParser json = JSON.createParser(text)) {
      return new Reader(json).read();
    } catch (IOException e) {
      throw new SpeechModelException("EARSHOT-206: Vosk gave a result that is not JSON.", e);
    }
  }

  /**
   * Reads the JSON of a partial result.
   *
   * @throws SpeechModelException if it is none
   */
  static String parsePartial(String text) throws SpeechModelException {
    try (JsonParser json = JSON.createParser(text)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && "partial".equals(json.currentName())) {
          return json.nextTextValue();
        }
      }
      return "";
    } catch (IOException e) {
      throw new SpeechModelException("EARSHOT-206: Vosk gave a result that is not JSON.", e);
    }
  }

  /** A speaker's vector; empty if there is none. */
  static final class Voice {
    static final Voice NONE = new Voice(new double[0]);

    private final double[] values;

    Voice(double... values) {
      this.values = values.clone();
    }

    boolean isKnown() {
      return values.length > 0;
    }

    /** Cosine of the angle between two, -1 to 1. */
    double similarity(Voice other) {
      double product = 0;
      double own = 0;
      double others = 0;
      for (int i = 0; i < Math.min(values.length, other.values.length); i++) {
        product += values[i] * other.values[i];
        own += values[i] * values[i];
        others += other.values[i] * other.values[i];
      }
      return own == 0 || others == 0 ? 0 : product / Math.sqrt(own * others);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Voice that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  private static final class Reader {
    private final JsonParser json;
    private final List<Hypothesis> hypotheses = new ArrayList<>();
    private Voice voice = Voice.NONE;

    Reader(JsonParser json) {
      this.json = json;
    }

    VoskResult read() throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      List<Hypothesis.Heard> words = List.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "alternatives" -> readAlternatives();
          case "result" -> words = readWords();
          case "spk" -> voice = readVoice();
          default -> json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("it ends early");
      }
      if (hypotheses.isEmpty() && !words.isEmpty()) {
        hypotheses.add(new Hypothesis(words, 0));
      }
      return new VoskResult(hypotheses, voice);
    }

    private void readAlternatives() throws IOException {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        List<Hypothesis.Heard> words = List.of();
        double score = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          switch (name) {
            case "confidence" -> score = json.getDoubleValue();
            case "result" -> words = readWords();
            default -> json.skipChildren();
          }
        }
        hypotheses.add(new Hypothesis(words, score));
      }
    }

    private List<Hypothesis.Heard> readWords() throws IOException {
      List<Hypothesis.Heard> words = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        String text = "";
        double start = 0;
        double end = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          switch (name) {
            case "word" -> text = json.getText();
            case "start" -> start = json.getDoubleValue();
            case "end" -> end = json.getDoubleValue();
            default -> json.skipChildren();
          }
        }
        words.add(new Hypothesis.Heard(text, start, end));
      }
      return words;
    }

    private Voice readVoice() throws IOException {
      double[] values = new double[16];
      int count = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (count == values.length) {
          values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = json.getDoubleValue();
      }
      return new Voice(Arrays.copyOf(values, count));
    }
  }
}

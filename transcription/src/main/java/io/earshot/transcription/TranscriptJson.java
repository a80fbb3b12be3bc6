package io.earshot.transcription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@link TranscriptFormat#JSON} writes.
 *
 * <p>Strict: a field that is not known is an error, so that none is written and then lost here.
 */
final class TranscriptJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final JsonParser json;

  private TranscriptJson(JsonParser json) {
    this.json = json;
  }

  /**
   * Reads one transcript.
   *
   * @param utf8 the object, and nothing after it but white space
   * @throws IOException if it is none
   */
  static Transcript read(byte[] utf8) throws IOException {
    try (JsonParser json = FACTORY.createParser(utf8)) {
      json.nextToken();
      Transcript transcript = new TranscriptJson(json).transcript();
      if (json.nextToken() != null) {
        throw new IOException("there is something behind the transcript");
      }
      return transcript;
    } catch (IllegalArgumentException e) { // a value that a record refuses
      throw new IOException("not a transcript: " + e.getMessage(), e);
    }
  }

  /** Takes the value of a field; the parser stands on its first token. */
  private interface Field {
    void read(String name) throws IOException;
  }

  /** Makes something of the token that the parser stands on. */
  private interface Element<T> {
    T read() throws IOException;
  }

  private void object(Field field) throws IOException {
    expect(JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      field.read(name);
    }
    expect(JsonToken.END_OBJECT);
  }

  private <T> List<T> array(Element<T> element) throws IOException {
    expect(JsonToken.START_ARRAY);
    List<T> all = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      all.add(element.read());
    }
    return all;
  }

  private void expect(JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw new IOException("expected %s, got %s".formatted(token, json.currentToken()));
    }
  }

  private String text() throws IOException {
    expect(JsonToken.VALUE_STRING);
    return json.getText();
  }

  private <E extends Enum<E>> E constant(Class<E> type) throws IOException {
    return Enum.valueOf(type, text());
  }

  private static IOException unknown(String name) {
    return new IOException("the field " + name + " is not known");
  }

  private Transcript transcript() throws IOException {
    TranscriptFields fields = new TranscriptFields();
    object(
        name -> {
          switch (name) {
            case "source" -> fields.source = text();
            case "engine" -> fields.engine = text();
            case "model" -> fields.model = text();
            case "version" -> fields.version = text();
            case "durationMs" -> fields.durationMs = json.getLongValue();
            case "channels" -> fields.channels = json.getIntValue();
            case "coverage" -> fields.coverage = json.getDoubleValue();
            case "rolesGuessed" -> fields.rolesGuessed = json.getBooleanValue();
            case "incomplete" -> fields.incomplete = json.getBooleanValue();
            case "warnings" -> fields.warnings = array(this::text);
            case "audioChannels" -> fields.audioChannels = array(this::channel);
            case "utterances" -> fields.utterances = array(this::utterance);
            default -> throw unknown(name);
          }
        });
    return fields.transcript();
  }

  private AudioChannel channel() throws IOException {
    ChannelFields fields = new ChannelFields();
    object(
        name -> {
          switch (name) {
            case "channel" -> fields.index = json.getIntValue();
            case "state" -> fields.state = constant(AudioChannel.State.class);
            case "speechMs" -> fields.speechMs = json.getLongValue();
            case "heardMs" -> fields.heardMs = json.getLongValue();
            case "coverage" -> {} // follows from these two
            case "stretches" -> fields.stretches = array(this::stretch);
            default -> throw unknown(name);
          }
        });
    return new AudioChannel(
        fields.index, fields.state, fields.speechMs, fields.heardMs, fields.stretches);
  }

  private AudioChannel.Stretch stretch() throws IOException {
    StretchFields fields = new StretchFields();
    object(
        name -> {
          switch (name) {
            case "startMs" -> fields.startMs = json.getLongValue();
            case "endMs" -> fields.endMs = json.getLongValue();
            case "kind" -> fields.kind = constant(AudioChannel.Kind.class);
            default -> throw unknown(name);
          }
        });
    return new AudioChannel.Stretch(fields.startMs, fields.endMs, fields.kind);
  }

  private Utterance utterance() throws IOException {
    UtteranceFields fields = new UtteranceFields();
    object(
        name -> {
          switch (name) {
            case "channel" -> fields.channel = json.getIntValue();
            case "speaker" -> fields.speaker = json.getIntValue();
            case "role" -> fields.role = constant(SpeakerRole.class);
            case "startMs" -> fields.startMs = json.getLongValue();
            case "endMs" -> fields.endMs = json.getLongValue();
            case "text" -> fields.text = text();
            case "words" -> fields.words = array(this::word);
            default -> throw unknown(name);
          }
        });
    return new Utterance(
        fields.channel,
        fields.speaker,
        fields.role,
        fields.startMs,
        fields.endMs,
        fields.text,
        fields.words);
  }

  private TranscribedWord word() throws IOException {
    WordFields fields = new WordFields();
    object(
        name -> {
          switch (name) {
            case "text" -> fields.text = text();
            case "startMs" -> fields.startMs = json.getLongValue();
            case "endMs" -> fields.endMs = json.getLongValue();
            case "confidence" -> fields.confidence = json.getDoubleValue();
            case "alternatives" -> fields.alternatives = array(this::alternative);
            default -> throw unknown(name);
          }
        });
    return new TranscribedWord(
        fields.text, fields.startMs, fields.endMs, fields.confidence, fields.alternatives);
  }

  private TranscribedWord.Alternative alternative() throws IOException {
    WordFields fields = new WordFields();
    object(
        name -> {
          switch (name) {
            case "text" -> fields.text = text();
            case "confidence" -> fields.confidence = json.getDoubleValue();
            default -> throw unknown(name);
          }
        });
    return new TranscribedWord.Alternative(fields.text, fields.confidence);
  }

  private static final class TranscriptFields {
    private String source = "";
    private String engine = "";
    private String model = "";
    private String version = "";
    private long durationMs;
    private int channels = 1;
    private double coverage = 1;
    private boolean rolesGuessed;
    private boolean incomplete;
    private List<String> warnings = List.of();
    private List<AudioChannel> audioChannels = List.of();
    private List<Utterance> utterances = List.of();

    private Transcript transcript() {
      return Transcript.builder(source)
          .engine(engine, version)
          .model(model)
          .durationMs(durationMs)
          .audioChannels(audioChannels)
          .channels(channels) // after these, since an engine need not tell of each
          .coverage(coverage)
          .rolesGuessed(rolesGuessed)
          .incomplete(incomplete)
          .warnings(warnings)
          .utterances(utterances)
          .build();
    }
  }

  private static final class ChannelFields {
    private int index;
    private AudioChannel.State state = AudioChannel.State.SPEECH;
    private long speechMs;
    private long heardMs;
    private List<AudioChannel.Stretch> stretches = List.of();
  }

  private static final class StretchFields {
    private long startMs;
    private long endMs;
    private AudioChannel.Kind kind = AudioChannel.Kind.MISSING;
  }

  private static final class UtteranceFields {
    private int channel;
    private int speaker;
    private SpeakerRole role = SpeakerRole.UNKNOWN;
    private long startMs;
    private long endMs;
    private String text = "";
    private List<TranscribedWord> words = List.of();
  }

  private static final class WordFields {
    private String text = "";
    private long startMs;
    private long endMs;
    private double confidence;
    private List<TranscribedWord.Alternative> alternatives = List.of();
  }
}

package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Formats a transcript can be written in.
 *
 * <p>Thread-safe.
 */
public enum TranscriptFormat {
  /**
   * One object on one line: {@code source}, {@code engine}, {@code model}, {@code version}, {@code
   * durationMs}, {@code channels}, {@code coverage}, {@code rolesGuessed}, {@code incomplete},
   * {@code warnings}, {@code audioChannels}, and {@code utterances} with their {@code words}. Times
   * are whole milliseconds.
   */
  JSON {
    @Override
    void writeTo(Writer out, Transcript transcript) throws IOException {
      try (JsonGenerator json =
          JSON_FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
        writeTranscript(json, transcript);
      }
      out.write('\n');
    }
  },

  /** WebVTT, with a voice a speaker. Utterances without a word that is known are left out. */
  VTT {
    @Override
    void writeTo(Writer out, Transcript transcript) throws IOException {
      out.write("WEBVTT\n");
      for (Utterance utterance : transcript.utterances()) {
        if (!utterance.text().isBlank()) {
          out.write('\n');
          out.write(cueTimes(utterance, '.'));
          out.write(
              "\n<v %s>%s\n"
                  .formatted(speaker(transcript, utterance), escaped(oneLine(utterance))));
        }
      }
    }
  },

  /** SubRip, each cue with its speaker. Utterances without a word that is known are left out. */
  SRT {
    @Override
    void writeTo(Writer out, Transcript transcript) throws IOException {
      int number = 0;
      for (Utterance utterance : transcript.utterances()) {
        if (!utterance.text().isBlank()) {
          number++;
          out.write(number == 1 ? "" : "\n");
          out.write(number + "\n" + cueTimes(utterance, ','));
          out.write("\n%s: %s\n".formatted(label(transcript, utterance), oneLine(utterance)));
        }
      }
    }
  },

  /**
   * For reading, a line an utterance: {@code [00:05.7] CUSTOMER: hello}. Utterances without a word
   * that is known are left out.
   */
  TEXT {
    @Override
    void writeTo(Writer out, Transcript transcript) throws IOException {
      for (Utterance utterance : transcript.utterances()) {
        if (!utterance.text().isBlank()) {
          out.write(
              "[%s] %s: %s\n"
                  .formatted(
                      clock(utterance.startMs()),
                      label(transcript, utterance),
                      oneLine(utterance)));
        }
      }
    }
  };

  private static final JsonFactory JSON_FACTORY = new JsonFactory();

  /**
   * Writes a transcript, lines ended by a line feed.
   *
   * @param transcript the transcript
   * @param out flushed and left open: the caller closes it; WebVTT is UTF-8 by definition
   * @throws IOException if {@code out} throws it
   */
  public void write(Transcript transcript, Writer out) throws IOException {
    requireNonNull(transcript, "transcript");
    requireNonNull(out, "out");
    writeTo(out, transcript);
    out.flush();
  }

  /** The whole text. */
  public String format(Transcript transcript) {
    StringWriter text = new StringWriter();
    try {
      write(transcript, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }

  abstract void writeTo(Writer out, Transcript transcript) throws IOException;

  private static void writeTranscript(JsonGenerator json, Transcript transcript)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("source", transcript.source());
    json.writeStringField("engine", transcript.engine());
    json.writeStringField("model", transcript.model());
    json.writeStringField("version", transcript.version());
    json.writeNumberField("durationMs", transcript.durationMs());
    json.writeNumberField("channels", transcript.channels());
    json.writeNumberField("coverage", transcript.coverage());
    json.writeBooleanField("rolesGuessed", transcript.rolesGuessed());
    json.writeBooleanField("incomplete", transcript.incomplete());
    json.writeArrayFieldStart("warnings");
    for (String warning : transcript.warnings()) {
      json.writeString(warning);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("audioChannels");
    for (AudioChannel channel : transcript.audioChannels()) {
      writeChannel(json, channel);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("utterances");
    for (Utterance utterance : transcript.utterances()) {
      writeUtterance(json, utterance);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeChannel(JsonGenerator json, AudioChannel channel) throws IOException {
    json.writeStartObject();
    json.writeNumberField("channel", channel.index());
    json.writeStringField("state", channel.state().name());
    json.writeNumberField("speechMs", channel.speechMs());
    json.writeNumberField("heardMs", channel.heardMs());
    json.writeNumberField("coverage", channel.coverage());
    json.writeArrayFieldStart("stretches");
    for (AudioChannel.Stretch stretch : channel.stretches()) {
      json.writeStartObject();
      json.writeNumberField("startMs", stretch.startMs());
      json.writeNumberField("endMs", stretch.endMs());
      json.writeStringField("kind", stretch.kind().name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeUtterance(JsonGenerator json, Utterance utterance) throws IOException {
    json.writeStartObject();
    json.writeNumberField("channel", utterance.channel());
    json.writeNumberField("speaker", utterance.speaker());
    json.writeStringField("role", utterance.role().name());
    json.writeNumberField("startMs", utterance.startMs());
    json.writeNumberField("endMs", utterance.endMs());
    json.writeStringField("text", utterance.text());
    json.writeArrayFieldStart("words");
    for (TranscribedWord word : utterance.words()) {
      writeWord(json, word);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeWord(JsonGenerator json, TranscribedWord word) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", word.text());
    json.writeNumberField("startMs", word.startMs());
    json.writeNumberField("endMs", word.endMs());
    json.writeNumberField("confidence", word.confidence());
    json.writeArrayFieldStart("alternatives");
    for (TranscribedWord.Alternative alternative : word.alternatives()) {
      json.writeStartObject();
      json.writeStringField("text", alternative.text());
      json.writeNumberField("confidence", alternative.confidence());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** A cue of no length would be no cue. */
  private static String cueTimes(Utterance utterance, char decimalMark) {
    long endMs = Math.max(utterance.endMs(), utterance.startMs() + 1);
    return cueTime(utterance.startMs(), decimalMark) + " --> " + cueTime(endMs, decimalMark);
  }

  private static String cueTime(long ms, char decimalMark) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d%c%03d",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1_000 % 60,
        decimalMark,
        ms % 1_000);
  }

  private static String clock(long ms) {
    String minutes =
        String.format(
            Locale.ROOT, "%02d:%02d.%d", ms / 60_000 % 60, ms / 1_000 % 60, ms / 100 % 10);
    return ms < 3_600_000 ? minutes : ms / 3_600_000 + ":" + minutes;
  }

  private static String label(Transcript transcript, Utterance utterance) {
    return speaker(transcript, utterance).toUpperCase(Locale.ROOT);
  }

  private static String speaker(Transcript transcript, Utterance utterance) {
    return switch (utterance.role()) {
      case AGENT -> "Agent";
      case CUSTOMER -> "Customer";
      case UNKNOWN ->
          isVoiceKnown(transcript)
              ? "Speaker " + (utterance.speaker() + 1)
              : "Channel " + utterance.channel();
    };
  }

  private static boolean isVoiceKnown(Transcript transcript) {
    return transcript.utterances().stream().anyMatch(each -> each.speaker() > 0);
  }

  /** An empty line would end a cue. */
  private static String oneLine(Utterance utterance) {
    return utterance.text().strip().replaceAll("\\s+", " ");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

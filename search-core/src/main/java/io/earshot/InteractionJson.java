package io.earshot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.earshot.internal.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON form of an {@link Interaction}: one object, its fields named as the accessors.
 *
 * <p>It is the generic import format and what {@code earshot parse} prints; every field is
 * described in {@code docs/interaction-format.md}. Reading what was written gives an equal
 * interaction.
 *
 * <p>Thread-safe.
 */
public final class InteractionJson {
  private InteractionJson() {}

  /**
   * An interaction that was read, and what was odd about it.
   *
   * @param interaction the interaction
   * @param warnings what was kept as an attribute or mended, each with its JSON path
   */
  public record Parsed(Interaction interaction, List<String> warnings) {
    /** Checks the components and copies the list. */
    public Parsed {
      requireNonNull(interaction, "interaction");
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Reads one interaction.
   *
   * <p>A field that is not known is kept in {@link Interaction#attributes()} under its JSON path,
   * with a warning. A turn of somebody who is not among the participants adds them, with a warning.
   *
   * @param json one JSON object
   * @throws InvalidInteractionException if it is not JSON, not an object, lacks {@code id}, {@code
   *     channel} or {@code startedAt}, or a value is not of its field's kind
   */
  public static Parsed read(String json) {
    return InteractionJsonReader.read(requireNonNull(json, "json"));
  }

  /** The interaction as one line of JSON, without a line break at its end. */
  public static String write(Interaction interaction) {
    StringWriter text = new StringWriter();
    try {
      write(interaction, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }

  /**
   * Writes the interaction as one line of JSON, without a line break at its end.
   *
   * @param interaction the interaction
   * @param out left open: the caller closes it
   * @throws IOException if {@code out} throws it
   */
  public static void write(Interaction interaction, Writer out) throws IOException {
    requireNonNull(interaction, "interaction");
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringField("id", interaction.id());
      writeCustomers(json, interaction.customers());
      json.writeStringField("channel", interaction.channel().name());
      text(json, "direction", interaction.direction().map(InteractionJson::lower));
      json.writeStringField("startedAt", interaction.startedAt().toString());
      text(json, "endedAt", interaction.endedAt().map(Instant::toString));
      text(json, "subject", interaction.subject());
      text(json, "thread", interaction.thread());
      writeParticipants(json, interaction.participants());
      writeTurns(json, interaction.turns());
      writeAttachments(json, interaction.attachments());
      text(json, "language", interaction.language());
      texts(json, "tags", interaction.tags());
      text(json, "messageId", interaction.messageId());
      text(json, "inReplyTo", interaction.inReplyTo());
      texts(json, "references", interaction.references());
      if (interaction.recording().isPresent()) {
        writeRecording(json, interaction.recording().get());
      }
      if (interaction.transcript().isPresent()) {
        writeTranscript(json, interaction.transcript().get());
      }
      if (interaction.source().isPresent()) {
        writeSource(json, interaction.source().get());
      }
      writeAttributes(json, interaction.attributes());
      json.writeEndObject();
    }
  }

  private static void writeCustomers(JsonGenerator json, List<String> customers)
      throws IOException {
    if (customers.size() == 1) {
      json.writeStringField("customer", customers.getFirst());
    } else {
      texts(json, "customer", customers);
    }
  }

  private static void writeParticipants(JsonGenerator json, List<Participant> participants)
      throws IOException {
    json.writeArrayFieldStart("participants");
    for (Participant participant : participants) {
      json.writeStartObject();
      json.writeStringField("id", participant.id());
      text(json, "name", participant.name());
      text(json, "address", participant.address());
      json.writeStringField("role", participant.role().name());
      text(json, "as", participant.as().map(Enum::name));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeTurns(JsonGenerator json, List<Turn> turns) throws IOException {
    json.writeArrayFieldStart("turns");
    for (Turn turn : turns) {
      json.writeStartObject();
      json.writeStringField("participant", turn.participant());
      text(json, "at", turn.at().map(Instant::toString));
      if (turn.startMs().isPresent()) {
        json.writeNumberField("startMs", turn.startMs().getAsLong());
        json.writeNumberField("endMs", turn.endMs().orElseThrow());
      }
      json.writeStringField("text", turn.text());
      writeWords(json, turn.words());
      text(json, "language", turn.language());
      text(json, "quotedText", turn.quotedText());
      text(json, "signature", turn.signature());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeWords(JsonGenerator json, List<Word> words) throws IOException {
    if (words.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("words");
    for (Word word : words) {
      json.writeStartObject();
      json.writeStringField("text", word.text());
      json.writeNumberField("startMs", word.startMs());
      json.writeNumberField("endMs", word.endMs());
      json.writeNumberField("confidence", word.confidence());
      if (!word.alternatives().isEmpty()) {
        json.writeArrayFieldStart("alternatives");
        for (Word.Alternative alternative : word.alternatives()) {
          json.writeStartObject();
          json.writeStringField("text", alternative.text());
          json.writeNumberField("confidence", alternative.confidence());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeAttachments(JsonGenerator json, List<Attachment> attachments)
      throws IOException {
    if (attachments.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("attachments");
    for (Attachment attachment : attachments) {
      json.writeStartObject();
      json.writeStringField("name", attachment.name());
      text(json, "mediaType", attachment.mediaType());
      if (attachment.size().isPresent()) {
        json.writeNumberField("size", attachment.size().getAsLong());
      }
      text(json, "text", attachment.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRecording(JsonGenerator json, Recording recording) throws IOException {
    json.writeObjectFieldStart("recording");
    json.writeStringField("uri", recording.uri());
    json.writeNumberField("durationMs", recording.durationMs());
    json.writeNumberField("channels", recording.channels());
    json.writeBooleanField("incomplete", recording.incomplete());
    json.writeEndObject();
  }

  private static void writeTranscript(JsonGenerator json, TranscriptInfo transcript)
      throws IOException {
    json.writeObjectFieldStart("transcript");
    json.writeStringField("engine", transcript.engine());
    json.writeStringField("model", transcript.model());
    json.writeStringField("version", transcript.version());
    json.writeNumberField("coverage", transcript.coverage());
    json.writeEndObject();
  }

  private static void writeSource(JsonGenerator json, Source source) throws IOException {
    json.writeObjectFieldStart("source");
    json.writeStringField("uri", source.uri());
    text(json, "format", source.format());
    text(json, "checksum", source.checksum());
    texts(json, "locations", source.locations());
    json.writeEndObject();
  }

  private static void writeAttributes(JsonGenerator json, Map<String, String> attributes)
      throws IOException {
    if (attributes.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      json.writeStringField(attribute.getKey(), attribute.getValue());
    }
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private static void texts(JsonGenerator json, String name, List<String> values)
      throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

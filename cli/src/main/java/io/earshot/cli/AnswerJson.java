package io.earshot.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.earshot.Direction;
import io.earshot.Highlight;
import io.earshot.Hit;
import io.earshot.Passage;
import io.earshot.PassageSource;
import io.earshot.SearchResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An answer in the JSON form that scripts rely on; see {@code docs/command-line.md}. */
final class AnswerJson {
  private AnswerJson() {}

  static void write(JsonGenerator json, SearchResult result) throws IOException {
    json.writeStartObject();
    fields(json, result);
    json.writeEndObject();
  }

  static void fields(JsonGenerator json, SearchResult result) throws IOException {
    json.writeStringField("query", result.query());
    text(json, "customer", result.customer());
    json.writeNumberField("total", result.total());
    json.writeBooleanField("totalIsExact", result.totalIsExact());
    json.writeBooleanField("relaxed", result.relaxed());
    json.writeFieldName("tookMillis");
    json.writeNumber(String.format(Locale.ROOT, "%.3f", result.took().toNanos() / 1e6));
    texts(json, "warnings", result.warnings());
    json.writeNullField("didYouMean");
    json.writeArrayFieldStart("hits");
    for (Hit hit : result.hits()) {
      write(json, hit);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("facets");
    for (Map.Entry<String, Map<String, Long>> facet : result.facets().entrySet()) {
      Json.counts(json, facet.getKey(), facet.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("coverage");
    json.writeNumberField("calls", result.coverage().calls());
    json.writeNumberField("poorlyHeard", result.coverage().poorlyHeard());
    json.writeEndObject();
    json.writeNullField("nextCursor");
  }

  private static void write(JsonGenerator json, Hit hit) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", hit.id());
    json.writeStringField("customer", hit.customer());
    json.writeStringField("channel", hit.channel().name());
    text(json, "direction", hit.direction().map(Direction::name).map(AnswerJson::lower));
    json.writeStringField("startedAt", hit.startedAt().toString());
    text(json, "subject", hit.subject());
    json.writeNumberField("score", hit.score());
    texts(json, "lacks", hit.lacks());
    json.writeStringField("matchedBy", lower(hit.matchedBy().name()));
    json.writeArrayFieldStart("passages");
    for (Passage passage : hit.passages()) {
      write(json, passage);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Passage passage) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", passage.text());
    json.writeArrayFieldStart("highlights");
    for (Highlight highlight : passage.highlights()) {
      json.writeArray(new int[] {highlight.start(), highlight.end()}, 0, 2);
    }
    json.writeEndArray();
    text(json, "speaker", passage.speaker());
    text(json, "role", passage.role().map(Enum::name));
    json.writeStringField("at", passage.at().toString());
    number(json, "audioStartMs", passage.audioStartMs());
    number(json, "audioEndMs", passage.audioEndMs());
    json.writeStringField("source", source(passage.source()));
    json.writeEndObject();
  }

  /** The contract knows three: what is quoted is part of a turn, and has no speaker. */
  private static String source(PassageSource source) {
    return source == PassageSource.QUOTED ? "turn" : lower(source.name());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void text(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    json.writeFieldName(name);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }

  private static void number(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    json.writeFieldName(name);
    if (value.isPresent()) {
      json.writeNumber(value.getAsLong());
    } else {
      json.writeNull();
    }
  }

  private static void texts(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeFieldName(name);
    json.writeArray(values.toArray(String[]::new), 0, values.size());
  }
}

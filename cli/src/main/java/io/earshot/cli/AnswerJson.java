package io.earshot.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.earshot.Coverage;
import io.earshot.Highlight;
import io.earshot.Hit;
import io.earshot.HitGroup;
import io.earshot.Passage;
import io.earshot.PassageSource;
import io.earshot.SearchResult;
import io.earshot.Suggestion;
import io.earshot.TimelineEntry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An answer in the JSON form that scripts rely on; see {@code docs/command-line.md}. */
final class AnswerJson {
  private AnswerJson() {}

  static void write(JsonGenerator json, SearchResult result, boolean explain) throws IOException {
    json.writeStartObject();
    fields(json, result, explain);
    json.writeEndObject();
  }

  /**
   * Writes an answer's fields.
   *
   * @param explain whether to say what was understood, and why each hit was found
   */
  static void fields(JsonGenerator json, SearchResult result, boolean explain) throws IOException {
    json.writeStringField("query", result.query());
    text(json, "customer", result.customer());
    json.writeNumberField("total", result.total());
    json.writeBooleanField("totalIsExact", result.totalIsExact());
    json.writeBooleanField("relaxed", result.relaxed());
    json.writeFieldName("tookMillis");
    json.writeNumber(String.format(Locale.ROOT, "%.3f", result.took().toNanos() / 1e6));
    texts(json, "warnings", result.warnings());
    text(json, "didYouMean", result.didYouMean());
    hits(json, "hits", result.hits(), explain);
    hits(json, "closeHits", result.closeHits(), explain);
    json.writeObjectFieldStart("facets");
    for (Map.Entry<String, Map<String, Long>> facet : result.facets().entrySet()) {
      Json.counts(json, facet.getKey(), facet.getValue());
    }
    json.writeEndObject();
    coverage(json, result.coverage());
    text(json, "nextCursor", result.nextCursor());
    json.writeBooleanField("timedOut", result.timedOut());
    if (explain) {
      json.writeStringField("understood", result.understood().toString());
    }
  }

  static void coverage(JsonGenerator json, Coverage coverage) throws IOException {
    json.writeObjectFieldStart("coverage");
    json.writeNumberField("calls", coverage.calls());
    json.writeNumberField("poorlyHeard", coverage.poorlyHeard());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Hit hit, boolean explain) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", hit.id());
    json.writeStringField("customer", hit.customer());
    json.writeStringField("channel", hit.channel().name());
    text(json, "direction", hit.direction().map(AnswerJson::lower));
    json.writeStringField("startedAt", hit.startedAt().toString());
    text(json, "subject", hit.subject());
    json.writeNumberField("score", hit.score());
    texts(json, "lacks", hit.lacks());
    json.writeStringField("matchedBy", lower(hit.matchedBy()));
    json.writeArrayFieldStart("passages");
    for (Passage passage : hit.passages()) {
      write(json, passage);
    }
    json.writeEndArray();
    text(json, "thread", hit.thread());
    if (hit.group().isPresent()) {
      write(json, hit.group().get());
    }
    if (explain) {
      texts(json, "explanation", hit.explanation());
    }
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
    text(json, "participant", passage.participant());
    text(json, "attachment", passage.attachment());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, HitGroup group) throws IOException {
    json.writeObjectFieldStart("group");
    json.writeStringField("grouping", lower(group.grouping()));
    text(json, "thread", Optional.of(group.thread()).filter(thread -> !thread.isEmpty()));
    json.writeNumberField("matched", group.matched());
    json.writeNumberField("repeats", group.repeats());
    texts(json, "identifiers", group.identifiers());
    timeline(json, "timeline", group.timeline());
    json.writeEndObject();
  }

  private static void hits(JsonGenerator json, String name, List<Hit> hits, boolean explain)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Hit hit : hits) {
      write(json, hit, explain);
    }
    json.writeEndArray();
  }

  static void timeline(JsonGenerator json, String name, List<TimelineEntry> entries)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (TimelineEntry entry : entries) {
      json.writeStartObject();
      json.writeStringField("id", entry.id());
      json.writeStringField("customer", entry.customer());
      json.writeStringField("channel", entry.channel().name());
      text(json, "direction", entry.direction().map(AnswerJson::lower));
      json.writeStringField("startedAt", entry.startedAt().toString());
      text(json, "subject", entry.subject());
      json.writeStringField("opening", entry.opening());
      json.writeBooleanField("matched", entry.matched());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void suggestions(JsonGenerator json, List<Suggestion> suggestions) throws IOException {
    json.writeStartArray();
    for (Suggestion suggestion : suggestions) {
      json.writeStartObject();
      json.writeStringField("text", suggestion.text());
      json.writeStringField("kind", lower(suggestion.kind()));
      json.writeNumberField("interactions", suggestion.interactions());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The contract knows three: what is quoted is part of a turn, and has no speaker. */
  private static String source(PassageSource source) {
    return source == PassageSource.QUOTED ? "turn" : lower(source);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
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

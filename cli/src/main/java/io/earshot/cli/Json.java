package io.earshot.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;

/** Writes JSON to standard output, one object a line. */
final class Json {
  static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** What writes one object. */
  interface Content {
    void to(JsonGenerator json) throws IOException;
  }

  static void line(PrintWriter out, Content content) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      content.to(json);
    }
    out.println();
    if (out.checkError()) {
      throw new IOException("standard output was closed");
    }
  }

  static void counts(JsonGenerator json, String name, Map<String, Long> counts) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }
}

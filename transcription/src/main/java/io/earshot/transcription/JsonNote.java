package io.earshot.transcription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/** A small file with one JSON object of texts and numbers, written whole or not at all. */
final class JsonNote {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonNote() {}

  static void write(Path file, Map<String, Object> fields) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        json.writeFieldName(field.getKey());
        if (field.getValue() instanceof Long number) {
          json.writeNumber(number);
        } else {
          json.writeString(field.getValue().toString());
        }
      }
      json.writeEndObject();
    }
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, text + "\n", StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The fields as text; none if the file is not there or is no such note. */
  static Map<String, String> read(Path file) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(Files.readString(file, StandardCharsets.UTF_8))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isScalarValue()) {
          fields.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
      return fields;
    } catch (IOException e) {
      return Map.of();
    }
  }
}

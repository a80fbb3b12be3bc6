package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a model was downloaded from, and what arrived.
 *
 * @param url the archive's address
 * @param sha256 the archive's SHA-256, as it was computed here, in hexadecimal
 * @param md5 the archive's MD5, in hexadecimal, if the list of models has it
 * @param sizeBytes the archive's size
 * @param downloadedAt when it had arrived
 * @param language the model's language, such as {@code en-us}, if the list of models has it
 */
public record ModelOrigin(
    URI url,
    String sha256,
    Optional<String> md5,
    long sizeBytes,
    Instant downloadedAt,
    Optional<String> language) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Checks the components. */
  public ModelOrigin {
    requireNonNull(url, "url");
    requireNonNull(sha256, "sha256");
    requireNonNull(md5, "md5");
    requireNonNull(downloadedAt, "downloadedAt");
    requireNonNull(language, "language");
  }

  /** Writes the note that {@link #read} reads; whole, or not at all. */
  void write(Path file) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("url", url.toString());
      json.writeStringField("sha256", sha256);
      if (md5.isPresent()) {
        json.writeStringField("md5", md5.get());
      }
      json.writeNumberField("size", sizeBytes);
      json.writeStringField("downloadedAt", downloadedAt.toString());
      if (language.isPresent()) {
        json.writeStringField("language", language.get());
      }
      json.writeEndObject();
    }
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, text + "\n", StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A note beside a model; none if there is none, or it is none of ours. */
  static Optional<ModelOrigin> read(Path file) {
    try {
      Map<String, String> fields = fields(Files.readString(file, StandardCharsets.UTF_8));
      return Optional.of(
          new ModelOrigin(
              URI.create(required(fields, "url")),
              required(fields, "sha256"),
              Optional.ofNullable(fields.get("md5")),
              Long.parseLong(required(fields, "size")),
              Instant.parse(required(fields, "downloadedAt")),
              Optional.ofNullable(fields.get("language"))));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private static Map<String, String> fields(String text) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return fields;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isScalarValue()) {
          fields.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
    }
    return fields;
  }
}

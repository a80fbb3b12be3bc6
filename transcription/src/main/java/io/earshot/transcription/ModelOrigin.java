package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
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
  /** Checks the components. */
  public ModelOrigin {
    requireNonNull(url, "url");
    requireNonNull(sha256, "sha256");
    requireNonNull(md5, "md5");
    requireNonNull(downloadedAt, "downloadedAt");
    requireNonNull(language, "language");
  }

  /** Writes the note that {@link #read} reads. */
  void write(Path file) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("url", url);
    fields.put("sha256", sha256);
    md5.ifPresent(value -> fields.put("md5", value));
    fields.put("size", sizeBytes);
    fields.put("downloadedAt", downloadedAt);
    language.ifPresent(value -> fields.put("language", value));
    JsonNote.write(file, fields);
  }

  /** A note beside a model; none if there is none, or it is none of ours. */
  static Optional<ModelOrigin> read(Path file) {
    Map<String, String> fields = JsonNote.read(file);
    try {
      return Optional.of(
          new ModelOrigin(
              URI.create(required(fields, "url")),
              required(fields, "sha256"),
              Optional.ofNullable(fields.get("md5")),
              Long.parseLong(required(fields, "size")),
              Instant.parse(required(fields, "downloadedAt")),
              Optional.ofNullable(fields.get("language"))));
    } catch (IllegalArgumentException | DateTimeException e) {
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
}

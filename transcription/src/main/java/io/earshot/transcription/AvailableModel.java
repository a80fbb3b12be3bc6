package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * A model that a list offers for download.
 *
 * @param name its name
 * @param language its language, such as {@code en-us}; empty if the list does not say, as the
 *     following texts are
 * @param languageName its language in words
 * @param type such as {@code small} or {@code big}
 * @param version its version
 * @param sizeBytes the archive's size, 0 if the list does not say
 * @param obsolete whether there is a better one
 * @param url the archive's address
 * @param md5 the archive's MD5, if the list has it
 * @param sha256 the archive's SHA-256, if the list has it
 */
public record AvailableModel(
    String name,
    String language,
    String languageName,
    String type,
    String version,
    long sizeBytes,
    boolean obsolete,
    URI url,
    Optional<String> md5,
    Optional<String> sha256) {
  /** Checks the components. */
  public AvailableModel {
    requireNonNull(name, "name");
    requireNonNull(language, "language");
    requireNonNull(languageName, "languageName");
    requireNonNull(type, "type");
    requireNonNull(version, "version");
    requireNonNull(url, "url");
    requireNonNull(md5, "md5");
    requireNonNull(sha256, "sha256");
  }
}

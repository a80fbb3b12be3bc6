package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model in a {@link ModelStore}.
 *
 * @param name its name, which is its folder's
 * @param path its folder
 * @param speaker whether it is a model of voices, which tells speakers apart, and not one of words
 * @param sizeBytes the size of its files
 * @param origin where it was downloaded from, if it was
 * @param problem why it cannot be used, if it cannot
 */
public record InstalledModel(
    String name,
    Path path,
    boolean speaker,
    long sizeBytes,
    Optional<ModelOrigin> origin,
    Optional<String> problem) {
  /** Checks the components. */
  public InstalledModel {
    requireNonNull(name, "name");
    requireNonNull(path, "path");
    requireNonNull(origin, "origin");
    requireNonNull(problem, "problem");
  }
}

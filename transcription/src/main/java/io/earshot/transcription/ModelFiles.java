package io.earshot.transcription;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the files of a model, and gathers what is missing and what is damaged, so that one
 * message can name it all.
 */
final class ModelFiles {
  private final Path folder;
  private final String what;
  private final String otherwise;
  private final List<String> missing = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>();
  private Optional<String> incompletePart = Optional.empty();
  private boolean noModel;
  private long bytes;

  private ModelFiles(Path folder, String what, String otherwise) {
    this.folder = folder;
    this.what = what;
    this.otherwise = otherwise;
  }

  /**
   * Of a folder.
   *
   * @param what it should be
   * @param otherwise what to do if it is not
   * @throws SpeechModelException if it is no folder
   */
  static ModelFiles in(Path folder, String what, String otherwise) throws SpeechModelException {
    ModelFiles files = new ModelFiles(folder, what, otherwise);
    if (!Files.exists(folder)) {
      throw files.refused("there is no such folder", otherwise);
    }
    if (!Files.isDirectory(folder)) {
      throw files.refused("it is a file", otherwise);
    }
    return files;
  }

  boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** There is no such model without it. */
  void require(String name, ModelFileKind kind) throws IOException {
    if (!look(name, kind)) {
      noModel = true;
    }
  }

  /** Vosk reads it if it is there. */
  void ifPresent(String name, ModelFileKind kind) throws IOException {
    if (has(name)) {
      look(name, kind);
    }
  }

  /**
   * All of these, in a folder of their own, or none: Vosk would fail at the first that is missing,
   * or silently do without all.
   *
   * @return whether they are there
   */
  boolean together(String part, Map<String, ModelFileKind> names) throws IOException {
    if (names.keySet().stream().noneMatch(this::has)) {
      return false;
    }
    for (Map.Entry<String, ModelFileKind> name : names.entrySet()) {
      if (!look(name.getKey(), name.getValue())) {
        incompletePart = Optional.of(part);
      }
    }
    return true;
  }

  private boolean look(String name, ModelFileKind kind) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      missing.add(name);
      return false;
    }
    bytes += Files.size(file);
    kind.damage(file).ifPresent(reason -> damaged.add(name + " is damaged (" + reason + ")"));
    return true;
  }

  /** The size of all that was found. */
  long bytes() {
    return bytes;
  }

  void throwIfNotWhole() throws SpeechModelException {
    List<String> reasons = new ArrayList<>();
    if (!missing.isEmpty()) {
      reasons.add(
          String.join(", ", missing) + (missing.size() == 1 ? " is missing" : " are missing"));
    }
    reasons.addAll(damaged);
    if (!reasons.isEmpty()) {
      throw refused(String.join("; ", reasons), advice());
    }
  }

  private String advice() {
    if (noModel) {
      return otherwise;
    }
    return incompletePart
        .map(part -> "get the model again, or delete its folder " + part + " to do without")
        .orElse("get the model again");
  }

  private SpeechModelException refused(String reason, String advice) {
    return new SpeechModelException(
        "EARSHOT-201: " + folder + " is no " + what + ": " + reason + "; " + advice + ".");
  }
}

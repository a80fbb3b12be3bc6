package io.earshot.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The tiny collections among the tests' resources, one in each layout. */
final class Tiny {
  private Tiny() {}

  static Path folder(String layout) {
    try {
      return Path.of(
          Objects.requireNonNull(Tiny.class.getResource("/collections/" + layout)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static EvaluationCollection collection(String layout) throws IOException {
    return EvaluationCollection.load(folder(layout));
  }

  /** A copy that a test may change. */
  static Path copy(String layout, Path to) throws IOException {
    Path from = folder(layout);
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path copy = to.resolve(from.relativize(file).toString());
              if (!Files.isDirectory(copy)) {
                Files.copy(file, copy);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return to;
  }
}

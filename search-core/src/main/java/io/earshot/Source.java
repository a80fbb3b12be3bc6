package io.earshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Where an interaction was read from.
 *
 * @param uri the input: a file URI or a path, with {@code #} and a position inside it where one
 *     input holds many interactions
 * @param format the reader's name for the input's format, such as {@code eml} or {@code whatsapp}
 * @param checksum digest of the input's bytes, as {@code sha256:} and hexadecimal digits
 * @param locations further places where the same interaction was found
 */
public record Source(
    String uri, Optional<String> format, Optional<String> checksum, List<String> locations) {
  /** Checks the components and copies the list. */
  public Source {
    requireNonNull(uri, "uri");
    requireNonNull(format, "format");
    requireNonNull(checksum, "checksum");
    locations = List.copyOf(locations);
  }

  /** A source of which URI and format are known. */
  public static Source of(String uri, String format) {
    return new Source(uri, Optional.of(format), Optional.empty(), List.of());
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that came with an interaction.
 *
 * @param name the file's name, without a path; may be empty
 * @param mediaType media type such as {@code application/pdf}, where it is known
 * @param size decoded size in bytes, where it is known
 * @param text the words found in it, where they were extracted
 */
public record Attachment(
    String name, Optional<String> mediaType, OptionalLong size, Optional<String> text) {
  /** Checks the components. */
  public Attachment {
    requireNonNull(name, "name");
    requireNonNull(mediaType, "mediaType");
    requireNonNull(text, "text");
    if (requireNonNull(size, "size").isPresent() && size.getAsLong() < 0) {
      throw new IllegalArgumentException("size must not be negative, got " + size.getAsLong());
    }
  }

  /** An attachment of which only the name is known. */
  public static Attachment of(String name) {
    return new Attachment(name, Optional.empty(), OptionalLong.empty(), Optional.empty());
  }
}

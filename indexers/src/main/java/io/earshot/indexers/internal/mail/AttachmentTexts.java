package io.earshot.indexers.internal.mail;

import java.util.Optional;
import java.util.function.Consumer;

/** Finds the words in attachments that are no plain text. Implementations are thread-safe. */
@FunctionalInterface
public interface AttachmentTexts {
  /** Finds none, silently. */
  AttachmentTexts NONE = (content, name, mediaType, warnings) -> Optional.empty();

  /**
   * The words of a file, in reading order; never fails.
   *
   * @param content the decoded file
   * @param name its name; may be empty
   * @param mediaType as the mail declares it
   * @param warnings is told what was cut or could not be read
   */
  Optional<String> text(byte[] content, String name, String mediaType, Consumer<String> warnings);
}

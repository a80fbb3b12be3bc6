package io.earshot.cli;

import io.earshot.indexers.Ingest;
import org.jspecify.annotations.Nullable;

/** Something in the command's options that cannot be: exit status 2. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  /** The ingest, if the format that it is to read is one that there is. */
  static Ingest unlessUsable(Ingest.Builder builder, @Nullable String format) {
    if (format != null) {
      builder.as(format);
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}

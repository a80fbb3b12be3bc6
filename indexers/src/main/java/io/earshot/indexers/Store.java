package io.earshot.indexers;

import io.earshot.Interaction;
import java.io.IOException;
import java.util.Optional;

/** Takes the interactions of one run; used by one thread at a time. */
interface Store {
  /** What became of an interaction. */
  enum Kept {
    INDEXED,
    UNCHANGED,
    DUPLICATE,
    /** A duplicate whose content differs. */
    DIFFERENT
  }

  /** Whether an id is new to this run; from now on it is not. */
  boolean begin(String id);

  /**
   * Keeps an interaction.
   *
   * @param first what {@link #begin} said of its id
   * @throws RefusedException if it cannot be kept, and others can
   */
  Kept keep(Interaction interaction, boolean first) throws IOException;

  /** Adds a place at which a kept interaction was found as well. */
  void addPlace(Interaction kept, String uri) throws IOException;

  /** What is known of that id from before. */
  Optional<Interaction> get(String id) throws IOException;

  /** An interaction that cannot be kept. */
  final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String id, IllegalArgumentException cause) {
      super(Problems.REFUSED.formatted(shortened(id), why(cause)), cause);
    }

    private static String shortened(String id) {
      return id.length() <= 80 ? id : id.substring(0, 80) + "...";
    }

    /** Only Earshot's own messages are known to quote nobody. */
    private static String why(IllegalArgumentException cause) {
      String message = String.valueOf(cause.getMessage());
      return message.startsWith("EARSHOT-") ? message : cause.getClass().getSimpleName();
    }
  }

  /** The run is over. */
  void end() throws IOException;
}

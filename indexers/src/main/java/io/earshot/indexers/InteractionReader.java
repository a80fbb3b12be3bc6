package io.earshot.indexers;

import io.earshot.Interaction;
import java.io.IOException;

/**
 * Reads the interactions out of one format's files.
 *
 * <p>Implementations are thread-safe and keep no state between files.
 */
public interface InteractionReader {
  /** The format's name, as {@code --as} takes it. */
  String format();

  /** Whether the file is of this format, told by its first bytes and its name. */
  boolean reads(InputFile input);

  /**
   * Reads a file from beginning to end, in constant memory where the format allows it.
   *
   * @param input the file
   * @param sink is given every interaction as it is read, and every part that could not be read
   * @throws IOException if the file as a whole cannot be read; what the sink has, it keeps. The
   *     message says what was wrong and where
   */
  void read(InputFile input, Sink sink) throws IOException;

  /** Takes what a reader finds. */
  interface Sink {
    /** An interaction. Its customer may still be unknown: identity is resolved afterwards. */
    void interaction(Interaction interaction);

    /**
     * A part of the file that is no interaction, or a broken one; reading goes on.
     *
     * @param position where it stands, such as {@code line 7} or {@code byte 1187}
     * @param reason what is wrong with it, without a customer's words
     */
    void rejected(String position, String reason);

    /**
     * Something odd that was mended or kept.
     *
     * @param position where it stands; may be empty
     * @param message what was odd and what was done, without a customer's words
     */
    void warning(String position, String message);
  }
}

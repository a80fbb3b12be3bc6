package io.earshot.indexers;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * What can be wrong with an input, in words: each says what was wrong and what to do, with no word
 * of a customer's.
 */
final class Problems {
  static final String NO_FILE =
      "EARSHOT-350: there is no such file or folder. Check the path; a link may point nowhere.";
  static final String DENIED =
      "EARSHOT-351: it may not be read. Give the user that runs this the right to read it.";
  static final String UNREADABLE = "EARSHOT-352: it cannot be read: %s.";
  static final String NO_PLAIN_FILE =
      "EARSHOT-353: it is neither a file nor a folder (a device, a pipe or a socket).";
  static final String EMPTY = "EARSHOT-354: the file is empty. Copy or export it again.";
  static final String NO_READER =
      "EARSHOT-355: no reader knows this format. Name it with --as if it is one of %s.";
  static final String READER_FAILED =
      "EARSHOT-356: the %s reader failed (%s). Please report it with the file, if you may.";
  static final String REFUSED = "EARSHOT-357: the index refused the interaction with id %s: %s.";
  static final String RESOLVER_FAILED =
      "EARSHOT-358: the identity resolver failed on the interaction with id %s (%s).";
  static final String UNKNOWN_FORMAT = "EARSHOT-359: there is no format \"%s\". Use one of %s.";

  static final String NO_INTERACTION =
      "EARSHOT-360: not an interaction in its JSON form: %s. docs/interaction-format.md has the"
          + " fields.";
  static final String NOT_JSON =
      "EARSHOT-361: not valid JSON from %s on; what came before was read. Repair or export it again.";
  static final String LINE_TOO_LONG =
      "EARSHOT-362: the line is longer than %,d characters. Is the file JSON Lines?";
  static final String NOT_UTF8 =
      "EARSHOT-363: bytes that are not UTF-8 were replaced. Export the file as UTF-8.";

  static final String NO_MESSAGES =
      "EARSHOT-365: there is no WhatsApp message in it. Export the chat again, without changes.";
  static final String ONLY_SYSTEM_LINES =
      "EARSHOT-366: there are %d system lines in it, but nobody's message.";
  static final String AMBIGUOUS_DATES =
      "EARSHOT-367: day and month cannot be told apart; read as %s.";
  static final String TEXT_BEFORE =
      "EARSHOT-368: the text before the first message belongs to no message and was left out.";
  static final String LONG_MESSAGE_LINE =
      "EARSHOT-369: the line is longer than %,d characters; its end was left out.";

  static final String BROKEN_METADATA =
      "EARSHOT-370: the call's metadata cannot be used: %s (%s). Repair it; the call was not"
          + " touched.";
  static final String NO_TRANSCRIBER =
      "EARSHOT-371: the call cannot be transcribed: no speech model was given. Name one with"
          + " --model or EARSHOT_MODEL.";
  static final String NO_MODEL = "EARSHOT-372: the call cannot be transcribed: %s";
  static final String NO_START =
      "EARSHOT-373: the call's metadata has no startedAt; the file's time was taken.";
  static final String NOT_LISTED =
      "EARSHOT-374: there is neither a side-car %s nor a line for it in a manifest.csv.";
  static final String MISSING_AUDIO =
      "EARSHOT-375: it lists %s, but there is no such file beside it.";
  static final String UNKNOWN_FIELD = "%s: not a field of a call; kept as an attribute";

  static final String BROKEN_CUSTOMERS =
      "EARSHOT-380: the customers CSV cannot be used: %s (file=%s, line=%d). It needs the header"
          + " address,customer and two values on every line.";
  static final String NOTHING =
      "EARSHOT-364: there is nothing in it, not even anything broken. Copy or export it again.";
  static final String DIFFERENT_CONTENT =
      "EARSHOT-390: the id %s was read before with different content. The one with more turns is"
          + " kept, of one file the later; give different interactions different ids.";
  static final String SECOND_RECORDING =
      "EARSHOT-391: another recording was taken for the call %s; this one was not transcribed. Give"
          + " different calls different ids.";

  private Problems() {}

  /** Why a file could not be read, for a person. */
  static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return NO_FILE;
    }
    if (e instanceof AccessDeniedException) {
      return DENIED;
    }
    if (e instanceof FileSystemException file) {
      String reason = file.getReason();
      return UNREADABLE.formatted(reason == null ? file.getClass().getSimpleName() : reason);
    }
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return UNREADABLE.formatted(e.getClass().getSimpleName());
    }
    return message.startsWith("EARSHOT-") ? message : UNREADABLE.formatted(message);
  }
}

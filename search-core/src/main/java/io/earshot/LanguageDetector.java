package io.earshot;

import io.earshot.internal.LanguageByWords;
import java.util.Optional;

/**
 * Tells which language a text is in.
 *
 * <p>An index asks it about texts whose language is not given, when they are added and by {@link
 * CustomerHistory#moreLikeThis}: about each turn by itself, since a chat may change its language
 * midway; about all that one participant wrote or said in an interaction (a turn group), if no turn
 * of it tells; and about subject, quoted text and attachments. So it is asked about a single word,
 * too, and answers only if it is sure: what is detected decides which inflections a text is found
 * by. A wrong answer costs more than none, after which the rest of the interaction and the index's
 * default language decide.
 *
 * <p>An answer must depend on the text alone. What {@link #detect} throws, {@link
 * InteractionIndex#add} throws, and the index is as it was.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface LanguageDetector {
  /**
   * The BCP 47 tag of a text's language; empty if it cannot tell.
   *
   * @param text may be of any length, and blank
   */
  Optional<String> detect(String text);

  /**
   * The one that is used by default: by the script, and where languages share one by their function
   * words and letters. It knows all languages that the index knows inflections of, takes
   * microseconds for a turn, and reads the first 2,000 characters of a text.
   */
  static LanguageDetector builtIn() {
    return LanguageByWords::detect;
  }

  /** One that never can tell: every text whose language is not given is in the default language. */
  static LanguageDetector none() {
    return text -> Optional.empty();
  }
}

package io.earshot.internal;

import com.ibm.icu.text.FilteredNormalizer2;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;

/**
 * Folds case, width and accents (UTR 30), so that it does not count how they were typed.
 *
 * <p>Marks that make another letter of a letter are no accents and stay: the voicing marks of kana,
 * without which a bus is a pass, and the viramas of Indic scripts, without which clusters fall
 * apart. The dotless i becomes an i: many keyboards, and every capital I, leave its dot open.
 */
final class Folding {
  private static final Normalizer2 CASE_AND_WIDTH = Normalizer2.getNFKCCasefoldInstance();

  private static final Normalizer2 ACCENTS =
      new FilteredNormalizer2(
          ICUFoldingFilter.NORMALIZER,
          new UnicodeSet("[^[:Script=Hiragana:][:Script=Katakana:][:ccc=8:][:ccc=9:]]").freeze());

  /** No letter below it has a mark that must stay. */
  private static final char FIRST_SPECIAL = '\u0900';

  private Folding() {}

  /** The folded text; possibly empty. */
  static String fold(String text) {
    boolean ascii = true;
    boolean special = false;
    boolean changes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      ascii &= c < 0x80;
      special |= c >= FIRST_SPECIAL;
      changes |= c >= 'A' && c <= 'Z';
    }
    if (ascii) {
      return changes ? lower(text) : text;
    }
    return special
        ? ACCENTS.normalize(CASE_AND_WIDTH.normalize(text))
        : ICUFoldingFilter.NORMALIZER.normalize(text);
  }

  /** Of ASCII, where folding is no more than that. */
  private static String lower(String ascii) {
    char[] lower = ascii.toCharArray();
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] >= 'A' && lower[i] <= 'Z') {
        lower[i] = (char) (lower[i] + 'a' - 'A');
      }
    }
    return new String(lower);
  }
}

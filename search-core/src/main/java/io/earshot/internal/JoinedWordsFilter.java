package io.earshot.internal;

import java.io.IOException;
import java.nio.CharBuffer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Parts words that only a point, a colon, a semicolon or a connector such as {@code _} joins:
 * {@code correct.Thanks}, {@code order_id}. UAX 29 keeps them together, but people forget spaces,
 * and who searches for a part expects to find it.
 *
 * <p>What joins digits stays, so {@code 49.99}, {@code 1,234.56} and {@code 10.0.0.1} are one word
 * each; but numbers in a list, as {@code 100234,100235}, are not. The tokens it is given have to be
 * as they stand in the text.
 */
final class JoinedWordsFilter extends TokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);

  private char[] rest = new char[0]; // of the token that is being parted
  private int at;
  private int end;
  private int base; // offset of the first character of the rest

  JoinedWordsFilter(TokenStream input) {
    super(input);
  }

  @Override
  public boolean incrementToken() throws IOException {
    while (true) {
      if (at < end) {
        int from = at;
        int to = joint(rest, from, end);
        at = to + 1;
        if (to > from) {
          term.copyBuffer(rest, from, to - from);
          offset.setOffset(base + from, base + to);
          return true;
        }
      } else if (!input.incrementToken()) {
        return false;
      } else if (joint(term.buffer(), 0, term.length()) == term.length()) {
        return true;
      } else {
        rest = term.buffer().clone();
        at = 0;
        end = term.length();
        base = offset.startOffset();
      }
    }
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    at = 0;
    end = 0;
  }

  /** The first place from {@code from} where the word is to be parted; {@code end} if none. */
  private static int joint(char[] word, int from, int end) {
    for (int i = from; i < end; i++) {
      boolean joins =
          switch (word[i]) {
            case '.', '\u2024', '\ufe52', '\uff0e', ':', '\ufe13', '\ufe55', '\uff1a' ->
                !isBetweenDigits(word, i, end);
            case ';' -> true;
            case ',', '\uff0c' -> Identifiers.isListed(CharBuffer.wrap(word, 0, end), i);
            default -> Character.getType(word[i]) == Character.CONNECTOR_PUNCTUATION;
          };
      if (joins) {
        return i;
      }
    }
    return end;
  }

  private static boolean isBetweenDigits(char[] word, int index, int end) {
    return index > 0
        && index + 1 < end
        && Character.isDigit(word[index - 1])
        && Character.isDigit(word[index + 1]);
  }
}

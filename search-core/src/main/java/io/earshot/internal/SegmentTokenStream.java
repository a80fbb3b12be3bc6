package io.earshot.internal;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Feeds a {@link SegmentedText} to the index: all forms of a word at one position. */
public final class SegmentTokenStream extends TokenStream {
  private final SegmentedText source;
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);

  private int segment;
  private int token;
  private int skipped;
  private int form; // of the word, the next one; 0: the exact one

  /** Feeds those segments, once. */
  public SegmentTokenStream(SegmentedText source) {
    this.source = source;
  }

  @Override
  public void reset() {
    segment = 0;
    token = 0;
    skipped = 0;
    form = 0;
  }

  @Override
  public boolean incrementToken() {
    while (segment < source.segments()) {
      Tokens tokens = source.tokens(segment);
      if (token < tokens.size()) {
        emit(tokens);
        return true;
      }
      segment++;
      token = 0;
      skipped += SegmentedText.GAP;
    }
    return false;
  }

  private void emit(Tokens tokens) {
    clearAttributes();
    int base = source.base(segment);
    int next = tokens.firstForm(token) + form;
    offset.setOffset(base + tokens.startOffset(token), base + tokens.shownTo(next));
    term.copyBuffer(tokens.forms(), tokens.start(next), tokens.length(next));
    increment.setPositionIncrement(form == 0 ? 1 + skipped : 0);
    skipped = 0;
    form++;
    if (next + 1 == tokens.endForm(token)) {
      token++;
      form = 0;
    }
  }
}

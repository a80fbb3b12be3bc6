package io.earshot.internal;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Feeds a {@link SegmentedText} to the index: exact form and stem at one position. */
public final class SegmentTokenStream extends TokenStream {
  private final SegmentedText source;
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);

  private int segment;
  private int token;
  private int skipped;
  private boolean stemIsNext;

  /** Feeds those segments, once. */
  public SegmentTokenStream(SegmentedText source) {
    this.source = source;
  }

  @Override
  public void reset() {
    segment = 0;
    token = 0;
    skipped = 0;
    stemIsNext = false;
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
    offset.setOffset(base + tokens.startOffset(token), base + tokens.endOffset(token));
    if (stemIsNext) {
      term.copyBuffer(tokens.forms(), tokens.stemStart(token), tokens.stemLength(token));
      increment.setPositionIncrement(0);
      stemIsNext = false;
      token++;
      return;
    }
    term.copyBuffer(tokens.forms(), tokens.exactStart(token), tokens.exactLength(token));
    increment.setPositionIncrement(1 + skipped);
    skipped = 0;
    if (tokens.hasStem(token)) {
      stemIsNext = true;
    } else {
      token++;
    }
  }
}

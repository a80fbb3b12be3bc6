package io.earshot.internal;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;

/**
 * The map and the texts of one document after the other. Of one segment; not thread-safe.
 *
 * <p>Documents in ascending order are fastest.
 */
public final class Moments {
  private final LongValue maps;
  private final LongValue texts;

  /** Reads those of a segment. */
  public Moments(LeafReaderContext leaf) throws IOException {
    maps = new LongValue(leaf.reader(), Fields.MOMENTS);
    texts = new LongValue(leaf.reader(), Fields.TEXTS);
  }

  /** The map of a document; valid until the next one is asked for. */
  public MomentMap of(int doc) throws IOException {
    return MomentMap.decode(maps.of(doc));
  }

  /** The texts of a document; valid until the next ones are asked for. */
  public Texts texts(int doc) throws IOException {
    return Texts.decode(texts.of(doc));
  }
}

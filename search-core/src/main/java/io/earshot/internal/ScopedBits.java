package io.earshot.internal;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a large scope that have a term, or any of several, in one segment. Immutable.
 */
final class ScopedBits {
  private final FixedBitSet bits;
  private final int first;

  private ScopedBits(FixedBitSet bits, int first) {
    this.bits = bits;
    this.first = first;
  }

  /** Reads the documents from {@code first} up to {@code end}. */
  static ScopedBits of(PostingsEnum postings, int first, int end) throws IOException {
    FixedBitSet bits = new FixedBitSet(end - first);
    if (postings.advance(first) < end) {
      postings.intoBitSet(end, bits, first); // whole blocks at once
    }
    return new ScopedBits(bits, first);
  }

  /** What is in any of them; they are of one scope and one segment, and there is one at least. */
  static ScopedBits anyOf(List<ScopedBits> some) {
    ScopedBits one = some.getFirst();
    if (some.size() == 1) {
      return one;
    }
    FixedBitSet any = one.bits.clone();
    some.subList(1, some.size()).forEach(other -> any.or(other.bits));
    return new ScopedBits(any, one.first);
  }

  long count(@Nullable Bits live) {
    if (live == null) {
      return bits.cardinality();
    }
    long count = 0;
    Iterator each = iterator();
    for (int doc = each.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = each.nextDoc()) {
      count += live.get(doc) ? 1 : 0;
    }
    return count;
  }

  boolean has(int doc) {
    return bits.get(doc - first);
  }

  Iterator iterator() {
    return new Iterator();
  }

  /** Goes through the documents. */
  final class Iterator extends DocIdSetIterator {
    private int doc = -1;

    @Override
    public int docID() {
      return doc;
    }

    @Override
    public int nextDoc() {
      return advance(doc + 1);
    }

    @Override
    public int advance(int target) {
      int from = Math.max(0, target - first);
      int next = from < bits.length() ? bits.nextSetBit(from) : NO_MORE_DOCS;
      doc = next == NO_MORE_DOCS ? NO_MORE_DOCS : first + next;
      return doc;
    }

    @Override
    public long cost() {
      return bits.cardinality();
    }
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** The documents of a small scope that have a term, and how often. Immutable once read. */
final class ScopedDocs {
  /** Targets are close to each other more often than not: so many documents are tried in turn. */
  private static final int NEAR = 8;

  private int[] docs = new int[8];
  private int[] freqs = new int[8];
  private int size;

  private ScopedDocs() {}

  /** Reads the documents from {@code first} up to {@code end}. */
  static ScopedDocs of(PostingsEnum postings, int first, int end) throws IOException {
    ScopedDocs read = new ScopedDocs();
    for (int doc = postings.advance(first); doc < end; doc = postings.nextDoc()) {
      if (read.size == read.docs.length) {
        read.docs = Arrays.copyOf(read.docs, 4 * read.size);
        read.freqs = Arrays.copyOf(read.freqs, 4 * read.size);
      }
      read.docs[read.size] = doc;
      read.freqs[read.size++] = postings.freq();
    }
    return read;
  }

  long count(@Nullable Bits live) {
    if (live == null) {
      return size;
    }
    long count = 0;
    for (int i = 0; i < size; i++) {
      count += live.get(docs[i]) ? 1 : 0;
    }
    return count;
  }

  boolean has(int doc) {
    return Arrays.binarySearch(docs, 0, size, doc) >= 0;
  }

  Iterator iterator() {
    return new Iterator();
  }

  /** Goes through the documents. */
  final class Iterator extends DocIdSetIterator {
    private int index = -1;
    private int doc = -1;

    int freq() {
      return freqs[index];
    }

    @Override
    public int docID() {
      return doc;
    }

    @Override
    public int nextDoc() {
      doc = ++index < size ? docs[index] : NO_MORE_DOCS;
      return doc;
    }

    @Override
    public int advance(int target) {
      index++;
      for (int near = Math.min(size, index + NEAR); index < near; index++) {
        if (docs[index] >= target) {
          doc = docs[index];
          return doc;
        }
      }
      int found = index < size ? Arrays.binarySearch(docs, index, size, target) : size;
      index = found < 0 ? -found - 1 : found;
      doc = index < size ? docs[index] : NO_MORE_DOCS;
      return doc;
    }

    @Override
    public long cost() {
      return size;
    }
  }
}

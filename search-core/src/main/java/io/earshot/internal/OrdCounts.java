package io.earshot.internal;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * The values that a scope's live documents of one segment have in a field, by their ordinals.
 *
 * <p>To look a value up costs more than to count it, so that is left to whoever needs it.
 */
final class OrdCounts {
  private static final int ORDS_PER_DOC =
      64; // more than most have; decides the way, not the result

  private final SortedSetDocValues values;
  private int[] ords = new int[64]; // ascending
  private int[] counts = new int[64];
  private int size;

  private OrdCounts(SortedSetDocValues values) {
    this.values = values;
  }

  static OrdCounts of(ScopedSearcher searcher, LeafReaderContext leaf, String field)
      throws IOException {
    OrdCounts counts = new OrdCounts(DocValues.getSortedSet(leaf.reader(), field));
    Bits live = leaf.reader().getLiveDocs();
    int first = searcher.firstDoc(leaf);
    int end = searcher.endDoc(leaf);
    long valueCount = counts.values.getValueCount();
    if ((long) (end - first) * ORDS_PER_DOC > valueCount) {
      counts.countInTable(first, end, live, Math.toIntExact(valueCount));
    } else {
      counts.countSorting(first, end, live);
    }
    return counts;
  }

  private void countInTable(int first, int end, @Nullable Bits live, int valueCount)
      throws IOException {
    int[] table = new int[valueCount];
    for (int doc = first; doc < end; doc++) {
      if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
        for (int n = values.docValueCount(); n > 0; n--) {
          table[(int) values.nextOrd()]++;
        }
      }
    }
    for (int ord = 0; ord < valueCount; ord++) {
      if (table[ord] > 0) {
        add(ord, table[ord]);
      }
    }
  }

  private void countSorting(int first, int end, @Nullable Bits live) throws IOException {
    int[] all = new int[ORDS_PER_DOC];
    int used = 0;
    for (int doc = first; doc < end; doc++) {
      if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
        int n = values.docValueCount();
        all = ArrayUtil.grow(all, used + n);
        for (; n > 0; n--) {
          all[used++] = Math.toIntExact(values.nextOrd());
        }
      }
    }
    Arrays.sort(all, 0, used);
    for (int i = 0; i < used; ) {
      int run = i + 1;
      while (run < used && all[run] == all[i]) {
        run++;
      }
      add(all[i], run - i);
      i = run;
    }
  }

  private void add(int ord, int count) {
    ords = ArrayUtil.grow(ords, size + 1);
    counts = ArrayUtil.grow(counts, size + 1);
    ords[size] = ord;
    counts[size++] = count;
  }

  /** All values. */
  WordCounts words() throws IOException {
    WordCounts.Builder words = new WordCounts.Builder(size);
    for (int i = 0; i < size; i++) {
      words.add(values.lookupOrd(ords[i]), counts[i]);
    }
    return words.build();
  }

  /** Those that begin so. */
  WordCounts beginning(BytesRef prefix) throws IOException {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values.lookupOrd(ords[middle]).compareTo(prefix) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    WordCounts.Builder words = new WordCounts.Builder(16);
    for (int i = low; i < size; i++) {
      BytesRef word = values.lookupOrd(ords[i]);
      if (!StringHelper.startsWith(word, prefix)) {
        break;
      }
      words.add(word, counts[i]);
    }
    return words.build();
  }
}

package io.earshot;

import io.earshot.internal.Fields;
import io.earshot.internal.MomentMap;
import io.earshot.internal.Moments;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.Texts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;

/** Reads documents as entries of a list by time. */
final class Entries {
  /** An opening is shortened to about this many UTF-16 units. */
  private static final int LONGEST_OPENING = 120;

  private static final char ELLIPSIS = '\u2026';

  private final ScopedSearcher searcher;

  Entries(ScopedSearcher searcher) {
    this.searcher = searcher;
  }

  /**
   * The entries, in the order of the documents given.
   *
   * @param matched those that answer the query
   */
  List<TimelineEntry> of(Collection<Integer> docs, Set<Integer> matched) throws IOException {
    List<Integer> ascending = new ArrayList<>(docs);
    ascending.sort(null);
    Map<Integer, TimelineEntry> entries = new HashMap<>();
    List<LeafReaderContext> segments = searcher.getLeafContexts();
    Segment segment = null;
    for (int doc : ascending) {
      LeafReaderContext leaf = segments.get(ReaderUtil.subIndex(doc, segments));
      if (segment == null || segment.leaf.ord != leaf.ord) {
        segment = new Segment(leaf);
      }
      entries.put(doc, segment.entry(doc - leaf.docBase, matched.contains(doc)));
    }
    List<TimelineEntry> inOrder = new ArrayList<>(docs.size());
    for (int doc : docs) {
      TimelineEntry entry = entries.get(doc);
      if (entry != null) {
        inOrder.add(entry);
      }
    }
    return inOrder;
  }

  private static final class Segment {
    private final LeafReaderContext leaf;
    private final Moments moments;
    private final NumericDocValues startedAt;
    private final SortedDocValues ids;
    private final SortedDocValues customers;
    private final SortedDocValues channels;
    private final SortedDocValues directions;

    private Segment(LeafReaderContext leaf) throws IOException {
      this.leaf = leaf;
      moments = new Moments(leaf);
      startedAt = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
      ids = DocValues.getSorted(leaf.reader(), Fields.ID);
      customers = DocValues.getSorted(leaf.reader(), Fields.CUSTOMER);
      channels = DocValues.getSorted(leaf.reader(), Fields.CHANNEL);
      directions = DocValues.getSorted(leaf.reader(), Fields.DIRECTION);
    }

    private TimelineEntry entry(int doc, boolean matched) throws IOException {
      startedAt.advanceExact(doc);
      String direction = HitReader.keyword(directions, doc);
      Texts texts = moments.texts(doc);
      String subject = texts.of(Fields.SUBJECT);
      return new TimelineEntry(
          HitReader.keyword(ids, doc),
          HitReader.keyword(customers, doc),
          Channel.of(HitReader.keyword(channels, doc)),
          direction.isEmpty() ? Optional.empty() : Optional.of(Direction.valueOf(direction)),
          Instant.ofEpochMilli(startedAt.longValue()),
          subject.isEmpty() ? Optional.empty() : Optional.of(subject),
          opening(moments.of(doc), texts),
          matched);
    }
  }

  /** How the first turn begins in which anything was written or said. */
  private static String opening(MomentMap map, Texts texts) {
    for (int turn = 0; turn < map.turns(); turn++) {
      int start = map.textStart(turn);
      int length = map.textLength(turn);
      // Twice as much is read as is shown, for line breaks and the like become one space.
      int end = start + Math.min(length, 2 * LONGEST_OPENING);
      String text = texts.substring(Fields.TEXT, start, end).strip().replaceAll("\\s+", " ");
      if (!text.isEmpty()) {
        return shortened(text, end < start + length);
      }
    }
    return "";
  }

  private static String shortened(String text, boolean isCut) {
    if (!isCut && text.length() <= LONGEST_OPENING) {
      return text;
    }
    int cut = Math.min(text.length(), LONGEST_OPENING);
    int space = text.lastIndexOf(' ', cut);
    if (space > LONGEST_OPENING / 2) {
      cut = space;
    } else if (cut < text.length() && Character.isLowSurrogate(text.charAt(cut))) {
      cut--;
    }
    return text.substring(0, cut) + " " + ELLIPSIS;
  }
}

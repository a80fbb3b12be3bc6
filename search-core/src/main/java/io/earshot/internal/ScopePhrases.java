package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * How words go on in the turns and subjects of a scope.
 *
 * <p>Looks at the newest {@value #MOST_LOOKED_AT} texts that have all the words, and reads a little
 * of it behind each place where they stand side by side. Which those are depends on the scope
 * alone, not on how it lies in segments.
 *
 * <p>Made for one request; not thread-safe.
 */
public final class ScopePhrases {
  static final int MOST_LOOKED_AT = 100;
  private static final int MOST_READ = 6; // places in one field of an interaction
  private static final int REACH = 80; // UTF-16 units that are read behind a place

  private final ScopedSearcher searcher;
  private final String language;

  /** Reads what that searcher searches, in that language. */
  public ScopePhrases(ScopedSearcher searcher, String language) {
    this.searcher = searcher;
    this.language = language;
  }

  /**
   * What comes behind those words: one word, and that with the word behind it.
   *
   * @param words exact forms, one at least
   * @param begun how the word behind them begins; may be empty
   * @return most interactions first, then the shorter, then in alphabetic order
   */
  public List<Counted> after(List<String> words, String begun) throws IOException {
    PriorityQueue<Place> places = new PriorityQueue<>(Place.NEWEST_FIRST);
    for (LeafReaderContext leaf : searcher.leavesInScope()) {
      for (String field : List.of(Fields.TEXT, Fields.SUBJECT)) {
        Place place = new Place(leaf, field, words);
        if (place.next()) {
          places.add(place);
        }
      }
    }
    Map<String, Found> found = new HashMap<>();
    for (int i = 0; i < MOST_LOOKED_AT && !places.isEmpty(); i++) {
      Place newest = places.remove();
      newest.read(begun, found);
      if (newest.next()) {
        places.add(newest);
      }
    }
    List<Counted> phrases = new ArrayList<>();
    found.forEach((phrase, in) -> phrases.add(new Counted(phrase, in.interactions)));
    phrases.sort(
        Comparator.comparingInt(Counted::interactions)
            .reversed()
            .thenComparing(phrase -> phrase.text().indexOf(' ') >= 0)
            .thenComparing(Counted::text));
    return phrases;
  }

  /** In how many interactions something was found, and where last. */
  private static final class Found {
    private int interactions;
    private int lastDoc = -1;

    void in(int doc) {
      if (doc != lastDoc) {
        lastDoc = doc;
        interactions++;
      }
    }
  }

  /** One document after the other that has all the words in a field. */
  private final class Place {
    static final Comparator<Place> NEWEST_FIRST =
        Comparator.<Place>comparingLong(place -> place.startedAt)
            .reversed()
            .thenComparing(Place::id)
            .thenComparingInt(place -> place.leaf.docBase + place.doc)
            .thenComparing(place -> place.field);

    private final LeafReaderContext leaf;
    private final String field;
    private final List<PostingsEnum> words = new ArrayList<>();
    private final @Nullable Bits live;
    private @Nullable NumericDocValues times;
    private @Nullable Moments moments;
    private int doc = -1;
    private long startedAt;
    private @Nullable BytesRef id;

    private Place(LeafReaderContext leaf, String field, List<String> exact) throws IOException {
      this.leaf = leaf;
      this.field = field;
      live = leaf.reader().getLiveDocs();
      for (String word : exact) {
        PostingsEnum docs = searcher.postings(leaf, new Term(field, word), PostingsEnum.OFFSETS);
        if (docs == null) {
          words.clear();
          break;
        }
        words.add(docs);
      }
    }

    /** Goes on to the next document; false if there is none. */
    boolean next() throws IOException {
      if (words.isEmpty()) {
        return false;
      }
      int end = searcher.endDoc(leaf);
      int target = Math.max(doc + 1, searcher.firstDoc(leaf));
      while (target < end) {
        int candidate = together(target);
        if (candidate < end && (live == null || live.get(candidate))) {
          doc = candidate;
          id = null;
          if (times == null) {
            times = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
          }
          startedAt = times.advanceExact(doc) ? times.longValue() : 0;
          return true;
        }
        target = candidate == DocIdSetIterator.NO_MORE_DOCS ? candidate : candidate + 1;
      }
      return false;
    }

    /** The first document from there on that has all the words. */
    private int together(int from) throws IOException {
      int target = from;
      for (int i = 0; i < words.size(); ) {
        PostingsEnum docs = words.get(i);
        int at = docs.docID() < target ? docs.advance(target) : docs.docID();
        if (at == DocIdSetIterator.NO_MORE_DOCS) {
          return at;
        }
        i = at > target ? 0 : i + 1;
        target = at;
      }
      return target;
    }

    /** Only asked for when two interactions began at the same time. */
    private BytesRef id() {
      BytesRef known = id;
      if (known != null) {
        return known;
      }
      try {
        SortedDocValues ids = DocValues.getSorted(leaf.reader(), Fields.ID);
        known =
            ids.advanceExact(doc)
                ? BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue()))
                : new BytesRef();
      } catch (IOException e) {
        throw new UncheckedIOException(e); // a comparator throws nothing else
      }
      id = known;
      return known;
    }

    private void read(String begun, Map<String, Found> found) throws IOException {
      List<Positions> at = new ArrayList<>(words.size());
      for (PostingsEnum word : words) {
        Positions positions = new Positions(TimeLimit.none());
        positions.add(word);
        at.add(positions);
      }
      SideBySide places = new SideBySide(at);
      Behind behind = null;
      int read = 0;
      while (read < MOST_READ && places.next()) {
        if (behind == null) {
          if (moments == null) {
            moments = new Moments(leaf);
          }
          behind = new Behind(moments.texts(doc), field, moments.of(doc));
        }
        List<String> next = behind.words(places.endOffset(), begun);
        if (next.isEmpty()) {
          continue;
        }
        read++;
        found.computeIfAbsent(next.getFirst(), word -> new Found()).in(leaf.docBase + doc);
        if (next.size() > 1) {
          found
              .computeIfAbsent(next.get(0) + " " + next.get(1), words -> new Found())
              .in(leaf.docBase + doc);
        }
      }
    }
  }

  /** The text behind a place. */
  private final class Behind {
    private final Texts texts;
    private final String field;
    private final MomentMap map;

    private Behind(Texts texts, String field, MomentMap map) {
      this.texts = texts;
      this.field = field;
      this.map = map;
    }

    /**
     * The next two words of the same sentence, if the first begins so; fewer if there are fewer.
     */
    List<String> words(int offset, String begun) {
      int segmentEnd = texts.length(field);
      if (field.equals(Fields.TEXT)) {
        int turn = map.turnAtOffset(offset);
        segmentEnd = Math.min(segmentEnd, map.textStart(turn) + map.textLength(turn));
      }
      int end = Math.min(segmentEnd, offset + REACH);
      if (offset >= end) {
        return List.of();
      }
      String text = texts.substring(field, offset, end);
      if (!mayBegin(text, begun)) {
        return List.of();
      }
      List<String> plain = new ArrayList<>();
      if (readPlain(text, end < segmentEnd, plain)) {
        return beginning(begun, plain);
      }
      Tokens tokens = Analysis.tokens(text, language);
      List<String> next = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < Math.min(2, tokens.size()); i++) {
        boolean cutOff = tokens.endOffset(i) == text.length() && end < segmentEnd;
        if (cutOff || endsSentence(text, from, tokens.startOffset(i))) {
          break;
        }
        next.add(tokens.exact(i));
        from = tokens.endOffset(i);
      }
      return beginning(begun, next);
    }

    private static List<String> beginning(String begun, List<String> words) {
      return !words.isEmpty() && words.getFirst().startsWith(begun) ? words : List.of();
    }
  }

  /**
   * Reads up to two words of a sentence where they are nothing but ASCII letters and digits between
   * spaces: most are, and finding the words of any text takes ten times as long.
   *
   * @param cutOff whether the text goes on
   * @return false if the text is not so plain
   */
  private static boolean readPlain(String text, boolean cutOff, List<String> words) {
    int at = 0;
    while (words.size() < 2) {
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
      }
      boolean ends = at < text.length() && ".!?;:".indexOf(text.charAt(at)) >= 0;
      if (at == text.length()) {
        return !cutOff;
      }
      if (ends && (at + 1 == text.length() ? !cutOff : text.charAt(at + 1) == ' ')) {
        return true;
      }
      if (text.charAt(at) != ' ') {
        return false;
      }
      int start = at + 1;
      int end = start;
      while (end < text.length() && isLetterOrDigit(text.charAt(end))) {
        end++;
      }
      if (end == start || !isPlainEnd(text, end, cutOff)) {
        return false;
      }
      words.add(text.substring(start, end).toLowerCase(Locale.ROOT));
      at = end;
    }
    return true;
  }

  private static boolean isPlainEnd(String text, int end, boolean cutOff) {
    if (end == text.length()) {
      return !cutOff;
    }
    char c = text.charAt(end);
    boolean spaceFollows = end + 1 < text.length() ? text.charAt(end + 1) == ' ' : !cutOff;
    return c == ' ' || (",.!?;:".indexOf(c) >= 0 && spaceFollows);
  }

  private static boolean isLetterOrDigit(char c) {
    return isAsciiWord(c) && c != '_';
  }

  /** False only if the first word surely does not begin so: most need not be read any further. */
  private static boolean mayBegin(String text, String begun) {
    int at = 0;
    while (at < text.length() && text.charAt(at) < 0x80 && !isAsciiWord(text.charAt(at))) {
      at++;
    }
    for (int i = 0; i < begun.length(); i++) {
      char wanted = begun.charAt(i);
      char c = at + i < text.length() ? text.charAt(at + i) : ' ';
      if (c >= 0x80 || wanted >= 0x80 || !isAsciiWord(wanted)) {
        return true;
      }
      if (Character.toLowerCase(c) != wanted) {
        return false;
      }
    }
    return at < text.length();
  }

  private static boolean isAsciiWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean endsSentence(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean last = i + 1 == to || Character.isWhitespace(text.charAt(i + 1));
      if ((".!?;:\u2026".indexOf(c) >= 0 && last)
          || "\u3002\uff01\uff1f".indexOf(c) >= 0
          || (c == '\n' && i + 1 < to && text.charAt(i + 1) == '\n')) {
        return true;
      }
    }
    return false;
  }
}

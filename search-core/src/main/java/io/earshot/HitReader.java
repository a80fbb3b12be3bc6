package io.earshot;

import io.earshot.internal.Fields;
import io.earshot.internal.Formula;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.Identifiers;
import io.earshot.internal.Mark;
import io.earshot.internal.MomentMap;
import io.earshot.internal.Moments;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.SegmentMatcher;
import io.earshot.internal.Spot;
import io.earshot.internal.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.StoredFieldVisitor;

/**
 * Makes hits of the documents that one search found.
 *
 * <p>They are read in the order of the index, so that each list of postings and each doc value is
 * opened once a segment.
 */
final class HitReader {
  private final ScopedSearcher searcher;
  private final SearchRequest request;
  private final Search.Plan plan;
  private final Map<Integer, String> leaves;
  private final Explainer explainer;
  private final Map<List<Spot.Forms>, Formula> writings = new HashMap<>(); // of identifiers

  /**
   * For one search.
   *
   * @param leaves what was typed for each leaf of the plan's formula
   * @param explainer says why a hit stands where it does
   */
  HitReader(
      ScopedSearcher searcher,
      SearchRequest request,
      Search.Plan plan,
      Map<Integer, String> leaves,
      Explainer explainer) {
    this.searcher = searcher;
    this.request = request;
    this.plan = plan;
    this.leaves = leaves;
    this.explainer = explainer;
  }

  /** The hits, in the order of the documents. */
  List<Hit> hits(List<Found> found) throws IOException {
    List<Found> byDocument = new ArrayList<>(found);
    byDocument.sort(Comparator.comparingInt(Found::doc));
    Map<Integer, Hit> hits = new HashMap<>();
    // The searcher's own: a reader that two threads ask for its leaves at once may make them twice.
    List<LeafReaderContext> segments = searcher.getLeafContexts();
    Segment segment = null;
    for (Found one : byDocument) {
      LeafReaderContext leaf = segments.get(ReaderUtil.subIndex(one.doc(), segments));
      if (segment == null || segment.leaf.ord != leaf.ord) {
        segment = new Segment(leaf);
      }
      hits.put(one.doc(), segment.hit(one));
    }
    List<Hit> inOrder = new ArrayList<>(found.size());
    for (Found one : found) {
      inOrder.add(hits.get(one.doc()));
    }
    return inOrder;
  }

  /** What is open of one segment. */
  private final class Segment {
    private final LeafReaderContext leaf;
    private final Moments moments;
    private final SegmentMatcher matcher;
    private final SortedDocValues channels;
    private final SortedDocValues directions;
    private final SortedDocValues threads;
    private final SortedSetDocValues identifiers;

    private Segment(LeafReaderContext leaf) throws IOException {
      this.leaf = leaf;
      moments = new Moments(leaf);
      matcher = new SegmentMatcher(searcher, leaf, true);
      channels = DocValues.getSorted(leaf.reader(), Fields.CHANNEL);
      directions = DocValues.getSorted(leaf.reader(), Fields.DIRECTION);
      threads = DocValues.getSorted(leaf.reader(), Fields.THREAD);
      identifiers = DocValues.getSortedSet(leaf.reader(), Fields.IDENTIFIER);
    }

    private Hit hit(Found found) throws IOException {
      int doc = found.doc() - leaf.docBase;
      Map<String, List<Mark>> marks = matcher.marks(toMark(doc), doc);
      MomentMap map = moments.of(doc);
      Texts texts = moments.texts(doc);
      Instant startedAt = Instant.ofEpochMilli(found.startedAt());
      String direction = keyword(directions, doc);
      String subject = texts.of(Fields.SUBJECT);
      String thread = keyword(threads, doc);
      return new Hit.Builder(
              found.id().utf8ToString(),
              found.customer().utf8ToString(),
              Channel.of(keyword(channels, doc)),
              startedAt)
          .direction(direction.isEmpty() ? null : Direction.valueOf(direction))
          .subject(subject.isEmpty() ? null : subject)
          .thread(thread.isEmpty() ? null : thread)
          .score(found.score())
          .lacks(lacks(doc))
          .passages(new Passages(texts, map, startedAt).best(marks, request.passages()))
          .explanation(explanation(marks, found))
          .build();
    }

    /** What the document fulfils, and the identifiers it was found by as it writes them. */
    private Formula toMark(int doc) throws IOException {
      if (plan.identifiers().isEmpty() || !identifiers.advanceExact(doc)) {
        return plan.formula();
      }
      List<Formula> parts = new ArrayList<>(List.of(plan.formula()));
      for (int n = identifiers.docValueCount(); n > 0; n--) {
        String display = identifiers.lookupOrd(identifiers.nextOrd()).utf8ToString();
        List<Spot.Forms> asked = plan.identifiers().get(Identifiers.canonical(display));
        List<Spot.Forms> phrase = MoreLikeThis.phrase(display);
        if (asked != null && !phrase.isEmpty() && !phrase.equals(asked)) {
          parts.add(
              writings.computeIfAbsent(phrase, one -> MoreLikeThis.leaf(display, one, leaves)));
        }
      }
      return new Formula.Any(parts);
    }

    private List<String> lacks(int doc) throws IOException {
      List<String> lacks = new ArrayList<>();
      for (var word : plan.words().entrySet()) {
        if (!matcher.holds(word.getValue(), doc)) {
          lacks.add(word.getKey());
        }
      }
      return lacks;
    }
  }

  private List<String> explanation(Map<String, List<Mark>> marks, Found found) throws IOException {
    if (!request.explaining()) {
      return List.of();
    }
    boolean ranked = request.sort() == SortOrder.RELEVANCE && found.score() > 0; // 0: no words
    return explainer.explain(found, marks, ranked);
  }

  static String keyword(SortedDocValues values, int doc) throws IOException {
    return values.advanceExact(doc) ? values.lookupOrd(values.ordValue()).utf8ToString() : "";
  }

  /** The whole interaction of a document. */
  static Interaction interaction(IndexReader reader, int doc) throws IOException {
    StoredJson json = new StoredJson();
    reader.storedFields().document(doc, json);
    return InteractionJson.read(json.text).interaction();
  }

  /** Reads the JSON form alone. */
  private static final class StoredJson extends StoredFieldVisitor {
    private String text = "";

    @Override
    public Status needsField(FieldInfo field) {
      return field.name.equals(Fields.JSON) ? Status.YES : Status.NO;
    }

    @Override
    public void binaryField(FieldInfo field, byte[] value) {
      text = new String(value, StandardCharsets.UTF_8);
    }
  }
}

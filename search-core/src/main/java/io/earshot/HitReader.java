package io.earshot;

import io.earshot.internal.Fields;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.HitMatches;
import io.earshot.internal.MomentMap;
import io.earshot.internal.ScopedSearcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.Weight;

/** Makes hits of the documents that one search found. */
final class HitReader {
  private final ScopedSearcher searcher;
  private final Weight weight;
  private final int passages;
  private final StoredFields storedFields;

  HitReader(ScopedSearcher searcher, Weight weight, int passages) throws IOException {
    this.searcher = searcher;
    this.weight = weight;
    storedFields = searcher.storedFields();
    this.passages = passages;
  }

  Hit hit(Found found) throws IOException {
    // The searcher's own: a reader that two threads ask for its leaves at once may make them twice.
    List<LeafReaderContext> leaves = searcher.getLeafContexts();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found.doc(), leaves));
    int doc = found.doc() - leaf.docBase;
    Texts texts = new Texts();
    storedFields.document(found.doc(), texts);
    BinaryDocValues moments = DocValues.getBinary(leaf.reader(), Fields.MOMENTS);
    moments.advanceExact(doc);
    Instant startedAt = Instant.ofEpochMilli(found.startedAt());
    Passages shown =
        new Passages(texts.byField, MomentMap.decode(moments.binaryValue()), startedAt);
    String direction = keyword(leaf, doc, Fields.DIRECTION);
    return new Hit(
        found.id().utf8ToString(),
        found.customer().utf8ToString(),
        Channel.of(keyword(leaf, doc, Fields.CHANNEL)),
        direction.isEmpty() ? null : Direction.valueOf(direction),
        startedAt,
        texts.byField.get(Fields.SUBJECT),
        found.score(),
        shown.best(HitMatches.of(weight, leaf, doc), passages));
  }

  private static String keyword(LeafReaderContext leaf, int doc, String field) throws IOException {
    SortedDocValues values = DocValues.getSorted(leaf.reader(), field);
    return values.advanceExact(doc) ? values.lookupOrd(values.ordValue()).utf8ToString() : "";
  }

  /** The whole interaction of a document. */
  static Interaction interaction(IndexReader reader, int doc) throws IOException {
    StoredJson json = new StoredJson();
    reader.storedFields().document(doc, json);
    return InteractionJson.read(json.text).interaction();
  }

  /** Reads the texts of the searched fields, and stops before the JSON form. */
  private static final class Texts extends StoredFieldVisitor {
    private final Map<String, String> byField = new HashMap<>();

    @Override
    public Status needsField(FieldInfo field) {
      return field.name.equals(Fields.JSON) ? Status.STOP : Status.YES;
    }

    @Override
    public void stringField(FieldInfo field, String value) {
      byField.put(field.name, value);
    }
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

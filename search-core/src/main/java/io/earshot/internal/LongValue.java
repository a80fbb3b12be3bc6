package io.earshot.internal;

import java.io.IOException;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value of any length beside a document: a doc value, unless it is long.
 *
 * <p>Lucene's reader of doc values sets memory aside for the longest value of a segment. One huge
 * interaction would make every search pay for it, so a long value is a stored field, and its doc
 * value is empty.
 *
 * <p>Of one segment and one field; not thread-safe.
 */
public final class LongValue {
  private static final int MOST_AS_DOC_VALUE = 64 * 1024;

  private final LeafReader reader;
  private final String field;
  private BinaryDocValues values;
  private @Nullable StoredFields stored;

  /** Reads that field's values in that segment. */
  public LongValue(LeafReader reader, String field) throws IOException {
    this.reader = reader;
    this.field = field;
    values = DocValues.getBinary(reader, field);
  }

  /** Adds the value to a document. */
  public static void add(Document document, String field, BytesRef value) {
    boolean small = value.length <= MOST_AS_DOC_VALUE;
    // Also where it is stored: Lucene wants a field laid out alike in every document.
    document.add(new BinaryDocValuesField(field, small ? value : new BytesRef()));
    if (!small) {
      document.add(new StoredField(field, value));
    }
  }

  /**
   * The document's value; empty if it has none. Ascending order of documents is fastest.
   *
   * @param doc number of the document within the segment
   * @return valid until the next call
   */
  public BytesRef of(int doc) throws IOException {
    if (values.docID() > doc) {
      values = DocValues.getBinary(reader, field);
    }
    if (values.advanceExact(doc)) {
      BytesRef value = values.binaryValue();
      if (value.length > 0) {
        return value;
      }
    }
    StoredFields open = stored;
    if (open == null) {
      open = reader.storedFields();
      stored = open;
    }
    OneValue one = new OneValue(field);
    open.document(doc, one);
    return one.value;
  }

  private static final class OneValue extends StoredFieldVisitor {
    private final String field;
    private BytesRef value = new BytesRef();

    private OneValue(String field) {
      this.field = field;
    }

    @Override
    public Status needsField(FieldInfo info) {
      if (info.name.equals(field)) {
        return Status.YES;
      }
      return value.length > 0 || info.name.equals(Fields.JSON) ? Status.STOP : Status.NO;
    }

    @Override
    public void binaryField(FieldInfo info, byte[] bytes) {
      value = new BytesRef(bytes);
    }
  }
}

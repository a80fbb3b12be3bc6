package io.earshot.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * Counts documents by what they have: channel, month, agent, direction, language, tag, or the
 * values of an attribute. Made for one search on one thread.
 */
public final class FacetCounts {
  private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
  private final ZoneId zone;

  /**
   * Counts by those names; what is none of the above is an attribute's.
   *
   * @param zone where months begin
   */
  public FacetCounts(Collection<String> names, ZoneId zone) {
    names.forEach(name -> counts.put(name, new HashMap<>()));
    this.zone = zone;
  }

  /** The counts: most first and then by name, but months newest first. */
  public Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> sorted = new LinkedHashMap<>();
    counts.forEach((name, values) -> sorted.put(name, sorted(name, values)));
    return Collections.unmodifiableMap(sorted);
  }

  private static Map<String, Long> sorted(String name, Map<String, Long> values) {
    List<Map.Entry<String, Long>> entries = new ArrayList<>(values.entrySet());
    Comparator<Map.Entry<String, Long>> byName = Map.Entry.comparingByKey();
    entries.sort(
        name.equals("month")
            ? byName.reversed()
            : Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(byName));
    Map<String, Long> sorted = new LinkedHashMap<>();
    entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return Collections.unmodifiableMap(sorted);
  }

  /** Counts the documents of one segment, in ascending order. */
  interface Leaf {
    void count(int doc) throws IOException;

    /** After the last document. */
    default void finish() throws IOException {}
  }

  List<Leaf> leaves(LeafReaderContext leaf) throws IOException {
    List<Leaf> leaves = new ArrayList<>();
    for (Map.Entry<String, Map<String, Long>> facet : counts.entrySet()) {
      leaves.add(leaf(facet.getKey(), leaf, facet.getValue()));
    }
    return leaves;
  }

  private Leaf leaf(String name, LeafReaderContext leaf, Map<String, Long> into)
      throws IOException {
    return switch (name) {
      case "month" -> new Months(DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT), into);
      case "channel" -> single(name, leaf, into, value -> value);
      case "direction" -> single(name, leaf, into, value -> value.toLowerCase(Locale.ROOT));
      case "agent", "language", "tag" ->
          new Values(DocValues.getSortedSet(leaf.reader(), name), "", into);
      default ->
          new Values(
              DocValues.getSortedSet(leaf.reader(), Fields.ATTRIBUTE),
              name + Fields.SEPARATOR,
              into);
    };
  }

  private static Leaf single(
      String field, LeafReaderContext leaf, Map<String, Long> into, UnaryOperator<String> shown)
      throws IOException {
    SortedDocValues values = DocValues.getSorted(leaf.reader(), field);
    long[] byOrd = new long[values.getValueCount()];
    return new Leaf() {
      @Override
      public void count(int doc) throws IOException {
        if (values.advanceExact(doc)) {
          byOrd[values.ordValue()]++;
        }
      }

      @Override
      public void finish() throws IOException {
        for (int ord = 0; ord < byOrd.length; ord++) {
          if (byOrd[ord] > 0) {
            into.merge(shown.apply(values.lookupOrd(ord).utf8ToString()), byOrd[ord], Long::sum);
          }
        }
      }
    };
  }

  /** Values that begin with something, which is not shown. */
  private static final class Values implements Leaf {
    private final SortedSetDocValues values;
    private final BytesRef begin;
    private final Map<String, Long> into;
    private final Map<Long, Long> byOrd = new HashMap<>();

    private Values(SortedSetDocValues values, String begin, Map<String, Long> into) {
      this.values = values;
      this.begin = new BytesRef(begin);
      this.into = into;
    }

    @Override
    public void count(int doc) throws IOException {
      if (values.advanceExact(doc)) {
        for (int n = values.docValueCount(); n > 0; n--) {
          byOrd.merge(values.nextOrd(), 1L, Long::sum);
        }
      }
    }

    @Override
    public void finish() throws IOException {
      for (Map.Entry<Long, Long> count : byOrd.entrySet()) {
        BytesRef value = values.lookupOrd(count.getKey());
        if (StringHelper.startsWith(value, begin)) {
          String shown =
              new BytesRef(value.bytes, value.offset + begin.length, value.length - begin.length)
                  .utf8ToString();
          into.merge(shown, count.getValue(), Long::sum);
        }
      }
    }
  }

  /** Documents of a customer come newest first, so most lie in the month of the one before. */
  private final class Months implements Leaf {
    private final NumericDocValues startedAt;
    private final Map<String, Long> into;
    private long first = 1;
    private long end;
    private String month = "";
    private long count;

    private Months(NumericDocValues startedAt, Map<String, Long> into) {
      this.startedAt = startedAt;
      this.into = into;
    }

    @Override
    public void count(int doc) throws IOException {
      startedAt.advanceExact(doc);
      long time = startedAt.longValue();
      if (time < first || time >= end) {
        finish();
        YearMonth of = YearMonth.from(Instant.ofEpochMilli(time).atZone(zone));
        first = of.atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
        end = of.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
        month = of.toString();
      }
      count++;
    }

    @Override
    public void finish() {
      if (count > 0) {
        into.merge(month, count, Long::sum);
        count = 0;
      }
    }
  }
}

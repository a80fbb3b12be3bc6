package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Weight;

/** Where exactly in one document a query matched. */
public final class HitMatches {
  /** Of one field: a passage shows a handful, and a frequent word in a huge text has millions. */
  private static final int MOST_MARKS = 10_000;

  private HitMatches() {}

  /**
   * One match: of a word, or of a whole phrase.
   *
   * @param startOffset where it begins in the field's text
   * @param endOffset where it ends
   * @param firstPosition position of its first word
   * @param lastPosition position of its last word
   * @param clause number of the query's word or phrase that it answers
   */
  public record Mark(
      int startOffset, int endOffset, int firstPosition, int lastPosition, int clause) {}

  /**
   * The matches by field, each list in the order of the text; fields without any are absent. Of one
   * field the first {@value #MOST_MARKS} are given.
   *
   * @param doc number of the document within the segment
   */
  public static Map<String, List<Mark>> of(Weight weight, LeafReaderContext leaf, int doc)
      throws IOException {
    Matches matches = weight.matches(leaf, doc);
    Map<String, List<Mark>> byField = new HashMap<>();
    if (matches == null) {
      return byField;
    }
    Map<Query, Integer> clauses = new HashMap<>();
    for (Fields.Searched field : Fields.searched()) {
      MatchesIterator iterator = matches.getMatches(field.name());
      if (iterator == null) {
        continue;
      }
      List<Mark> marks = new ArrayList<>();
      while (marks.size() < MOST_MARKS && iterator.next()) {
        int clause = clauses.computeIfAbsent(iterator.getQuery(), query -> clauses.size());
        Mark mark =
            new Mark(
                iterator.startOffset(),
                iterator.endOffset(),
                iterator.startPosition(),
                iterator.endPosition(),
                clause);
        if (marks.isEmpty() || !marks.getLast().equals(mark)) { // exact form and stem: once
          marks.add(mark);
        }
      }
      marks.sort(Comparator.comparingInt(Mark::startOffset).thenComparingInt(Mark::endOffset));
      byField.put(field.name(), marks);
    }
    return byField;
  }
}

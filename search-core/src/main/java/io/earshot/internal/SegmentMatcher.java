package io.earshot.internal;

import io.earshot.internal.Where.Condition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one document after the other of a segment, word for word: does it fulfil a formula, and
 * which words do?
 *
 * <p>What a {@link Spot} finds are {@link Match}es, sets of words; {@code docs/query-language.md}
 * says which. Documents are asked for in ascending order. Made for one request; not thread-safe.
 */
public final class SegmentMatcher {
  /** Pairs of matches that are looked at in one document; beyond, the answer says so. */
  private static final int MOST_PAIRS = 5_000_000;

  /**
   * UTF-16 units of a turn that are split into words again, where time is limited, to mark runs of
   * words in it. What lies behind is marked at its last word.
   */
  private static final int MOST_TEXT = 200_000;

  /** Steps that splitting the text of a turn into words counts for. */
  private static final int STEPS_OF_TEXT = 500;

  private static final Set<String> ROLES = Set.of("CUSTOMER", "AGENT", "BOT", "OTHER");

  /**
   * Steps that reading a word, and marking what was found, may take in each document that is shown,
   * though time be over: more than most documents have words, and a few milliseconds.
   */
  private static final int STEPS_TO_SHOW = 50_000;

  private final ScopedSearcher searcher;
  private final TimeLimit limit;
  private final LeafReaderContext leaf;
  private final boolean withOffsets;
  private final Moments moments;
  private final Map<Integer, LeafPostings> postings = new HashMap<>();
  private final Map<Query, @Nullable DocIdSetIterator> filters = new HashMap<>();

  // Of the document that is being looked at.
  private int doc = -1;
  private @Nullable MomentMap map;
  private int pairs;
  private final Map<Integer, List<Occurrence>> occurrences = new HashMap<>();
  private final Map<Condition, boolean[]> speakers = new HashMap<>();
  private final Map<Integer, Integer> turns = new HashMap<>(); // the turn each variable stands for

  /**
   * For one segment.
   *
   * @param withOffsets whether marks are to be shown: then some are found even if time is over
   */
  public SegmentMatcher(ScopedSearcher searcher, LeafReaderContext leaf, boolean withOffsets)
      throws IOException {
    this.searcher = searcher;
    limit = searcher.timeLimit();
    this.leaf = leaf;
    this.withOffsets = withOffsets;
    moments = new Moments(leaf);
  }

  /** A set of words: those of the parts. */
  private record Match(List<Occurrence> parts, int field, int first, int last) {
    static Match of(Occurrence one) {
      return new Match(List.of(one), one.field(), one.first(), one.last());
    }

    Match with(Match other) {
      List<Occurrence> all = new ArrayList<>(parts);
      all.addAll(other.parts);
      return new Match(all, field, Math.min(first, other.first), Math.max(last, other.last));
    }

    boolean sharesWordWith(Match other) {
      if (first > other.last || other.first > last) {
        return false;
      }
      for (Occurrence part : parts) {
        for (Occurrence others : other.parts) {
          if (part.sharesWordWith(others)) {
            return true;
          }
        }
      }
      return false;
    }

    /** Words between the two; 0 if one begins before the other ends. */
    int wordsBetween(Match other) {
      return Math.max(0, Math.max(first, other.first) - Math.min(last, other.last) - 1);
    }
  }

  /** Whether the document fulfils the formula, as was found out before time was over. */
  public boolean holds(Formula formula, int document) throws IOException {
    moveTo(document);
    return holds(formula) && (withOffsets || !limit.wasOver());
  }

  /**
   * The words of a document that fulfils the formula, by field, in the order of the text. Once time
   * is over, those that a few more steps find.
   */
  public Map<String, List<Mark>> marks(Formula formula, int document) throws IOException {
    moveTo(document);
    Set<Occurrence> marked = new LinkedHashSet<>();
    if (holds(formula) || limit.wasOver()) {
      turns.clear();
      mark(formula, marked);
    }
    Map<String, List<Mark>> byField = new HashMap<>();
    List<Occurrence> sorted = new ArrayList<>(marked);
    sorted.sort(
        Comparator.comparingInt(Occurrence::startOffset).thenComparingInt(Occurrence::endOffset));
    for (Occurrence one : sorted) {
      byField
          .computeIfAbsent(Fields.searched().get(one.field()).name(), name -> new ArrayList<>())
          .add(new Mark(one.startOffset(), one.endOffset(), one.first(), one.last(), one.leaf()));
    }
    return byField;
  }

  private void moveTo(int document) {
    if (document != doc) {
      doc = document;
      map = null;
      pairs = 0;
      occurrences.clear();
      speakers.clear();
      turns.clear();
      grant();
    }
  }

  private void grant() {
    if (withOffsets) {
      limit.grant(STEPS_TO_SHOW);
    }
  }

  private MomentMap map() throws IOException {
    if (map == null) {
      map = moments.of(doc);
    }
    return map;
  }

  private boolean holds(Formula formula) throws IOException {
    return switch (formula) {
      case Formula.All all -> {
        for (Formula part : all.parts()) {
          if (!holds(part)) {
            yield false;
          }
        }
        yield true;
      }
      case Formula.Any any -> {
        for (Formula part : any.parts()) {
          if (holds(part)) {
            yield true;
          }
        }
        yield false;
      }
      case Formula.Not not -> !holds(not.part());
      case Formula.Filter filter -> passes(filter.query());
      case Formula.Found found -> !matches(found.spot(), true).isEmpty();
      case Formula.InSomeTurn some -> {
        for (int turn : turnsToTry(some)) {
          turns.put(some.turn(), turn);
          if (!limit.allows(1)) {
            yield false;
          }
          if (holds(some.part())) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  /** Adds what fulfils the formula, which the document does. */
  private void mark(Formula formula, Set<Occurrence> marked) throws IOException {
    switch (formula) {
      case Formula.All all -> {
        for (Formula part : all.parts()) {
          mark(part, marked);
        }
      }
      case Formula.Any any -> {
        for (Formula part : any.parts()) {
          if (holds(part)) {
            mark(part, marked);
          }
        }
      }
      case Formula.Found found -> {
        List<Match> matches = matches(found.spot(), false);
        if (turns.isEmpty()) { // else for all turns together
          grant();
        }
        for (Match match : matches) {
          if (!limit.allows(1)) {
            break;
          }
          marked.addAll(match.parts);
        }
      }
      case Formula.InSomeTurn some -> {
        for (int turn : turnsToTry(some)) {
          turns.put(some.turn(), turn);
          if (limit.allows(1) && holds(some.part())) {
            mark(some.part(), marked);
          }
        }
        turns.remove(some.turn());
      }
      case Formula.Not not -> {}
      case Formula.Filter filter -> {}
    }
  }

  private boolean passes(Query filter) throws IOException {
    if (!filters.containsKey(filter)) {
      Scorer scorer = searcher.filterWeight(filter).scorer(leaf);
      filters.put(filter, scorer == null ? null : scorer.iterator());
    }
    DocIdSetIterator docs = filters.get(filter);
    return docs != null && (docs.docID() < doc ? docs.advance(doc) : docs.docID()) == doc;
  }

  /**
   * The turns in which some word of the formula stands, and one of the others: they are all alike.
   */
  private Collection<Integer> turnsToTry(Formula.InSomeTurn some) throws IOException {
    Set<Integer> candidates = new TreeSet<>();
    turns.remove(some.turn()); // its words are looked for in all turns now
    for (Spot leafOfTurn : Spots.inTurn(some.part(), some.turn())) {
      for (Match match : matches(leafOfTurn, false)) {
        candidates.add(map().turnAtPosition(match.first));
      }
    }
    int other = 0;
    while (candidates.contains(other)) {
      other++;
    }
    if (other < map().turns()) {
      candidates.add(other);
    }
    return candidates;
  }

  /**
   * What a spot finds, by field and first word.
   *
   * @param oneWillDo whether to stop at the first
   */
  private List<Match> matches(Spot spot, boolean oneWillDo) throws IOException {
    return switch (spot) {
      case Spot.Leaf words -> inTurn(occurrences(words), words.where(), oneWillDo);
      case Spot.AnyWords any -> inTurn(occurrences(any), any.where(), oneWillDo);
      case Spot.Either either -> {
        List<Match> all = new ArrayList<>();
        for (Spot one : either.spots()) {
          all.addAll(matches(one, oneWillDo));
          if (oneWillDo && !all.isEmpty()) {
            break;
          }
        }
        all.sort(Comparator.comparingInt(Match::field).thenComparingInt(Match::first));
        yield all;
      }
      case Spot.Near near -> near(near, oneWillDo);
      case Spot.Within within -> within(within, oneWillDo);
    };
  }

  private List<Match> inTurn(List<Occurrence> found, Where where, boolean oneWillDo)
      throws IOException {
    Integer turn = where.turn() == 0 ? null : turns.get(where.turn());
    if (turn == null) {
      return (oneWillDo && !found.isEmpty() ? found.subList(0, 1) : found)
          .stream().map(Match::of).toList();
    }
    // What has to stand in a turn is of one field and in order; a document may have many turns.
    int begin = map().firstPosition(turn);
    int end = begin + map().positions(turn);
    List<Match> matches = new ArrayList<>();
    for (int i = firstAtOrAfter(found, begin); i < found.size(); i++) {
      if (found.get(i).first() >= end || !limit.allows(1)) {
        break;
      }
      matches.add(Match.of(found.get(i)));
    }
    return matches;
  }

  private static int firstAtOrAfter(List<Occurrence> found, int position) {
    int low = 0;
    int high = found.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (found.get(middle).first() < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private List<Occurrence> occurrences(Spot.Leaf words) throws IOException {
    List<Occurrence> known = occurrences.get(words.number());
    if (known != null) {
      return known;
    }
    LeafPostings reader = postings.get(words.number());
    if (reader == null) {
      reader = new LeafPostings(searcher, leaf, words, withOffsets);
      postings.put(words.number(), reader);
    }
    List<Occurrence> found = reader.in(doc);
    grant();
    if (!words.where().conditions().isEmpty()) {
      List<Occurrence> kept = new ArrayList<>();
      for (Occurrence one : found) {
        if (!limit.allows(1)) {
          break;
        }
        if (allFulfil(one.first(), one.last(), words.where().conditions())) {
          kept.add(one);
        }
      }
      found = kept;
    }
    occurrences.put(words.number(), found);
    return found;
  }

  private List<Occurrence> occurrences(Spot.AnyWords any) throws IOException {
    List<Occurrence> known = occurrences.get(any.number());
    if (known != null) {
      return known;
    }
    List<Occurrence> runs = new ArrayList<>();
    if (any.where().part().and(Where.Part.TURNS) != Where.Part.NONE) {
      for (int turn = 0; turn < map().turns() && limit.allows(1); turn++) {
        addRuns(any, turn, runs);
      }
    }
    occurrences.put(any.number(), runs);
    return runs;
  }

  private void addRuns(Spot.AnyWords any, int turn, List<Occurrence> runs) throws IOException {
    int end = map().firstPosition(turn) + map().positions(turn);
    int start = -1;
    for (int position = map().firstPosition(turn); position <= end && limit.allows(1); position++) {
      boolean in = position < end && allFulfil(position, position, any.where().conditions());
      if (in && start < 0) {
        start = position;
      } else if (!in && start >= 0) {
        if (withOffsets && !limit.allows(STEPS_OF_TEXT)) {
          return;
        }
        runs.add(run(any, turn, start, position - 1));
        start = -1;
      }
    }
  }

  private Occurrence run(Spot.AnyWords any, int turn, int first, int last) throws IOException {
    int start = map().textStart(turn);
    int end = start;
    if (withOffsets) {
      int from = start;
      int length = map().textLength(turn);
      if (limit.isSet()) {
        length = Math.min(length, MOST_TEXT);
      }
      String text = moments.texts(doc).substring(Fields.TEXT, from, from + length);
      Tokens tokens = Analysis.tokens(text, "");
      if (tokens.size() > 0) {
        int known = tokens.size() - 1;
        start = from + tokens.startOffset(Math.min(known, first - map().firstPosition(turn)));
        end = from + tokens.endOffset(Math.min(known, last - map().firstPosition(turn)));
      }
    }
    return new Occurrence(any.number(), 0, first, last, start, end);
  }

  private boolean allFulfil(int first, int last, List<Condition> conditions) throws IOException {
    for (Condition condition : conditions) {
      for (int position = first; position <= last; position++) {
        if (!fulfils(position, condition)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean fulfils(int position, Condition condition) throws IOException {
    return switch (condition) {
      case Where.SaidBy said -> {
        int speaker = map().speaker(map().turnAtPosition(position));
        yield speaker >= 0 && speakers(said)[speaker];
      }
      case Where.Asked asked -> map().asked(position);
      case Where.First first -> map().timeMs(position) <= first.millis();
      case Where.Last last -> map().timeMs(position) >= map().endMs() - last.millis();
    };
  }

  /** For each speaker, whether it is who is meant. */
  private boolean[] speakers(Where.SaidBy said) throws IOException {
    boolean[] known = speakers.get(said);
    if (known == null) {
      List<MomentMap.Speaker> all = map().speakers();
      known = new boolean[all.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = isMeant(all.get(i), said.who());
      }
      speakers.put(said, known);
    }
    return known;
  }

  private static boolean isMeant(MomentMap.Speaker speaker, String anyOf) {
    for (String who : anyOf.split("\\|", -1)) {
      boolean meant =
          ROLES.contains(who.toUpperCase(Locale.ROOT))
              ? speaker.role().equalsIgnoreCase(who)
              : People.isMeant(who, List.of(speaker.name(), speaker.id(), speaker.address()));
      if (meant) {
        return true;
      }
    }
    return false;
  }

  private List<Match> near(Spot.Near near, boolean oneWillDo) throws IOException {
    List<Match> found = new ArrayList<>();
    List<Match> lefts = matches(near.left(), false);
    List<Match> rights = lefts.isEmpty() ? List.of() : matches(near.right(), false);
    int longest = 0;
    for (Match right : rights) {
      longest = Math.max(longest, right.last - right.first);
    }
    for (Match left : lefts) {
      if (!limit.allows(1)) {
        break;
      }
      int from = lowerBound(rights, left.field, left.first - near.words() - 1 - longest);
      for (int i = from; i < rights.size() && mayPair(); i++) {
        Match right = rights.get(i);
        if (right.field != left.field || right.first > left.last + near.words() + 1) {
          break;
        }
        if (left.wordsBetween(right) <= near.words()
            && !left.sharesWordWith(right)
            && inOneSegment(left, right)) {
          found.add(left.with(right));
          if (oneWillDo) {
            return found;
          }
        }
      }
    }
    found.sort(Comparator.comparingInt(Match::field).thenComparingInt(Match::first));
    return found;
  }

  /** Index of the first match at or after that position of the field. */
  private static int lowerBound(List<Match> matches, int field, int position) {
    int low = 0;
    int high = matches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Match match = matches.get(middle);
      if (match.field < field || (match.field == field && match.first < position)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Two that are close lie in one segment, unless one of them reaches over several by itself. */
  private boolean inOneSegment(Match left, Match right) throws IOException {
    int first = Math.min(left.first, right.first);
    int last = Math.max(left.last, right.last);
    return last - first < SegmentedText.GAP
        || left.field != 0
        || map().turnAtPosition(first) == map().turnAtPosition(last);
  }

  private List<Match> within(Spot.Within within, boolean oneWillDo) throws IOException {
    List<Match> found = new ArrayList<>();
    List<Match> lefts = matches(within.left(), false);
    List<Match> rights = lefts.isEmpty() ? List.of() : byTime(matches(within.right(), false));
    long[] times = new long[rights.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = map().timeMs(rights.get(i).first);
    }
    for (Match left : lefts) {
      if (!limit.allows(1)) {
        break;
      }
      long time = map().timeMs(left.first);
      for (int i = firstAtOrAfter(times, time - within.millis());
          i < times.length && times[i] - time <= within.millis() && mayPair();
          i++) {
        if (!left.sharesWordWith(rights.get(i))) {
          found.add(left.with(rights.get(i)));
          if (oneWillDo) {
            return found;
          }
        }
      }
    }
    found.sort(Comparator.comparingInt(Match::field).thenComparingInt(Match::first));
    return found;
  }

  private List<Match> byTime(List<Match> matches) throws IOException {
    long[][] order = new long[matches.size()][];
    for (int i = 0; i < order.length; i++) {
      order[i] = new long[] {map().timeMs(matches.get(i).first), i};
    }
    Arrays.sort(order, Comparator.comparingLong(one -> one[0]));
    List<Match> sorted = new ArrayList<>(order.length);
    for (long[] one : order) {
      sorted.add(matches.get((int) one[1]));
    }
    return sorted;
  }

  private static int firstAtOrAfter(long[] times, long time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean mayPair() {
    if (pairs++ >= MOST_PAIRS) {
      searcher.cutShort();
      return false;
    }
    return limit.allows(1);
  }
}

package io.earshot.internal;

import io.earshot.internal.Where.Condition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
 * <p>What a {@link Spot} finds are sets of words, {@link SpotMatches}; {@code
 * docs/query-language.md} says which. Documents are asked for in ascending order. Made for one
 * request; not thread-safe.
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
  private final Map<Where.SaidBy, Meant> meant = new HashMap<>();

  // Of the document that is being looked at.
  private int doc = -1;
  private @Nullable MomentMap map;
  private int pairs;
  private boolean isCutShort;
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

  /** Whether the document fulfils the formula, as was found out before time was over. */
  public boolean holds(Formula formula, int document) throws IOException {
    moveTo(document);
    return holds(formula) && (withOffsets || !limit.wasOver());
  }

  /** Whether not every combination of that document's words was looked at. */
  boolean isCutShort() {
    return isCutShort;
  }

  /**
   * The words of a document that fulfils the formula, by field, in the order of the text. Once time
   * is over, those that a few more steps find.
   */
  public Map<String, List<Mark>> marks(Formula formula, int document) throws IOException {
    moveTo(document);
    List<Occurrence> marked = new ArrayList<>();
    if (holds(formula) || limit.wasOver()) {
      turns.clear();
      mark(formula, marked);
    }
    marked.sort(SegmentMatcher::inOrder);
    Map<String, List<Mark>> byField = new HashMap<>();
    List<Mark> ofField = List.of();
    Occurrence before = null;
    for (Occurrence one : marked) {
      if (one.equals(before)) {
        continue;
      }
      if (before == null || before.field() != one.field()) {
        ofField = new ArrayList<>();
        byField.put(Fields.searched().get(one.field()).name(), ofField);
      }
      ofField.add(
          new Mark(one.startOffset(), one.endOffset(), one.first(), one.last(), one.leaf()));
      before = one;
    }
    return byField;
  }

  /** Every word of a document that the formula asks for, in the order of the text. */
  List<Occurrence> all(Formula formula, int document) throws IOException {
    moveTo(document);
    List<Occurrence> all = new ArrayList<>();
    for (Spot.Leaf one : Spots.wanted(formula)) {
      all.addAll(occurrences(one));
    }
    all.sort(SegmentMatcher::byPosition);
    return all;
  }

  private static int byPosition(Occurrence one, Occurrence other) {
    int order = Integer.compare(one.field(), other.field());
    order = order != 0 ? order : Integer.compare(one.first(), other.first());
    order = order != 0 ? order : Integer.compare(one.last(), other.last());
    return order != 0 ? order : Integer.compare(one.leaf(), other.leaf());
  }

  private static int inOrder(Occurrence one, Occurrence other) {
    int order = Integer.compare(one.field(), other.field());
    order = order != 0 ? order : Integer.compare(one.startOffset(), other.startOffset());
    order = order != 0 ? order : Integer.compare(one.endOffset(), other.endOffset());
    return order != 0 ? order : Integer.compare(one.leaf(), other.leaf());
  }

  private void moveTo(int document) {
    if (document != doc) {
      doc = document;
      map = null;
      pairs = 0;
      isCutShort = false;
      occurrences.clear();
      speakers.clear();
      turns.clear();
      grant();
    }
  }

  /** What was found is still to be marked, though time be over. */
  void grantToMark() {
    if (turns.isEmpty()) { // else for all turns together
      grant();
    }
  }

  private void grant() {
    if (withOffsets) {
      limit.grant(STEPS_TO_SHOW);
    }
  }

  /** What is known of the document's turns and times. */
  MomentMap map() throws IOException {
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
      case Formula.Not not -> !holds(not.part()) && !isCutShort; // else it may be there after all
      case Formula.Filter filter -> passes(filter.query());
      case Formula.Found found -> new SpotMatches(this, found.spot()).any();
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
  private void mark(Formula formula, List<Occurrence> marked) throws IOException {
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
      case Formula.Found found -> new SpotMatches(this, found.spot()).mark(marked);
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
      for (Occurrence one : occurrences(leafOfTurn)) {
        candidates.add(map().turnAtPosition(one.first()));
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

  /** Where a leaf's words stand, by field and first word; in the turn that it is bound to. */
  List<Occurrence> occurrences(Spot leaf) throws IOException {
    if (leaf instanceof Spot.Leaf words) {
      return inTurn(everywhere(words), words.where());
    }
    Spot.AnyWords any = (Spot.AnyWords) leaf;
    return inTurn(everywhere(any), any.where());
  }

  private List<Occurrence> inTurn(List<Occurrence> found, Where where) throws IOException {
    Integer turn = where.turn() == 0 ? null : turns.get(where.turn());
    if (turn == null) {
      return found;
    }
    // What has to stand in a turn is of one field and in order; a document may have many turns.
    int begin = map().firstPosition(turn);
    return found.subList(
        firstAtOrAfter(found, begin), firstAtOrAfter(found, begin + map().positions(turn)));
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

  private List<Occurrence> everywhere(Spot.Leaf words) throws IOException {
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

  private List<Occurrence> everywhere(Spot.AnyWords any) throws IOException {
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
      Meant meant = meant(said);
      known = new boolean[all.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = meant.include(all.get(i));
      }
      speakers.put(said, known);
    }
    return known;
  }

  private Meant meant(Where.SaidBy said) {
    return meant.computeIfAbsent(said, by -> Meant.of(by.who()));
  }

  /** Who was named: roles, folded, and people. */
  private record Meant(Set<String> roles, People people) {
    static Meant of(String anyOf) {
      Set<String> roles = new HashSet<>();
      List<String> names = new ArrayList<>();
      for (String who : anyOf.split("\\|", -1)) {
        String role = who.toUpperCase(Locale.ROOT);
        if (ROLES.contains(role)) {
          roles.add(role);
        } else {
          names.add(who);
        }
      }
      return new Meant(roles, People.named(names));
    }

    boolean include(MomentMap.Speaker speaker) {
      return roles.contains(speaker.role().toUpperCase(Locale.ROOT))
          || people.include(List.of(speaker.name(), speaker.id(), speaker.address()));
    }
  }

  /** Whether there is time for another step. */
  boolean mayGoOn() {
    return limit.allows(1);
  }

  /**
   * Whether another pair of matches may be looked at.
   *
   * @param cost how many times as long as the simplest pair it takes
   */
  boolean mayPair(int cost) {
    if (pairs >= MOST_PAIRS) {
      cutShort();
      return false;
    }
    pairs += cost;
    return limit.allows(cost);
  }

  /** That not every combination was looked at. */
  void cutShort() {
    isCutShort = true;
    searcher.cutShort();
  }
}

package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;

/**
 * Finds which interactions of one customer are about one matter.
 *
 * <p>Two are linked if at least one of these holds:
 *
 * <ul>
 *   <li>They have the same thread. The thread of a chat is often the name of a channel that goes on
 *       for years, so two chats are linked by it within {@value #CHAT_DAYS} days only.
 *   <li>They share a telling identifier and lie at most {@value #IDENTIFIER_DAYS} days apart. An
 *       identifier tells if at most {@value #FEW} of the customer's interactions have it, or one in
 *       {@value #ONE_IN}: an account number, which stands in most of them, is no matter. Neither is
 *       an address or telephone number of somebody who took part.
 *   <li>They lie at most {@value #NEIGHBOURS} interactions apart and {@linkplain #similarity
 *       resemble} each other in their telling words: by {@value #LEAST_SIMILARITY_SOON} within
 *       {@value #SOON_DAYS} days, and by {@value #LEAST_SIMILARITY_LATER} within {@value
 *       #LATER_DAYS}.
 * </ul>
 *
 * <p>An episode is what links reach from one interaction, until it has {@value #LARGEST}. Threads
 * and identifiers link any number of times on the way, words at most {@value #MOST_WORD_LINKS}
 * times: where each resembles the next, the last need have nothing in common with the first. It
 * depends on nothing but the customer's own interactions: not on segments, nor on the order in
 * which they were added.
 *
 * <p>Making one reads each of the customer's documents once, from doc values: time and memory are
 * linear in their words. Once the scope's {@linkplain ScopedSearcher#timeLimit time} is over, the
 * rest are not read, and what was found must not be used. For one request on one thread.
 */
public final class Episodes {
  /** Most interactions of an episode. */
  public static final int LARGEST = 200;

  private static final int IDENTIFIER_DAYS = 60;
  private static final int SOON_DAYS = 14;
  private static final int LATER_DAYS = 30;
  private static final int CHAT_DAYS = 2;
  private static final int FEW = 10;
  private static final int ONE_IN = 5;
  private static final int ONE_WORD_IN = 20;
  private static final int NEIGHBOURS = 200;
  private static final int MOST_WORD_LINKS = 2;

  /** Of an interaction only so many words count, the rarest: a long call has hundreds. */
  private static final int MOST_WORDS = 60;

  private static final int FEWEST_SHARED = 3;

  /** Two are alike that say a quarter of the same soon after one another, or half of it later. */
  private static final double LEAST_SIMILARITY_SOON = 0.25;

  private static final double LEAST_SIMILARITY_LATER = 0.50;

  /** A text of few words resembles too much too easily; it counts as if it had so many. */
  private static final int FEWEST_WORDS = 6;

  private static final double WEIGHT_UNIT = 1_000;

  private final ScopedSearcher scope;
  private final long interactions;
  private final int size;

  // Of each interaction, the newest first.
  private final int[] docs;
  private final long[] times;
  private final int[][] words;
  private final int[][] identifiers;
  private final int[] threads; // -1 for none
  private final boolean[] chats;
  private final boolean[] isTrimmed;
  private final long[] weights; // of the trimmed words

  private final int[][] placeOf; // by segment and document
  private final TellingWords vocabulary;
  private final List<String> writings; // by identifier
  private final List<int[]> withIdentifier;
  private final List<int[]> withThread;

  /**
   * For the customer of that scope.
   *
   * @param interactions how many interactions the customer had when the first page was asked for;
   *     rareness is measured with it
   */
  public Episodes(ScopedSearcher scope, String language, OptionalLong interactions)
      throws IOException {
    this.scope = scope;
    size = scope.liveDocs();
    this.interactions = Math.max(1, interactions.orElse(size));
    docs = new int[size];
    times = new long[size];
    words = new int[size][0];
    identifiers = new int[size][0];
    threads = new int[size];
    Arrays.fill(threads, -1); // also of what there is no time to read
    chats = new boolean[size];
    isTrimmed = new boolean[size];
    weights = new long[size];
    placeOf = new int[scope.getLeafContexts().size()][];
    vocabulary = new TellingWords(scope, language);
    SharedIdentifiers sharing = new SharedIdentifiers(scope);
    order();
    Reading reading = new Reading(sharing);
    for (LeafReaderContext leaf : scope.leavesInScope()) {
      reading.read(leaf);
    }
    writings = sharing.commonestWritings();
    withIdentifier = places(sharing.size(), identifiers);
    int[][] ofThreads = new int[size][];
    for (int i = 0; i < size; i++) {
      ofThreads[i] = threads[i] < 0 ? new int[0] : new int[] {threads[i]};
    }
    withThread = places(reading.threadNumbers.size(), ofThreads);
  }

  private static List<int[]> places(int values, int[][] valuesOf) {
    int[] counts = new int[values];
    for (int[] some : valuesOf) {
      for (int value : some) {
        counts[value]++;
      }
    }
    List<int[]> places = new ArrayList<>(values);
    for (int count : counts) {
      places.add(new int[count]);
    }
    Arrays.fill(counts, 0);
    for (int place = 0; place < valuesOf.length; place++) {
      for (int value : valuesOf[place]) {
        places.get(value)[counts[value]++] = place;
      }
    }
    return places;
  }

  /** A segment's documents, which lie newest first, and where it has got to. */
  private static final class Run {
    private final LeafReaderContext leaf;
    private final int end;
    private final NumericDocValues startedAt;
    private final SortedDocValues ids;
    private int doc;
    private long time;
    private BytesRef id = new BytesRef();
    private boolean hasId;

    private Run(ScopedSearcher scope, LeafReaderContext leaf) throws IOException {
      this.leaf = leaf;
      end = scope.endDoc(leaf);
      startedAt = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
      ids = DocValues.getSorted(leaf.reader(), Fields.ID);
      doc = scope.firstDoc(leaf) - 1;
    }

    private boolean next() throws IOException {
      do {
        doc++;
      } while (doc < end && !TellingWords.isLive(leaf, doc));
      hasId = false;
      if (doc >= end) {
        return false;
      }
      startedAt.advanceExact(doc);
      time = startedAt.longValue();
      return true;
    }

    /** Looked up only where two began at the same time. */
    private BytesRef id() {
      if (!hasId) {
        try {
          ids.advanceExact(doc);
          id = BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        hasId = true;
      }
      return id;
    }
  }

  private void order() throws IOException {
    PriorityQueue<Run> runs =
        new PriorityQueue<>(
            Comparator.<Run>comparingLong(run -> run.time).reversed().thenComparing(Run::id));
    for (LeafReaderContext leaf : scope.leavesInScope()) {
      placeOf[leaf.ord] = new int[scope.endDoc(leaf) - scope.firstDoc(leaf)];
      Run run = new Run(scope, leaf);
      if (run.next()) {
        runs.add(run);
      }
    }
    for (int place = 0; place < size && scope.timeLimit().allows(1); place++) {
      Run run = runs.remove();
      docs[place] = run.leaf.docBase + run.doc;
      times[place] = run.time;
      placeOf[run.leaf.ord][run.doc - scope.firstDoc(run.leaf)] = place;
      if (run.next()) {
        runs.add(run);
      }
    }
  }

  /** Reads what links are made of. */
  private final class Reading {
    private final SharedIdentifiers sharing;
    private final Map<String, Integer> threadNumbers = new HashMap<>();

    private Reading(SharedIdentifiers sharing) {
      this.sharing = sharing;
    }

    private void read(LeafReaderContext leaf) throws IOException {
      TellingWords.Leaf leafWords = vocabulary.leaf(leaf);
      SortedDocValues leafThreads = DocValues.getSorted(leaf.reader(), Fields.THREAD);
      SortedDocValues channels = DocValues.getSorted(leaf.reader(), Fields.CHANNEL);
      SharedIdentifiers.Leaf found = sharing.leaf(leaf);
      BytesRef chat = new BytesRef("chat");
      for (int doc = scope.firstDoc(leaf); doc < scope.endDoc(leaf); doc++) {
        if (!TellingWords.isLive(leaf, doc)) {
          continue;
        }
        int place = placeOf[leaf.ord][doc - scope.firstDoc(leaf)];
        words[place] = leafWords.count(doc);
        if (!scope.timeLimit().allows(1 + words[place].length)) {
          return;
        }
        if (leafThreads.advanceExact(doc)) {
          threads[place] = number(leafThreads.lookupOrd(leafThreads.ordValue()).utf8ToString());
        }
        chats[place] =
            channels.advanceExact(doc) && channels.lookupOrd(channels.ordValue()).equals(chat);
        identifiers[place] = found.count(doc);
      }
    }

    private int number(String thread) {
      return threadNumbers.computeIfAbsent(thread, unused -> threadNumbers.size());
    }
  }

  /**
   * One episode.
   *
   * @param docs its documents, newest first
   * @param identifiers telling ones that at least two of them share, the most frequent first
   */
  public record Episode(List<Integer> docs, List<String> identifiers) {
    /** Copies the lists. */
    public Episode {
      docs = List.copyOf(docs);
      identifiers = List.copyOf(identifiers);
    }
  }

  /** Remembers which documents are taken, so that no two episodes share one. */
  public final class Parting {
    private final BitSet taken = new BitSet(size);

    /** Whether an episode has that document already. */
    public boolean isTaken(int doc) {
      return taken.get(place(doc));
    }

    /** The episode around that document, of documents that no other episode has. */
    public Episode around(int doc) {
      List<Integer> reached = new ArrayList<>();
      int first = place(doc);
      taken.set(first);
      reached.add(first);
      int from = 0; // what was reached by the last link of words
      for (int links = 0; ; links++) {
        for (int i = from; i < reached.size(); i++) {
          take(named(reached.get(i), taken), reached);
        }
        int until = reached.size();
        if (links == MOST_WORD_LINKS || from == until) {
          break;
        }
        for (int i = from; i < until; i++) {
          take(alike(reached.get(i), taken), reached);
        }
        from = until;
      }
      reached.sort(null);
      List<Integer> found = new ArrayList<>(reached.size());
      for (int place : reached) {
        found.add(docs[place]);
      }
      return new Episode(found, shared(reached));
    }

    private void take(List<Integer> linked, List<Integer> reached) {
      for (int place : linked) {
        if (reached.size() < LARGEST) {
          taken.set(place);
          reached.add(place);
        }
      }
    }
  }

  /** Starts to part the history into episodes. */
  public Parting parting() {
    return new Parting();
  }

  private int place(int doc) {
    int ord = ReaderUtil.subIndex(doc, scope.getLeafContexts());
    LeafReaderContext leaf = scope.getLeafContexts().get(ord);
    return placeOf[ord][doc - leaf.docBase - scope.firstDoc(leaf)];
  }

  /** What has its thread or an identifier of it, and is not taken; the nearest in time first. */
  private List<Integer> named(int place, BitSet taken) {
    Set<Integer> linked = new HashSet<>();
    if (threads[place] >= 0) {
      for (int other : withThread.get(threads[place])) {
        if (!(chats[place] && chats[other]) || isWithin(place, other, CHAT_DAYS)) {
          add(other, taken, linked);
        }
      }
    }
    for (int identifier : identifiers[place]) {
      if (isTelling(identifier)) {
        for (int other : withIdentifier.get(identifier)) {
          if (isWithin(place, other, IDENTIFIER_DAYS)) {
            add(other, taken, linked);
          }
        }
      }
    }
    return nearestFirst(place, linked);
  }

  /** What resembles it in its words, and is not taken; the nearest in time first. */
  private List<Integer> alike(int place, BitSet taken) {
    Set<Integer> linked = new HashSet<>();
    addAlike(place, -1, taken, linked);
    addAlike(place, 1, taken, linked);
    return nearestFirst(place, linked);
  }

  private List<Integer> nearestFirst(int place, Set<Integer> linked) {
    List<Integer> sorted = new ArrayList<>(linked);
    sorted.sort(
        Comparator.<Integer>comparingLong(other -> apart(place, other))
            .thenComparing(Comparator.naturalOrder()));
    return sorted;
  }

  private static void add(int other, BitSet taken, Collection<Integer> linked) {
    if (!taken.get(other)) {
      linked.add(other);
    }
  }

  private void addAlike(int place, int step, BitSet taken, Collection<Integer> linked) {
    int last = Math.clamp((long) place + (long) step * NEIGHBOURS, -1, size);
    for (int other = place + step; other != last && other >= 0 && other < size; other += step) {
      if (!isWithin(place, other, LATER_DAYS)) {
        return;
      }
      if (!taken.get(other)) {
        boolean soon = isWithin(place, other, SOON_DAYS);
        double least = soon ? LEAST_SIMILARITY_SOON : LEAST_SIMILARITY_LATER;
        if (similarity(place, other) >= least) {
          linked.add(other);
        }
      }
    }
  }

  private long apart(int place, int other) {
    long apart = times[Math.min(place, other)] - times[Math.max(place, other)];
    return apart < 0 ? Long.MAX_VALUE : apart; // more than a long holds
  }

  private boolean isWithin(int place, int other, int days) {
    return apart(place, other) <= TimeUnit.DAYS.toMillis(days);
  }

  private boolean isTelling(int identifier) {
    return withIdentifier.get(identifier).length <= Math.max(FEW, interactions / ONE_IN);
  }

  /**
   * How alike two interactions are, from 0 to 1: what the telling words they share weigh, as a
   * share of what all those of the one that has less of them weigh. What counts are words that
   * another interaction has, too, and at most {@value #FEW} or one in {@value #ONE_WORD_IN}. A word
   * weighs the square of ln(1 + interactions / those that have it); the weights are whole numbers,
   * so that their order does not change a sum.
   */
  private double similarity(int place, int other) {
    int[] left = rarest(place);
    int[] right = rarest(other);
    long shared = 0;
    int count = 0;
    for (int i = 0, j = 0; i < left.length && j < right.length; ) {
      if (left[i] == right[j]) {
        shared += weight(left[i]);
        count++;
        i++;
        j++;
      } else if (left[i] < right[j]) {
        i++;
      } else {
        j++;
      }
    }
    long least = FEWEST_WORDS * weightOf(2);
    return count < FEWEST_SHARED
        ? 0
        : (double) shared / Math.max(least, Math.min(weights[place], weights[other]));
  }

  private long mostOfAWord() {
    return Math.max(FEW, interactions / ONE_WORD_IN);
  }

  private long weight(int word) {
    return weightOf(vocabulary.docs(word));
  }

  private long weightOf(int docs) {
    double rareness = Math.log1p((double) interactions / docs);
    return Math.round(rareness * rareness * WEIGHT_UNIT);
  }

  /** Of an interaction's words those that link: the rarest of those that another one has, too. */
  private int[] rarest(int place) {
    if (!isTrimmed[place]) {
      isTrimmed[place] = true;
      List<Integer> some = new ArrayList<>();
      for (int word : words[place]) {
        if (vocabulary.docs(word) > 1 && vocabulary.docs(word) <= mostOfAWord()) {
          some.add(word);
        }
      }
      if (some.size() > MOST_WORDS) {
        some.sort(
            Comparator.<Integer>comparingInt(vocabulary::docs).thenComparing(vocabulary::stem));
        some = some.subList(0, MOST_WORDS);
      }
      words[place] = some.stream().mapToInt(Integer::intValue).sorted().toArray();
      for (int word : words[place]) {
        weights[place] += weight(word);
      }
    }
    return words[place];
  }

  private List<String> shared(List<Integer> episode) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int place : episode) {
      for (int identifier : identifiers[place]) {
        if (isTelling(identifier)) {
          counts.merge(identifier, 1, Integer::sum);
        }
      }
    }
    List<Map.Entry<String, Integer>> shared = new ArrayList<>();
    counts.forEach(
        (identifier, count) -> {
          if (count > 1) {
            shared.add(Map.entry(writings.get(identifier), count));
          }
        });
    shared.sort(
        Map.Entry.<String, Integer>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    return shared.stream().map(Map.Entry::getKey).toList();
  }
}

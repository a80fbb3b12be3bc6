package io.earshot;

import io.earshot.internal.Episodes;
import io.earshot.internal.Fields;
import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.Mark;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.SegmentMatcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Makes groups of the documents that one search found, and reads those of one page.
 *
 * <p>A group stands where the best of its documents stands, so all that were found have to be
 * looked at, for the first page as for the last; threads cost no more than that. Episodes are made
 * one after the other from the best document on, those of the pages before included.
 */
final class Groups {
  /** Most entries of a timeline: those around the hit. */
  static final int LONGEST_TIMELINE = 100;

  private final ScopedSearcher searcher;
  private final SearchRequest request;
  private final Search.Plan plan;
  private final String language;
  private final @Nullable Found after;
  private final Comparator<Found> order;
  private final OptionalLong frozenDocs;
  private final Map<BytesRef, ScopedSearcher> scopes = new HashMap<>();

  /**
   * For one search.
   *
   * @param after the best of the last group of the page before; empty for the first page
   * @param frozenDocs how many documents were in scope when the first page was asked for
   */
  Groups(
      ScopedSearcher searcher,
      SearchRequest request,
      Search.Plan plan,
      String language,
      Optional<Found> after,
      Comparator<Found> order,
      OptionalLong frozenDocs) {
    this.searcher = searcher;
    this.request = request;
    this.plan = plan;
    this.language = language;
    this.after = after.orElse(null);
    this.order = order;
    this.frozenDocs = frozenDocs;
  }

  /**
   * One page.
   *
   * @param hits the best of each group, standing for it
   * @param last the last group's best
   * @param isLast whether no group comes behind it
   */
  record Page(List<Hit> hits, Optional<Found> last, boolean isLast) {}

  /** What stands for others: the best first, then what else was found, in order. */
  private record Group(
      List<Found> found, String thread, List<Integer> docs, List<String> identifiers) {
    Found best() {
      return found.getFirst();
    }
  }

  /** The page of all that was found, best first. */
  Page page(List<Found> found, HitReader reader) throws IOException {
    return request.grouping() == Grouping.EPISODE
        ? episodes(found, reader)
        : threads(found, reader);
  }

  private Page threads(List<Found> found, HitReader reader) throws IOException {
    Map<Integer, String> threadOf = threads(found);
    Map<List<Object>, List<Found>> byThread = new LinkedHashMap<>();
    for (Found one : found) {
      String thread = threadOf.getOrDefault(one.doc(), "");
      Object key = thread.isEmpty() ? one.doc() : thread;
      byThread.computeIfAbsent(List.of(one.customer(), key), unused -> new ArrayList<>()).add(one);
    }
    List<Group> page = new ArrayList<>();
    boolean isLast = true;
    for (List<Found> some : byThread.values()) {
      if (isBehind(some.getFirst())) {
        if (page.size() == request.limit()) {
          isLast = false;
          break;
        }
        String thread = threadOf.getOrDefault(some.getFirst().doc(), "");
        page.add(new Group(some, thread, inThread(some.getFirst(), thread), List.of()));
      }
    }
    return page(page, isLast, reader);
  }

  private Page episodes(List<Found> found, HitReader reader) throws IOException {
    Map<Integer, String> threadOf = threads(found);
    Map<BytesRef, Episodes> episodes = new HashMap<>();
    Map<BytesRef, Episodes.Parting> partings = new HashMap<>();
    Map<Integer, Found> byDoc = new HashMap<>();
    found.forEach(one -> byDoc.put(one.doc(), one));
    List<Group> page = new ArrayList<>();
    boolean isLast = true;
    for (Found one : found) {
      Episodes of = episodes.get(one.customer());
      if (of == null) {
        of = new Episodes(scope(one.customer()), language, frozenDocs());
        episodes.put(one.customer(), of);
        partings.put(one.customer(), of.parting());
      }
      Episodes.Parting parting = partings.get(one.customer());
      if (parting == null || parting.isTaken(one.doc())) {
        continue;
      }
      if (isBehind(one) && page.size() == request.limit()) {
        isLast = false;
        break;
      }
      Episodes.Episode episode =
          searcher.timeLimit().isOver() ? alone(one) : parting.around(one.doc());
      if (isBehind(one)) {
        List<Integer> oldestFirst = episode.docs().reversed();
        page.add(
            new Group(
                inEpisode(one, oldestFirst, byDoc),
                threadOf.getOrDefault(one.doc(), ""),
                oldestFirst,
                episode.identifiers()));
      }
    }
    return page(page, isLast, reader);
  }

  /** Once time is over: the rest of the page are hits that were found, each for itself. */
  private static Episodes.Episode alone(Found one) {
    return new Episodes.Episode(List.of(one.doc()), List.of());
  }

  private OptionalLong frozenDocs() {
    // Over everybody the number frozen is everybody's, which says nothing about one customer.
    return searcher.isEverybody() ? OptionalLong.empty() : frozenDocs;
  }

  private static List<Found> inEpisode(Found best, List<Integer> docs, Map<Integer, Found> byDoc) {
    List<Found> inIt = new ArrayList<>(List.of(best));
    for (int doc : docs) {
      Found one = byDoc.get(doc);
      if (one != null && doc != best.doc()) {
        inIt.add(one);
      }
    }
    return inIt;
  }

  private boolean isBehind(Found one) {
    return after == null || order.compare(one, after) > 0;
  }

  private ScopedSearcher scope(BytesRef customer) throws IOException {
    if (!searcher.isEverybody()) {
      return searcher;
    }
    ScopedSearcher scope = scopes.get(customer);
    if (scope == null) {
      scope = searcher.of(customer.utf8ToString());
      scopes.put(customer, scope);
    }
    return scope;
  }

  /** The thread of each document that has one. */
  private Map<Integer, String> threads(List<Found> found) throws IOException {
    Map<Integer, String> threadOf = new HashMap<>();
    SortedDocValues values = null;
    LeafReaderContext current = null;
    for (int doc : ascending(found)) {
      LeafReaderContext leaf = leafOf(doc);
      if (values == null || current != leaf) {
        current = leaf;
        values = DocValues.getSorted(leaf.reader(), Fields.THREAD);
      }
      String thread = HitReader.keyword(values, doc - leaf.docBase);
      if (!thread.isEmpty()) {
        threadOf.put(doc, thread);
      }
    }
    return threadOf;
  }

  private static List<Integer> ascending(List<Found> found) {
    List<Integer> docs = new ArrayList<>(found.size());
    found.forEach(one -> docs.add(one.doc()));
    docs.sort(null);
    return docs;
  }

  private LeafReaderContext leafOf(int doc) {
    List<LeafReaderContext> segments = searcher.getLeafContexts();
    return segments.get(ReaderUtil.subIndex(doc, segments));
  }

  /** Every interaction of the thread, oldest first. */
  private List<Integer> inThread(Found best, String thread) throws IOException {
    if (thread.isEmpty()) {
      return List.of(best.doc());
    }
    ScopedSearcher scope = scope(best.customer());
    List<Found> all = new ArrayList<>();
    for (LeafReaderContext leaf : scope.leavesInScope()) {
      PostingsEnum docs = scope.postings(leaf, new Term(Fields.THREAD, thread), PostingsEnum.NONE);
      if (docs == null) {
        continue;
      }
      NumericDocValues startedAt = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
      SortedDocValues ids = DocValues.getSorted(leaf.reader(), Fields.ID);
      int end = scope.endDoc(leaf);
      for (int doc = docs.advance(scope.firstDoc(leaf)); doc < end; doc = docs.nextDoc()) {
        if (leaf.reader().getLiveDocs() == null || leaf.reader().getLiveDocs().get(doc)) {
          startedAt.advanceExact(doc);
          ids.advanceExact(doc);
          BytesRef id = BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue()));
          all.add(new Found(leaf.docBase + doc, 0, startedAt.longValue(), id, best.customer()));
        }
      }
    }
    all.sort(Comparator.comparingLong(Found::startedAt).thenComparing(Found::id));
    return all.stream().map(Found::doc).toList();
  }

  private Page page(List<Group> groups, boolean isLast, HitReader reader) throws IOException {
    List<Hit> best = reader.hits(groups.stream().map(Group::best).toList());
    List<Hit> hits = new ArrayList<>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      hits.add(best.get(i).withGroup(read(groups.get(i))));
    }
    Optional<Found> last =
        groups.isEmpty() ? Optional.empty() : Optional.of(groups.getLast().best());
    return new Page(hits, last, isLast);
  }

  private HitGroup read(Group group) throws IOException {
    Set<Integer> matched = new HashSet<>();
    group.found.forEach(one -> matched.add(one.doc()));
    List<Integer> telling = new ArrayList<>(group.docs);
    telling.removeAll(repeats(group, matched));
    int at = telling.indexOf(group.best().doc());
    int from = Math.max(0, Math.min(at - LONGEST_TIMELINE / 2, telling.size() - LONGEST_TIMELINE));
    List<Integer> shown = telling.subList(from, Math.min(telling.size(), from + LONGEST_TIMELINE));
    return new HitGroup(
        request.grouping(),
        group.thread,
        matched.size(),
        group.docs.size() - telling.size(),
        group.identifiers,
        new Entries(searcher).of(shown, matched));
  }

  /** Copies of another, and what only quotes what answers the query; never the hit itself. */
  private Set<Integer> repeats(Group group, Set<Integer> matched) throws IOException {
    int hit = group.best().doc();
    List<Integer> ascending = new ArrayList<>(group.docs);
    ascending.sort(null);
    Map<Integer, Long> digests = new HashMap<>();
    Set<Integer> repeats = new HashSet<>();
    Leaf leaf = null;
    for (int doc : ascending) {
      LeafReaderContext context = leafOf(doc);
      if (leaf == null || leaf.context != context) {
        leaf = new Leaf(context);
      }
      leaf.digest(doc).ifPresent(digest -> digests.put(doc, digest));
      if (doc != hit && matched.contains(doc) && leaf.onlyQuotes(doc)) {
        repeats.add(doc);
      }
    }
    Set<Long> known = new HashSet<>();
    Optional.ofNullable(digests.get(hit)).ifPresent(known::add);
    for (int doc : group.docs) {
      Long digest = digests.get(doc);
      if (doc != hit && digest != null && !known.add(digest)) {
        repeats.add(doc);
      }
    }
    return repeats;
  }

  private final class Leaf {
    private final LeafReaderContext context;
    private final NumericDocValues digests;
    private final SegmentMatcher matcher;

    private Leaf(LeafReaderContext context) throws IOException {
      this.context = context;
      digests = DocValues.getNumeric(context.reader(), Fields.DIGEST);
      matcher = new SegmentMatcher(searcher, context, false);
    }

    private Optional<Long> digest(int doc) throws IOException {
      return digests.advanceExact(doc - context.docBase)
          ? Optional.of(digests.longValue())
          : Optional.empty();
    }

    private boolean onlyQuotes(int doc) throws IOException {
      Map<String, List<Mark>> marks = matcher.marks(plan.formula(), doc - context.docBase);
      return marks.size() == 1 && marks.containsKey(Fields.QUOTED);
    }
  }
}

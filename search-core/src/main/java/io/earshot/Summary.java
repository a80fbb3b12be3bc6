package io.earshot;

import io.earshot.internal.Fields;
import io.earshot.internal.MomentMap;
import io.earshot.internal.Moments;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.SharedIdentifiers;
import io.earshot.internal.TellingWords;
import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;

/**
 * Reads a scope's documents once, from doc values, and says what is in them.
 *
 * <p>Whether a conversation is open takes a look at its newest interaction: the newest are looked
 * at first, until {@value #MOST_OPEN} are found.
 *
 * <p><b>Terms.</b> There is no table of what other customers write. So a term's score says how much
 * of this history it is in: interactions that have it x ln(1 + interactions / those that have it),
 * which grows with the number and is damped where it nears all of them. Everyday words are left out
 * by fixed lists. Identifiers count {@value #IDENTIFIER_WEIGHT} times.
 */
final class Summary {
  static final int MOST_OPEN = 100;
  static final int MOST_TERMS = 20;

  private static final int MOST_IDENTIFIERS = 5;
  private static final int IDENTIFIER_WEIGHT = 2;

  /** In a history of so few interactions a word that stands in one of them is told, too. */
  private static final int TINY = 2;

  private static final Set<String> CLOSED = Set.of("closed", "solved", "resolved", "done");
  private static final Set<String> OPEN = Set.of("open", "pending", "new");
  private static final Set<String> STATUS = Set.of("status", "state");

  private final ScopedSearcher searcher;
  private final ZoneId zone;
  private final String language;
  private final Map<String, Long> channels = new HashMap<>();
  private final Map<String, Long> directions = new HashMap<>();
  private final Map<YearMonth, Long> months = new HashMap<>();
  private final Map<List<String>, Newest> newest = new HashMap<>(); // by customer and thread
  private final List<Newest> alone = new ArrayList<>();
  private long interactions;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * For one scope.
   *
   * @param zone where months begin
   */
  Summary(ScopedSearcher searcher, ZoneId zone, String language) {
    this.searcher = searcher;
    this.zone = zone;
    this.language = language;
  }

  /** The newest interaction of a conversation. */
  private record Newest(LeafReaderContext leaf, int doc, long startedAt, BytesRef id) {}

  private static final Comparator<Newest> NEWEST_FIRST =
      Comparator.comparingLong(Newest::startedAt)
          .reversed()
          .thenComparing(Newest::id)
          .thenComparingInt(one -> one.leaf.docBase + one.doc);

  HistorySummary read() throws IOException {
    TellingWords words = new TellingWords(searcher, language);
    SharedIdentifiers identifiers = new SharedIdentifiers(searcher);
    for (LeafReaderContext leaf : searcher.leavesInScope()) {
      read(leaf, words.leaf(leaf), identifiers.leaf(leaf));
    }
    Map<String, Long> byMonth = new LinkedHashMap<>();
    months.entrySet().stream()
        .sorted(Map.Entry.<YearMonth, Long>comparingByKey().reversed())
        .forEach(month -> byMonth.put(month.getKey().toString(), month.getValue()));
    return new HistorySummary(
        interactions,
        mostFirst(channels),
        byMonth,
        mostFirst(directions),
        interactions == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first)),
        interactions == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
        open(),
        terms(words, identifiers),
        Search.coverage(searcher));
  }

  private static Map<String, Long> mostFirst(Map<String, Long> counts) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(count -> sorted.put(count.getKey(), count.getValue()));
    return sorted;
  }

  private void read(
      LeafReaderContext leaf, TellingWords.Leaf words, SharedIdentifiers.Leaf identifiers)
      throws IOException {
    NumericDocValues startedAt = DocValues.getNumeric(leaf.reader(), Fields.STARTED_AT);
    SortedDocValues channel = DocValues.getSorted(leaf.reader(), Fields.CHANNEL);
    SortedDocValues direction = DocValues.getSorted(leaf.reader(), Fields.DIRECTION);
    SortedDocValues thread = DocValues.getSorted(leaf.reader(), Fields.THREAD);
    SortedDocValues ids = DocValues.getSorted(leaf.reader(), Fields.ID);
    SortedDocValues customers = DocValues.getSorted(leaf.reader(), Fields.CUSTOMER);
    for (int doc = searcher.firstDoc(leaf); doc < searcher.endDoc(leaf); doc++) {
      if (leaf.reader().getLiveDocs() != null && !leaf.reader().getLiveDocs().get(doc)) {
        continue;
      }
      words.count(doc);
      identifiers.count(doc);
      startedAt.advanceExact(doc);
      long time = startedAt.longValue();
      interactions++;
      first = Math.min(first, time);
      last = Math.max(last, time);
      String on = HitReader.keyword(channel, doc);
      channels.merge(on, 1L, Long::sum);
      String way = HitReader.keyword(direction, doc);
      if (!way.isEmpty()) {
        directions.merge(way.toLowerCase(Locale.ROOT), 1L, Long::sum);
      }
      months.merge(YearMonth.from(Instant.ofEpochMilli(time).atZone(zone)), 1L, Long::sum);
      if (!isBesideTheConversation(on)) {
        ids.advanceExact(doc);
        BytesRef id = BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue()));
        Newest one = new Newest(leaf, doc, time, id);
        String of = HitReader.keyword(thread, doc);
        if (of.isEmpty()) {
          alone.add(one);
        } else {
          newest.merge(
              List.of(HitReader.keyword(customers, doc), of),
              one,
              (known, other) -> NEWEST_FIRST.compare(known, other) <= 0 ? known : other);
        }
      }
    }
  }

  /** What an agent notes down, or files, is no answer. */
  private static boolean isBesideTheConversation(String channel) {
    return channel.equals(Channel.NOTE.name()) || channel.equals(Channel.ARTICLE.name());
  }

  private List<TimelineEntry> open() throws IOException {
    List<Newest> candidates = new ArrayList<>(alone);
    candidates.addAll(newest.values());
    candidates.sort(NEWEST_FIRST);
    List<Integer> open = new ArrayList<>();
    for (Newest one : candidates) {
      if (isOpen(one)) {
        open.add(one.leaf.docBase + one.doc);
        if (open.size() == MOST_OPEN) {
          break;
        }
      }
    }
    return new Entries(searcher).of(open, Set.of());
  }

  private static boolean isOpen(Newest one) throws IOException {
    String channel =
        HitReader.keyword(DocValues.getSorted(one.leaf.reader(), Fields.CHANNEL), one.doc);
    if (channel.equals(Channel.CALL.name()) || isClosed(one)) {
      return false;
    }
    String direction =
        HitReader.keyword(DocValues.getSorted(one.leaf.reader(), Fields.DIRECTION), one.doc);
    if (channel.equals(Channel.EMAIL.name()) && !direction.isEmpty()) {
      return direction.equals(Direction.INBOUND.name()); // a mail is one message
    }
    MomentMap map = new Moments(one.leaf).of(one.doc);
    int lastTurn = -1;
    int written = 0;
    for (int turn = 0; turn < map.turns(); turn++) {
      if (map.positions(turn) > 0) {
        lastTurn = turn;
        written++;
      }
    }
    boolean isConversation = channel.equals(Channel.CHAT.name()) || written > 1;
    if (!isConversation && !direction.isEmpty()) {
      return direction.equals(Direction.INBOUND.name());
    }
    int speaker = lastTurn < 0 ? -1 : map.speaker(lastTurn);
    return speaker >= 0 && map.speakers().get(speaker).role().equals(Role.CUSTOMER.name());
  }

  /** Whether an attribute or a tag says that it is settled, and none that it is open. */
  private static boolean isClosed(Newest one) throws IOException {
    Set<String> said = new HashSet<>();
    SortedSetDocValues attributes = DocValues.getSortedSet(one.leaf.reader(), Fields.ATTRIBUTE);
    for (String attribute : values(attributes, one.doc)) {
      int separator = attribute.indexOf(Fields.SEPARATOR);
      if (separator > 0 && STATUS.contains(lower(attribute.substring(0, separator)))) {
        said.add(lower(attribute.substring(separator + 1)));
      }
    }
    for (String tag : values(DocValues.getSortedSet(one.leaf.reader(), Fields.TAG), one.doc)) {
      String lower = lower(tag);
      int end = Math.max(lower.indexOf(':'), lower.indexOf('='));
      said.add(
          end > 0 && STATUS.contains(lower.substring(0, end)) ? lower.substring(end + 1) : lower);
    }
    return said.stream().anyMatch(CLOSED::contains) && said.stream().noneMatch(OPEN::contains);
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static List<String> values(SortedSetDocValues values, int doc) throws IOException {
    List<String> found = new ArrayList<>();
    if (values.advanceExact(doc)) {
      for (int n = values.docValueCount(); n > 0; n--) {
        found.add(values.lookupOrd(values.nextOrd()).utf8ToString());
      }
    }
    return found;
  }

  private record Scored(Suggestion term, double score) {}

  private static final Comparator<Scored> MOST_TELLING_FIRST =
      Comparator.comparingDouble(Scored::score)
          .reversed()
          .thenComparing(scored -> scored.term.text());

  private List<Suggestion> terms(TellingWords words, SharedIdentifiers identifiers) {
    List<Scored> codes = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    List<String> writings = identifiers.commonestWritings();
    for (int i = 0; i < identifiers.size(); i++) {
      if (identifiers.docs(i) > 1) {
        String text = writings.get(i);
        shown.add(lower(text));
        codes.add(scored(text, SuggestionKind.IDENTIFIER, identifiers.docs(i), IDENTIFIER_WEIGHT));
      }
    }
    codes.sort(MOST_TELLING_FIRST);
    List<Scored> terms =
        new ArrayList<>(codes.subList(0, Math.min(MOST_IDENTIFIERS, codes.size())));
    List<String> forms = words.commonestForms();
    int least = interactions <= TINY ? 1 : 2;
    for (int word = 0; word < forms.size(); word++) {
      if (words.docs(word) >= least
          && isWord(forms.get(word))
          && !shown.contains(forms.get(word))) {
        terms.add(scored(forms.get(word), SuggestionKind.WORD, words.docs(word), 1));
      }
    }
    terms.sort(MOST_TELLING_FIRST);
    return terms.subList(0, Math.min(MOST_TERMS, terms.size())).stream().map(Scored::term).toList();
  }

  /** A number without letters says nothing by itself; where it is a code, it is an identifier. */
  private static boolean isWord(String form) {
    return form.codePoints().anyMatch(Character::isLetter);
  }

  private Scored scored(String text, SuggestionKind kind, int docs, int weight) {
    double score = weight * docs * Math.log1p((double) interactions / docs);
    return new Scored(new Suggestion(text, kind, docs), score);
  }
}

package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.Fields;
import io.earshot.internal.Mark;
import io.earshot.internal.MomentMap;
import io.earshot.internal.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Chooses what to show of one hit.
 *
 * <p>Each turn that holds a match is a passage; a long one is several, if its matches lie too far
 * apart to be shown together. What holds most of the query's words comes first, and then what adds
 * most of those that are not shown yet; among equals, what was newly written or said comes before
 * subject, attachments and quotes. Only the text that is shown is ever decoded.
 */
final class Passages {
  /** A passage is shortened to about this many UTF-16 units. */
  static final int MAX_LENGTH = 280;

  private static final char ELLIPSIS = '\u2026';
  private static final int LONGEST_NAME = 300;

  /** Of one turn; the best place to show is looked for among its first so many matches. */
  private static final int MOST_PLACES = 10_000;

  private final Texts texts;
  private final MomentMap moments;
  private final Instant startedAt;

  /** For one document. */
  Passages(Texts texts, MomentMap moments, Instant startedAt) {
    this.texts = texts;
    this.moments = moments;
    this.startedAt = startedAt;
  }

  /**
   * Matches of one turn, or other segment of a field, that are shown together.
   *
   * @param marks all of the segment; its own are those from {@code from} to before {@code to}
   * @param words which of the query's words and phrases these answer, a bit each
   */
  private record Place(String field, int segment, List<Mark> marks, int from, int to, long words) {
    int start() {
      return marks.get(from).startOffset();
    }

    int end() {
      int end = Math.min(marks.get(from).endOffset(), start() + MAX_LENGTH);
      for (Mark mark : marks.subList(from + 1, to)) {
        end = Math.max(end, mark.endOffset());
      }
      return end;
    }
  }

  /** Where a segment lies in its field's text. */
  private record Span(int start, int length) {
    int end() {
      return start + length;
    }
  }

  /** The best passages, best first; at least one. */
  List<Passage> best(Map<String, List<Mark>> matches, int limit) {
    List<Place> places = new ArrayList<>();
    for (Fields.Searched field : Fields.searched()) {
      addPlaces(field.name(), matches.getOrDefault(field.name(), List.of()), places);
    }
    return places.isEmpty()
        ? List.of(opening())
        : best(places, limit).stream().map(this::passage).toList();
  }

  /** Each time what adds most words to those that are shown already, else has most of them. */
  private static List<Place> best(List<Place> places, int limit) {
    List<Place> best = new ArrayList<>();
    long shown = 0;
    while (best.size() < limit && !places.isEmpty()) {
      int next = 0;
      for (int i = 1; i < places.size(); i++) {
        if (adds(places.get(i), places.get(next), shown)) {
          next = i;
        }
      }
      Place chosen = places.remove(next);
      best.add(chosen);
      shown |= chosen.words;
    }
    return best;
  }

  private static boolean adds(Place place, Place other, long shown) {
    int more = Long.bitCount(place.words & ~shown) - Long.bitCount(other.words & ~shown);
    return more > 0 || (more == 0 && Long.bitCount(place.words) > Long.bitCount(other.words));
  }

  private void addPlaces(String field, List<Mark> marks, List<Place> places) {
    IntUnaryOperator segmentAt =
        switch (field) {
          case Fields.TEXT -> moments::turnAtOffset;
          case Fields.QUOTED -> moments::asideAtOffset;
          case Fields.ATTACHMENT -> moments::attachmentAtOffset;
          default -> offset -> 0;
        };
    int i = 0;
    while (i < marks.size()) {
      int from = i;
      int segment = segmentAt.applyAsInt(marks.get(from).startOffset());
      Span span = span(field, segment);
      while (i < marks.size() && (i == from || marks.get(i).startOffset() < span.end())) {
        i++;
      }
      List<Mark> inSegment = marks.subList(from, i);
      if (span.length <= MAX_LENGTH) {
        places.add(place(field, segment, inSegment, 0, inSegment.size()));
      } else {
        addWindows(field, segment, inSegment, places);
      }
    }
  }

  /** Of a long turn as many as it takes to show each match; the densest as a whole. */
  private static void addWindows(String field, int segment, List<Mark> marks, List<Place> places) {
    int[] densest = densest(marks);
    int from = 0;
    while (from < marks.size()) {
      int bound = from < densest[0] ? densest[0] : from == densest[0] ? densest[1] : marks.size();
      int to = from == densest[0] ? bound : endOfWindow(marks, from, bound);
      places.add(place(field, segment, marks, from, to));
      from = to;
    }
  }

  /** One past the last match that fits into a passage with that one. */
  private static int endOfWindow(List<Mark> marks, int from, int bound) {
    int start = marks.get(from).startOffset();
    int to = from + 1;
    while (to < bound && marks.get(to).endOffset() - start <= MAX_LENGTH) {
      to++;
    }
    return to;
  }

  private static Place place(String field, int segment, List<Mark> marks, int from, int to) {
    return new Place(field, segment, marks, from, to, words(marks, from, to));
  }

  private Span span(String field, int segment) {
    return switch (field) {
      case Fields.TEXT -> new Span(moments.textStart(segment), moments.textLength(segment));
      case Fields.QUOTED -> span(moments.asides().get(segment));
      case Fields.ATTACHMENT -> span(moments.attachments().get(segment));
      default -> new Span(0, texts.length(field));
    };
  }

  private static Span span(MomentMap.Aside aside) {
    return new Span(aside.textStart(), aside.textLength());
  }

  /** Which of the query's words and phrases the marks answer; of more than 64 some share a bit. */
  private static long words(List<Mark> marks, int from, int to) {
    long words = 0;
    for (int i = from; i < to; i++) {
      words |= 1L << marks.get(i).clause();
    }
    return words;
  }

  /** What stands for a hit that no word was asked of. */
  private Passage opening() {
    for (int turn = 0; turn < moments.turns(); turn++) {
      Span span = span(Fields.TEXT, turn);
      if (moments.positions(turn) > 0
          || !texts.substring(Fields.TEXT, span.start, span.end()).isBlank()) {
        return unmarked(Fields.TEXT, turn);
      }
    }
    if (texts.length(Fields.SUBJECT) > 0 && !texts.of(Fields.SUBJECT).isBlank()) {
      return unmarked(Fields.SUBJECT, 0);
    }
    if (!moments.attachments().isEmpty()) {
      return unmarked(Fields.ATTACHMENT, 0);
    }
    return unmarked(moments.asides().isEmpty() ? Fields.SUBJECT : Fields.QUOTED, 0);
  }

  private Passage unmarked(String field, int segment) {
    return passage(new Place(field, segment, List.of(), 0, 0, 0));
  }

  private Passage passage(Place place) {
    Window window = window(place);
    return switch (place.field) {
      case Fields.TEXT -> ofTurn(place.segment, window);
      case Fields.QUOTED -> {
        int turn = moments.asides().get(place.segment).turn();
        yield builder(window, PassageSource.QUOTED, time(turn)).build();
      }
      case Fields.ATTACHMENT ->
          builder(window, PassageSource.ATTACHMENT, startedAt)
              .attachment(attachmentName(place.segment))
              .build();
      default -> builder(window, PassageSource.SUBJECT, startedAt).build();
    };
  }

  private static Passage.Builder builder(Window window, PassageSource source, Instant at) {
    return new Passage.Builder(window.text, window.highlights, source, at);
  }

  private Passage ofTurn(int turn, Window window) {
    Passage.Builder passage = builder(window, PassageSource.TURN, time(turn));
    if (moments.speaker(turn) >= 0) {
      MomentMap.Speaker speaker = moments.speakers().get(moments.speaker(turn));
      passage.speaker(speaker.id(), speaker.name(), Role.valueOf(speaker.role()));
    }
    if (moments.hasAudio(turn)) {
      long start = Long.MAX_VALUE;
      long end = -1;
      for (Mark mark : window.marks) {
        start = Math.min(start, moments.wordStartMs(mark.firstPosition()));
        end = Math.max(end, moments.wordEndMs(lastPosition(mark)));
      }
      boolean marked = !window.marks.isEmpty();
      passage.audio(
          marked ? start : moments.audioStartMs(turn), marked ? end : moments.audioEndMs(turn));
    }
    return passage.build();
  }

  /** An identifier stands at its first word, and is marked as a whole. */
  private int lastPosition(Mark mark) {
    if (mark.lastPosition() > mark.firstPosition()) {
      return mark.lastPosition();
    }
    String marked = texts.substring(Fields.TEXT, mark.startOffset(), mark.endOffset());
    return mark.firstPosition() + Math.max(1, Analysis.words(marked).size()) - 1;
  }

  /** A segment of attachments begins with the name, on a line of its own. */
  private String attachmentName(int attachment) {
    Span span = span(Fields.ATTACHMENT, attachment);
    String begin =
        texts.substring(
            Fields.ATTACHMENT, span.start, span.start + Math.min(LONGEST_NAME, span.length));
    int end = begin.indexOf('\n');
    return end < 0 ? begin : begin.substring(0, end);
  }

  private Instant time(int turn) {
    if (moments.atMs(turn) != MomentMap.NO_TIME) {
      return startedAt.plusMillis(moments.atMs(turn));
    }
    return moments.hasAudio(turn) ? startedAt.plusMillis(moments.audioStartMs(turn)) : startedAt;
  }

  /** The text that is shown, what is marked in it, and the matches that lie in it. */
  private record Window(String text, List<Highlight> highlights, List<Mark> marks) {}

  private Window window(Place place) {
    Span span = span(place.field, place.segment);
    int from = span.start;
    int to = span.end();
    if (span.length > MAX_LENGTH) {
      int first = place.marks.isEmpty() ? from : place.start();
      int last = place.marks.isEmpty() ? from : place.end();
      int room = Math.max(0, MAX_LENGTH - (last - first)) / 2;
      from = Math.max(from, Math.min(first - room, to - MAX_LENGTH));
      to = Math.min(to, Math.max(last + room, span.start + MAX_LENGTH));
      String around = texts.substring(place.field, from, to);
      int start = from == span.start ? 0 : wordStart(around, first - from);
      int end = to == span.end() ? around.length() : wordEnd(around, last - from);
      to = from + Math.max(start, end);
      from = from + start;
    }
    String shown = texts.substring(place.field, from, to);
    String before = from == span.start ? "" : ELLIPSIS + " ";
    String after = to == span.end() ? "" : " " + ELLIPSIS;
    List<Mark> inside = new ArrayList<>();
    for (Mark mark : place.marks) {
      if (mark.startOffset() >= from && mark.endOffset() <= to) {
        inside.add(mark);
      } else if (mark.startOffset() < to && mark.endOffset() > from) {
        inside.addAll(clipped(mark, shown, from));
      }
    }
    return new Window(before + shown + after, highlights(inside, before.length() - from), inside);
  }

  /** Of a match that is longer than what is shown, the words that are shown. */
  private static List<Mark> clipped(Mark mark, String shown, int from) {
    if (mark.startOffset() < from) {
      return List.of(); // it begins further up, so its first words are not known here
    }
    int start = mark.startOffset() - from;
    io.earshot.internal.Tokens tokens = Analysis.tokens(shown.substring(start), "");
    if (tokens.size() == 0) {
      return List.of();
    }
    int last = tokens.size() - 1;
    return List.of(
        new Mark(
            mark.startOffset(),
            mark.startOffset() + tokens.endOffset(last),
            mark.firstPosition(),
            Math.min(mark.lastPosition(), mark.firstPosition() + last),
            mark.clause()));
  }

  /** First, and one past the last, of the matches that fit in one passage and have most words. */
  private static int[] densest(List<Mark> marks) {
    long all = words(marks, 0, marks.size());
    int[] best = {0, 0};
    int most = 0;
    for (int i = 0; i < Math.min(MOST_PLACES, marks.size()) && most < Long.bitCount(all); i++) {
      int to = endOfWindow(marks, i, marks.size());
      int count = Long.bitCount(words(marks, i, to));
      if (count > most) {
        best = new int[] {i, to};
        most = count;
      }
    }
    return best;
  }

  /** The first place, up to {@code limit}, where a word begins. */
  private static int wordStart(String text, int limit) {
    for (int i = 0; i < limit; i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i + 1;
      }
    }
    return !text.isEmpty() && Character.isLowSurrogate(text.charAt(0)) ? 1 : 0;
  }

  /** The last place, down to {@code limit}, where a word ends. */
  private static int wordEnd(String text, int limit) {
    for (int i = text.length(); i > limit; i--) {
      if (Character.isWhitespace(text.charAt(i - 1))) {
        return i - 1;
      }
    }
    int end = text.length();
    return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  private static List<Highlight> highlights(List<Mark> marks, int shift) {
    List<Highlight> highlights = new ArrayList<>();
    int start = -1;
    int end = -1;
    for (Mark mark : marks) {
      if (start >= 0 && mark.startOffset() > end) {
        highlights.add(new Highlight(start + shift, end + shift));
        start = -1;
      }
      if (start < 0) {
        start = mark.startOffset();
        end = mark.endOffset();
      }
      end = Math.max(end, mark.endOffset());
    }
    if (start >= 0) {
      highlights.add(new Highlight(start + shift, end + shift));
    }
    return highlights;
  }
}

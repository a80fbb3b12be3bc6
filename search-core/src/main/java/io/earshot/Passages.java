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
 * <p>Each turn that holds a match is a passage. Those that hold most of the query's words come
 * first; among equals, what was newly written or said comes before subject, attachments and quotes.
 * Only the text that is shown is ever decoded.
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

  /** A part of a field's text, and the matches in it. */
  private record Candidate(
      String field, int segment, int textStart, int textLength, List<Mark> marks, int clauses) {
    int textEnd() {
      return textStart + textLength;
    }
  }

  /** The best passages, best first; at least one. */
  List<Passage> best(Map<String, List<Mark>> matches, int limit) {
    List<Candidate> best = new ArrayList<>();
    for (Fields.Searched field : Fields.searched()) {
      choose(field.name(), matches.getOrDefault(field.name(), List.of()), limit, best);
    }
    if (best.isEmpty()) {
      best.add(opening());
    }
    return best.stream().map(this::passage).toList();
  }

  /** Puts those of a field among the best where they belong: behind what is as good. */
  private void choose(String field, List<Mark> marks, int limit, List<Candidate> best) {
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
      int end = textEnd(field, segment);
      while (i < marks.size() && (i == from || marks.get(i).startOffset() < end)) {
        i++;
      }
      int clauses = clauses(marks, from, i);
      int rank = best.size();
      while (rank > 0 && best.get(rank - 1).clauses < clauses) {
        rank--;
      }
      if (rank < limit) {
        best.add(rank, candidate(field, segment, marks.subList(from, i), clauses));
      }
      if (best.size() > limit) {
        best.removeLast();
      }
    }
  }

  private int textEnd(String field, int segment) {
    return switch (field) {
      case Fields.TEXT -> moments.textStart(segment) + moments.textLength(segment);
      case Fields.QUOTED -> end(moments.asides().get(segment));
      case Fields.ATTACHMENT -> end(moments.attachments().get(segment));
      default -> Integer.MAX_VALUE;
    };
  }

  private static int end(MomentMap.Aside aside) {
    return aside.textStart() + aside.textLength();
  }

  private Candidate candidate(String field, int segment, List<Mark> marks, int clauses) {
    return switch (field) {
      case Fields.TEXT ->
          new Candidate(
              field,
              segment,
              moments.textStart(segment),
              moments.textLength(segment),
              marks,
              clauses);
      case Fields.QUOTED ->
          candidate(field, segment, moments.asides().get(segment), marks, clauses);
      case Fields.ATTACHMENT ->
          candidate(field, segment, moments.attachments().get(segment), marks, clauses);
      default -> new Candidate(field, 0, 0, texts.length(field), marks, clauses);
    };
  }

  private static Candidate candidate(
      String field, int segment, MomentMap.Aside aside, List<Mark> marks, int clauses) {
    return new Candidate(field, segment, aside.textStart(), aside.textLength(), marks, clauses);
  }

  /** How many of the query's words and phrases the marks answer. */
  private static int clauses(List<Mark> marks, int from, int to) {
    int distinct = 0;
    for (int i = from; i < to; i++) {
      boolean isNew = true;
      for (int j = from; j < i && isNew; j++) {
        isNew = marks.get(j).clause() != marks.get(i).clause();
      }
      distinct += isNew ? 1 : 0;
    }
    return distinct;
  }

  /** What stands for a hit that no word was asked of. */
  private Candidate opening() {
    for (int turn = 0; turn < moments.turns(); turn++) {
      Candidate candidate = unmarked(Fields.TEXT, turn);
      if (moments.positions(turn) > 0 || !text(candidate).isBlank()) {
        return candidate;
      }
    }
    if (texts.length(Fields.SUBJECT) > 0 && !texts.of(Fields.SUBJECT).isBlank()) {
      return unmarked(Fields.SUBJECT, 0);
    }
    if (!moments.attachments().isEmpty()) {
      return unmarked(Fields.ATTACHMENT, 0);
    }
    return moments.asides().isEmpty()
        ? new Candidate(Fields.SUBJECT, 0, 0, 0, List.of(), 0)
        : unmarked(Fields.QUOTED, 0);
  }

  private Candidate unmarked(String field, int segment) {
    return candidate(field, segment, List.of(), 0);
  }

  private String text(Candidate candidate) {
    return texts.substring(candidate.field, candidate.textStart, candidate.textEnd());
  }

  private Passage passage(Candidate candidate) {
    Window window = window(candidate);
    return switch (candidate.field) {
      case Fields.TEXT -> ofTurn(candidate, window);
      case Fields.QUOTED -> {
        int turn = moments.asides().get(candidate.segment).turn();
        yield builder(window, PassageSource.QUOTED, time(turn)).build();
      }
      case Fields.ATTACHMENT ->
          builder(window, PassageSource.ATTACHMENT, startedAt)
              .attachment(attachmentName(candidate))
              .build();
      default -> builder(window, PassageSource.SUBJECT, startedAt).build();
    };
  }

  private static Passage.Builder builder(Window window, PassageSource source, Instant at) {
    return new Passage.Builder(window.text, window.highlights, source, at);
  }

  private Passage ofTurn(Candidate candidate, Window window) {
    int turn = candidate.segment;
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
        end = Math.max(end, moments.wordEndMs(mark.lastPosition()));
      }
      boolean marked = !window.marks.isEmpty();
      passage.audio(
          marked ? start : moments.audioStartMs(turn), marked ? end : moments.audioEndMs(turn));
    }
    return passage.build();
  }

  /** A segment of attachments begins with the name, on a line of its own. */
  private String attachmentName(Candidate candidate) {
    String begin =
        texts.substring(
            candidate.field,
            candidate.textStart,
            candidate.textStart + Math.min(LONGEST_NAME, candidate.textLength));
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

  private Window window(Candidate candidate) {
    int from = candidate.textStart;
    int to = candidate.textEnd();
    if (candidate.textLength > MAX_LENGTH) {
      int[] cut = densest(candidate);
      int room = Math.max(0, MAX_LENGTH - (cut[1] - cut[0])) / 2;
      from = Math.max(from, Math.min(cut[0] - room, to - MAX_LENGTH));
      to = Math.min(to, Math.max(cut[1] + room, candidate.textStart + MAX_LENGTH));
      String around = texts.substring(candidate.field, from, to);
      int start = from == candidate.textStart ? 0 : wordStart(around, cut[0] - from);
      int end = to == candidate.textEnd() ? around.length() : wordEnd(around, cut[1] - from);
      to = from + Math.max(start, end);
      from = from + start;
    }
    String shown = texts.substring(candidate.field, from, to);
    String before = from == candidate.textStart ? "" : ELLIPSIS + " ";
    String after = to == candidate.textEnd() ? "" : " " + ELLIPSIS;
    List<Mark> inside = new ArrayList<>();
    for (Mark mark : candidate.marks) {
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

  /** First and last offset of the matches that fit in one passage and answer most of the query. */
  private static int[] densest(Candidate candidate) {
    List<Mark> marks = candidate.marks;
    if (marks.isEmpty()) {
      return new int[] {candidate.textStart, candidate.textStart};
    }
    int[] best = {0, 0};
    int most = 0;
    for (int i = 0; i < Math.min(MOST_PLACES, marks.size()) && most < candidate.clauses; i++) {
      int start = marks.get(i).startOffset();
      int end = Math.min(marks.get(i).endOffset(), start + MAX_LENGTH);
      int j = i + 1;
      while (j < marks.size() && marks.get(j).endOffset() - start <= MAX_LENGTH) {
        end = Math.max(end, marks.get(j++).endOffset());
      }
      int clauses = clauses(marks, i, j);
      if (clauses > most) {
        best = new int[] {start, end};
        most = clauses;
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

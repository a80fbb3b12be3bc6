package io.earshot;

import io.earshot.internal.Fields;
import io.earshot.internal.HitMatches.Mark;
import io.earshot.internal.MomentMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Chooses what to show of one hit.
 *
 * <p>Each turn that holds a match is a passage. Those that hold most of the query's words come
 * first; among equals, what was newly written or said comes before subject, attachments and quotes.
 */
final class Passages {
  /** A passage is shortened to about this many UTF-16 units. */
  static final int MAX_LENGTH = 280;

  private static final char ELLIPSIS = '\u2026';

  private final Map<String, String> texts;
  private final MomentMap moments;
  private final Instant startedAt;

  /**
   * For one document.
   *
   * @param texts the stored text of each searched field
   */
  Passages(Map<String, String> texts, MomentMap moments, Instant startedAt) {
    this.texts = texts;
    this.moments = moments;
    this.startedAt = startedAt;
  }

  /** A part of a field's text, and the matches in it. */
  private record Candidate(
      String field, int segment, int textStart, int textLength, List<Mark> marks, long clauses) {
    Candidate(String field, int segment, int textStart, int textLength, List<Mark> marks) {
      this(
          field,
          segment,
          textStart,
          textLength,
          marks,
          marks.stream().mapToInt(Mark::clause).distinct().count());
    }
  }

  /** The best passages, best first; at least one. */
  List<Passage> best(Map<String, List<Mark>> matches, int limit) {
    List<Candidate> candidates = new ArrayList<>();
    for (Fields.Searched field : Fields.searched()) {
      List<Mark> marks = matches.getOrDefault(field.name(), List.of());
      if (!marks.isEmpty()) {
        candidates.addAll(candidates(field.name(), marks));
      }
    }
    if (candidates.isEmpty()) {
      return List.of(passage(opening()));
    }
    candidates.sort(Comparator.comparingLong(Candidate::clauses).reversed()); // stable: see above
    return candidates.stream().limit(limit).map(this::passage).toList();
  }

  private List<Candidate> candidates(String field, List<Mark> marks) {
    return switch (field) {
      case Fields.TEXT -> bySegment(field, marks, moments::turnAtOffset);
      case Fields.QUOTED -> bySegment(field, marks, at -> asideAtOffset(moments.asides(), at));
      case Fields.ATTACHMENT ->
          bySegment(field, marks, at -> asideAtOffset(moments.attachments(), at));
      default -> bySegment(field, marks, offset -> 0);
    };
  }

  private List<Candidate> bySegment(String field, List<Mark> marks, IntUnaryOperator segmentAt) {
    Map<Integer, List<Mark>> bySegment = new LinkedHashMap<>();
    for (Mark mark : marks) {
      bySegment
          .computeIfAbsent(segmentAt.applyAsInt(mark.startOffset()), s -> new ArrayList<>())
          .add(mark);
    }
    List<Candidate> candidates = new ArrayList<>();
    bySegment.forEach((segment, inIt) -> candidates.add(candidate(field, segment, inIt)));
    return candidates;
  }

  private Candidate candidate(String field, int segment, List<Mark> marks) {
    return switch (field) {
      case Fields.TEXT -> {
        MomentMap.Span turn = moments.turns().get(segment);
        yield new Candidate(field, segment, turn.textStart(), turn.textLength(), marks);
      }
      case Fields.QUOTED -> candidate(field, moments.asides(), segment, marks);
      case Fields.ATTACHMENT -> candidate(field, moments.attachments(), segment, marks);
      default -> new Candidate(field, 0, 0, text(field).length(), marks);
    };
  }

  private static Candidate candidate(
      String field, List<MomentMap.Aside> asides, int segment, List<Mark> marks) {
    MomentMap.Aside aside = asides.get(segment);
    return new Candidate(field, segment, aside.textStart(), aside.textLength(), marks);
  }

  private static int asideAtOffset(List<MomentMap.Aside> asides, int offset) {
    int found = 0;
    for (int i = 0; i < asides.size() && asides.get(i).textStart() <= offset; i++) {
      found = i;
    }
    return found;
  }

  /** What stands for a hit that no word was asked of. */
  private Candidate opening() {
    for (int i = 0; i < moments.turns().size(); i++) {
      MomentMap.Span turn = moments.turns().get(i);
      Candidate candidate = candidate(Fields.TEXT, i, List.of());
      if (!text(Fields.TEXT)
          .substring(turn.textStart(), turn.textStart() + turn.textLength())
          .isBlank()) {
        return candidate;
      }
    }
    for (String field : List.of(Fields.SUBJECT, Fields.ATTACHMENT)) {
      if (!text(field).isBlank()) {
        return candidate(field, 0, List.of());
      }
    }
    return moments.asides().isEmpty()
        ? new Candidate(Fields.SUBJECT, 0, 0, 0, List.of())
        : candidate(Fields.QUOTED, 0, List.of());
  }

  private String text(String field) {
    return texts.getOrDefault(field, "");
  }

  private Passage passage(Candidate candidate) {
    Window window = window(candidate);
    Optional<MomentMap.Span> turn = turn(candidate);
    Optional<MomentMap.Speaker> speaker =
        turn.filter(t -> candidate.field.equals(Fields.TEXT)) // a quote is somebody else's words
            .filter(t -> t.speaker() < moments.speakers().size())
            .map(t -> moments.speakers().get(t.speaker()));
    return new Passage(
        window.text,
        window.highlights,
        speaker.map(MomentMap.Speaker::name),
        speaker.map(s -> Role.valueOf(s.role())),
        turn.map(this::time).orElse(startedAt),
        audio(candidate, turn, window, true),
        audio(candidate, turn, window, false),
        switch (candidate.field) {
          case Fields.SUBJECT -> PassageSource.SUBJECT;
          case Fields.ATTACHMENT -> PassageSource.ATTACHMENT;
          case Fields.QUOTED -> PassageSource.QUOTED;
          default -> PassageSource.TURN;
        });
  }

  private Optional<MomentMap.Span> turn(Candidate candidate) {
    if (moments.turns().isEmpty()) {
      return Optional.empty();
    }
    return switch (candidate.field) {
      case Fields.TEXT -> Optional.of(moments.turns().get(candidate.segment));
      case Fields.QUOTED ->
          Optional.of(moments.turns().get(moments.asides().get(candidate.segment).turn()));
      default -> Optional.empty();
    };
  }

  private Instant time(MomentMap.Span turn) {
    if (turn.atMs() != MomentMap.NO_TIME) {
      return Instant.ofEpochMilli(turn.atMs());
    }
    return turn.hasAudio() ? startedAt.plusMillis(turn.startMs()) : startedAt;
  }

  private static OptionalLong audio(
      Candidate candidate, Optional<MomentMap.Span> turn, Window window, boolean start) {
    if (turn.isEmpty() || !turn.get().hasAudio() || !candidate.field.equals(Fields.TEXT)) {
      return OptionalLong.empty();
    }
    MomentMap.Span span = turn.get();
    if (window.marks.isEmpty()) {
      return OptionalLong.of(start ? span.startMs() : span.endMs());
    }
    return start
        ? window.marks.stream().mapToLong(mark -> span.wordStartMs(mark.firstPosition())).min()
        : window.marks.stream().mapToLong(mark -> span.wordEndMs(mark.lastPosition())).max();
  }

  /** The text that is shown, what is marked in it, and the matches that lie in it. */
  private record Window(String text, List<Highlight> highlights, List<Mark> marks) {}

  private Window window(Candidate candidate) {
    int start = candidate.textStart;
    int end = start + candidate.textLength;
    String text = text(candidate.field);
    if (candidate.textLength > MAX_LENGTH) {
      int[] cut = densest(candidate);
      int room = Math.max(0, MAX_LENGTH - (cut[1] - cut[0])) / 2;
      int from = Math.max(start, Math.min(cut[0] - room, end - MAX_LENGTH));
      int to = Math.min(end, Math.max(cut[1] + room, start + MAX_LENGTH));
      start = from == start ? start : wordStart(text, from, cut[0]);
      end = to == end ? end : wordEnd(text, to, cut[1]);
    }
    String before = start == candidate.textStart ? "" : ELLIPSIS + " ";
    String after = end == candidate.textStart + candidate.textLength ? "" : " " + ELLIPSIS;
    List<Mark> inside = new ArrayList<>();
    for (Mark mark : candidate.marks) {
      if (mark.startOffset() >= start && mark.endOffset() <= end) {
        inside.add(mark);
      }
    }
    return new Window(
        before + text.substring(start, end) + after,
        highlights(inside, before.length() - start),
        inside);
  }

  /** First and last offset of the matches that fit in one passage and answer most of the query. */
  private static int[] densest(Candidate candidate) {
    List<Mark> marks = candidate.marks;
    if (marks.isEmpty()) {
      return new int[] {candidate.textStart, candidate.textStart};
    }
    int[] best = {marks.getFirst().startOffset(), marks.getFirst().endOffset()};
    int most = 0;
    for (int i = 0; i < marks.size(); i++) {
      int end = marks.get(i).endOffset();
      Set<Integer> clauses = new HashSet<>();
      for (int j = i; j < marks.size(); j++) {
        Mark mark = marks.get(j);
        if (j > i && mark.endOffset() - marks.get(i).startOffset() > MAX_LENGTH) {
          break;
        }
        clauses.add(mark.clause());
        end = Math.max(end, mark.endOffset());
      }
      if (clauses.size() > most) {
        best = new int[] {marks.get(i).startOffset(), end};
        most = clauses.size();
      }
    }
    return best;
  }

  /** The first place at or after {@code from}, up to {@code limit}, where a word begins. */
  private static int wordStart(String text, int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i + 1;
      }
    }
    return Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
  }

  /** The last place at or before {@code to}, down to {@code limit}, where a word ends. */
  private static int wordEnd(String text, int to, int limit) {
    for (int i = to; i > limit; i--) {
      if (Character.isWhitespace(text.charAt(i - 1))) {
        return i - 1;
      }
    }
    return Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
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

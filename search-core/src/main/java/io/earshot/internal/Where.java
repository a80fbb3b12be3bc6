package io.earshot.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a word may stand.
 *
 * @param part in which fields
 * @param conditions what holds for it
 * @param turn the {@link Formula.InSomeTurn#turn()} it must stand in; 0 if in any
 */
public record Where(Part part, List<Condition> conditions, int turn) {
  /** A word that may stand anywhere. */
  public static final Where ANYWHERE = new Where(Part.ALL, List.of(), 0);

  /** Copies the list. */
  public Where {
    conditions = List.copyOf(conditions);
  }

  /** Which fields. */
  public enum Part {
    /** All of them. */
    ALL,
    /** The turns. */
    TURNS,
    /** The subject line. */
    SUBJECT,
    /** None: contradictory restrictions. */
    NONE;

    Part and(Part other) {
      if (this == other || other == ALL) {
        return this;
      }
      return this == ALL ? other : NONE;
    }

    /** The searched fields of that part. */
    public List<Fields.Searched> fields() {
      return switch (this) {
        case ALL -> Fields.searched();
        case TURNS -> only(Fields.TEXT);
        case SUBJECT -> only(Fields.SUBJECT);
        case NONE -> List.of();
      };
    }

    private static List<Fields.Searched> only(String name) {
      return Fields.searched().stream().filter(field -> field.name().equals(name)).toList();
    }
  }

  /** What holds for a word in a turn. */
  public sealed interface Condition {}

  /** Somebody said it. */
  public record SaidBy(String who) implements Condition {}

  /** It stands in a sentence that asks. */
  public record Asked() implements Condition {}

  /** It begins at most so long after the interaction. */
  public record First(long millis) implements Condition {}

  /** It begins at most so long before the interaction ends. */
  public record Last(long millis) implements Condition {}

  /** There, and in that part. */
  public Where in(Part other) {
    return new Where(part.and(other), conditions, turn);
  }

  /** There, and only where that holds, too. */
  public Where that(Condition condition) {
    List<Condition> all = new ArrayList<>(conditions);
    if (!all.contains(condition)) {
      all.add(condition);
    }
    return new Where(part.and(Part.TURNS), all, turn);
  }

  /** There, and in that turn. */
  public Where inTurn(int newTurn) {
    return new Where(part.and(Part.TURNS), conditions, newTurn);
  }

  /** Whether the postings alone say whether a word stands there. */
  boolean isPlain() {
    return conditions.isEmpty() && turn == 0;
  }
}

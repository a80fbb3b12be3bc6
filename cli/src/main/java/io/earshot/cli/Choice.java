package io.earshot.cli;

import io.earshot.Grouping;
import io.earshot.SortOrder;
import io.earshot.evaluation.Half;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of a few words, in any case. */
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;
  private final String words;

  private Choice(Class<E> type, String words) {
    this.type = type;
    this.words = words;
  }

  /** What comes first. */
  static final class Order extends Choice<SortOrder> {
    Order() {
      super(SortOrder.class, "relevance, newest or oldest");
    }
  }

  /** What comes first of a timeline. */
  static final class OrderInTime extends Choice<SortOrder> {
    OrderInTime() {
      super(SortOrder.class, "newest or oldest");
    }
  }

  /** Which interactions are shown as one. */
  static final class Groups extends Choice<Grouping> {
    Groups() {
      super(Grouping.class, "none, thread or episode");
    }
  }

  /** Which topics are evaluated. */
  static final class Halves extends Choice<Half> {
    Halves() {
      super(Half.class, "development or reported");
    }
  }

  @Override
  public E convert(String text) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("expected " + words + ", got " + text);
    }
  }
}

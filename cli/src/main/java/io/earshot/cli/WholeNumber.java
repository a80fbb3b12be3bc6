package io.earshot.cli;

import io.earshot.SearchRequest;
import io.earshot.evaluation.Configuration;
import java.math.BigInteger;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number that has to lie in a range, and says at which end it does not. */
abstract class WholeNumber implements ITypeConverter<Integer> {
  private final int least;
  private final int most;

  private WholeNumber(int least, int most) {
    this.least = least;
    this.most = most;
  }

  /** Most hits; with none they are only counted. */
  static final class Hits extends WholeNumber {
    Hits() {
      super(0, SearchRequest.MAX_LIMIT);
    }
  }

  /** Most passages of a hit. */
  static final class Passages extends WholeNumber {
    Passages() {
      super(1, SearchRequest.MAX_PASSAGES);
    }
  }

  /** Most interactions of a history. */
  static final class Interactions extends WholeNumber {
    Interactions() {
      super(1, SearchRequest.MAX_LIMIT);
    }
  }

  /** Most suggestions. */
  static final class Suggestions extends WholeNumber {
    Suggestions() {
      super(1, 100);
    }
  }

  /** How many of the best results of each topic are judged. */
  static final class Pool extends WholeNumber {
    Pool() {
      super(1, Configuration.DEPTH);
    }
  }

  /** Calls transcribed at a time. */
  static final class Workers extends WholeNumber {
    Workers() {
      super(1, 1_000);
    }
  }

  /** Which of a recording's two channels. */
  static final class AudioChannel extends WholeNumber {
    AudioChannel() {
      super(0, 1);
    }
  }

  @Override
  public Integer convert(String text) {
    BigInteger number;
    try {
      number = new BigInteger(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a whole number, such as 10, got " + text);
    }
    if (number.compareTo(BigInteger.valueOf(least)) < 0) {
      throw refused("too small: at least", least, text);
    }
    if (number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw refused("too large: at most", most, text);
    }
    return number.intValue();
  }

  private static TypeConversionException refused(String why, int bound, String text) {
    return new TypeConversionException(
        String.format(Locale.ROOT, "%s %,d, got %s", why, bound, text));
  }
}

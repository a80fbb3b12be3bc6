package io.earshot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a query was taken otherwise than it may have been meant: each once, in the order of the
 * text.
 *
 * <p>Warnings that repeat what was typed are limited in length and number, since a query may hold
 * tens of thousands of such places and whoever reads the answer needs the first few.
 *
 * <p>Not thread-safe.
 */
final class QueryWarnings {
  private static final int MAX_QUOTING = 20;
  private static final int MAX_QUOTED = 40;

  private final Set<String> warnings = new LinkedHashSet<>();
  private int quoting;

  void add(String warning) {
    warnings.add(warning);
  }

  /** Warns that something typed was searched as words. */
  void addPlain(String typed, String reason) {
    addQuoting(typed, "was taken as plain text: " + reason);
  }

  /** Warns about something typed; in apostrophes if there are quotation marks in it. */
  void addQuoting(String typed, String sentence) {
    String quoted = printable(typed);
    char mark = quoted.indexOf('"') < 0 ? '"' : '\'';
    addLimited(mark + quoted + mark + " " + sentence);
  }

  /** Warns in a sentence that repeats something typed. */
  void addLimited(String warning) {
    if (quoting < MAX_QUOTING) {
      quoting += warnings.add(warning) ? 1 : 0;
    } else {
      warnings.add("more of the query was taken otherwise than it may have been meant");
    }
  }

  List<String> list() {
    return List.copyOf(warnings);
  }

  /** Control characters would garble a terminal, and marks of direction the whole sentence. */
  static String printable(String typed) {
    StringBuilder printable = new StringBuilder();
    typed
        .codePoints()
        .limit(MAX_QUOTED)
        .map(c -> isPrintable(c) ? c : '\ufffd')
        .forEach(printable::appendCodePoint);
    boolean whole =
        typed.codePointCount(0, Math.min(typed.length(), 2 * MAX_QUOTED + 1)) <= MAX_QUOTED;
    return whole ? printable.toString() : printable + "...";
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

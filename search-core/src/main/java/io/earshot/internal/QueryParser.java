package io.earshot.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what somebody typed. Total: every text has a tree, and warnings say what was taken
 * otherwise than it may have been meant.
 *
 * <pre>
 *   all    := any*
 *   any    := one ("OR" one)*
 *   one    := "-"? ( "(" all ")" | '"' phrase '"' | word )
 * </pre>
 *
 * <p>{@code OR} is upper case and binds tighter than the implicit and; {@code -} excludes only
 * after white space or an opening parenthesis.
 */
public final class QueryParser {
  /** Words that are searched; what is typed beyond them is left out, with a warning. */
  public static final int MAX_WORDS = 1_000;

  private static final int MAX_PHRASE = 100;
  private static final int MAX_DEPTH = 200;

  private final String text;
  private final List<String> warnings = new ArrayList<>();
  private int at;
  private int words;
  private int tooDeep;
  private boolean tooMany;

  private QueryParser(String text) {
    // Telephones and word processors curl the quotation marks that somebody types.
    this.text = text.replace('\u201c', '"').replace('\u201d', '"').replace('\u201e', '"');
  }

  /**
   * A query that was read.
   *
   * @param clause what it asks for
   * @param warnings what was taken otherwise than it may have been meant
   */
  public record Parsed(Clause clause, List<String> warnings) {
    /** Copies the list. */
    public Parsed {
      warnings = List.copyOf(warnings);
    }
  }

  /** Reads a query. */
  public static Parsed parse(String text) {
    QueryParser parser = new QueryParser(text);
    List<Clause> all = new ArrayList<>(parser.all(0));
    while (parser.at < parser.text.length()) { // only a stray ")" ends a group early
      parser.at++;
      parser.warn("a \")\" without its \"(\" was left out");
      all.addAll(parser.all(0));
    }
    if (parser.tooMany) {
      parser.warn("only the first %,d words were searched".formatted(MAX_WORDS));
    }
    return new Parsed(simplest(all), parser.warnings);
  }

  private void warn(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  private static Clause simplest(List<Clause> clauses) {
    return clauses.size() == 1 ? clauses.getFirst() : new Clause.AllOf(clauses);
  }

  private List<Clause> all(int depth) {
    List<Clause> all = new ArrayList<>();
    List<Clause> any = new ArrayList<>(); // the alternatives of the clause that is being read
    boolean or = false;
    while (true) {
      skipSpace();
      if (at >= text.length() || text.charAt(at) == ')') {
        break;
      }
      if (atOr()) {
        at += 2;
        if (any.isEmpty() || or) {
          warn("an OR needs something on both sides and was left out");
        } else {
          or = true;
        }
        continue;
      }
      List<Clause> one = one(depth);
      if (!or) {
        close(any, all);
      }
      any.addAll(one);
      or = or && one.isEmpty();
    }
    if (or) {
      warn("an OR needs something on both sides and was left out");
    }
    close(any, all);
    return all;
  }

  private static void close(List<Clause> any, List<Clause> all) {
    if (any.size() == 1) {
      all.add(any.getFirst());
    } else if (!any.isEmpty()) {
      all.add(new Clause.AnyOf(any));
    }
    any.clear();
  }

  private boolean atOr() {
    return text.startsWith("OR", at)
        && (at + 2 >= text.length()
            || isSpace(text.charAt(at + 2))
            || text.charAt(at + 2) == '('
            || text.charAt(at + 2) == '"'
            || text.charAt(at + 2) == ')');
  }

  /** One clause; none if what stands here has nothing to search for. */
  private List<Clause> one(int depth) {
    boolean not =
        text.charAt(at) == '-'
            && at + 1 < text.length()
            && (at == 0 || text.charAt(at - 1) == '(' || isSpace(text.charAt(at - 1)))
            && !isSpace(text.charAt(at + 1))
            && text.charAt(at + 1) != ')';
    if (not) {
      at++;
    }
    List<Clause> clause =
        switch (text.charAt(at)) {
          case '(' -> group(depth);
          case '"' -> phrase();
          default -> word();
        };
    return not ? clause.stream().<Clause>map(Clause.Not::new).toList() : clause;
  }

  private List<Clause> group(int depth) {
    at++;
    if (depth >= MAX_DEPTH) {
      warn("parentheses nested more than %d deep were left out".formatted(MAX_DEPTH));
      tooDeep++;
      return List.of();
    }
    List<Clause> inner = all(depth + 1);
    while (tooDeep > 0 && at < text.length()) { // this ")" closes one that was left out
      tooDeep--;
      at++;
      List<Clause> more = new ArrayList<>(inner);
      more.addAll(all(depth + 1));
      inner = more;
    }
    if (at < text.length()) {
      at++;
    } else {
      warn("a \"(\" without its \")\" was taken to end with the query");
    }
    return inner.isEmpty() ? List.of() : List.of(simplest(inner));
  }

  private List<Clause> phrase() {
    int start = at + 1;
    int end = text.indexOf('"', start);
    if (end < 0) {
      warn("a quotation mark without its second was taken to end with the query");
      end = text.length();
    }
    at = Math.min(text.length(), end + 1);
    String phrase = text.substring(start, end);
    return leaf(phrase, new Clause.Phrase(phrase));
  }

  private List<Clause> word() {
    int start = at;
    while (at < text.length() && !isSpace(text.charAt(at)) && "()\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return leaf(word, new Clause.Words(word));
  }

  private List<Clause> leaf(String content, Clause clause) {
    Tokens tokens = Analysis.tokens(content, "");
    if (tokens.size() == 0) {
      if (!content.isBlank()) {
        warn("there is nothing to search for in punctuation alone; it was left out");
      }
      return List.of();
    }
    if (words + Math.min(tokens.size(), MAX_PHRASE) > MAX_WORDS) {
      tooMany = true;
      return List.of();
    }
    words += Math.min(tokens.size(), MAX_PHRASE);
    if (tokens.size() > MAX_PHRASE) {
      warn("of a phrase only the first %d words were searched".formatted(MAX_PHRASE));
      return List.of(new Clause.Phrase(content.substring(0, tokens.endOffset(MAX_PHRASE - 1))));
    }
    return List.of(clause);
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff';
  }
}

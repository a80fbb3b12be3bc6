package io.earshot;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what somebody typed. Total: every text has a tree, and warnings say what was taken
 * otherwise than it may have been meant. Takes time linear in the text's length.
 *
 * <pre>
 *   all         := alt*                                            implicit and
 *   alt         := prox ("OR" prox)*
 *   prox        := one (("NEAR/" n | "WITHIN/" t) one)*            left associative
 *   one         := "-" one | restriction one? | atom
 *   restriction := "said-by:" value{","value} | "is:question" | "first:" t | "last:" t
 *                | "turn:" | "subject:"                            these two stand directly before
 *   atom        := "(" all ")" | '"' phrase ["*"] '"' ["~" n] | word | word"*" | word"~"[1|2]
 *                | name ":" value{","value}                        a filter
 * </pre>
 *
 * <p>Whoever gets a tree recurses over it, so its depth is bounded: {@link #MAX_DEPTH} parentheses
 * and {@link #MAX_OPERATORS} restrictions, NEAR and WITHIN, one in another. What {@link
 * QueryPrinter} writes with parentheses counts as one although it was typed without, else the
 * deepest queries could be printed but not read again.
 */
final class QueryParser {
  private static final int MAX_FILTERS = 1_000;
  private static final int MAX_DEPTH = 200;
  private static final int MAX_OPERATORS = 100;

  private static final String SIDES = " needs something on both sides and was left out";
  private static final String NOTHING_LEFT =
      "nothing is left to search for; as with an empty query, the whole history is the answer";
  private static final String EMPTY_GROUP = "parentheses with nothing between them were left out";
  private static final String EMPTY_PHRASE =
      "quotation marks with nothing between them were left out";
  private static final String TOO_DEEP =
      "parentheses nested more than " + MAX_DEPTH + " deep were left out";
  private static final String TOO_MANY_OPERATORS =
      "restrictions, NEAR and WITHIN nested more than " + MAX_OPERATORS + " deep were left out";
  private static final String TOO_MANY_FILTERS = "only the first 1,000 filters were used";
  private static final String WITHOUT_NUMBER =
      "a ~ behind quotation marks needs a number, as in \"full refund\"~3, and was left out";
  private static final String TOO_FAR =
      "of words between others at most " + Query.Near.MAX_WORDS + " can be allowed";
  private static final String BETWEEN =
      "words between are typed as in NEAR/8, times as in WITHIN/10s";
  private static final Pattern OPERATOR_WITH_NUMBER =
      Pattern.compile("NEAR/|WITHIN/|(?i:near|within)/\\d");
  private static final Query ANY_WORD = Query.everything();

  private final String text;
  private final QueryWarnings warnings = new QueryWarnings();
  private final QueryTimes times;
  private final QueryFilters filters;
  private final QueryWords words = new QueryWords(warnings);
  private int at;
  private int filtersUsed;
  private int tooDeep;

  private QueryParser(String text, Clock clock) {
    this.text = straightened(text);
    this.times = new QueryTimes(clock, warnings);
    this.filters = new QueryFilters(times);
  }

  /** Reads a query. */
  static ParsedQuery parse(String text, Clock clock) {
    QueryParser parser = new QueryParser(text, clock);
    List<Part> all = new ArrayList<>(parser.all(0));
    while (parser.at < parser.text.length()) { // only a stray ")" ends a group early
      parser.at++;
      parser.warnings.add("a \")\" without its \"(\" was left out");
      all.addAll(parser.all(0));
    }
    if (all.isEmpty() && !isBlank(parser.text)) {
      parser.warnings.add(NOTHING_LEFT);
    }
    return new ParsedQuery(allOf(all).query, parser.warnings.list());
  }

  /** Telephones and word processors curl the quotation marks that somebody types. */
  static String straightened(String text) {
    return text.replace('\u201c', '"')
        .replace('\u201d', '"')
        .replace('\u201e', '"')
        .replace('\u201f', '"');
  }

  /** A part of the tree, and how many restrictions, NEAR and WITHIN are in one another in it. */
  private record Part(Query query, int operators) {}

  private static Part allOf(List<Part> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : new Part(new Query.AllOf(queries(parts)), operators(parts));
  }

  private static Part anyOf(List<Part> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : new Part(new Query.AnyOf(queries(parts)), operators(parts));
  }

  private static List<Query> queries(List<Part> parts) {
    return parts.stream().map(Part::query).toList();
  }

  private static int operators(List<Part> parts) {
    return parts.stream().mapToInt(Part::operators).max().orElse(0);
  }

  // Groups, OR, NEAR and WITHIN

  private List<Part> all(int depth) {
    List<Part> all = new ArrayList<>();
    List<Part> any = new ArrayList<>(); // the alternatives of the clause that is being read
    Operator pending = null; // waits for what stands behind it
    while (true) {
      skipSpaceAndJoiningHyphens();
      if (at >= text.length() || text.charAt(at) == ')') {
        break;
      }
      Operator operator = operator();
      if (operator != null) {
        if (any.isEmpty() || pending != null) {
          warnings.add(operator.article() + SIDES);
        } else {
          pending = operator;
        }
        continue;
      }
      Part one = one(depth);
      if (pending == null) {
        close(any, all);
      }
      if (one != null) {
        join(any, pending, one, all);
      }
      if (one != null || words.isFull()) { // that what follows was left out is said already
        pending = null;
      }
    }
    if (pending != null) {
      warnings.add(pending.article() + SIDES);
    }
    close(any, all);
    return all;
  }

  private void join(List<Part> any, @Nullable Operator operator, Part one, List<Part> all) {
    if (operator == null || operator.kind == OperatorKind.OR) {
      any.add(one);
      return;
    }
    Part left = any.getLast();
    int operators = Math.max(left.operators, one.operators) + 1;
    if (operators > MAX_OPERATORS) {
      warnings.add(TOO_MANY_OPERATORS);
      close(any, all);
      any.add(one);
    } else {
      any.set(any.size() - 1, new Part(operator.of(left.query, one.query), operators));
    }
  }

  private static void close(List<Part> any, List<Part> all) {
    if (!any.isEmpty()) {
      all.add(anyOf(any));
      any.clear();
    }
  }

  private enum OperatorKind {
    OR,
    NEAR,
    WITHIN
  }

  /** An operator between two queries; of its numbers only the kind's own means something. */
  private record Operator(OperatorKind kind, int words, Duration time) {
    /** Its name in a sentence. */
    String article() {
      return (kind == OperatorKind.OR ? "an " : "a ") + kind;
    }

    Query of(Query left, Query right) {
      return switch (kind) {
        case OR -> new Query.AnyOf(List.of(left, right));
        case NEAR -> new Query.Near(left, right, words);
        case WITHIN -> new Query.Within(left, right, time);
      };
    }
  }

  /** Reads an operator; null, and nothing read, if none stands here. */
  private @Nullable Operator operator() {
    if (!"ONW".contains(text.substring(at, at + 1))) {
      return null;
    }
    int end = runEnd(at);
    String run = text.substring(at, end);
    Operator operator = null;
    if (run.equals("OR")) {
      operator = new Operator(OperatorKind.OR, 0, Duration.ZERO);
    } else if (run.startsWith("NEAR/") && digitsEnd(at + 5) == end && end > at + 5) {
      operator = new Operator(OperatorKind.NEAR, distance(at + 5, end), Duration.ZERO);
    } else if (run.startsWith("WITHIN/")) {
      operator =
          times
              .duration(run.substring(7))
              .map(time -> new Operator(OperatorKind.WITHIN, 0, time))
              .orElse(null);
    }
    at = operator == null ? at : end;
    return operator;
  }

  private boolean isAtOperator() {
    int start = at;
    boolean operator = at < text.length() && operator() != null;
    at = start;
    return operator;
  }

  /** The number of words that digits say. */
  private int distance(int start, int end) {
    int number = QueryWords.number(text.substring(start, end));
    if (number > Query.Near.MAX_WORDS) {
      warnings.add(TOO_FAR);
    }
    return Math.min(number, Query.Near.MAX_WORDS);
  }

  private @Nullable Part group(int depth) {
    at++;
    if (depth >= MAX_DEPTH) {
      warnings.add(TOO_DEEP);
      tooDeep++;
      return null;
    }
    skipSpace();
    if (at < text.length() && text.charAt(at) == ')') {
      warnings.add(EMPTY_GROUP);
    }
    List<Part> inner = new ArrayList<>(all(depth + 1));
    while (tooDeep > 0 && at < text.length()) { // this ")" closes one that was left out
      tooDeep--;
      at++;
      inner.addAll(all(depth + 1));
    }
    if (at < text.length()) {
      at++;
    } else {
      warnings.add("a \"(\" without its \")\" was taken to end with the query");
    }
    return inner.isEmpty() ? null : allOf(inner);
  }

  // Exclusions and restrictions

  private enum PrefixKind {
    /** A hyphen. */
    NOT,
    /** {@code said-by:} and others that need nothing behind them. */
    LOOSE,
    /** {@code subject:} and {@code turn:}, which belong to what stands directly behind them. */
    DIRECT
  }

  private record Prefix(PrefixKind kind, int start, int end, UnaryOperator<Query> operator) {}

  /** One clause; null if what stands here has nothing to search for. */
  private @Nullable Part one(int depth) {
    List<Prefix> prefixes = prefixes();
    if (isLoose(prefixes) && nothingFollows()) {
      return prefixed(prefixes, anyWord(depth));
    }
    if (isDirect(prefixes)) {
      return prefixed(prefixes, directly(depth));
    }
    int start = at;
    Query filter = filter();
    if (filter == null) {
      return prefixed(prefixes, atom(depth));
    }
    if (prefixes.stream().allMatch(prefix -> prefix.kind == PrefixKind.NOT)) {
      return prefixed(prefixes, counted(filter, depth));
    }
    // A filter is about the interaction, no word of it: it stays for the next turn of the loop.
    at = start;
    if (prefixes.getLast().kind == PrefixKind.NOT) {
      at = prefixes.removeLast().start;
    }
    return prefixed(prefixes, anyWord(depth));
  }

  private List<Prefix> prefixes() {
    List<Prefix> prefixes = new ArrayList<>();
    while (at < text.length()) {
      Prefix prefix = isAtExclusion(!prefixes.isEmpty()) ? exclusion() : restriction();
      if (prefix == null) {
        break;
      }
      prefixes.add(prefix);
      if (prefix.kind == PrefixKind.LOOSE) {
        skipSpaceAndJoiningHyphens();
      }
    }
    return prefixes;
  }

  private static boolean isLoose(List<Prefix> prefixes) {
    return !prefixes.isEmpty() && prefixes.getLast().kind == PrefixKind.LOOSE;
  }

  /** Whether {@code subject:}, perhaps with a hyphen behind it, comes last. */
  private static boolean isDirect(List<Prefix> prefixes) {
    for (Prefix prefix : prefixes.reversed()) {
      if (prefix.kind != PrefixKind.NOT) {
        return prefix.kind == PrefixKind.DIRECT;
      }
    }
    return false;
  }

  private boolean nothingFollows() {
    return at >= text.length() || text.charAt(at) == ')' || isAtOperator();
  }

  private boolean isAtExclusion(boolean afterPrefix) {
    return text.charAt(at) == '-'
        && at + 1 < text.length()
        && (mayExclude(at) || (afterPrefix && text.charAt(at - 1) == ':'))
        && !isSpace(text.charAt(at + 1))
        && text.charAt(at + 1) != ')'
        && text.charAt(at + 1) != '-';
  }

  /** Whether a hyphen there does not join what stands before it with what follows. */
  private boolean mayExclude(int index) {
    return index == 0 || text.charAt(index - 1) == '(' || isSpace(text.charAt(index - 1));
  }

  private Prefix exclusion() {
    at++;
    return new Prefix(PrefixKind.NOT, at - 1, at, Query.Not::new);
  }

  private @Nullable Prefix restriction() {
    int colon = colon(text, at);
    String name = colon < 0 ? "" : text.substring(at, colon);
    if (!QueryFilters.isRestriction(name)) {
      return null;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "subject" -> direct(colon, Query.InSubject::new);
      case "turn" -> direct(colon, Query.SameTurn::new);
      default -> loose(name, colon);
    };
  }

  private @Nullable Prefix loose(String name, int colon) {
    int start = at;
    Values values = values(colon + 1);
    Optional<UnaryOperator<Query>> operator = filters.restriction(name, values.values);
    if (operator.isEmpty()) {
      warnings.addPlain(text.substring(at, values.end), filters.complaint(name, values.values));
      return null;
    }
    at = values.end;
    return new Prefix(PrefixKind.LOOSE, start, at, operator.get());
  }

  private @Nullable Prefix direct(int colon, UnaryOperator<Query> operator) {
    int start = at;
    at = colon + 1;
    skipSpace();
    boolean opens = at < text.length() && "(\"".indexOf(text.charAt(at)) >= 0;
    if (opens || (at == colon + 1 && !nothingFollows())) {
      return new Prefix(PrefixKind.DIRECT, start, colon + 1, operator);
    }
    at = start;
    warnings.addPlain(
        text.substring(start, colon + 1), "it stands directly before a word, quotation mark or (");
    return null;
  }

  private @Nullable Part prefixed(List<Prefix> prefixes, @Nullable Part operand) {
    if (operand == null) {
      warnOfLeftOut(prefixes);
      return null;
    }
    Query query = operand.query;
    int operators = operand.operators;
    for (Prefix prefix : prefixes.reversed()) {
      if (prefix.kind != PrefixKind.NOT && operators == MAX_OPERATORS) {
        warnings.add(TOO_MANY_OPERATORS);
        break;
      }
      operators += prefix.kind == PrefixKind.NOT ? 0 : 1;
      query = prefix.operator.apply(query);
    }
    return new Part(query, operators);
  }

  private void warnOfLeftOut(List<Prefix> prefixes) {
    if (!prefixes.isEmpty() && !words.isFull()) { // else it is said already
      warnings.addQuoting(
          text.substring(prefixes.getFirst().start, prefixes.getLast().end),
          "was left out with what it stands before");
    }
  }

  /** What a restriction holds for that has nothing behind it. */
  private @Nullable Part anyWord(int depth) {
    if (depth >= MAX_DEPTH) {
      warnings.add(TOO_DEEP);
      return null;
    }
    return words.mayAdd(1) ? new Part(ANY_WORD, 0) : null;
  }

  // Filters

  /** Reads a filter; null, and nothing read, if none stands here. */
  private @Nullable Query filter() {
    int colon = colon(text, at);
    String name = colon < 0 ? "" : text.substring(at, colon);
    if (colon < 0 || QueryFilters.isRestriction(name) || isPath(name, colon + 1)) {
      return null;
    }
    Values values = values(colon + 1);
    Query filter = filters.filter(name, values.values).orElse(null);
    if (filter != null) {
      at = values.end;
    } else if (QueryFilters.isKnown(name) || !values.values.isEmpty()) {
      warnings.addPlain(text.substring(at, values.end), filters.complaint(name, values.values));
    }
    return filter;
  }

  /** Whether it is {@code https://} or {@code C:\}. */
  private boolean isPath(String name, int start) {
    return !QueryFilters.isKnown(name)
        && start < text.length()
        && "/\\".indexOf(text.charAt(start)) >= 0;
  }

  private @Nullable Part counted(Query filter, int depth) {
    int count = filter instanceof Query.AnyOf any ? any.queries().size() : 1;
    if (count > 1 && depth >= MAX_DEPTH) {
      warnings.add(TOO_DEEP);
      return null;
    }
    int room = MAX_FILTERS - filtersUsed;
    if (filter instanceof Query.AnyOf any && any.queries().size() > room && room > 0) {
      warnings.add(TOO_MANY_FILTERS);
      filtersUsed = MAX_FILTERS;
      List<Query> first = any.queries().subList(0, room);
      return new Part(room == 1 ? first.getFirst() : new Query.AnyOf(first), 0);
    }
    if (filtersUsed + count > MAX_FILTERS) {
      warnings.add(TOO_MANY_FILTERS);
      return null;
    }
    filtersUsed += count;
    return new Part(filter, 0);
  }

  /** The colon behind a name that begins there; -1 if there is none. */
  static int colon(String text, int start) {
    int end = start;
    while (end < text.length() && isNamePart(text.codePointAt(end), end == start)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end > start && end < text.length() && text.charAt(end) == ':' ? end : -1;
  }

  static boolean isNamePart(int c, boolean first) {
    return Character.isLetter(c)
        || (!first && (Character.isDigit(c) || c == '_' || c == '.' || c == '-'));
  }

  /** The values of a filter, and where they end. */
  private record Values(List<QueryFilters.Value> values, int end) {}

  private Values values(int start) {
    List<QueryFilters.Value> values = new ArrayList<>();
    int end = start;
    boolean more = true;
    while (more && end < text.length() && (isRunPart(end) || text.charAt(end) == '"')) {
      if (text.charAt(end) == '"') {
        int close = closingQuote(end + 1);
        values.add(new QueryFilters.Value(text.substring(end + 1, close), true));
        end = Math.min(text.length(), close + 1);
      } else {
        int valueEnd = valueEnd(end);
        if (valueEnd > end) {
          values.add(new QueryFilters.Value(text.substring(end, valueEnd), false));
        }
        end = valueEnd;
      }
      more = end < text.length() && text.charAt(end) == ',';
      end += more ? 1 : 0;
    }
    return new Values(values, end);
  }

  private int valueEnd(int start) {
    int end = start;
    while (end < text.length() && isRunPart(end) && text.charAt(end) != ',') {
      end++;
    }
    return end;
  }

  // Words and phrases

  private @Nullable Part atom(int depth) {
    return switch (text.charAt(at)) {
      case '(' -> group(depth);
      case '"' -> phrase(depth);
      default -> word();
    };
  }

  /** What {@code subject:} holds for; {@code subject:re:refund} asks for no attribute. */
  private @Nullable Part directly(int depth) {
    if (colon(text, at) < 0) {
      return atom(depth);
    }
    String run = text.substring(at, runEnd(at));
    at += run.length();
    return leaf(words.phrase(run));
  }

  private @Nullable Part phrase(int depth) {
    int start = at + 1;
    int end = closingQuote(start);
    at = Math.min(text.length(), end + 1);
    String phrase = text.substring(start, end);
    if (end < text.length() && isBlank(phrase)) {
      warnings.add(EMPTY_PHRASE);
    }
    int tilde = at;
    int digits = at;
    while (digits < text.length() && text.charAt(digits) == '~') {
      digits++;
    }
    int digitsEnd = digitsEnd(digits);
    if (digits == tilde || isWordPart(digitsEnd)) {
      return leaf(words.phrase(phrase));
    }
    at = digitsEnd;
    Part part =
        digits == digitsEnd
            ? leaf(words.phrase(phrase))
            : near(phrase, distance(digits, digitsEnd), depth);
    if (digits == digitsEnd) {
      warnings.add(WITHOUT_NUMBER);
    } else if (part != null && part.operators == 0) {
      warnings.addQuoting(
          text.substring(tilde, at), "was left out: only one word is in the quotation marks");
    }
    return part;
  }

  private static @Nullable Part leaf(@Nullable Query leaf) {
    return leaf == null ? null : new Part(leaf, 0);
  }

  private boolean isWordPart(int index) {
    return index < text.length() && Character.isLetterOrDigit(text.codePointAt(index));
  }

  /** {@code "a b c"~8}. */
  private @Nullable Part near(String phrase, int distance, int depth) {
    if (!words.isSeveral(phrase)) {
      return leaf(words.phrase(phrase));
    }
    if (depth >= MAX_DEPTH) {
      warnings.add(TOO_DEEP);
      return null;
    }
    Part near = null;
    for (Query word : words.each(phrase)) {
      near =
          near == null
              ? new Part(word, 0)
              : new Part(new Query.Near(near.query, word, distance), near.operators + 1);
    }
    return near;
  }

  private @Nullable Part word() {
    int start = at;
    at = runEnd(at);
    String word = text.substring(start, at);
    warnOfOperator(word, start);
    if (colon(text, start) >= 0 && text.startsWith("\"", at)) {
      return leaf(words.phrase(word)); // without what is in quotes it might be a filter
    }
    boolean restriction =
        colon(text, start) == at - 1
            && QueryFilters.isRestriction(word.substring(0, word.length() - 1));
    // With its colon it could not be printed.
    return leaf(words.run(restriction ? word.substring(0, word.length() - 1) : word));
  }

  /** Warns of a word that is an operator where queries are typed otherwise. */
  private void warnOfOperator(String word, int start) {
    String instead =
        switch (word) {
          case "AND" -> "all of the words are asked for without it";
          case "NOT" -> "a hyphen excludes, as in -voucher";
          default -> between(word);
        };
    boolean operator =
        switch (word) {
          case "AND", "NEAR", "WITHIN" -> follows(start) && isFollowed();
          case "NOT" -> (mayExclude(start) || follows(start)) && isFollowed();
          default -> OPERATOR_WITH_NUMBER.matcher(word).lookingAt();
        };
    if (operator) {
      warnings.addPlain(word, instead);
    }
  }

  private static String between(String word) {
    String fault = word.startsWith("WITHIN/") ? QueryTimes.fault(word.substring(7)) : "";
    return fault.isEmpty() ? BETWEEN : fault;
  }

  /** Whether something stands before a word that belongs to nothing before it. */
  private boolean follows(int start) {
    int before = start - 1;
    while (before >= 0 && isSpace(text.charAt(before))) {
      before--;
    }
    return before >= 0 && ":-(".indexOf(text.charAt(before)) < 0;
  }

  /** Whether something stands behind what was just read. */
  private boolean isFollowed() {
    int behind = at;
    while (behind < text.length() && isSpace(text.charAt(behind))) {
      behind++;
    }
    return behind < text.length() && text.charAt(behind) != ')';
  }

  // Characters

  /** Where a quotation ends; warns if that is the query's end. */
  private int closingQuote(int start) {
    int end = text.indexOf('"', start);
    if (end < 0) {
      warnings.add("a quotation mark without its second was taken to end with the query");
    }
    return end < 0 ? text.length() : end;
  }

  private int runEnd(int start) {
    int end = start;
    while (end < text.length() && isRunPart(end)) {
      end++;
    }
    return end;
  }

  private boolean isRunPart(int index) {
    char c = text.charAt(index);
    return c != '(' && c != ')' && c != '"' && !isSpace(c);
  }

  private int digitsEnd(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  /** In {@code "a"-b} the hyphen neither excludes nor belongs to a word. */
  private void skipSpaceAndJoiningHyphens() {
    skipSpace();
    if (at < text.length() && text.charAt(at) == '-' && !mayExclude(at)) {
      while (at < text.length() && text.charAt(at) == '-') {
        at++;
      }
      skipSpace();
    }
  }

  private static boolean isBlank(String text) {
    return text.chars().allMatch(c -> isSpace((char) c));
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff';
  }
}

package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.Counted;
import io.earshot.internal.Fields;
import io.earshot.internal.ScopeNames;
import io.earshot.internal.ScopePhrases;
import io.earshot.internal.ScopeWords;
import io.earshot.internal.ScopedSearcher;
import io.earshot.internal.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Completes what is being typed; {@link CustomerHistory#suggest(String, int)} says how. Made for
 * one request; not thread-safe.
 */
final class Suggestions {
  static final int MAX_LIMIT = 100;

  private static final int MOST_IN_FRONT = 3;
  private static final int MOST_BOUND = 20; // of a phrase in quotation marks
  private static final int INFLECTIONS = 3; // words looked at for each place, to find as many stems
  private static final Set<String> PEOPLE = Set.of("from", "agent", "said-by");
  private static final Set<String> TEXT = Set.of("subject", "turn");

  private final boolean everybody;
  private final ScopedSearcher searcher;
  private final String language;
  private final ScopeWords words;
  private final ScopePhrases phrases;

  /** Suggests what that searcher searches. */
  Suggestions(ScopedSearcher searcher, String language) {
    this.searcher = searcher;
    this.language = language;
    everybody = searcher.isEverybody();
    words = new ScopeWords(searcher);
    phrases = new ScopePhrases(searcher, language);
  }

  /** The suggestions for what was typed. */
  List<Suggestion> of(String text, int limit) throws IOException {
    Typed typed = Typed.read(text, language);
    return switch (typed.place()) {
      case NOWHERE -> List.of();
      case PEOPLE ->
          everybody ? List.of() : names(typed, Fields.PEOPLE, SuggestionKind.PERSON, limit);
      case TEXT -> mixed(typed, limit);
    };
  }

  private List<Suggestion> mixed(Typed typed, int limit) throws IOException {
    List<Suggestion> identifiers = List.of();
    List<Suggestion> people = List.of();
    if (!everybody && !typed.isInField()) {
      identifiers = names(typed, Fields.IDENTIFIER, SuggestionKind.IDENTIFIER, limit);
      people =
          typed.isQuoted()
              ? List.of() // it would be looked for in what was written
              : names(typed, Fields.PEOPLE, SuggestionKind.PERSON, limit);
    }
    List<Suggestion> forms = new ArrayList<>();
    List<Suggestion> inflections = new ArrayList<>();
    List<Suggestion> longer = new ArrayList<>();
    if (!typed.isBoundToFront() && !typed.begun().isEmpty()) {
      forms(typed, limit, forms, inflections);
    }
    boolean goesOn = !typed.inFront().isEmpty() && !typed.isAddress(); // those are names
    if (goesOn) {
      longer.addAll(goingOn(typed));
    } else if (!forms.isEmpty() && !typed.isExcluded()) {
      String word = forms.getFirst().text().substring(typed.kept().length());
      for (Counted phrase : phrases.after(List.of(word), "")) {
        longer.add(suggestion(typed.kept() + word + " ", phrase, SuggestionKind.PHRASE));
      }
    }
    return new Mix(limit, typed.hasDigit(), goesOn)
        .of(identifiers, longer, forms, people, inflections);
  }

  private static Suggestion suggestion(String front, Counted found, SuggestionKind kind) {
    return new Suggestion(front + found.text(), kind, found.interactions());
  }

  /** The most frequent form of each word first, its other forms apart. */
  private void forms(Typed typed, int limit, List<Suggestion> forms, List<Suggestion> inflections)
      throws IOException {
    Set<String> stems = new HashSet<>();
    for (Counted word : words.beginning(typed.begun(), limit * INFLECTIONS)) {
      Tokens tokens = Analysis.tokens(word.text(), language);
      List<String> ofWord = tokens.size() == 1 ? tokens.stems(0) : List.of();
      boolean isNew = ofWord.isEmpty() || stems.add(ofWord.getFirst());
      (isNew ? forms : inflections).add(suggestion(typed.kept(), word, SuggestionKind.WORD));
    }
  }

  private List<Suggestion> goingOn(Typed typed) throws IOException {
    List<String> inFront = typed.inFront();
    List<Counted> found = phrases.after(inFront, typed.begun());
    while (found.isEmpty() && inFront.size() > 1 && !typed.isBoundToFront()) {
      inFront = inFront.subList(1, inFront.size());
      found = phrases.after(inFront, typed.begun());
    }
    List<Suggestion> longer = new ArrayList<>();
    for (Counted phrase : found) {
      longer.add(suggestion(typed.kept(), phrase, SuggestionKind.PHRASE));
    }
    return longer;
  }

  /**
   * Names that go on as the words in front and the run do. Those that go on as the run alone does
   * only if nothing stands in front, or if it has a digit and is no person's: who goes on with a
   * sentence seldom wants a name.
   */
  private List<Suggestion> names(Typed typed, String field, SuggestionKind kind, int limit)
      throws IOException {
    if (typed.run().isBlank()) {
      return List.of();
    }
    ScopeNames names = ScopeNames.of(searcher, field);
    boolean person = kind == SuggestionKind.PERSON;
    boolean alone = typed.place() == Typed.Place.PEOPLE || (typed.hasDigit() && !person);
    List<Suggestion> found = new ArrayList<>();
    List<String> before = typed.wordsBefore();
    int least = typed.isQuoted() ? before.size() : alone ? 0 : Math.min(1, before.size());
    for (int n = before.size(); n >= least && found.isEmpty(); n--) {
      List<String> kept = before.subList(before.size() - n, before.size());
      String begin = String.join(" ", kept) + (n == 0 ? "" : " ") + typed.run();
      for (Counted name : names.beginning(begin, limit)) {
        String rest = n == 0 ? name.text() : ScopeNames.rest(name.text(), begin, n).orElse("");
        if (!rest.isEmpty()) {
          String whole = person ? typed.filter(name.text()) : name.text();
          String text = typed.isQuoted() ? typed.front() + rest : typed.with(whole, n);
          found.add(new Suggestion(text, kind, name.interactions()));
        }
      }
    }
    return found;
  }

  /**
   * Shares the places out among the kinds.
   *
   * @param limit number of places
   * @param digit whether a digit was typed
   * @param goesOn whether words stand in front of what is completed
   */
  private record Mix(int limit, boolean digit, boolean goesOn) {
    private static final int FIFTH = 5;

    List<Suggestion> of(
        List<Suggestion> identifiers,
        List<Suggestion> phrases,
        List<Suggestion> words,
        List<Suggestion> people,
        List<Suggestion> inflections) {
      int free = limit;
      int ids = Math.min(identifiers.size(), digit ? (limit + 1) / 2 : limit / FIFTH);
      int persons = Math.min(people.size(), limit / FIFTH);
      free -= ids + persons;
      int longer = goesOn ? Math.min(phrases.size(), (free + 1) / 2) : 0;
      free -= longer;
      int forms = Math.min(words.size(), free);
      free -= forms;
      int more = Math.min(phrases.size(), goesOn ? limit : (limit + 1) / 2);
      more = Math.min(more - longer, free);
      longer += more;
      free -= more;
      more = Math.min(people.size() - persons, free);
      persons += more;
      free -= more;
      more = Math.min(identifiers.size() - ids, free);
      ids += more;
      free -= more;

      Map<String, Suggestion> mixed = new LinkedHashMap<>();
      add(mixed, digit ? identifiers : List.of(), ids);
      add(mixed, goesOn ? phrases : List.of(), longer);
      add(mixed, goesOn ? people : List.of(), persons); // they go on as the words in front
      add(mixed, words, forms);
      add(mixed, phrases, longer);
      add(mixed, people, persons);
      add(mixed, identifiers, ids);
      add(mixed, inflections, Math.min(inflections.size(), free));
      return List.copyOf(mixed.values());
    }

    private static void add(Map<String, Suggestion> mixed, List<Suggestion> some, int count) {
      for (Suggestion one : some.subList(0, Math.min(count, some.size()))) {
        String folded = Analysis.folded(one.text());
        Suggestion before = mixed.get(folded);
        if (before == null || (before.kind() == SuggestionKind.WORD && isName(one))) {
          mixed.put(folded, one); // a name in the place of the word that it is, too
        }
      }
    }

    private static boolean isName(Suggestion one) {
      return one.kind() == SuggestionKind.PERSON || one.kind() == SuggestionKind.IDENTIFIER;
    }
  }

  /**
   * What was typed, and what of it is to be completed.
   *
   * @param place where the run stands that is being typed
   * @param front what stands before that run
   * @param run its words, folded, with a space between, and one at the end if the last is finished
   * @param wordsBefore words of a name that may stand before the run, the last ones
   * @param inFront words that a phrase begins with, the last ones
   * @param begun the beginning of the word that is being typed; empty if it is still to come
   * @param kept what stands before that word
   * @param isQuoted whether it stands within quotation marks
   * @param isBoundToFront whether it has to stand right behind the words in front
   * @param isExcluded whether the run is excluded
   * @param isInField whether it is a value behind a colon
   * @param hasDigit whether there is a digit in the run
   */
  private record Typed(
      Place place,
      String front,
      String run,
      List<String> wordsBefore,
      List<String> inFront,
      String begun,
      String kept,
      boolean isQuoted,
      boolean isBoundToFront,
      boolean isExcluded,
      boolean isInField,
      boolean hasDigit) {
    private static final int LONGEST_RUN = 255;
    private static final int FARTHEST_IN_FRONT = 400; // UTF-16 units

    enum Place {
      NOWHERE,
      TEXT,
      PEOPLE
    }

    static boolean endsRun(int c) {
      return c == '(' || c == ':' || isQuote(c) || isSpace(c);
    }

    private static boolean isSpace(int c) {
      return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isQuote(int c) {
      return c == '"' || (c >= '\u201c' && c <= '\u201f');
    }

    private static Typed nowhere() {
      return new Typed(
          Place.NOWHERE, "", "", List.of(), List.of(), "", "", false, false, false, false, false);
    }

    static Typed read(String text, String language) {
      int start = text.length();
      while (start > 0 && !endsRun(text.charAt(start - 1))) {
        start--;
      }
      String run = text.substring(start);
      boolean quoted = text.chars().filter(Typed::isQuote).count() % 2 == 1;
      int colon = colonInFront(text, quoted ? lastQuote(text) : start);
      Place place = place(text, colon);
      if (run.length() > LONGEST_RUN || run.endsWith(")") || place == Place.NOWHERE) {
        return nowhere();
      }
      Tokens tokens = Analysis.tokens(run, language);
      int last = tokens.size() - 1;
      boolean apostrophe = last >= 0 && isApostrophe(run.substring(tokens.endOffset(last)));
      boolean finished = !apostrophe && (last < 0 || tokens.endOffset(last) < run.length());
      if (last < 0 && !run.isEmpty()) {
        return nowhere();
      }
      boolean excluded = run.startsWith("-") && !quoted;
      String before = excluded ? "" : inFront(text, start, quoted);
      List<String> inFront = words(Analysis.tokens(before, language));
      if (run.isEmpty() && inFront.isEmpty()) {
        return nowhere();
      }
      boolean bound = quoted && !inFront.isEmpty();
      List<String> inRun = words(tokens).subList(0, finished ? last + 1 : last);
      if (!inRun.isEmpty()) { // what is typed without white space stands side by side
        inFront = inRun;
        bound = true;
      }
      List<String> names = Analysis.words(before);
      List<String> namesInRun = Analysis.words(run);
      boolean ended =
          !run.isEmpty() && !Character.isLetterOrDigit(run.codePointBefore(run.length()));
      return new Typed(
          place,
          text.substring(0, start),
          String.join(" ", namesInRun) + (ended ? " " : ""),
          last(names, MOST_IN_FRONT),
          last(inFront, bound ? MOST_BOUND : MOST_IN_FRONT),
          finished ? "" : tokens.exact(last) + (apostrophe ? "'" : ""),
          finished ? text : text.substring(0, start + tokens.startOffset(last)),
          quoted,
          bound,
          excluded,
          colon >= 0,
          run.codePoints().anyMatch(Character::isDigit));
    }

    /** Whether a word goes on behind it: "you'" is the beginning of "you're". */
    private static boolean isApostrophe(String text) {
      return text.equals("'") || text.equals("\u2019");
    }

    /**
     * What was typed, with a name in the place of the run.
     *
     * @param words how many words in front are of the name, too
     */
    String with(String name, int words) {
      int from = front.length();
      for (int i = 0; i < words; i++) {
        from = startOfWord(from);
      }
      int signs = 0; // that the name begins with, as a plus sign; they were typed
      while (signs < name.length() && !Analysis.isInWord(name.codePointAt(signs))) {
        signs++;
      }
      if (front.startsWith(name.substring(0, signs), from - signs)) {
        from -= signs;
      }
      return front.substring(0, from) + (isExcluded ? "-" : "") + name;
    }

    /** Whether what is typed may be a mail address. */
    boolean isAddress() {
      return kept.indexOf('@', front.length()) >= 0;
    }

    /** What finds that person there: the name, or a filter by it. */
    String filter(String name) {
      boolean spaced = name.chars().anyMatch(Typed::endsRun);
      String value = spaced ? '"' + name.replace('"', '\'') + '"' : name;
      return place == Place.PEOPLE ? value : "from:" + value;
    }

    /** Where the last word in front of there begins. */
    private int startOfWord(int end) {
      int at = end;
      while (at > 0 && !Analysis.isInWord(front.codePointBefore(at))) {
        at -= Character.charCount(front.codePointBefore(at));
      }
      while (at > 0 && Analysis.isInWord(front.codePointBefore(at))) {
        at -= Character.charCount(front.codePointBefore(at));
      }
      return at;
    }

    private static List<String> words(Tokens tokens) {
      List<String> exact = new ArrayList<>();
      for (int i = 0; i < tokens.size(); i++) {
        exact.add(tokens.exact(i));
      }
      return exact;
    }

    private static List<String> last(List<String> words, int most) {
      return words.subList(Math.max(0, words.size() - most), words.size());
    }

    private static int lastQuote(String text) {
      int at = text.length() - 1;
      while (!isQuote(text.charAt(at))) {
        at--;
      }
      return at;
    }

    /** The colon that a value which begins there stands behind; -1 if there is none. */
    private static int colonInFront(String text, int start) {
      return start > 0 && text.charAt(start - 1) == ':' ? start - 1 : -1;
    }

    /** What kind of thing is typed there: behind most filters nothing that suggestions hold. */
    private static Place place(String text, int colon) {
      if (colon < 0) {
        return Place.TEXT;
      }
      int name = colon;
      while (name > 0 && !endsRun(text.charAt(name - 1))) {
        name--;
      }
      String filter = QueryFilters.lower(text.substring(name, colon));
      filter = filter.startsWith("-") ? filter.substring(1) : filter;
      return PEOPLE.contains(filter)
          ? Place.PEOPLE
          : TEXT.contains(filter) || filter.isEmpty() ? Place.TEXT : Place.NOWHERE;
    }

    /** The plain words right in front of a run, as typed. */
    private static String inFront(String text, int start, boolean quoted) {
      int from = start;
      int farthest = Math.max(0, start - FARTHEST_IN_FRONT);
      if (quoted) {
        while (from > farthest && !isQuote(text.charAt(from - 1))) {
          from--;
        }
        return text.substring(from, start);
      }
      while (from > farthest) {
        int end = from;
        while (end > farthest && isSpace(text.charAt(end - 1))) {
          end--;
        }
        int begin = end;
        while (begin > farthest && !isSpace(text.charAt(begin - 1))) {
          begin--;
        }
        if (end == from || begin == end || !isPlain(text.substring(begin, end))) {
          break;
        }
        from = begin;
      }
      return text.substring(from, start);
    }

    private static boolean isPlain(String run) {
      return !run.startsWith("-")
          && !run.equals("OR")
          && !run.startsWith("NEAR/")
          && !run.startsWith("WITHIN/")
          && !run.endsWith("*")
          && !run.endsWith("~")
          && run.chars().noneMatch(c -> endsRun(c) || c == ')');
    }
  }
}

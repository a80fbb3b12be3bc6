package io.earshot;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads an interaction for a query by brute force: every word, every pair of matches, every turn;
 * no index, no cleverness.
 *
 * <p>It shares no code with what it checks, so it reads a simple kind of text only: letters, words
 * parted by one space, a sentence's closing mark at the end of its last word. Two words share a
 * stem only if {@link #STEMS} says so.
 *
 * <p>A query is read in two steps. {@link #plan} carries the restrictions down to the words they
 * hold for, and distributes NEAR and WITHIN over the groups they stand beside, which gives a {@link
 * Plan} over {@link Atom}s, each of them a set of matches. {@link #holds} and {@link #mark} then
 * read the interaction.
 */
final class Oracle {
  /** Inflected words, and what they share with others. */
  static final Map<String, String> STEMS = Map.of("refunds", "refund", "orders", "order");

  /** What is searched of an interaction. */
  enum Field {
    TEXT,
    SUBJECT,
    ATTACHMENT,
    QUOTED
  }

  /**
   * A stretch of words that is highlighted.
   *
   * @param segment which turn, attachment or quote
   * @param first the index of its first word in the segment
   * @param last the index of its last word
   */
  record Mark(Field field, int segment, int first, int last) {}

  /** Where one word stands. */
  private record Place(Field field, int segment, int word) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return Comparator.comparing(Place::field)
          .thenComparingInt(Place::segment)
          .thenComparingInt(Place::word)
          .compare(this, other);
    }
  }

  /** Words that match together, and the marks of the leaves they come from. */
  private record Match(TreeSet<Place> places, Set<Mark> marks) {
    Place first() {
      return places.first();
    }

    Place last() {
      return places.last();
    }
  }

  /** What must be true of each word of a leaf. */
  private sealed interface Rule {}

  private record BySpeaker(String who) implements Rule {}

  private record Asking() implements Rule {}

  private record AtFirst(Duration time) implements Rule {}

  private record AtLast(Duration time) implements Rule {}

  private record OfTurns() implements Rule {}

  private record OfSubject() implements Rule {}

  private record OfTurn(TurnName turn) implements Rule {}

  /** Stands for a turn that is still to be found; equal to itself only. */
  private static final class TurnName {}

  /** Something that has matches. */
  private sealed interface Atom {}

  private record Leaf(Query query, List<Rule> rules) implements Atom {}

  private record AnyWord(List<Rule> rules) implements Atom {}

  private record Union(List<Atom> atoms) implements Atom {}

  private record Close(Atom left, Atom right, int words) implements Atom {}

  private record Soon(Atom left, Atom right, Duration time) implements Atom {}

  /** What holds for an interaction or does not. */
  private sealed interface Plan {}

  private record Some(Atom atom) implements Plan {}

  private record All(List<Plan> plans) implements Plan {}

  private record Any(List<Plan> plans) implements Plan {}

  private record None(Plan plan) implements Plan {}

  private record Filter(Query query) implements Plan {}

  private record SomeTurn(TurnName turn, Plan plan) implements Plan {}

  private final Interaction interaction;

  private Oracle(Interaction interaction) {
    this.interaction = interaction;
  }

  /** Whether the query finds the interaction. */
  static boolean matches(Interaction interaction, Query query) {
    return new Oracle(interaction).holds(plan(query, List.of()), Map.of());
  }

  /** What is highlighted, in order; nothing if the query does not find the interaction. */
  static List<Mark> marks(Interaction interaction, Query query) {
    Oracle oracle = new Oracle(interaction);
    Plan plan = plan(query, List.of());
    Set<Mark> marks = new LinkedHashSet<>();
    oracle.mark(plan, Map.of(), marks);
    return marks.stream()
        .sorted(
            Comparator.comparing(Mark::field)
                .thenComparingInt(Mark::segment)
                .thenComparingInt(Mark::first)
                .thenComparingInt(Mark::last))
        .toList();
  }

  /** The texts of a field: one for each segment. */
  static List<String> segments(Interaction interaction, Field field) {
    List<String> texts = new ArrayList<>();
    switch (field) {
      case TEXT -> interaction.turns().forEach(turn -> texts.add(turn.text()));
      case SUBJECT -> interaction.subject().ifPresent(texts::add);
      case ATTACHMENT -> interaction.attachments().forEach(a -> texts.add(a.text().orElse("")));
      case QUOTED ->
          interaction
              .turns()
              .forEach(
                  turn -> {
                    turn.quotedText().ifPresent(texts::add);
                    turn.signature().ifPresent(texts::add);
                  });
    }
    return texts;
  }

  /** The words of a text as they are compared: without closing marks, in lower case. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(" ")) {
      if (!word.isEmpty()) {
        words.add(word.replaceAll("[?.!]$", "").toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  /** When a word of a turn begins in the recording; empty if the turn has no audio. */
  static OptionalLong audioStart(Turn turn, int word) {
    if (!turn.words().isEmpty()) {
      return OptionalLong.of(turn.words().get(word).startMs());
    }
    return spread(turn, word);
  }

  /** When a word of a turn ends in the recording; empty if the turn has no audio. */
  static OptionalLong audioEnd(Turn turn, int word) {
    if (!turn.words().isEmpty()) {
      return OptionalLong.of(turn.words().get(word).endMs());
    }
    return spread(turn, word + 1);
  }

  private static OptionalLong spread(Turn turn, int word) {
    if (turn.startMs().isEmpty()) {
      return OptionalLong.empty();
    }
    long start = turn.startMs().getAsLong();
    long length = turn.endMs().getAsLong() - start;
    return OptionalLong.of(start + length * word / words(turn.text()).size());
  }

  /** How long the interaction lasted, in milliseconds; empty if nothing says so. */
  static OptionalLong end(Interaction interaction) {
    if (interaction.recording().isPresent()) {
      return OptionalLong.of(interaction.recording().get().durationMs());
    }
    if (interaction.endedAt().isPresent()) {
      return OptionalLong.of(
          Duration.between(interaction.startedAt(), interaction.endedAt().get()).toMillis());
    }
    OptionalLong latest = OptionalLong.empty();
    for (Turn turn : interaction.turns()) {
      OptionalLong end =
          turn.words().isEmpty()
              ? turn.endMs()
              : OptionalLong.of(turn.endMs().orElse(turn.words().getLast().endMs()));
      if (end.isEmpty() && turn.at().isPresent()) {
        end =
            OptionalLong.of(Duration.between(interaction.startedAt(), turn.at().get()).toMillis());
      }
      if (end.isPresent()) {
        latest = OptionalLong.of(Math.max(latest.orElse(end.getAsLong()), end.getAsLong()));
      }
    }
    return latest;
  }

  // ---- The query: restrictions carried down, NEAR and WITHIN distributed.

  private static Plan plan(Query query, List<Rule> rules) {
    return switch (query) {
      case Query.Words q -> new Some(new Leaf(q, rules));
      case Query.Phrase q -> new Some(new Leaf(q, rules));
      case Query.Prefix q -> new Some(new Leaf(q, rules));
      case Query.Typo q -> new Some(new Leaf(q, rules));
      case Query.AllOf q -> all(q, rules);
      case Query.AnyOf q -> any(q.queries().stream().map(part -> plan(part, rules)).toList());
      case Query.Not q -> new None(plan(q.query(), rules));
      case Query.Near q -> near(plan(q.left(), rules), plan(q.right(), rules), q.words());
      case Query.Within q -> {
        List<Rule> timed = and(rules, new OfTurns());
        yield within(plan(q.left(), timed), plan(q.right(), timed), q.time());
      }
      case Query.SaidBy q -> plan(q.query(), and(rules, new BySpeaker(q.who())));
      case Query.Question q -> plan(q.query(), and(rules, new Asking()));
      case Query.First q -> plan(q.query(), and(rules, new AtFirst(q.time())));
      case Query.Last q -> plan(q.query(), and(rules, new AtLast(q.time())));
      case Query.InSubject q -> plan(q.query(), and(rules, new OfSubject()));
      case Query.SameTurn q -> {
        TurnName turn = new TurnName();
        yield new SomeTurn(turn, plan(q.query(), and(rules, new OfTurn(turn))));
      }
      case Query.OnChannel q -> new Filter(q);
      case Query.Directed q -> new Filter(q);
      case Query.From q -> new Filter(q);
      case Query.WithAgent q -> new Filter(q);
      case Query.Tagged q -> new Filter(q);
      case Query.InLanguage q -> new Filter(q);
      case Query.FileNamed q -> new Filter(q);
      case Query.Has q -> new Filter(q);
      case Query.Started q -> new Filter(q);
      case Query.Lasted q -> new Filter(q);
      case Query.Attribute q -> new Filter(q);
      case Query.AttributeRange q -> new Filter(q);
    };
  }

  private static List<Rule> and(List<Rule> rules, Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return more;
  }

  private static Plan all(Query.AllOf query, List<Rule> rules) {
    if (query.queries().isEmpty() && !rules.isEmpty()) {
      return new Some(new AnyWord(rules)); // a restriction with nothing behind it
    }
    if (query.queries().size() == 1) {
      return plan(query.queries().getFirst(), rules);
    }
    return new All(query.queries().stream().map(part -> plan(part, rules)).toList());
  }

  /** Alternatives that have matches are together the union of them. */
  private static Plan any(List<Plan> plans) {
    List<Atom> atoms = new ArrayList<>();
    for (Plan plan : plans) {
      if (!(plan instanceof Some some)) {
        return new Any(plans);
      }
      atoms.add(some.atom());
    }
    return new Some(new Union(atoms));
  }

  private static Plan near(Plan left, Plan right, int words) {
    return switch (left) {
      case All all -> new All(all.plans().stream().map(p -> near(p, right, words)).toList());
      case Any any -> any(any.plans().stream().map(p -> near(p, right, words)).toList());
      case None none -> new None(near(none.plan(), right, words));
      case Filter filter -> filter;
      case SomeTurn turn ->
          new SomeTurn(turn.turn(), near(turn.plan(), in(turn.turn(), right), words));
      case Some atom ->
          switch (right) {
            case All all -> new All(all.plans().stream().map(p -> near(left, p, words)).toList());
            case Any any -> any(any.plans().stream().map(p -> near(left, p, words)).toList());
            case None none -> new None(near(left, none.plan(), words));
            case Filter filter -> filter;
            case SomeTurn turn ->
                new SomeTurn(turn.turn(), near(in(turn.turn(), left), turn.plan(), words));
            case Some other -> new Some(new Close(atom.atom(), other.atom(), words));
          };
    };
  }

  private static Plan within(Plan left, Plan right, Duration time) {
    return switch (left) {
      case All all -> new All(all.plans().stream().map(p -> within(p, right, time)).toList());
      case Any any -> any(any.plans().stream().map(p -> within(p, right, time)).toList());
      case None none -> new None(within(none.plan(), right, time));
      case Filter filter -> filter;
      case SomeTurn turn -> new SomeTurn(turn.turn(), within(turn.plan(), right, time));
      case Some atom ->
          switch (right) {
            case All all -> new All(all.plans().stream().map(p -> within(left, p, time)).toList());
            case Any any -> any(any.plans().stream().map(p -> within(left, p, time)).toList());
            case None none -> new None(within(left, none.plan(), time));
            case Filter filter -> filter;
            case SomeTurn turn -> new SomeTurn(turn.turn(), within(left, turn.plan(), time));
            case Some other -> new Some(new Soon(atom.atom(), other.atom(), time));
          };
    };
  }

  /** The same, with every leaf in that turn: turn:(F) NEAR/n c is turn:(F NEAR/n c). */
  private static Plan in(TurnName turn, Plan plan) {
    return switch (plan) {
      case Some some -> new Some(in(turn, some.atom()));
      case All all -> new All(all.plans().stream().map(p -> in(turn, p)).toList());
      case Any any -> new Any(any.plans().stream().map(p -> in(turn, p)).toList());
      case None none -> new None(in(turn, none.plan()));
      case Filter filter -> filter;
      case SomeTurn other -> new SomeTurn(other.turn(), in(turn, other.plan()));
    };
  }

  private static Atom in(TurnName turn, Atom atom) {
    return switch (atom) {
      case Leaf leaf -> new Leaf(leaf.query(), and(leaf.rules(), new OfTurn(turn)));
      case AnyWord any -> new AnyWord(and(any.rules(), new OfTurn(turn)));
      case Union union -> new Union(union.atoms().stream().map(a -> in(turn, a)).toList());
      case Close close -> new Close(in(turn, close.left()), in(turn, close.right()), close.words());
      case Soon soon -> new Soon(in(turn, soon.left()), in(turn, soon.right()), soon.time());
    };
  }

  // ---- The interaction: does a plan hold, and what does it mark?

  private boolean holds(Plan plan, Map<TurnName, Integer> turns) {
    return switch (plan) {
      case Some some -> !matches(some.atom(), turns).isEmpty();
      case All all -> all.plans().stream().allMatch(part -> holds(part, turns));
      case Any any -> any.plans().stream().anyMatch(part -> holds(part, turns));
      case None none -> !holds(none.plan(), turns);
      case Filter filter -> passes(filter.query());
      case SomeTurn some -> {
        boolean found = false;
        for (int turn = 0; turn < interaction.turns().size(); turn++) {
          found |= holds(some.plan(), with(turns, some.turn(), turn));
        }
        yield found;
      }
    };
  }

  /** Adds what a plan marks, if it holds. */
  private void mark(Plan plan, Map<TurnName, Integer> turns, Set<Mark> marks) {
    if (!holds(plan, turns)) {
      return;
    }
    switch (plan) {
      case Some some -> matches(some.atom(), turns).forEach(match -> marks.addAll(match.marks()));
      case All all -> all.plans().forEach(part -> mark(part, turns, marks));
      case Any any -> any.plans().forEach(part -> mark(part, turns, marks));
      case None none -> {} // nothing is shown of what is not there
      case Filter filter -> {}
      case SomeTurn some -> {
        for (int turn = 0; turn < interaction.turns().size(); turn++) {
          mark(some.plan(), with(turns, some.turn(), turn), marks);
        }
      }
    }
  }

  private static Map<TurnName, Integer> with(
      Map<TurnName, Integer> turns, TurnName name, int turn) {
    Map<TurnName, Integer> more = new HashMap<>(turns);
    more.put(name, turn);
    return more;
  }

  // ---- Matches.

  private Set<Match> matches(Atom atom, Map<TurnName, Integer> turns) {
    Set<Match> matches = new LinkedHashSet<>();
    switch (atom) {
      case Leaf leaf -> leaves(leaf, turns, matches);
      case AnyWord any -> runs(any, turns, matches);
      case Union union -> union.atoms().forEach(part -> matches.addAll(matches(part, turns)));
      case Close close -> {
        for (Match left : matches(close.left(), turns)) {
          for (Match right : matches(close.right(), turns)) {
            if (oneSegment(left, right)
                && disjoint(left, right)
                && wordsBetween(left, right) <= close.words()) {
              matches.add(union(left, right));
            }
          }
        }
      }
      case Soon soon -> {
        for (Match left : matches(soon.left(), turns)) {
          for (Match right : matches(soon.right(), turns)) {
            if (disjoint(left, right)
                && Math.abs(time(left.first()) - time(right.first())) <= soon.time().toMillis()) {
              matches.add(union(left, right));
            }
          }
        }
      }
    }
    return matches;
  }

  private void leaves(Leaf leaf, Map<TurnName, Integer> turns, Set<Match> matches) {
    for (Field field : Field.values()) {
      List<String> segments = segments(interaction, field);
      for (int segment = 0; segment < segments.size(); segment++) {
        List<String> words = words(segments.get(segment));
        for (int start = 0; start < words.size(); start++) {
          int length = length(leaf.query(), words.subList(start, words.size()));
          if (length > 0) {
            Match match = match(field, segment, start, start + length - 1);
            if (match.places().stream().allMatch(place -> obeys(place, leaf.rules(), turns))) {
              matches.add(match);
            }
          }
        }
      }
    }
  }

  private void runs(AnyWord any, Map<TurnName, Integer> turns, Set<Match> matches) {
    for (int turn = 0; turn < interaction.turns().size(); turn++) {
      int count = words(interaction.turns().get(turn).text()).size();
      int start = -1;
      for (int word = 0; word <= count; word++) {
        boolean inside =
            word < count && obeys(new Place(Field.TEXT, turn, word), any.rules(), turns);
        if (inside && start < 0) {
          start = word;
        }
        if (!inside && start >= 0) {
          matches.add(match(Field.TEXT, turn, start, word - 1));
          start = -1;
        }
      }
    }
  }

  private static Match match(Field field, int segment, int first, int last) {
    TreeSet<Place> places = new TreeSet<>();
    for (int word = first; word <= last; word++) {
      places.add(new Place(field, segment, word));
    }
    return new Match(places, Set.of(new Mark(field, segment, first, last)));
  }

  private static Match union(Match left, Match right) {
    TreeSet<Place> places = new TreeSet<>(left.places());
    places.addAll(right.places());
    Set<Mark> marks = new LinkedHashSet<>(left.marks());
    marks.addAll(right.marks());
    return new Match(places, marks);
  }

  private static boolean oneSegment(Match left, Match right) {
    Place first = left.first();
    return union(left, right).places().stream()
        .allMatch(place -> place.field() == first.field() && place.segment() == first.segment());
  }

  private static boolean disjoint(Match left, Match right) {
    return left.places().stream().noneMatch(right.places()::contains);
  }

  private static int wordsBetween(Match left, Match right) {
    if (left.last().word() < right.first().word()) {
      return right.first().word() - left.last().word() - 1;
    }
    if (right.last().word() < left.first().word()) {
      return left.first().word() - right.last().word() - 1;
    }
    return 0; // one begins before the other ends
  }

  // ---- Leaves.

  /** How many of the words a leaf matches from the first on; 0 if it does not match there. */
  private static int length(Query leaf, List<String> words) {
    return switch (leaf) {
      case Query.Words q -> length(tokens(q.text()), words, false);
      case Query.Phrase q -> length(tokens(q.text()), words, false);
      case Query.Prefix q -> length(tokens(q.text()), words, true);
      case Query.Typo q ->
          !words.isEmpty() && edits(q.word(), words.getFirst()) <= q.edits() ? 1 : 0;
      default -> throw new AssertionError(leaf);
    };
  }

  private static int length(List<String> asked, List<String> words, boolean begun) {
    if (asked.isEmpty() || asked.size() > words.size()) {
      return 0;
    }
    for (int i = 0; i < asked.size(); i++) {
      boolean same =
          (begun && i == asked.size() - 1)
              ? words.get(i).startsWith(asked.get(i))
              : stem(words.get(i)).equals(stem(asked.get(i)));
      if (!same) {
        return 0;
      }
    }
    return asked.size();
  }

  private static String stem(String word) {
    return STEMS.getOrDefault(word, word);
  }

  /** Runs of letters and digits, case and accents folded. */
  private static List<String> tokens(String text) {
    return Pattern.compile("[\\p{L}\\p{N}]+")
        .matcher(fold(text))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Letters inserted, removed, replaced or swapped; none of them twice (optimal string alignment).
   */
  static int edits(String from, String to) {
    int[] a = fold(from).codePoints().toArray();
    int[] b = fold(to).codePoints().toArray();
    int[][] edits = new int[a.length + 1][b.length + 1];
    for (int i = 0; i <= a.length; i++) {
      for (int j = 0; j <= b.length; j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
          best = Math.min(best, 1 + edits[i - 2][j - 2]);
        }
        edits[i][j] = best;
      }
    }
    return edits[a.length][b.length];
  }

  // ---- Restrictions.

  private boolean obeys(Place place, List<Rule> rules, Map<TurnName, Integer> turns) {
    return rules.stream().allMatch(rule -> obeys(place, rule, turns));
  }

  private boolean obeys(Place place, Rule rule, Map<TurnName, Integer> turns) {
    if (rule instanceof OfSubject) {
      return place.field() == Field.SUBJECT;
    }
    if (place.field() != Field.TEXT) {
      return false; // nobody said a subject
    }
    return switch (rule) {
      case BySpeaker by -> saidBy(by.who(), place.segment());
      case Asking asking -> asks(place.segment(), place.word());
      case AtFirst first -> time(place) <= first.time().toMillis();
      case AtLast last -> time(place) >= end(interaction).orElse(0) - last.time().toMillis();
      case OfTurns inText -> true;
      case OfTurn in -> turns.get(in.turn()) == place.segment();
      case OfSubject inSubject -> throw new AssertionError(inSubject);
    };
  }

  private boolean saidBy(String who, int turn) {
    Participant speaker =
        interaction.participant(interaction.turns().get(turn).participant()).orElseThrow();
    for (String one : who.split("[,|]")) {
      Optional<Role> role =
          Arrays.stream(Role.values()).filter(r -> r.name().equalsIgnoreCase(one.trim())).findAny();
      if (role.isPresent() ? speaker.role() == role.get() : is(one, speaker)) {
        return true;
      }
    }
    return false;
  }

  private boolean asks(int turn, int word) {
    String[] written = interaction.turns().get(turn).text().split(" ");
    int end = word;
    while (end < written.length - 1 && !written[end].matches(".*[?.!]")) {
      end++;
    }
    int start = word;
    while (start > 0 && !written[start - 1].matches(".*[?.!]")) {
      start--;
    }
    List<String> sentence = Arrays.asList(written).subList(start, end + 1);
    int question = Collections.indexOfSubList(sentence, List.of("can", "you"));
    String whole = String.join(" ", sentence).toLowerCase(Locale.ROOT);
    if (question < 0 || whole.matches("((so|okay|hello) )*(can you|what is)( .*)?")) {
      question = 0;
    }
    boolean opens = whole.matches("(.* )?can you( .*)?|((so|okay) )*what is( .*)?");
    if (!written[end].matches(".*[?.!]")) {
      return audioStart(interaction.turns().get(turn), word).isPresent()
          && opens
          && word >= start + question;
    }
    return written[end].endsWith("?") && word >= start + question;
  }

  /** When a word of a turn was said or written, in milliseconds since the beginning. */
  private long time(Place place) {
    Turn turn = interaction.turns().get(place.segment());
    OptionalLong start = audioStart(turn, place.word());
    if (start.isPresent()) {
      return start.getAsLong();
    }
    return turn.at().map(at -> Duration.between(interaction.startedAt(), at).toMillis()).orElse(0L);
  }

  // ---- Filters.

  private boolean passes(Query filter) {
    return switch (filter) {
      case Query.OnChannel q -> interaction.channel().equals(q.channel());
      case Query.Directed q -> interaction.direction().equals(Optional.of(q.direction()));
      case Query.From q -> authors().stream().anyMatch(author -> is(q.who(), author));
      case Query.WithAgent q ->
          interaction.participants().stream()
              .anyMatch(someone -> someone.role() == Role.AGENT && is(q.who(), someone));
      case Query.Tagged q ->
          interaction.tags().stream().anyMatch(tag -> fold(tag).equals(fold(q.tag())));
      case Query.InLanguage q ->
          interaction.language().stream()
              .anyMatch(tag -> (fold(tag) + "-").startsWith(fold(q.tag()) + "-"));
      case Query.FileNamed q ->
          interaction.attachments().stream().anyMatch(file -> isNamed(q.name(), file.name()));
      case Query.Has q -> has(q.what());
      case Query.Started q -> started(q.from(), q.until());
      case Query.Lasted q -> {
        OptionalLong end = end(interaction);
        yield end.isPresent()
            && end.getAsLong() >= q.least().toMillis()
            && end.getAsLong() <= q.most().toMillis();
      }
      case Query.Attribute q -> {
        String value = interaction.attributes().get(q.name());
        yield value != null && fold(value).equals(fold(q.value()));
      }
      case Query.AttributeRange q -> {
        String value = interaction.attributes().get(q.name());
        yield value != null
            && value.matches("-?[0-9]+([.][0-9]+)?")
            && Double.parseDouble(value) >= q.least()
            && Double.parseDouble(value) <= q.most();
      }
      default -> throw new AssertionError(filter);
    };
  }

  private boolean started(Instant from, Instant until) {
    return !interaction.startedAt().isBefore(from) && interaction.startedAt().isBefore(until);
  }

  private List<Participant> authors() {
    if (interaction.channel().equals(Channel.EMAIL)) {
      return interaction.participants().stream()
          .filter(someone -> someone.as().equals(Optional.of(AddressField.FROM)))
          .toList();
    }
    return interaction.turns().stream()
        .map(turn -> interaction.participant(turn.participant()).orElseThrow())
        .toList();
  }

  private static boolean is(String who, Participant someone) {
    List<String> names = new ArrayList<>(List.of(someone.id()));
    someone.name().ifPresent(names::add);
    someone.address().ifPresent(names::add);
    return names.stream().anyMatch(name -> standsIn(who, name, false) || samePhone(who, name));
  }

  private static boolean samePhone(String who, String name) {
    return who.matches("[-+() 0-9]+")
        && name.matches("[-+() 0-9]+")
        && who.replaceAll("[^0-9]", "").equals(name.replaceAll("[^0-9]", ""));
  }

  private static boolean isNamed(String asked, String file) {
    return asked.endsWith("*")
        ? standsIn(asked.substring(0, asked.length() - 1), file, true)
        : standsIn(asked, file, false);
  }

  /** Whether the words asked for stand side by side in a name. */
  private static boolean standsIn(String asked, String name, boolean begun) {
    List<String> words = tokens(name);
    for (int i = 0; i < words.size(); i++) {
      if (exact(tokens(asked), words.subList(i, words.size()), begun)) {
        return true;
      }
    }
    return false;
  }

  private static boolean exact(List<String> asked, List<String> words, boolean begun) {
    if (asked.isEmpty() || asked.size() > words.size()) {
      return false;
    }
    int last = asked.size() - 1;
    return words.subList(0, last).equals(asked.subList(0, last))
        && (begun
            ? words.get(last).startsWith(asked.get(last))
            : words.get(last).equals(asked.get(last)));
  }

  private boolean has(String what) {
    return switch (what) {
      case "attachment" -> !interaction.attachments().isEmpty();
      case "recording" -> interaction.recording().isPresent();
      case "transcript" -> interaction.transcript().isPresent();
      case "subject" -> interaction.subject().isPresent();
      case "thread" -> interaction.thread().isPresent();
      case "quote" -> interaction.turns().stream().anyMatch(t -> t.quotedText().isPresent());
      case "signature" -> interaction.turns().stream().anyMatch(t -> t.signature().isPresent());
      default -> interaction.attributes().containsKey(what);
    };
  }
}

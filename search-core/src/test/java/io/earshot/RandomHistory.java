package io.earshot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A small history of one customer, of calls, chats and mails, that an {@link Oracle} can read.
 *
 * <p>Few words, few moments and small distances, so that a random query finds something often, and
 * meets its limits exactly. Every turn, quote, signature and attachment ends with a word of its
 * own, {@code markeraa}, {@code markerab} and so on, by which a passage is known.
 */
record RandomHistory(List<Interaction> interactions) {
  /** The words of every text; no two of them share a stem, except refund and refunds. */
  static final List<String> WORDS =
      List.of("refund", "refunds", "kettle", "kettel", "lamp", "clamp", "sofa", "oven");

  /** The words of every third history: few, so that each of them is there often. */
  static final List<String> FREQUENT_WORDS = List.of("refund", "lamp", "oven");

  /** The customer they all belong to. */
  static final String CUSTOMER = "c-1";

  /** When the first of them begins. */
  static final Instant START = Instant.parse("2026-05-04T09:30:00Z");

  private static final long UNIT_MS = 250;

  private static final List<Participant> PEOPLE =
      List.of(
          Participant.of("p1", Role.CUSTOMER)
              .withName("Emma Clarke")
              .withAddress("emma.clarke@example.com"),
          Participant.of("p2", Role.AGENT).withName("Nina Kraus").withAddress("nina@shop.example"),
          Participant.of("helper-bot", Role.BOT),
          Participant.of("p4", Role.OTHER).withName("Clarke Émile").withAddress("+49 30 1234567"),
          Participant.of("kim@example.com", Role.CUSTOMER));

  private enum Kind {
    CALL,
    TIMED_CHAT,
    TIMELESS_CHAT,
    MAIL
  }

  /** A word of a text. */
  private record Said(String word, String mark, int pause, int length) {}

  /** How a turn's words get their times. */
  private enum Clock {
    WORDS,
    SPREAD,
    AT,
    NONE
  }

  private record Uttered(
      int speaker, String opening, List<Said> words, Clock clock, int shift, int length) {}

  private record Frame(
      Set<Integer> people,
      int roleShift,
      String language,
      int day,
      Optional<Direction> direction) {}

  private record Times(Optional<Integer> recording, Optional<Integer> ended) {}

  private record Extras(List<String> tags, Optional<String> thread, String status, String total) {}

  private record Mail(
      List<Said> subject, List<Said> quote, List<Said> signature, boolean onChatsToo) {}

  private record File(String name, List<Said> text) {}

  private record Plan(
      Kind kind,
      Frame frame,
      List<Uttered> turns,
      Times times,
      Extras extras,
      Mail mail,
      List<File> files,
      boolean dense) {
    Plan dense(boolean newDense) {
      return new Plan(kind, frame, turns, times, extras, mail, files, newDense);
    }

    /** In a dense history there are few words, each of them often. */
    String word(Said said) {
      int i = WORDS.indexOf(said.word);
      String word = dense ? FREQUENT_WORDS.get(i % FREQUENT_WORDS.size()) : said.word;
      // The table of stems is of English words.
      return german() && word.startsWith("refund") ? "oven" : word;
    }

    boolean german() {
      return frame.language.equals("de");
    }
  }

  @Override
  public String toString() {
    return interactions.stream().map(RandomHistory::describe).collect(Collectors.joining("\n"));
  }

  // ---- Generators.

  static Arbitrary<RandomHistory> any() {
    return Combinators.combine(
            plan().list().ofMinSize(1).ofMaxSize(6), Arbitraries.of(false, false, true))
        .as(RandomHistory::build);
  }

  private static Arbitrary<Plan> plan() {
    return Combinators.combine(
            Arbitraries.of(
                Kind.CALL, Kind.CALL, Kind.TIMED_CHAT, Kind.TIMELESS_CHAT, Kind.MAIL, Kind.MAIL),
            frame(),
            uttered().list().ofMinSize(1).ofMaxSize(4),
            times(),
            extras(),
            mail(),
            file().list().ofMaxSize(2))
        .as(
            (kind, frame, turns, times, extras, mail, files) ->
                new Plan(kind, frame, turns, times, extras, mail, files, false));
  }

  private static Arbitrary<Frame> frame() {
    return Combinators.combine(
            Arbitraries.integers().between(0, PEOPLE.size() - 1).set().ofMinSize(2).ofMaxSize(3),
            Arbitraries.of(0, 0, 0, 0, 1, 2),
            Arbitraries.of("en", "en-GB", "de"),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(Direction.values()).optional(0.75))
        .as(Frame::new);
  }

  private static Arbitrary<Times> times() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 24).optional(0.4),
            Arbitraries.integers().between(0, 24).optional(0.3))
        .as(Times::new);
  }

  private static Arbitrary<Extras> extras() {
    return Combinators.combine(
            Arbitraries.of("vip", "VIP", "Café", "two words").list().ofMaxSize(2),
            Arbitraries.of("thread-1", "thread-2").optional(0.3),
            Arbitraries.of("", "", "open", "Open", "closed", "très bien"),
            Arbitraries.of("", "", "100", "99.5", "-5", "many", "200"))
        .as(Extras::new);
  }

  private static Arbitrary<Mail> mail() {
    return Combinators.combine(
            said().list().ofMaxSize(7),
            said().list().ofMaxSize(3),
            said().list().ofMaxSize(3),
            Arbitraries.of(true, false))
        .as(Mail::new);
  }

  private static Arbitrary<File> file() {
    return Combinators.combine(
            Arbitraries.of("invoice-7.pdf", "Invoice 8.txt", "photo.jpg", "copied bill.pdf"),
            said().list().ofMaxSize(4))
        .as(File::new);
  }

  private static Arbitrary<Uttered> uttered() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(
                "", "", "", "", "can you", "so what is", "okay so can you", "so", "kettle can you"),
            said().list().ofMaxSize(7),
            Arbitraries.of(Clock.WORDS, Clock.WORDS, Clock.SPREAD, Clock.AT, Clock.NONE),
            Arbitraries.integers().between(-3, 4),
            Arbitraries.integers().between(0, 8))
        .as(Uttered::new);
  }

  private static Arbitrary<Said> said() {
    return Combinators.combine(
            Arbitraries.of(WORDS),
            Arbitraries.of("", "", "", "", "", "?", "!", "."),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 2))
        .as(Said::new);
  }

  // ---- Plans made interactions.

  private static RandomHistory build(List<Plan> plans, boolean dense) {
    List<Interaction> interactions = new ArrayList<>();
    Markers markers = new Markers();
    for (int i = 0; i < plans.size(); i++) {
      interactions.add(interaction("i" + i, plans.get(i).dense(dense), markers));
    }
    return new RandomHistory(interactions);
  }

  /** Words that stand once in a history: letters that no query asks for. */
  private static final class Markers {
    private int next;

    String next() {
      String marker = "marker" + (char) ('a' + next / 26) + (char) ('a' + next % 26);
      next++;
      return marker;
    }
  }

  private static Interaction interaction(String id, Plan plan, Markers markers) {
    Instant startedAt = START.plusSeconds(86_400L * plan.frame.day);
    boolean mail = plan.kind == Kind.MAIL;
    List<Participant> people = people(plan, mail);
    Interaction.Builder builder =
        Interaction.builder(id, channel(plan), startedAt)
            .customers(
                plan.times.recording.isEmpty() ? List.of(CUSTOMER, "c-3") : List.of(CUSTOMER))
            .participants(people)
            .tags(plan.extras.tags)
            .turns(turns(plan, people, startedAt, markers));
    builder.language(plan.frame.language);
    plan.frame.direction.ifPresent(builder::direction);
    plan.extras.thread.ifPresent(builder::thread);
    if (!plan.extras.status.isEmpty()) {
      builder.attribute("orderStatus", plan.extras.status);
    }
    if (!plan.extras.total.isEmpty()) {
      builder.attribute("orderTotal", plan.extras.total);
    }
    plan.times.ended.ifPresent(units -> builder.endedAt(startedAt.plusMillis(UNIT_MS * units)));
    if (plan.kind == Kind.CALL) {
      plan.times.recording.ifPresent(
          units -> builder.recording(new Recording(id + ".wav", UNIT_MS * units, 1, false)));
      builder.transcript(new TranscriptInfo("vosk", "tiny", "0.3.45", 0.9));
    }
    if (!plan.mail.subject.isEmpty() && (mail || plan.mail.onChatsToo)) {
      builder.subject(text("", plan, plan.mail.subject, ""));
    }
    if (mail) {
      builder.attachments(
          plan.files.stream().map(file -> attachment(file, plan, markers)).toList());
    }
    return builder.build();
  }

  private static Channel channel(Plan plan) {
    return switch (plan.kind) {
      case CALL -> Channel.CALL;
      case TIMED_CHAT, TIMELESS_CHAT -> Channel.CHAT;
      case MAIL -> Channel.EMAIL;
    };
  }

  private static List<Participant> people(Plan plan, boolean mail) {
    List<Participant> people = new ArrayList<>();
    List<Role> roles = List.of(Role.values());
    for (int i : new TreeSet<>(plan.frame.people)) {
      Participant someone = PEOPLE.get(i);
      int role = roles.indexOf(someone.role()) + plan.frame.roleShift;
      people.add(someone.withRole(roles.get(role % roles.size())));
    }
    if (mail) {
      for (int i = 0; i < people.size(); i++) {
        AddressField field = i == 0 ? AddressField.FROM : AddressField.TO;
        people.set(i, people.get(i).withAs(field));
      }
    }
    return people;
  }

  private static List<Turn> turns(
      Plan plan, List<Participant> people, Instant startedAt, Markers markers) {
    boolean mail = plan.kind == Kind.MAIL;
    List<Turn> turns = new ArrayList<>();
    long time = 0;
    for (Uttered uttered : mail ? plan.turns.subList(0, 1) : plan.turns) {
      Participant speaker = people.get(mail ? 0 : uttered.speaker % people.size());
      boolean silent = uttered.words.isEmpty() && uttered.length == 0;
      String text =
          silent
              ? ""
              : text(plan.german() ? "" : uttered.opening, plan, uttered.words, markers.next());
      Turn.Builder turn = Turn.builder(speaker.id()).text(text);
      time = Math.max(0, time + UNIT_MS * uttered.shift);
      Clock clock =
          switch (plan.kind) {
            case CALL -> uttered.clock;
            case TIMED_CHAT, MAIL -> Clock.AT;
            case TIMELESS_CHAT -> Clock.NONE;
          };
      switch (clock) {
        case WORDS -> {
          List<Word> words = wordTimes(text, uttered, time);
          long end = words.isEmpty() ? time : words.getLast().endMs();
          turn.audio(time, end).words(words);
          if (uttered.length == 0) {
            turn.at(startedAt.plusMillis(UNIT_MS)); // the audio's time comes first
          }
          time = end;
        }
        case SPREAD -> {
          long end = time + UNIT_MS * uttered.length;
          turn.audio(time, end);
          time = end;
        }
        case AT -> turn.at(startedAt.plusMillis(time));
        case NONE -> {}
      }
      if (mail) {
        if (!plan.mail.quote.isEmpty()) {
          turn.quotedText(text("", plan, plan.mail.quote, markers.next()));
        }
        if (!plan.mail.signature.isEmpty()) {
          turn.signature(text("", plan, plan.mail.signature, markers.next()));
        }
      }
      if (channel(plan).equals(Channel.CHAT) && plan.mail.onChatsToo && uttered.length == 1) {
        turn.quotedText(text("", plan, uttered.words, markers.next()));
      }
      turns.add(turn.build());
    }
    return turns;
  }

  private static List<Word> wordTimes(String text, Uttered uttered, long start) {
    List<Word> words = new ArrayList<>();
    long time = start;
    List<String> said = Oracle.words(text);
    int before = said.size() - 1 - uttered.words.size(); // words of the opening
    for (int i = 0; i < said.size(); i++) {
      int planned = i - before;
      boolean known = planned >= 0 && planned < uttered.words.size();
      int pause = known ? uttered.words.get(planned).pause : 1;
      int length = known ? uttered.words.get(planned).length : 1;
      time += i == 0 ? 0 : UNIT_MS * pause;
      words.add(new Word(said.get(i), time, time + UNIT_MS * length, 0.9));
      time += UNIT_MS * Math.min(length, 1); // a word may end after the next has begun
    }
    return increasingEnds(words);
  }

  /** No recogniser hears a word end before one that began earlier. */
  private static List<Word> increasingEnds(List<Word> words) {
    List<Word> increasing = new ArrayList<>();
    long end = 0;
    for (Word word : words) {
      end = Math.max(end, word.endMs());
      increasing.add(new Word(word.text(), word.startMs(), end, word.confidence()));
    }
    return increasing;
  }

  private static Attachment attachment(File file, Plan plan, Markers markers) {
    return new Attachment(
        file.name,
        Optional.empty(),
        OptionalLong.empty(),
        file.text.isEmpty()
            ? Optional.empty()
            : Optional.of(text("", plan, file.text, markers.next())));
  }

  /** A sentence after another begins with a capital, so that nobody can think them one. */
  private static String text(String opening, Plan plan, List<Said> words, String marker) {
    StringBuilder text = new StringBuilder(opening);
    boolean capital = false;
    for (Said said : words) {
      String word = plan.word(said);
      text.append(text.isEmpty() ? "" : " ").append(capital ? capital(word) : word);
      text.append(said.mark);
      capital = !said.mark.isEmpty();
    }
    if (!marker.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(capital ? capital(marker) : marker);
    }
    return text.toString();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  // ---- Text for people.

  /** An interaction in a few lines: what the oracle looks at, and nothing else. */
  static String describe(Interaction interaction) {
    StringBuilder text = new StringBuilder("%n".formatted());
    text.append(interaction.id()).append(": ").append(interaction.channel());
    text.append(' ').append(interaction.startedAt());
    interaction.direction().ifPresent(d -> text.append(' ').append(d));
    interaction.language().ifPresent(l -> text.append(" lang=").append(l));
    interaction.endedAt().ifPresent(at -> text.append(" end=").append(at));
    interaction.recording().ifPresent(r -> text.append(" recorded=").append(r.durationMs()));
    interaction.thread().ifPresent(t -> text.append(" thread=").append(t));
    text.append(" tags=").append(interaction.tags()).append(' ').append(interaction.attributes());
    for (Participant someone : interaction.participants()) {
      text.append("%n  %s is %s".formatted(someone.id(), someone.role()));
      someone.as().ifPresent(as -> text.append(' ').append(as));
      someone.name().ifPresent(name -> text.append(' ').append(name));
      someone.address().ifPresent(address -> text.append(" <").append(address).append('>'));
    }
    interaction.subject().ifPresent(s -> text.append("%n  subject: ".formatted()).append(s));
    for (Turn turn : interaction.turns()) {
      text.append("%n  %s".formatted(turn.participant()));
      turn.at().ifPresent(at -> text.append(" at ").append(at));
      turn.startMs().ifPresent(ms -> text.append(" %d..%d".formatted(ms, turn.endMs().orElse(0))));
      text.append(": ").append(turn.text());
      if (!turn.words().isEmpty()) {
        text.append(
            turn.words().stream()
                .map(word -> word.startMs() + "-" + word.endMs())
                .collect(Collectors.joining(" ", "  [", "]")));
      }
      turn.quotedText().ifPresent(q -> text.append("%n    quote: ".formatted()).append(q));
      turn.signature().ifPresent(s -> text.append("%n    signature: ".formatted()).append(s));
    }
    for (Attachment file : interaction.attachments()) {
      text.append("%n  file %s: %s".formatted(file.name(), file.text().orElse("-")));
    }
    return text.toString();
  }
}

package io.earshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.Oracle.Field;
import io.earshot.Oracle.Mark;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * The whole query language compared with an {@link Oracle}'s reading of random histories.
 *
 * <p>When a property fails, jqwik prints the history and the query as it would be typed, and the
 * seed that brings them back.
 */
class OraclePropertiesTest {
  private static final Clock CLOCK = Clock.fixed(RandomHistory.START, ZoneOffset.UTC);

  @Provide
  Arbitrary<RandomHistory> histories() {
    return RandomHistory.any();
  }

  @Provide
  Arbitrary<Query> queries() {
    return RandomQuery.any(4);
  }

  @Provide
  Arbitrary<List<Query>> several() {
    return RandomQuery.any(4).list().ofMinSize(1).ofMaxSize(9);
  }

  @Provide
  Arbitrary<List<Query>> chains() {
    return RandomQuery.chains().list().ofMinSize(1).ofMaxSize(40);
  }

  // Its seed is fixed: it is the generators that are checked, and they need be checked once.
  @Property(
      seed = "1",
      tries = 6_000,
      generation = GenerationMode.RANDOMIZED,
      edgeCases = EdgeCasesMode.NONE)
  void oracle_everyKindOfQuery_findsOftenAndOftenNot(
      @ForAll("histories") RandomHistory history, @ForAll("queries") Query query) {
    String kind = query.getClass().getSimpleName();
    boolean found = !expectedIds(history, query).isEmpty();

    Statistics.label(kind).collect(found);
    Statistics.label("all").collect(found);

    Statistics.label(kind)
        .coverage(
            coverage -> {
              coverage.check(true).percentage(share -> share >= 15);
              coverage.check(false).percentage(share -> share >= 15);
            });
  }

  @Property(tries = 500, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void search_anyQuery_findsWhatTheOracleFinds(
      @ForAll("histories") RandomHistory history, @ForAll("several") List<Query> queries) {
    try (InteractionIndex index = indexed(history)) {
      for (Query query : queries) {
        SearchResult result = search(index, query);

        Set<String> expected = expectedIds(history, query);
        assertThat(new TreeSet<>(Samples.ids(result))).as("%s", query).isEqualTo(expected);
        assertThat(result.hits()).as("%s", query).hasSize(expected.size());
        assertThat(result.total()).as("%s", query).isEqualTo(expected.size());
      }
    }
  }

  /** A random query seldom has an operator in an operator in an operator. */
  @Property(tries = 500, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void search_operatorsInOperators_findAndMarkWhatTheOracleDoes(
      @ForAll("histories") RandomHistory history, @ForAll("chains") List<Query> queries) {
    search_anyQuery_findsWhatTheOracleFinds(history, queries);
    search_anyQuery_marksWhatTheOracleMarks(history, queries);
  }

  @Property(tries = 500, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void search_queryWrittenAndReadAgain_findsTheSame(
      @ForAll("histories") RandomHistory history, @ForAll("several") List<Query> queries) {
    try (InteractionIndex index = indexed(history)) {
      for (Query query : queries) {
        ParsedQuery again = Query.parse(query.toString(), CLOCK);
        SearchResult result = search(index, again.query());

        assertThat(new TreeSet<>(Samples.ids(result)))
            .as("%s%nread again: %s %s", query, again.query(), again.warnings())
            .isEqualTo(expectedIds(history, query));
        assertThat(result.total()).as("%s", query).isEqualTo(result.hits().size());
        assertThat(Query.parse(again.query().toString(), CLOCK).query()).isEqualTo(again.query());
      }
    }
  }

  @Property(tries = 500, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void search_anyQuery_marksWhatTheOracleMarks(
      @ForAll("histories") RandomHistory history, @ForAll("several") List<Query> queries) {
    try (InteractionIndex index = indexed(history)) {
      for (Query query : queries) {
        for (Hit hit : search(index, query).hits()) {
          Interaction interaction = interaction(history, hit);
          List<Mark> expected = Oracle.marks(interaction, query);
          List<Passage> marked =
              hit.passages().stream().filter(passage -> !passage.highlights().isEmpty()).toList();

          assertThat(shown(interaction, marked))
              .as("marks of %s for %s", hit.id(), query)
              .isEqualTo(shown(interaction, expected));
          assertThat(inOneHighlight(interaction, marked, expected))
              .as("marks that are one highlight of %s for %s", hit.id(), query)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Property(tries = 500, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void search_anyQuery_passagesNameTheSpeakerAndTheMoment(
      @ForAll("histories") RandomHistory history, @ForAll("several") List<Query> queries) {
    try (InteractionIndex index = indexed(history)) {
      for (Query query : queries) {
        for (Hit hit : search(index, query).hits()) {
          Interaction interaction = interaction(history, hit);
          List<Mark> marks = Oracle.marks(interaction, query);

          for (Passage passage : hit.passages()) {
            String of = "%s for %s".formatted(passage, query);
            if (passage.source() == PassageSource.TURN) {
              assertTurn(of, interaction, marks, passage);
            } else {
              assertThat(passage.speaker()).as(of).isEmpty();
              assertThat(passage.role()).as(of).isEmpty();
              assertThat(passage.audioStartMs()).as(of).isEmpty();
              assertThat(passage.audioEndMs()).as(of).isEmpty();
            }
          }
        }
      }
    }
  }

  private static void assertTurn(
      String of, Interaction interaction, List<Mark> marks, Passage passage) {
    if (passage.text().isEmpty()) {
      return; // nothing was asked for, and the first turn is silent
    }
    int segment = segment(interaction, passage);
    Turn turn = interaction.turns().get(segment);
    Participant speaker = interaction.participant(turn.participant()).orElseThrow();
    assertThat(passage.speaker()).as(of).contains(speaker.displayName());
    assertThat(passage.role()).as(of).contains(speaker.role());
    assertThat(passage.at()).as(of).isEqualTo(at(interaction, turn));

    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Mark mark : marks) {
      if (mark.field() == Field.TEXT && mark.segment() == segment) {
        start = Math.min(start, Oracle.audioStart(turn, mark.first()).orElse(start));
        end = Math.max(end, Oracle.audioEnd(turn, mark.last()).orElse(end));
      }
    }
    if (turn.startMs().isEmpty()) {
      assertThat(passage.audioStartMs()).as(of).isEmpty();
      assertThat(passage.audioEndMs()).as(of).isEmpty();
    } else if (!passage.highlights().isEmpty()) {
      assertThat(passage.audioStartMs()).as(of).isEqualTo(OptionalLong.of(start));
      assertThat(passage.audioEndMs()).as(of).isEqualTo(OptionalLong.of(end));
    }
  }

  private static Instant at(Interaction interaction, Turn turn) {
    return turn.at().orElseGet(() -> interaction.startedAt().plusMillis(turn.startMs().orElse(0)));
  }

  // ---- Asking.

  private static InteractionIndex indexed(RandomHistory history) {
    InteractionIndex index = InteractionIndex.builder().inMemory().open();
    for (Interaction interaction : history.interactions()) {
      if (interaction.tags().isEmpty()) { // one in three: in a segment of its own, and replaced
        index.add(interaction.toBuilder().turns(List.of()).build());
        index.commit();
      }
      index.add(interaction);
      index.add(others(interaction));
    }
    return index;
  }

  /** The same in another customer's history, where nobody asks for it. */
  private static Interaction others(Interaction interaction) {
    Interaction.Builder other =
        Interaction.builder(
                "other-" + interaction.id(), interaction.channel(), interaction.startedAt())
            .customers(List.of("c-2"))
            .participants(interaction.participants())
            .turns(interaction.turns())
            .attachments(interaction.attachments())
            .tags(interaction.tags());
    interaction.subject().ifPresent(other::subject);
    interaction.language().ifPresent(other::language);
    interaction.recording().ifPresent(other::recording);
    interaction.attributes().forEach(other::attribute);
    return other.build();
  }

  private static SearchResult search(InteractionIndex index, Query query) {
    return index
        .customer(RandomHistory.CUSTOMER)
        .search(
            SearchRequest.builder(query)
                .limit(1_000)
                .passages(100)
                .relaxing(false)
                .clock(CLOCK)
                .build());
  }

  private static Set<String> expectedIds(RandomHistory history, Query query) {
    Set<String> ids = new TreeSet<>();
    for (Interaction interaction : history.interactions()) {
      if (Oracle.matches(interaction, query)) {
        ids.add(interaction.id());
      }
    }
    return ids;
  }

  private static Interaction interaction(RandomHistory history, Hit hit) {
    return history.interactions().stream()
        .filter(interaction -> interaction.id().equals(hit.id()))
        .findFirst()
        .orElseThrow();
  }

  // ---- Highlights. They are compared by the text they cover, with [ ] around it.

  private static Map<String, String> shown(Interaction interaction, List<?> marks) {
    Map<String, BitSet> covered = new TreeMap<>();
    for (Object mark : marks) {
      if (mark instanceof Mark expected) {
        BitSet bits = covered.computeIfAbsent(name(expected), name -> new BitSet());
        String text = Oracle.segments(interaction, expected.field()).get(expected.segment());
        bits.set(begin(text, expected.first()), end(text, expected.last()));
      } else if (mark instanceof Passage passage) {
        Field field = field(passage);
        int segment = segment(interaction, passage);
        int base = base(interaction, passage);
        for (Highlight highlight : passage.highlights()) {
          covered
              .computeIfAbsent(name(new Mark(field, segment, 0, 0)), name -> new BitSet())
              .set(highlight.start() - base, highlight.end() - base);
        }
      }
    }
    Map<String, String> shown = new TreeMap<>();
    covered.forEach((name, bits) -> shown.put(name, shown(interaction, name, bits)));
    return shown;
  }

  private static String name(Mark mark) {
    return mark.field() + " " + mark.segment();
  }

  private static String shown(Interaction interaction, String name, BitSet covered) {
    String[] parts = name.split(" ");
    String text =
        Oracle.segments(interaction, Field.valueOf(parts[0])).get(Integer.parseInt(parts[1]));
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      boolean before = i > 0 && covered.get(i - 1);
      if (before != covered.get(i)) {
        shown.append(before ? ']' : '[');
      }
      if (i < text.length()) {
        shown.append(text.charAt(i));
      }
    }
    return shown.toString();
  }

  /** Those of the marks that lie in one highlight as a whole. */
  private static List<Mark> inOneHighlight(
      Interaction interaction, List<Passage> passages, List<Mark> marks) {
    List<Mark> whole = new ArrayList<>();
    for (Mark mark : marks) {
      String text = Oracle.segments(interaction, mark.field()).get(mark.segment());
      boolean found = false;
      for (Passage passage : passages) {
        if (field(passage) == mark.field() && segment(interaction, passage) == mark.segment()) {
          int base = base(interaction, passage);
          for (Highlight highlight : passage.highlights()) {
            found |=
                highlight.start() - base <= begin(text, mark.first())
                    && highlight.end() - base >= end(text, mark.last());
          }
        }
      }
      if (found) {
        whole.add(mark);
      }
    }
    return whole;
  }

  private static Field field(Passage passage) {
    return switch (passage.source()) {
      case TURN -> Field.TEXT;
      case QUOTED -> Field.QUOTED;
      case SUBJECT -> Field.SUBJECT;
      case ATTACHMENT -> Field.ATTACHMENT;
    };
  }

  /** Which segment a passage shows: the one whose text stands in it. */
  private static int segment(Interaction interaction, Passage passage) {
    List<String> segments = Oracle.segments(interaction, field(passage));
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).isEmpty() && passage.text().contains(segments.get(i))) {
        return i;
      }
    }
    throw new AssertionError("not a whole segment of " + interaction.id() + ": " + passage);
  }

  private static int base(Interaction interaction, Passage passage) {
    return passage
        .text()
        .indexOf(Oracle.segments(interaction, field(passage)).get(segment(interaction, passage)));
  }

  /** Where a word begins in a text. */
  private static int begin(String text, int word) {
    int begin = 0;
    for (int i = 0; i < word; i++) {
      begin = text.indexOf(' ', begin) + 1;
    }
    return begin;
  }

  /** Where a word ends in a text, its closing mark left out. */
  private static int end(String text, int word) {
    return begin(text, word) + Oracle.words(text).get(word).length();
  }
}

package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.call;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  private HistorySummary summary() {
    return index.customer("c-1").summary(Clock.fixed(MAY, ZoneOffset.UTC));
  }

  private List<String> open() {
    return summary().openThreads().stream().map(TimelineEntry::id).toList();
  }

  private List<String> terms() {
    return summary().characteristicTerms().stream().map(Suggestion::text).toList();
  }

  private static Interaction.Builder message(String id, int hours, Direction direction) {
    return mail(
            id,
            "c-1",
            MAY.plus(Duration.ofHours(hours)),
            "Kettle",
            Turn.of("kim@example.com", "about the kettle"))
        .toBuilder()
        .direction(direction);
  }

  @Test
  void summary_noInteractions_empty() {
    HistorySummary summary = summary();

    assertThat(summary.interactions()).isZero();
    assertThat(summary.firstContact()).isEmpty();
    assertThat(summary.lastContact()).isEmpty();
    assertThat(summary.byChannel()).isEmpty();
    assertThat(summary.openThreads()).isEmpty();
    assertThat(summary.characteristicTerms()).isEmpty();
  }

  @Test
  void summary_counts_byChannelMonthAndDirection() {
    Instant lastOfApril = Instant.parse("2026-04-30T23:30:00Z");
    index.add(chat("1", "c-1", lastOfApril, "a kettle"));
    index.add(chat("2", "c-1", MAY, "a kettle"));
    index.add(call("3", "c-1", MAY.plusSeconds(60), "a kettle"));
    index.add(message("4", 1, Direction.OUTBOUND).build());
    index.add(chat("strange", "c-2", MAY.minusSeconds(99), "a kettle"));

    HistorySummary utc = summary();
    HistorySummary paris =
        index.customer("c-1").summary(Clock.fixed(MAY, ZoneId.of("Europe/Paris")));

    assertThat(utc.interactions()).isEqualTo(4);
    assertThat(List.copyOf(utc.byChannel().entrySet()))
        .containsExactly(Map.entry("chat", 2L), Map.entry("call", 1L), Map.entry("email", 1L));
    assertThat(List.copyOf(utc.byMonth().entrySet()))
        .containsExactly(Map.entry("2026-05", 3L), Map.entry("2026-04", 1L));
    assertThat(paris.byMonth()).isEqualTo(Map.of("2026-05", 4L));
    assertThat(utc.byDirection()).isEqualTo(Map.of("outbound", 1L));
    assertThat(utc.firstContact()).contains(lastOfApril);
    assertThat(utc.lastContact()).contains(MAY.plusSeconds(3_600));
    assertThat(utc.coverage()).isEqualTo(new Coverage(1, 0));
  }

  @Test
  void summary_mailThread_openUntilSomebodyAnswers() {
    index.add(message("1", 0, Direction.INBOUND).thread("t").build());
    assertThat(open()).containsExactly("1");

    index.add(message("2", 1, Direction.OUTBOUND).thread("t").build());
    assertThat(open()).isEmpty();

    index.add(message("3", 2, Direction.INBOUND).thread("t").build());
    index.add(message("alone", 3, Direction.INBOUND).build());
    assertThat(open()).containsExactly("alone", "3");
    assertThat(summary().openThreads().getFirst().matched()).isFalse();
  }

  @Test
  void summary_notesAndArticles_areNoAnswerButACallIs() {
    index.add(message("1", 0, Direction.INBOUND).thread("t").build());
    Interaction note =
        Interaction.builder("note", Channel.NOTE, MAY.plusSeconds(9_999))
            .customers(List.of("c-1"))
            .thread("t")
            .participants(List.of(Participant.of("agent-1", Role.AGENT)))
            .turns(List.of(Turn.of("agent-1", "looks into it")))
            .build();
    index.add(note);
    assertThat(open()).containsExactly("1");

    index.add(call("call", "c-1", MAY.plusSeconds(8_000), "hello").toBuilder().thread("t").build());
    assertThat(open()).isEmpty();
  }

  @Test
  void summary_chat_openIfTheCustomerHadTheLastWord() {
    index.add(chat("answered", "c-1", MAY, "a kettle", "here it is"));
    index.add(chat("open", "c-1", MAY.plusSeconds(1), "a kettle", "one moment", "hello?", " "));
    index.add(call("call", "c-1", MAY, "a kettle"));

    assertThat(open()).containsExactly("open");
  }

  @Test
  void summary_ticketOfSeveralTurns_lastCommentTells() {
    Interaction ticket =
        chat("ticket", "c-1", MAY, "a kettle", "here it is").toBuilder()
            .direction(Direction.INBOUND)
            .build();
    index.add(
        Interaction.builder("1", Channel.TICKET, MAY)
            .customers(List.of("c-1"))
            .direction(Direction.INBOUND)
            .participants(ticket.participants())
            .turns(ticket.turns())
            .build());
    index.add(
        Interaction.builder("2", Channel.TICKET, MAY)
            .customers(List.of("c-1"))
            .participants(ticket.participants())
            .turns(ticket.turns().subList(0, 1))
            .build());

    assertThat(open()).containsExactly("2");
  }

  @Test
  void summary_status_closesUnlessAnotherKeepsItOpen() {
    index.add(message("1", 1, Direction.INBOUND).attribute("Status", "Solved").build());
    index.add(message("2", 2, Direction.INBOUND).tags(List.of("closed")).build());
    index.add(message("3", 3, Direction.INBOUND).tags(List.of("state:done")).build());
    index.add(message("4", 4, Direction.INBOUND).attribute("status", "pending").build());
    index.add(message("5", 5, Direction.INBOUND).tags(List.of("closed", "open")).build());
    index.add(message("6", 6, Direction.OUTBOUND).tags(List.of("open")).build());

    assertThat(open()).containsExactly("5", "4");
  }

  @Test
  void summary_manyOpenThreads_theNewestHundred() {
    for (int i = 0; i < 120; i++) {
      index.add(message("m%03d".formatted(i), i, Direction.INBOUND).build());
    }

    assertThat(open()).hasSize(100).startsWith("m119", "m118");
  }

  @Test
  void summary_terms_tellWhatItIsAbout() {
    index.add(
        chat("1", "c-1", MAY, "Hello, I have a problem with the kettle, order 12, thanks Kim"));
    index.add(
        chat("2", "c-1", MAY, "Hello, the kettles leak again, please help, order 12, ORD-4512"));
    index.add(chat("3", "c-1", MAY, "Hello, my kettle is leaking, ORD-4512, thank you Nina"));
    index.add(chat("4", "c-1", MAY, "Hello, once there was a toaster, thanks"));

    List<Suggestion> terms = summary().characteristicTerms();

    assertThat(terms)
        .contains(
            new Suggestion("kettle", SuggestionKind.WORD, 3),
            new Suggestion("ORD-4512", SuggestionKind.IDENTIFIER, 2));
    assertThat(terms()).contains("leak", "order");
    assertThat(terms())
        .doesNotContain("hello", "thanks", "toaster", "12", "kim", "nina", "kettles", "leaking");
  }

  @Test
  void summary_termsOfATinyHistory_areThere() {
    index.add(chat("1", "c-1", MAY, "the kettle leaks"));

    assertThat(terms()).containsExactly("kettle", "leaks");
  }

  @Test
  void summary_termsInGerman_withoutGermanFunctionWords() {
    for (int i = 0; i < 3; i++) {
      index.add(
          chat("" + i, "c-1", MAY.plusSeconds(i), "Guten Tag, mein Wasserkocher ist nicht dicht")
              .toBuilder()
              .language("de")
              .build());
    }

    assertThat(terms()).containsExactly("dicht", "wasserkocher");
  }

  @Test
  void summary_withAndWithoutOtherCustomers_same() {
    index.add(chat("1", "c-1", MAY, "the kettle leaks", "send it to us"));
    index.add(chat("2", "c-1", MAY.plusSeconds(5), "the kettle leaks again"));
    HistorySummary alone = summary();

    for (int i = 0; i < 30; i++) {
      index.add(chat("x" + i, "c-2", MAY, "kettle", "leaks"));
    }

    assertThat(summary()).isEqualTo(alone);
  }
}

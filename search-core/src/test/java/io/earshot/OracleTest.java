package io.earshot;

import static io.earshot.Samples.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.Oracle.Field;
import io.earshot.Oracle.Mark;
import io.earshot.Query.AllOf;
import io.earshot.Query.AnyOf;
import io.earshot.Query.First;
import io.earshot.Query.InSubject;
import io.earshot.Query.Last;
import io.earshot.Query.Near;
import io.earshot.Query.Not;
import io.earshot.Query.OnChannel;
import io.earshot.Query.Phrase;
import io.earshot.Query.Prefix;
import io.earshot.Query.Question;
import io.earshot.Query.SaidBy;
import io.earshot.Query.SameTurn;
import io.earshot.Query.Typo;
import io.earshot.Query.Within;
import io.earshot.Query.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The oracle compared with what a person reads. */
class OracleTest {
  private static final Query LAMP = new Words("lamp");
  private static final Query SOFA = new Words("sofa");
  private static final Query OVEN = new Words("oven");

  /** Kim and Nina take turns; "lamp@500 sofa@900": each word with its time, 100 ms long. */
  private static Interaction call(String... turns) {
    List<Turn> said = new ArrayList<>();
    for (int i = 0; i < turns.length; i++) {
      List<Word> words = new ArrayList<>();
      for (String word : turns[i].split(" ")) {
        String[] parts = word.split("@");
        long start = Long.parseLong(parts[1]);
        words.add(new Word(parts[0], start, start + 100, 1));
      }
      said.add(
          Turn.builder(i % 2 == 0 ? "kim" : "nina")
              .audio(words.getFirst().startMs(), words.getLast().endMs())
              .text(turns[i].replaceAll("@[0-9]+", ""))
              .words(words)
              .build());
    }
    return Interaction.builder("1", Channel.CALL, MAY)
        .participants(
            List.of(
                Participant.of("kim", Role.CUSTOMER).withName("Kim Doe"),
                Participant.of("nina", Role.AGENT).withName("Nina Kraus")))
        .turns(said)
        .build();
  }

  private static Interaction chat(String... turns) {
    return Samples.chat("1", "c-1", MAY, turns);
  }

  private static Interaction mail(String subject, String text, String quote) {
    Turn turn = Turn.builder("kim@example.com").text(text).quotedText(quote).build();
    return Samples.mail("1", "c-1", MAY, subject, turn);
  }

  private static Mark text(int turn, int first, int last) {
    return new Mark(Field.TEXT, turn, first, last);
  }

  private static Near near(Query left, int words, Query right) {
    return new Near(left, right, words);
  }

  private static Within within(Query left, long millis, Query right) {
    return new Within(left, right, Duration.ofMillis(millis));
  }

  private static AllOf all(Query... queries) {
    return new AllOf(List.of(queries));
  }

  private static AnyOf any(Query... queries) {
    return new AnyOf(List.of(queries));
  }

  @Test
  void marks_words_inEveryFieldAndInflection() {
    Interaction mail = mail("Refunds please", "the refund is late. Refunds!", "no refund");

    assertThat(Oracle.marks(mail, new Words("refund")))
        .containsExactly(
            text(0, 1, 1),
            text(0, 4, 4),
            new Mark(Field.SUBJECT, 0, 0, 0),
            new Mark(Field.QUOTED, 0, 1, 1));
    assertThat(Oracle.marks(mail, new Prefix("refunds")))
        .containsExactly(text(0, 4, 4), new Mark(Field.SUBJECT, 0, 0, 0));
    assertThat(Oracle.matches(mail, new Words("fund"))).isFalse();
  }

  @Test
  void marks_phrase_sideBySideInOneTurn() {
    Interaction chat = chat("lamp sofa lamp", "sofa lamp sofa");

    assertThat(Oracle.marks(chat, new Phrase("lamp sofa")))
        .containsExactly(text(0, 0, 1), text(1, 1, 2));
    assertThat(Oracle.marks(chat, new Words("sofa-lamp")))
        .containsExactly(text(0, 1, 2), text(1, 0, 1));
    assertThat(Oracle.matches(chat, new Phrase("lamp sofa lamp sofa"))).isFalse();
  }

  @Test
  void edits_swapsCountOnce_andNothingTwice() {
    assertThat(Oracle.edits("kettle", "kettle")).isZero();
    assertThat(Oracle.edits("kettle", "kettel")).isEqualTo(1);
    assertThat(Oracle.edits("kettle", "ketle")).isEqualTo(1);
    assertThat(Oracle.edits("lamp", "clamp")).isEqualTo(1);
    assertThat(Oracle.edits("lamp", "lmpa")).isEqualTo(2);
    assertThat(Oracle.edits("ca", "abc")).isEqualTo(3); // optimal string alignment: not 2
    assertThat(Oracle.edits("", "abc")).isEqualTo(3);
    assertThat(Oracle.edits("😀lamp", "lamp")).isEqualTo(1);
  }

  @Test
  void marks_typo_exactFormsOnly() {
    Interaction chat = chat("kettle kettel cattle refunds");

    assertThat(Oracle.marks(chat, new Typo("ketle", 1))).containsExactly(text(0, 0, 0));
    assertThat(Oracle.marks(chat, new Typo("ketle", 2)))
        .containsExactly(text(0, 0, 0), text(0, 1, 1));
    assertThat(Oracle.matches(chat, new Typo("efund", 1))).isFalse();
  }

  @Test
  void marks_groups_onlyBranchesThatHold() {
    Interaction chat = chat("lamp sofa");

    assertThat(Oracle.marks(chat, any(all(LAMP, OVEN), SOFA))).containsExactly(text(0, 1, 1));
    assertThat(Oracle.marks(chat, all(LAMP, new Not(OVEN)))).containsExactly(text(0, 0, 0));
    assertThat(Oracle.marks(chat, all(LAMP, OVEN))).isEmpty();
    assertThat(Oracle.matches(chat, Query.everything())).isTrue();
    assertThat(Oracle.matches(chat, any())).isFalse();
  }

  @Test
  void matches_near_countsTheWordsBetween() {
    Interaction chat = chat("lamp x y sofa", "lamp");

    assertThat(Oracle.matches(chat, near(LAMP, 1, SOFA))).isFalse();
    assertThat(Oracle.marks(chat, near(LAMP, 2, SOFA)))
        .containsExactly(text(0, 0, 0), text(0, 3, 3));
    assertThat(Oracle.marks(chat, near(SOFA, 2, LAMP)))
        .containsExactly(text(0, 0, 0), text(0, 3, 3));
    assertThat(Oracle.matches(chat, near(LAMP, 99, LAMP))).isFalse();
    assertThat(Oracle.matches(chat("lamp lamp"), near(LAMP, 0, LAMP))).isTrue();
  }

  @Test
  void marks_near_onlyWhatTakesPart() {
    Interaction chat = chat("lamp sofa x x lamp x oven");

    assertThat(Oracle.marks(chat, near(LAMP, 0, SOFA)))
        .containsExactly(text(0, 0, 0), text(0, 1, 1));
    assertThat(Oracle.marks(chat, near(near(LAMP, 9, SOFA), 0, new Words("x"))))
        .containsExactly(
            text(0, 0, 0),
            text(0, 1, 1),
            text(0, 2, 2),
            text(0, 3, 3), // it stands inside of sofa ... lamp
            text(0, 4, 4),
            text(0, 5, 5));
  }

  @Test
  void matches_near_distributesOverGroups() {
    Interaction chat = chat("lamp sofa", "lamp x x x oven");

    assertThat(Oracle.matches(chat, near(all(SOFA, OVEN), 0, LAMP))).isFalse();
    assertThat(Oracle.matches(chat, near(all(SOFA, OVEN), 3, LAMP))).isTrue();
    assertThat(Oracle.matches(chat, near(all(SOFA, new Not(OVEN)), 2, LAMP))).isTrue();
    assertThat(Oracle.matches(chat, near(all(SOFA, new Not(OVEN)), 3, LAMP))).isFalse();
    assertThat(Oracle.matches(chat, near(all(SOFA, new OnChannel(Channel.CHAT)), 0, LAMP)))
        .isTrue();
    assertThat(Oracle.matches(chat, near(all(SOFA, new OnChannel(Channel.CALL)), 0, LAMP)))
        .isFalse();
    assertThat(Oracle.marks(chat, near(LAMP, 0, any(SOFA, OVEN))))
        .containsExactly(text(0, 0, 0), text(0, 1, 1));
  }

  @Test
  void matches_within_comparesTheStartsOfTheFirstWords() {
    Interaction call = call("lamp@0 x@300", "sofa@1000");

    assertThat(Oracle.matches(call, within(LAMP, 999, SOFA))).isFalse();
    assertThat(Oracle.matches(call, within(SOFA, 1_000, LAMP))).isTrue();
    assertThat(Oracle.matches(call, within(new Phrase("lamp x"), 999, SOFA))).isFalse();
    assertThat(Oracle.matches(call, within(LAMP, 9_000, LAMP))).isFalse();
    assertThat(Oracle.matches(mail("lamp sofa", "x", "y"), within(LAMP, 1, SOFA))).isFalse();
  }

  @Test
  void matches_turn_allInOneTurn() {
    Interaction chat = chat("lamp sofa", "oven lamp");

    assertThat(Oracle.marks(chat, new SameTurn(all(LAMP, SOFA))))
        .containsExactly(text(0, 0, 0), text(0, 1, 1));
    assertThat(Oracle.matches(chat, new SameTurn(all(OVEN, SOFA)))).isFalse();
    assertThat(Oracle.marks(chat, new SameTurn(all(LAMP, new Not(OVEN)))))
        .containsExactly(text(0, 0, 0));
    assertThat(Oracle.matches(chat, new SameTurn(new Not(LAMP)))).isFalse();
    assertThat(Oracle.matches(chat, near(new SameTurn(all(LAMP, SOFA)), 0, OVEN))).isFalse();
    assertThat(Oracle.matches(chat, within(new SameTurn(all(LAMP, SOFA)), 60_000, OVEN))).isTrue();
  }

  @Test
  void matches_saidBy_everyWordOfEveryLeaf() {
    Interaction chat = chat("lamp sofa", "oven lamp");

    assertThat(Oracle.marks(chat, new SaidBy("Customer", LAMP))).containsExactly(text(0, 0, 0));
    assertThat(Oracle.matches(chat, new SaidBy(Role.CUSTOMER, all(LAMP, OVEN)))).isFalse();
    assertThat(Oracle.matches(chat, new SaidBy("customer", all(LAMP, new Not(OVEN))))).isTrue();
    assertThat(Oracle.matches(chat, new SaidBy("bot|agent", OVEN))).isTrue();
    assertThat(Oracle.matches(chat, new SaidBy("kraus", OVEN))).isTrue();
    assertThat(Oracle.matches(chat, new SaidBy("krau", OVEN))).isFalse();
    assertThat(Oracle.matches(chat, new SaidBy("agent-1", OVEN))).isTrue();
    assertThat(Oracle.matches(mail("lamp", "x", "lamp"), new SaidBy("customer", LAMP))).isFalse();
    assertThat(Oracle.matches(chat, new InSubject(LAMP))).isFalse();
    assertThat(Oracle.matches(mail("lamp", "x", "y"), new InSubject(LAMP))).isTrue();
  }

  @Test
  void marks_question_theSentence() {
    Interaction chat = chat("lamp sofa? Lamp oven! Can you lamp", "lamp");

    assertThat(Oracle.marks(chat, new Question(LAMP))).containsExactly(text(0, 0, 0));
    assertThat(Oracle.marks(chat, new Question(Query.everything()))).containsExactly(text(0, 0, 1));
    assertThat(
            Oracle.marks(
                call("so@0 can@100 you@200 lamp@300", "you@500 can@600 lamp@700"),
                new Question(LAMP)))
        .containsExactly(text(0, 3, 3));
    assertThat(Oracle.marks(chat, new SaidBy("agent", Query.everything())))
        .containsExactly(text(1, 0, 0));
  }

  @Test
  void matches_firstAndLast_limitsIncluded() {
    Interaction call = call("lamp@500 sofa@900");

    assertThat(Oracle.matches(call, new First(Duration.ofMillis(500), LAMP))).isTrue();
    assertThat(Oracle.matches(call, new First(Duration.ofMillis(499), LAMP))).isFalse();
    assertThat(Oracle.matches(call, new Last(Duration.ofMillis(500), LAMP))).isTrue();
    assertThat(Oracle.matches(call, new Last(Duration.ofMillis(499), LAMP))).isFalse();
    assertThat(Oracle.marks(call, new Last(Duration.ofMillis(499), Query.everything())))
        .containsExactly(text(0, 1, 1));
  }

  @Test
  void end_recordingBeforeEndedAtBeforeTurns() {
    Interaction call = call("lamp@500 sofa@900");
    Interaction ended = call.toBuilder().endedAt(MAY.plusMillis(7)).build();
    Interaction recorded = ended.toBuilder().recording(new Recording("x", 9, 1, false)).build();

    assertThat(Oracle.end(call)).isEqualTo(OptionalLong.of(1_000));
    assertThat(Oracle.end(ended)).isEqualTo(OptionalLong.of(7));
    assertThat(Oracle.end(recorded)).isEqualTo(OptionalLong.of(9));
    assertThat(Oracle.end(chat("a", "b", "c"))).isEqualTo(OptionalLong.of(120_000));
    assertThat(Oracle.end(mail("a", "b", "c"))).isEmpty();
  }

  @Test
  void audio_withoutWordTimes_spreadEvenly() {
    Turn turn = Turn.builder("kim").audio(100, 1_100).text("a b c").build();

    assertThat(Oracle.audioStart(turn, 0)).isEqualTo(OptionalLong.of(100));
    assertThat(Oracle.audioStart(turn, 1)).isEqualTo(OptionalLong.of(433));
    assertThat(Oracle.audioEnd(turn, 1)).isEqualTo(OptionalLong.of(766));
    assertThat(Oracle.audioEnd(turn, 2)).isEqualTo(OptionalLong.of(1_100));
    assertThat(Oracle.audioStart(Turn.of("kim", "a"), 0)).isEmpty();
  }

  @Test
  void matches_filters_asWritten() {
    Interaction mail =
        mail("lamp", "sofa", "oven").toBuilder()
            .tags(List.of("Café"))
            .language("en-GB")
            .attribute("orderTotal", "99.5")
            .attribute("orderStatus", "Open")
            .attachments(List.of(Attachment.of("Invoice-7.pdf")))
            .build();

    for (Query holds :
        List.of(
            new Query.Directed(Direction.INBOUND),
            new Query.From("kim"),
            new Query.From("example.com"),
            new Query.From("DOE"),
            new Query.Tagged("CAFE"),
            new Query.InLanguage("en"),
            new Query.InLanguage("EN-gb"),
            new Query.FileNamed("7.pdf"),
            new Query.FileNamed("inv*"),
            new Query.FileNamed("invoice 7 p*"),
            new Query.Has("attachment"),
            new Query.Has("quote"),
            new Query.Has("orderTotal"),
            new Query.Started(MAY, MAY.plusMillis(1)),
            new Query.Attribute("orderStatus", "OPEN"),
            new Query.AttributeRange("orderTotal", 99.5, 100))) {
      assertThat(Oracle.matches(mail, holds)).as("%s", holds).isTrue();
    }
    for (Query fails :
        List.of(
            new OnChannel(Channel.CALL),
            new Query.From("ki"),
            new Query.From("doe kim"),
            new Query.WithAgent("kim"),
            new Query.Tagged("caf"),
            new Query.InLanguage("e"),
            new Query.FileNamed("inv"),
            new Query.FileNamed("pdf 7"),
            new Query.Has("recording"),
            new Query.Has("signature"),
            new Query.Started(MAY.minusMillis(1), MAY),
            new Query.Lasted(Duration.ZERO, Query.Lasted.ANY),
            new Query.Attribute("orderStatus", "ope"),
            new Query.AttributeRange("orderStatus", -1e9, 1e9),
            new Query.AttributeRange("orderTotal", 99.6, 100))) {
      assertThat(Oracle.matches(mail, fails)).as("%s", fails).isFalse();
    }
  }

  @Test
  void matches_telephoneNumber_alsoByItsDigits() {
    Interaction chat =
        Interaction.builder("1", Channel.CHAT, MAY)
            .participants(List.of(Participant.of("a", Role.AGENT).withAddress("+49 30 1234567")))
            .turns(List.of(Turn.of("a", "lamp")))
            .build();

    assertThat(Oracle.matches(chat, new Query.From("+49301234567"))).isTrue();
    assertThat(Oracle.matches(chat, new Query.WithAgent("49 (30) 1234567"))).isTrue();
    assertThat(Oracle.matches(chat, new Query.From("30 1234567"))).isTrue();
    assertThat(Oracle.matches(chat, new Query.From("301234567"))).isFalse();
  }
}

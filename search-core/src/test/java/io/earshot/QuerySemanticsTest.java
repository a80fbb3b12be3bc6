package io.earshot;

import static io.earshot.Samples.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a query means, a rule a test: queries as they are typed, histories as small as can be. */
class QuerySemanticsTest {
  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  // ---- Words.

  @Test
  void word_otherInflection_matches() {
    chat("1", "the refund", "two lamps");

    assertFound("refunds", "1");
    assertFound("lamp", "1");
    assertFound("refunded", "1");
    assertFound("fund");
  }

  @Test
  void wordsTypedInOneGo_standSideBySideInOneTurn() {
    chat("1", "lamp sofa", "lamp");
    chat("2", "sofa lamp", "sofa");

    assertFound("lamp-sofa", "1");
    assertFound("lamp-lamp");
  }

  @Test
  void phrase_standsSideBySideInOneTurn() {
    chat("1", "one lamp sofa", "oven");
    chat("2", "sofa lamp", "sofa");

    assertFound("\"lamp sofa\"", "1");
    assertFound("\"lamps sofas\"", "1");
    assertFound("\"sofa oven\"");
    assertMarked("\"one lamp sofa\"", "one lamp sofa");
  }

  @Test
  void prefix_beginningOfAnExactForm() {
    chat("1", "refunded");
    chat("2", "refund");

    assertFound("refun*", "1", "2");
    assertFound("refunde*", "1");
    assertFound("refunds*");
  }

  @Test
  void prefix_ofSeveralWords_onlyTheLastIsBegun() {
    chat("1", "lamp sofa");
    chat("2", "lamps sofa");

    assertFound("lamp-so*", "1", "2"); // the word before in any inflection, as in lamp-sofa
    assertFound("\"lamps so*\"", "1", "2");
    assertFound("lam-so*");
  }

  @Test
  void typo_editsByLength() {
    chat("1", "kettle");
    chat("2", "lamp");
    chat("3", "ab");

    assertFound("kettel~", "1");
    assertFound("katle~"); // one edit for five letters, and it needs two
    assertFound("katle~2", "1");
    assertFound("kattel~", "1"); // two for six
    assertFound("lmap~", "2");
    assertFound("lmpa~");
    assertFound("lmpa~2", "2");
    assertFound("xb~");
    assertFound("ab~", "3");
  }

  @Test
  void typo_exactFormsOnly() {
    chat("1", "refunding");

    assertFound("refnd~1");
    assertFound("refnuding~1", "1");
  }

  @Test
  void typo_anyLetterMayDiffer() {
    chat("1", "kettle");

    assertFound("lettle~1", "1");
    assertFound("ettle~1", "1");
    assertFound("xkettle~1", "1");
    assertFound("ekttle~1", "1");
  }

  @Test
  void word_inAnyField_matches() {
    mail("1", "lamp", "x", "x", "x");
    mail("2", "x", "lamp", "x", "x");
    mail("3", "x", "x", "lamp", "x");
    mail("4", "x", "x", "x", "lamp");

    assertFound("lamp", "1", "2", "3", "4");
    assertFound("x lamp", "1", "2", "3", "4");
    assertFound("\"x lamp\"");
  }

  // ---- Restrictions.

  @Test
  void restriction_holdsForEveryWordOfAGroup() {
    chat("1", "lamp sofa", "oven");
    chat("2", "lamp", "sofa oven");

    assertFound("said-by:customer (lamp sofa)", "1");
    assertFound("said-by:customer (lamp OR oven)", "1", "2");
    assertFound("said-by:agent (lamp OR oven)", "1", "2");
    assertFound("said-by:agent (sofa oven)", "2");
    assertFound("said-by:customer lamp oven", "1", "2");
  }

  @Test
  void restriction_holdsBelowAnExclusion() {
    chat("1", "lamp", "sofa");
    chat("2", "lamp sofa", "oven");
    chat("3", "oven", "lamp");

    assertFound("said-by:customer (lamp -sofa)", "1");
    assertFound("said-by:customer -sofa", "1", "3");
    assertFound("-said-by:customer sofa", "1", "3");
  }

  @Test
  void restriction_holdsForEveryWordOfAPhrase() {
    add(call("1").turn("kim", "lamp", 500, "sofa", 700));

    assertFound("first:700ms(\"lamp sofa\")", "1");
    assertFound("first:600ms(\"lamp sofa\")");
    assertFound("first:600ms(lamp)", "1");
    assertFound("first:600ms(lamp-sofa)");
  }

  @Test
  void restrictedWord_matchesInTurnsOnly() {
    mail("1", "lamp", "x", "lamp", "lamp");
    mail("2", "x", "lamp", "x", "x");

    assertFound("said-by:customer lamp", "2");
    assertFound("first:9s(lamp)", "2");
    assertFound("last:9s(lamp)", "2");
    assertFound("turn:(lamp)", "2");
    mail("3", "lamp?", "x", "lamp?", "lamp?");
    mail("4", "x", "lamp?", "x", "x");
    assertFound("is:question lamp", "4");
  }

  @Test
  void restrictions_nested_allHold() {
    chat("1", "lamp? Sofa!", "lamp! Sofa?");

    assertFound("said-by:customer is:question lamp", "1");
    assertFound("said-by:customer is:question sofa");
    assertFound("is:question said-by:agent sofa", "1");
    assertFound("said-by:customer said-by:agent lamp");
  }

  @Test
  void subject_matchesInTheSubjectOnly() {
    mail("1", "lamp sofa", "x", "x", "x");
    mail("2", "x", "lamp sofa", "lamp sofa", "lamp sofa");

    assertFound("subject:lamp", "1");
    assertFound("subject:\"lamp sofa\"", "1");
    assertFound("subject:(lamp OR oven)", "1");
    assertFound("subject: (lamp sofa)", "1");
    assertFound("subject:lamp x", "1");
    assertFound("-subject:lamp", "2");
  }

  @Test
  void contradiction_matchesNothing() {
    mail("1", "lamp", "lamp", "lamp", "lamp");

    assertFound("subject:(said-by:customer lamp)");
    assertFound("said-by:customer subject:lamp");
    assertFound("turn:(subject:lamp)");
    assertFound("subject:(lamp WITHIN/9s lamp)");
    assertFound("subject:(said-by:customer (-lamp))", "1");
  }

  @Test
  void restriction_filterInItsGroup_isNotAffected() {
    chat("1", "lamp", "sofa");
    mail("2", "x", "lamp", "x", "x");

    assertFound("said-by:customer (lamp channel:chat)", "1");
    assertFound("subject:(x channel:email)", "2");
    assertFound("subject:(x channel:chat)");
  }

  @Test
  void saidBy_roleNameIdOrAddress() {
    add(
        Interaction.builder("1", Channel.CHAT, MAY)
            .participants(
                List.of(
                    Participant.of("p1", Role.CUSTOMER)
                        .withName("Zoë van Dyck")
                        .withAddress("zoe@example.com"),
                    Participant.of("p2", Role.BOT).withAddress("+49 30 1234567")))
            .turns(List.of(Turn.of("p1", "lamp"), Turn.of("p2", "sofa"))));

    for (String who :
        List.of("customer", "CUSTOMER", "zoe", "\"Zoe van Dyck\"", "dyck", "p1", "example.com")) {
      assertFound("said-by:" + who + " lamp", "1");
      assertFound("said-by:" + who + " sofa");
    }
    for (String who : List.of("bot", "p2", "+49301234567", "\"49 30\"", "agent,bot", "agent|bot")) {
      assertFound("said-by:" + who + " sofa", "1");
      assertFound("said-by:" + who + " lamp");
    }
    for (String who : List.of("agent", "other", "van-zoe", "zo", "p", "4930")) {
      assertFound("said-by:" + who + " (lamp OR sofa)");
    }
  }

  // ---- NEAR.

  @Test
  void near_atMostSoManyWordsBetween_inEitherOrder() {
    chat("1", "lamp x y sofa");

    assertFound("lamp NEAR/2 sofa", "1");
    assertFound("sofa NEAR/2 lamp", "1");
    assertFound("lamp NEAR/1 sofa");
    assertFound("\"lamp sofa\"~2", "1");
    assertFound("\"lamp sofa\"~1");
    assertFound("x NEAR/0 y", "1");
  }

  @Test
  void near_inOneTurnOrOneFieldOnly() {
    chat("1", "lamp", "sofa");
    mail("2", "lamp", "sofa", "x", "x");
    mail("3", "x", "x", "lamp sofa", "x");
    mail("4", "x", "x", "x", "lamp sofa");
    mail("5", "lamp sofa", "x", "x", "x");

    assertFound("lamp NEAR/99 sofa", "3", "4", "5");
  }

  @Test
  void near_quoteAndSignature_areTwoSegments() {
    Turn turn =
        Turn.builder("kim@example.com").text("x").quotedText("lamp").signature("sofa").build();
    add(Samples.mail("1", "c-1", MAY, "x", turn).toBuilder());

    assertFound("lamp NEAR/99 sofa");
    assertFound("lamp sofa", "1");
  }

  @Test
  void near_sharesNoWord() {
    chat("1", "lamp sofa");
    chat("2", "lamp x lamp");

    assertFound("lamp NEAR/9 lamp", "2");
    assertFound("lamp NEAR/9 lam*", "2");
    assertFound("\"lamp sofa\" NEAR/9 sofa");
  }

  @Test
  void near_oneInsideTheOther_hasNoWordsBetween() {
    chat("1", "lamp x sofa y oven");

    assertFound("(lamp NEAR/3 oven) NEAR/0 sofa", "1");
    assertFound("(lamp NEAR/3 sofa) NEAR/0 (x NEAR/3 oven)", "1");
  }

  @Test
  void near_ofNear_countsFromTheUnion() {
    chat("1", "lamp sofa x x oven");

    assertFound("lamp NEAR/0 sofa NEAR/2 oven", "1");
    assertFound("lamp NEAR/0 sofa NEAR/1 oven");
    assertFound("oven NEAR/2 (sofa NEAR/0 lamp)", "1");
  }

  @Test
  void near_ofNear_countsFromTheEndOfAPhrase() {
    chat("1", "oven lamp sofa x");

    assertFound("\"lamp sofa\" NEAR/0 oven NEAR/0 x", "1");
    assertFound("oven NEAR/0 \"lamp sofa\" NEAR/0 x", "1");
  }

  @Test
  void near_ofWithin_countsFromTheEndOfWhatIsWithin() {
    chat("1", "x lamp sofa oven y z");

    assertFound("(\"lamp sofa\" WITHIN/1s x) NEAR/0 oven", "1");
    assertFound("(x WITHIN/1s \"lamp sofa\") NEAR/0 oven", "1");
    assertFound("(lamp WITHIN/1s oven WITHIN/1s x) NEAR/0 y", "1");
    assertFound("(x WITHIN/1s lamp WITHIN/1s sofa) NEAR/0 y");
    assertMarked("(lamp WITHIN/1s oven WITHIN/1s x) NEAR/0 y", "x", "lamp", "oven", "y");
  }

  @Test
  void near_ofNear_marksOnlyWhatTakesPartInTheWhole() {
    chat("1", "lamp sofa x x x oven x x x x lamp sofa y lamp sofa sofa oven lamp");

    assertMarked("lamp NEAR/0 sofa NEAR/1 oven", "lamp", "sofa", "oven");
  }

  @Test
  void near_marksOnlyWhatTakesPart() {
    chat("1", "lamp sofa x x lamp x oven", "sofa");

    assertMarked("lamp NEAR/0 sofa", "lamp", "sofa");
    assertMarked("sofa NEAR/9 oven", "sofa", "oven");
    assertMarked("lamp NEAR/9 sofa", "lamp", "sofa", "lamp");
  }

  @Test
  void near_ofPhrases_marksThemWhole() {
    chat("1", "lamp sofa x oven");

    assertMarked("\"lamp sofa\" NEAR/1 oven", "lamp sofa", "oven");
  }

  // ---- WITHIN.

  @Test
  void within_firstWordsStartAtMostSoFarApart() {
    add(call("1").turn("kim", "lamp", 0, "x", 400).turn("nina", "sofa", 1_000));

    assertFound("lamp WITHIN/1s sofa", "1");
    assertFound("sofa WITHIN/1s lamp", "1");
    assertFound("lamp WITHIN/999ms sofa");
    assertFound("\"lamp x\" WITHIN/999ms sofa");
    assertFound("\"lamp x\" WITHIN/1000ms sofa", "1");
    assertFound("x WITHIN/600ms sofa", "1");
  }

  @Test
  void within_inTurnsOnly() {
    mail("1", "lamp", "sofa", "lamp", "lamp");
    mail("2", "x", "sofa lamp", "x", "x");

    assertFound("lamp WITHIN/9h sofa", "2");
  }

  @Test
  void within_sharesNoWord() {
    add(call("1").turn("kim", "lamp", 0, "sofa", 0));
    add(call("2").turn("kim", "lamp", 0, "lamp", 0));

    assertFound("lamp WITHIN/9s lamp", "2");
    assertFound("\"lamp sofa\" WITHIN/9s sofa");
  }

  @Test
  void within_ofWithin_comparesTheFirstWordOfTheUnion() {
    add(call("1").turn("kim", "lamp", 0, "sofa", 1_000, "oven", 2_000));

    assertFound("lamp WITHIN/1s sofa WITHIN/2s oven", "1");
    assertFound("lamp WITHIN/1s sofa WITHIN/1s oven");
    assertFound("lamp WITHIN/1s (sofa WITHIN/1s oven)", "1");
  }

  @Test
  void within_overlappingTurns_byTheClock() {
    add(
        call("1")
            .turn("kim", "lamp", 0, "x", 5_000, "sofa", 9_000)
            .turn("nina", "oven", 500, "y", 8_500));

    assertFound("oven WITHIN/500ms lamp", "1");
    assertFound("oven WITHIN/500ms sofa");
    assertFound("y WITHIN/500ms sofa", "1");
  }

  @Test
  void within_marksOnlyWhatTakesPart() {
    add(call("1").turn("kim", "lamp", 0, "lamp", 2_000).turn("nina", "sofa", 2_500, "oven", 9_000));

    assertMarked("lamp WITHIN/1s sofa", "lamp", "sofa");
  }

  @Test
  void near_ofWithin_allInOneTurn() {
    add(call("1").turn("kim", "lamp", 0, "oven", 100).turn("nina", "sofa", 200));
    add(call("2").turn("kim", "lamp", 0, "oven", 100, "sofa", 200));

    assertFound("(lamp WITHIN/1s sofa) NEAR/9 oven", "2");
  }

  // ---- turn:

  @Test
  void turn_allInOneTurn() {
    chat("1", "lamp sofa", "oven");
    chat("2", "lamp", "sofa");
    chat("3", "lamp sofa oven", "x");

    assertFound("turn:(lamp sofa)", "1", "3");
    assertFound("turn:(lamp (sofa OR oven))", "1", "3");
    assertFound("turn:(lamp -oven)", "1", "2");
    assertFound("turn:(lamp -sofa)", "2");
    assertFound("-turn:(lamp sofa)", "2");
    assertMarked("turn:(lamp sofa) oven -x", "lamp", "sofa", "oven");
  }

  @Test
  void turn_marksOnlyTurnsThatHoldAll() {
    chat("1", "lamp sofa", "lamp", "sofa x lamp");

    assertMarked("turn:(lamp sofa)", "lamp", "sofa", "sofa", "lamp");
  }

  @Test
  void turn_filterInside_isNotAffected() {
    chat("1", "lamp sofa");
    mail("2", "x", "lamp sofa", "x", "x");

    assertFound("turn:(lamp channel:email)", "2");
  }

  @Test
  void turn_withRestrictions_allHold() {
    chat("1", "lamp? sofa", "oven");
    chat("2", "lamp", "lamp? sofa");

    assertFound("turn:(said-by:agent lamp sofa)", "2");
    assertFound("said-by:agent turn:(lamp sofa)", "2");
  }

  // ---- NEAR and WITHIN beside groups.

  @Test
  void near_besideAGroup_holdsForEachMember() {
    chat("1", "lamp oven x x x x sofa oven");
    chat("2", "lamp oven x x x x sofa");

    assertFound("(lamp sofa) NEAR/0 oven", "1");
    assertFound("oven NEAR/0 (lamp sofa)", "1");
    assertFound("(lamp sofa) NEAR/1 (oven x)", "1");
  }

  @Test
  void near_besideAnExclusion_excludesWhatIsNear() {
    chat("1", "lamp oven", "sofa");
    chat("2", "lamp oven sofa");

    assertFound("(lamp -sofa) NEAR/0 oven", "1");
    assertFound("oven NEAR/0 (lamp -sofa)", "1");
    assertFound("(-sofa) NEAR/0 oven", "1");
  }

  @Test
  void near_besideAFilter_filterStays() {
    chat("1", "lamp oven");
    mail("2", "x", "lamp oven", "x", "x");

    assertFound("(lamp channel:chat) NEAR/0 oven", "1");
    assertFound("oven NEAR/0 (lamp -channel:chat)", "2");
  }

  @Test
  void near_besideExclusionsAndFilters_needsNothingElse() {
    chat("1", "lamp");
    chat("2", "sofa oven");

    assertFound("(-sofa channel:chat) NEAR/0 oven", "1");
  }

  @Test
  void near_besideAFilter_marksOnlyWhatTakesPart() {
    chat("1", "lamp oven x x oven");

    assertMarked("(lamp channel:chat) NEAR/0 oven", "lamp", "oven");
    assertMarked("oven NEAR/0 (lamp channel:chat)", "lamp", "oven");
    assertMarked("(lamp channel:chat) WITHIN/1s oven", "lamp", "oven", "oven");
  }

  @Test
  void near_besideAlternatives_anyOfThem() {
    chat("1", "lamp oven");
    chat("2", "sofa oven x x lamp");
    chat("3", "sofa x oven");

    assertFound("(lamp OR sofa) NEAR/0 oven", "1", "2");
    assertFound("oven NEAR/0 (lamp OR \"x lamp\")", "1");
    assertFound("(lamp OR sofa) NEAR/0 (oven OR x)", "1", "2", "3");
  }

  @Test
  void near_besideATurn_isInThatTurn() {
    chat("1", "lamp sofa oven");
    chat("2", "lamp oven", "oven sofa");
    chat("3", "lamp sofa", "oven");

    assertFound("turn:(lamp sofa) NEAR/1 oven", "1");
    assertFound("turn:(lamp -sofa) NEAR/9 oven", "2");
  }

  @Test
  void within_besideATurn_onlyTheTurnsWordsAreInIt() {
    add(call("1").turn("kim", "lamp", 0, "sofa", 200).turn("nina", "oven", 500));
    add(call("2").turn("kim", "lamp", 0).turn("nina", "sofa", 200, "oven", 500));

    assertFound("turn:(lamp sofa) WITHIN/500ms oven", "1");
    assertFound("turn:(lamp sofa) WITHIN/499ms oven");
  }

  @Test
  void within_besideAGroup_holdsForEachMember() {
    add(call("1").turn("kim", "lamp", 0, "oven", 500, "sofa", 1_000));
    add(call("2").turn("kim", "lamp", 0, "oven", 500, "sofa", 1_001));

    assertFound("(lamp sofa) WITHIN/500ms oven", "1");
    assertFound("oven WITHIN/500ms (lamp -sofa)", "2");
    assertFound("(lamp channel:chat) WITHIN/500ms oven");
  }

  @Test
  void near_besideARestriction_restrictsItsSideOnly() {
    chat("1", "lamp? Oven");
    chat("2", "lamp! Oven?");

    assertFound("is:question lamp NEAR/0 oven", "1");
    assertFound("is:question (lamp NEAR/0 oven)");
    assertFound("lamp NEAR/0 is:question oven", "2");
  }

  // ---- Times.

  @Test
  void first_wordStartsAtMostSoLate() {
    add(call("1").turn("kim", "lamp", 500, "sofa", 900));

    assertFound("first:500ms(lamp)", "1");
    assertFound("first:499ms(lamp)");
    assertFound("first:0.5s lamp", "1");
    assertFound("first:500ms(lamp sofa)");
    assertFound("first:500ms(lamp -sofa)", "1");
  }

  @Test
  void last_wordStartsAtMostSoLongBeforeTheEnd() {
    add(call("1").turn("kim", "lamp", 500, "sofa", 900)); // the last word ends at 1,000

    assertFound("last:500ms(lamp)", "1");
    assertFound("last:499ms(lamp)");
    assertFound("last:499ms(sofa)", "1");
  }

  @Test
  void last_endIsTheRecordingsElseEndedAtElseTheLastTurns() {
    CallBuilder turns = call("1").turn("kim", "lamp", 500).turn("nina", "sofa", 600, "x", 800);
    add(turns); // ends at 900
    add(call("2").turn("kim", "lamp", 500).build().endedAt(MAY.plusMillis(2_000)));
    add(
        call("3")
            .turn("kim", "lamp", 500)
            .build()
            .endedAt(MAY.plusMillis(2_000))
            .recording(new Recording("x", 3_000, 1, false)));

    assertFound("last:399ms(lamp)");
    assertFound("last:400ms(lamp)", "1");
    assertFound("last:1499ms(lamp)", "1");
    assertFound("last:1500ms(lamp)", "1", "2");
    assertFound("last:2499ms(lamp)", "1", "2");
    assertFound("last:2500ms(lamp)", "1", "2", "3");
  }

  @Test
  void last_overlappingTurns_endIsTheLatest() {
    add(call("1").turn("kim", "lamp", 0, "x", 5_000).turn("nina", "sofa", 500)); // ends at 5,100

    assertFound("last:4600ms(sofa)", "1");
    assertFound("last:4599ms(sofa)");
  }

  @Test
  void time_turnWithoutWordTimes_wordsAreSpreadEvenly() {
    add(
        Samples.call("1", "c-1", MAY, "x").toBuilder()
            .turns(
                List.of(
                    Turn.builder("caller")
                        .audio(10_000, 14_000)
                        .text("a lamp sofa oven")
                        .build())));

    assertFound("first:11s(lamp)", "1");
    assertFound("first:10999ms(lamp)");
    assertFound("lamp WITHIN/1s sofa", "1");
    assertFound("lamp WITHIN/999ms sofa");
    assertFound("first:13s(oven)", "1");
    assertFound("first:12999ms(oven)");
  }

  @Test
  void time_message_isWhenItWasSent() {
    chat("1", "lamp x", "sofa", "oven"); // one a minute

    assertFound("first:0s(lamp)", "1");
    assertFound("first:0s(lamp-x)", "1");
    assertFound("first:1m(sofa)", "1");
    assertFound("first:59s(sofa)");
    assertFound("last:0s(oven)", "1");
    assertFound("last:60s(sofa)", "1");
    assertFound("last:59999ms(sofa)");
    assertFound("lamp WITHIN/1m sofa", "1");
    assertFound("lamp WITHIN/1m oven");
  }

  @Test
  void time_unknown_isTheBeginning() {
    add(Samples.mail("1", "c-1", MAY, "s", Turn.of("kim@example.com", "lamp sofa")).toBuilder());

    assertFound("first:0s(lamp)", "1");
    assertFound("last:0s(lamp)", "1");
    assertFound("lamp WITHIN/0s sofa", "1");
  }

  @Test
  void time_audioComesBeforeAt() {
    add(
        Samples.call("1", "c-1", MAY, "x").toBuilder()
            .recording(new Recording("x", 5_000, 1, false))
            .turns(
                List.of(
                    Turn.builder("caller").at(MAY).audio(3_000, 4_000).text("lamp sofa").build())));

    assertFound("first:2s(lamp)");
    assertFound("first:3s(lamp)", "1");
    assertFound("last:2s(lamp)", "1");
  }

  // ---- is:question

  @Test
  void question_sentenceWithAQuestionMark() {
    chat("1", "The lamp is here. Is the sofa here? Great!");

    assertFound("is:question sofa", "1");
    assertFound("is:question lamp");
    assertFound("is:question great");
    assertMarked("is:question", "Is the sofa here");
  }

  @Test
  void question_marksOfOtherScripts() {
    chat("full-width", "lamp？");
    chat("arabic", "lamp؟");
    chat("greek", "lamp\u037e");

    assertFound("is:question lamp", "arabic", "full-width", "greek");
  }

  @Test
  void question_calls_withAMark() {
    add(call("1").turn("kim", "lamp?", 0, "Sofa!", 500));

    assertFound("is:question lamp", "1");
    assertFound("is:question sofa");
  }

  @Test
  void question_calls_interrogativeOpeningWithoutAMark() {
    add(call("1").turn("kim", "can", 0, "you", 100, "send", 200, "lamp", 300));
    add(call("2").turn("kim", "what", 0, "is", 100, "the", 200, "lamp", 300));
    add(call("3").turn("kim", "so", 0, "okay", 100, "can", 200, "you", 300, "lamp", 400));
    add(call("4").turn("kim", "you", 0, "can", 100, "send", 200, "lamp", 300));

    assertFound("is:question lamp", "1", "2", "3");
  }

  @Test
  void question_calls_lastSentenceHasNoMark() {
    add(call("1").turn("kim", "sofa!", 0, "Can", 100, "you", 200, "send", 300, "lamp", 400));

    assertFound("is:question lamp", "1");
    assertFound("is:question sofa");
  }

  @Test
  void question_messages_openingIsNotEnough() {
    chat("1", "can you send lamp");

    assertFound("is:question lamp");
  }

  // ---- Restrictions with nothing behind them.

  @Test
  void anyWord_question_findsInteractionsInWhichSomebodyAsks() {
    chat("1", "lamp", "sofa? Oven");
    chat("2", "lamp", "sofa");

    assertFound("is:question", "1");
    assertFound("said-by:agent is:question", "1");
    assertFound("said-by:customer is:question");
    assertFound("is:question lamp OR is:question", "1");
    assertMarked("said-by:agent is:question", "sofa");
  }

  @Test
  void anyWord_filterBehind_staysAFilter() {
    chat("1", "lamp?");
    mail("2", "x", "lamp?", "x", "x");

    assertFound("is:question channel:chat", "1");
    assertFound("is:question -channel:chat", "2");
    assertFound("said-by:customer channel:email", "2");
  }

  @Test
  void anyWord_runsAreMaximal() {
    chat("1", "lamp sofa? Oven x? Red!", "blue");

    assertMarked("is:question", "lamp sofa? Oven x");
  }

  @Test
  void anyWord_firstAndLast() {
    add(call("1").turn("kim", "lamp", 0, "sofa", 500).turn("nina", "oven", 700));

    assertMarked("first:500ms", "lamp sofa");
    assertMarked("last:100ms", "oven");
    assertFound("said-by:nina first:600ms");
    assertFound("said-by:nina first:700ms", "1");
  }

  @Test
  void anyWord_within_comparesTheStartOfTheRun() {
    add(call("1").turn("kim", "x", 0, "lamp", 2_000).turn("nina", "sofa", 5_000, "oven", 6_000));

    assertFound("lamp WITHIN/3s said-by:nina", "1");
    assertFound("lamp WITHIN/2999ms said-by:nina");
  }

  // ---- And, or, -; highlights.

  @Test
  void or_marksOnlyBranchesThatHold() {
    chat("1", "lamp sofa");

    assertMarked("(lamp oven) OR sofa", "sofa");
    assertMarked("(lamp -sofa) OR sofa", "sofa");
    assertMarked("(lamp -oven) OR sofa", "lamp", "sofa");
    assertMarked("(lamp channel:call) OR sofa", "sofa");
  }

  @Test
  void exclusion_marksNothing() {
    chat("1", "lamp sofa");

    assertMarked("lamp -oven", "lamp");
    assertMarked("lamp -(sofa oven)", "lamp");
  }

  @Test
  void and_marksAllOccurrencesInAllFields() {
    mail("1", "lamp", "sofa lamp", "lamp", "lamp");

    assertMarked("lamp sofa", "lamp", "sofa", "lamp", "lamp", "lamp");
  }

  @Test
  void filtersOnly_listNewestFirst() {
    add(Samples.chat("old", "c-1", MAY, "a").toBuilder());
    add(Samples.chat("new", "c-1", MAY.plusSeconds(60), "b").toBuilder());
    add(Samples.chat("middle", "c-1", MAY.plusSeconds(30), "c").toBuilder());
    mail("mail", "x", "lamp", "x", "x");

    assertThat(Samples.ids(search("channel:chat"))).containsExactly("new", "middle", "old");
    assertThat(Samples.ids(search("-c channel:chat"))).containsExactly("new", "old");
    assertThat(Samples.ids(search("-lamp"))).containsExactly("new", "middle", "old");
  }

  // ---- Filters.

  @Test
  void from_mail_isWhoSentIt() {
    Turn turn = Turn.of("emma@example.com", "x");
    add(
        Interaction.builder("1", Channel.EMAIL, MAY)
            .participants(
                List.of(
                    Participant.of("emma@example.com", Role.CUSTOMER)
                        .withName("Emma Clarke")
                        .withAs(AddressField.FROM),
                    Participant.of("nina@shop.example", Role.AGENT)
                        .withName("Nina Kraus")
                        .withAs(AddressField.TO)))
            .turns(List.of(turn)));

    assertFound("from:emma", "1");
    assertFound("from:\"Emma Clarke\"", "1");
    assertFound("from:\"clarke emma\"");
    assertFound("from:example.com", "1");
    assertFound("from:emma@example.com", "1");
    assertFound("from:emm");
    assertFound("from:nina");
    assertFound("agent:nina", "1");
    assertFound("agent:emma");
    assertFound("from:nina,emma", "1");
  }

  @Test
  void from_otherChannels_isWhoSpoke() {
    chat("1", "x"); // Nina takes part, and is silent
    chat("2", "x", "y");

    assertFound("from:kraus", "2");
    assertFound("from:doe", "1", "2");
    assertFound("agent:kraus", "1", "2");
    assertFound("agent:doe");
  }

  @Test
  void filename_wordsOfAnAttachmentsName() {
    Turn turn = Turn.of("kim@example.com", "x");
    add(
        Samples.mail("1", "c-1", MAY, "s", turn).toBuilder()
            .attachments(List.of(Attachment.of("Invoice-2026.pdf"), Attachment.of("Größe.txt"))));

    for (String name :
        List.of("invoice", "pdf", "2026.pdf", "inv*", "invoice-20*", "\"invoice 2026\"", "große")) {
      assertFound("filename:" + name, "1");
    }
    for (String name : List.of("inv", "pdf-2026", "2026.txt", "voice*", "\"pdf txt\"")) {
      assertFound("filename:" + name);
    }
  }

  @Test
  void has_eachPart() {
    chat("plain", "x");
    add(
        Samples.mail(
                "mail",
                "c-1",
                MAY,
                "s",
                Turn.builder("kim@example.com").text("x").quotedText("q").signature("s").build())
            .toBuilder()
            .thread("t")
            .attribute("orderTotal", "7")
            .attachments(List.of(Attachment.of("a.pdf"))));
    add(Samples.call("call", "c-1", MAY, "x").toBuilder());

    for (String part :
        List.of("attachment", "subject", "thread", "quote", "signature", "orderTotal")) {
      assertFound("has:" + part, "mail");
    }
    assertFound("has:recording", "call");
    assertFound("has:transcript", "call");
    assertFound("has:orderStatus");
    assertFound("-has:recording -has:subject", "plain");
  }

  @Test
  void duration_knownOnly() {
    add(call("call").turn("kim", "lamp", 0, "x", 59_900)); // ends at 60,000
    chat("chat", "a", "b"); // a minute, too
    add(Samples.mail("mail", "c-1", MAY, "s", Turn.of("kim@example.com", "x")).toBuilder());

    assertFound("duration:>=1m", "call", "chat");
    assertFound("duration:<=1m", "call", "chat");
    assertFound("duration:1m", "call", "chat");
    assertFound("duration:=60s", "call", "chat");
    assertFound("duration:>1m");
    assertFound("duration:<1m");
    assertFound("duration:59999ms..60001ms", "call", "chat");
    assertFound("-duration:>=0s", "mail");
  }

  @Test
  void attribute_wholeValueFolded() {
    add(Samples.chat("1", "c-1", MAY, "x").toBuilder().attribute("orderStatus", "Très Bien"));
    add(Samples.chat("2", "c-1", MAY, "x").toBuilder().attribute("orderTotal", "99.5"));
    add(Samples.chat("3", "c-1", MAY, "x").toBuilder().attribute("orderTotal", "many"));

    assertFound("orderStatus:\"tres bien\"", "1");
    assertFound("orderStatus:tres");
    assertFound("orderTotal:>=99.5", "2");
    assertFound("orderTotal:>99.5");
    assertFound("orderTotal:99.5..100", "2");
    assertFound("orderTotal:<100", "2");
    assertFound("orderTotal:many", "3");
  }

  @Test
  void tagAndLanguage_folded() {
    add(Samples.chat("1", "c-1", MAY, "x").toBuilder().tags(List.of("Café VIP")).language("en-GB"));
    add(Samples.chat("2", "c-1", MAY, "x").toBuilder().tags(List.of("vip")).language("en"));

    assertFound("tag:\"cafe vip\"", "1");
    assertFound("tag:VIP", "2");
    assertFound("tag:cafe");
    assertFound("lang:en", "1", "2");
    assertFound("lang:EN-gb", "1");
    assertFound("lang:e");
  }

  @Test
  void dates_startIncludedEndNot() {
    add(Samples.chat("may", "c-1", Instant.parse("2026-05-01T00:00:00Z"), "x").toBuilder());
    add(Samples.chat("april", "c-1", Instant.parse("2026-04-30T23:59:59.999Z"), "x").toBuilder());
    add(Samples.chat("june", "c-1", Instant.parse("2026-06-01T00:00:00Z"), "x").toBuilder());

    assertFound("before:2026-05", "april");
    assertFound("after:2026-05", "june", "may");
    assertFound("during:2026-05", "may");
    assertFound("on:2026-04-30", "april");
    assertFound("on:2026-04-30..2026-05-01", "april", "may");
    assertFound("during:2026", "april", "june", "may");
  }

  // ---- Asking.

  private SearchResult search(String query) {
    return index
        .customer("c-1")
        .search(
            SearchRequest.builder(query)
                .limit(100)
                .passages(100)
                .relaxing(false)
                .clock(Clock.fixed(MAY, ZoneOffset.UTC))
                .build());
  }

  private List<String> found(String query) {
    return Samples.ids(search(query)).stream().sorted().toList();
  }

  private void assertFound(String query, String... ids) {
    assertThat(found(query)).as(query).containsExactly(ids);
  }

  /** The one interaction found has these highlights. */
  private void assertMarked(String query, String... marked) {
    List<Hit> hits = search(query).hits();
    assertThat(hits).as(query).hasSize(1);
    List<String> marks = new ArrayList<>();
    hits.getFirst().passages().forEach(passage -> marks.addAll(Samples.marked(passage)));
    assertThat(marks).as(query).containsExactlyInAnyOrder(marked);
  }

  // ---- Histories.

  private void add(Interaction.Builder interaction) {
    index.add(interaction.customers(List.of("c-1")).build());
  }

  private void add(CallBuilder call) {
    add(call.build());
  }

  private void chat(String id, String... turns) {
    index.add(Samples.chat(id, "c-1", MAY, turns));
  }

  private void mail(String id, String subject, String text, String quote, String attachment) {
    Turn turn = Turn.builder("kim@example.com").at(MAY).text(text).quotedText(quote).build();
    add(
        Samples.mail(id, "c-1", MAY, subject, turn).toBuilder()
            .attachments(
                List.of(
                    new Attachment(
                        "file", Optional.empty(), OptionalLong.empty(), Optional.of(attachment)))));
  }

  private static CallBuilder call(String id) {
    return new CallBuilder(id);
  }

  /** A call between Kim, the customer, and Nina, the agent. */
  private static final class CallBuilder {
    private final String id;
    private final List<Turn> turns = new ArrayList<>();

    CallBuilder(String id) {
      this.id = id;
    }

    /** Words and when each begins, in milliseconds; each takes 100 ms. */
    CallBuilder turn(String speaker, Object... wordsAndStarts) {
      List<Word> words = new ArrayList<>();
      List<String> text = new ArrayList<>();
      for (int i = 0; i < wordsAndStarts.length; i += 2) {
        String word = (String) wordsAndStarts[i];
        int start = (Integer) wordsAndStarts[i + 1];
        text.add(word);
        words.add(new Word(word.replaceAll("[?.!]", ""), start, start + 100, 1));
      }
      turns.add(
          Turn.builder(speaker)
              .audio(words.getFirst().startMs(), words.getLast().endMs())
              .text(String.join(" ", text))
              .words(words)
              .build());
      return this;
    }

    Interaction.Builder build() {
      return Interaction.builder(id, Channel.CALL, MAY)
          .participants(
              List.of(
                  Participant.of("kim", Role.CUSTOMER).withName("Kim Doe"),
                  Participant.of("nina", Role.AGENT).withName("Nina Kraus")))
          .turns(turns);
    }
  }
}

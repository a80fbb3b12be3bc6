package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import io.earshot.InteractionJson;
import io.earshot.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionsTest {
  /** The words of each sentence that asks. */
  private static List<String> asked(String text, String language, boolean heard) {
    Tokens tokens = Analysis.tokens(text, language);
    int[] ranges = Questions.in(text, tokens, language, heard);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < ranges.length; i += 2) {
      List<String> words = new ArrayList<>();
      for (int word = ranges[i]; word < ranges[i + 1]; word++) {
        words.add(tokens.exact(word));
      }
      asked.add(String.join(" ", words));
    }
    return asked;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          It broke. Can you help? Thanks.          | can you help
          Can you help? :) Thanks                  | can you help
          Can you help?\uD83D\uDE00                | can you help
          Can you help?!                           | can you help
          "Is it new?" he said                     | is it new
          Mr. Smith, is it new?                    | mr smith is it new
          Is it new?I bought it                    | is it new
          Where is it ?                            | where is it
          \u3044\u304f\u3089\u3067\u3059\u304b\uff1f\u305d\u3046\u3067\u3059 | \u3044\u304f\u3089 \u3067\u3059 \u304b
          \u0645\u062a\u0649\u061f                 | \u0645\u062a\u064a
          \u03a0\u03cc\u03c4\u03b5\u037e           | \u03c0\u03bf\u03c4\u03b5
          It costs 50 (?) euros.                   |
          See https://x.example/find?id=4          |
          See https://x.example/find?Id=4 now      |
          i called yesterday. can you refund me?   | can you refund me
          i called yesterday. can you refund me    |
          sure. is it new? yes. thanks             | is it new
          can you come at 5 p.m. on the 1st. or at six? | or at six
          can you ask mr. smith?                   | can you ask mr smith
          is it in Lane St. as i said?             | is it in lane st as i said
          OK. Is it new?                           | is it new
          well... can i get a refund?              | can i get a refund
          well\u2026 can i get a refund?          | can i get a refund
          well...can i get a refund?               | can i get a refund
          Well\u2026 Can I get a refund?          | can i get a refund
          can i get a refund...?                   | can i get a refund
          is 1.5 of example.com new?               | is 1.5 of example com new
          i called yesterday can you refund me?    | can you refund me
          it broke what is your address?           | what is your address
          it broke, can you refund me?             | it broke can you refund me
          it broke so can you refund me?           | it broke so can you refund me
          do you know what is the price?           | do you know what is the price
          this is the best you can do?             | this is the best you can do
          Can you help                             |
          ?                                        |
          """)
  void in_written_byItsMark(String text, String words) {
    assertThat(asked(text, "en", false)).isEqualTo(words == null ? List.of() : List.of(words));
  }

  @Test
  void in_hardWrappedMail_sentenceGoesOnInTheNextLine() {
    assertThat(
            asked(
                "Hello,\n\nI ordered a kettle.\r\nCan you tell me\r\nwhere it is?\n\nBye",
                "en",
                false))
        .containsExactly("can you tell me where it is");
    assertThat(
            asked(
                "The last thing is this: can anybody there please tell me when\nI get order\n4512?",
                "en",
                false))
        .containsExactly("4512");
    assertThat(asked("Dear team\n\nwhy?\n\nThanks", "en", false)).containsExactly("why");
  }

  @Test
  void in_severalQuestions_eachIsOne() {
    assertThat(asked("Is it new? It is not. Is it old? Who knows?", "en", false))
        .containsExactly("is it new", "is it old who knows"); // side by side: one run of words
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "can you tell me where it is",
        "so um could i get a refund",
        "okay well is there anything else",
        "hi sarah do you have my order",
        "hello is anyone there",
        "what time does the shop open",
        "what is your order number",
        "what's the total",
        "where's my parcel",
        "who is speaking",
        "how much is it",
        "how long will it take",
        "how come it broke",
        "what about the kettle",
        "why did it break",
        "when can i expect it",
        "isn't that too much",
        "don't you have it",
        "which one is it",
        "have you tried that",
        "hello can you hear me",
        "you know is there a discount",
        "what what is it",
        "It broke yesterday. So can you send a new one",
      })
  void in_heardWithoutMark_opensLikeAQuestion(String text) {
    assertThat(asked(text, "en-GB", true)).hasSize(1);
    assertThat(asked(text + ".", "en-GB", true)).isEmpty();
    assertThat(asked(text, "de", true)).isEmpty();
    assertThat(asked(text, "en", false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          my name is anna how can i help you today         | how can i help you today
          i lost my card can you send me a new one         | can you send me a new one
          thank you is there a charge                      | is there a charge
          i will do that for you can i take your name      | can i take your name
          i am sorry which address did we send it to       | which address did we send it to
          that's gone when would you like it               | when would you like it
          i am at work what about saturday                 | what about saturday
          it is seven one four is that right               | is that right
          thanks anna in which city is it                  | in which city is it
          it broke. i called can you send a new one        | can you send a new one
          that was it                                      |
          we can you know refund it                        |
          i have you here                                  |
          i called in may i think                          |
          they do not like it nor do i know why            |
          my card which is the old one                     |
          the problem is that it broke                     |
          the parcel should you want it is here            |
          i lost my card can you send me a new one.        |
          """)
  void in_heardWithoutMark_asksFromWhereOnlyAQuestionBegins(String text, String words) {
    assertThat(asked(text, "en", true)).isEqualTo(words == null ? List.of() : List.of(words));
    assertThat(asked(text, "de", true)).isEmpty();
    assertThat(asked(text, "en", false)).isEmpty();
  }

  @Test
  void in_otherLanguages_byMarksAlone() {
    assertThat(asked("ich rief an. k\u00f6nnen sie helfen?", "de", false))
        .containsExactly("konnen sie helfen");
    assertThat(asked("ich brauche zwei bzw. drei?", "de", false))
        .containsExactly("ich brauche zwei bzw drei");
    assertThat(asked("das steht in can you do it?", "de", false))
        .containsExactly("das steht in can you do it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "when i ordered it was fine",
        "when the parcel came it was broken",
        "what i want is a refund",
        "what the agent said is wrong",
        "which is fine",
        "do the same again please",
        "have a nice day",
        "should you have questions call us",
        "should anyone need help call us",
        "what i'd like is simple",
        "how i see it is simple",
        "who i spoke to is unclear",
        "what's important is the refund",
        "can opener",
        "yes",
        "hi this is john",
        "ok",
      })
  void in_heardWithoutMark_noQuestion(String text) {
    assertThat(asked(text, "en", true)).isEmpty();
  }

  @Test
  void in_hostileText_timeIsLinear() {
    for (String hostile :
        List.of(
            "?!",
            "a?A",
            "?",
            "a.b? ",
            "a. ",
            "...",
            "\u2026 a",
            "aaaaaa. ",
            "? ",
            "\n?",
            "(?",
            "is it ",
            "what what ",
            "in in what ")) {
      String text = hostile.repeat(300_000 / hostile.length());
      Tokens tokens = Analysis.tokens(text, "");
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () ->
              assertThatCode(() -> Questions.in(text, tokens, "en", true))
                  .doesNotThrowAnyException(),
          hostile);
    }
  }

  /** How well openings alone tell questions, where a person put the marks. */
  @Test
  void opensLikeQuestion_transcriptsWithTheirMarks_seldomWrong() throws IOException {
    Path file = Path.of(System.getProperty("earshot.data", "none"), "transcripts/reference.jsonl");
    assumeTrue(Files.exists(file), file + " is not there");
    int right = 0;
    int wrong = 0;
    BreakIterator sentences = BreakIterator.getSentenceInstance(new ULocale("en@ss=standard"));
    for (String line : Files.readAllLines(file)) {
      for (Turn turn : InteractionJson.read(line).interaction().turns()) {
        sentences.setText(turn.text());
        int from = 0;
        for (int to = sentences.next(); to != BreakIterator.DONE; to = sentences.next()) {
          String sentence = turn.text().substring(from, to).strip();
          from = to;
          boolean asks = sentence.endsWith("?");
          if (!asks && !sentence.endsWith(".")) {
            continue; // cut off: nobody knows
          }
          String bare = sentence.replaceAll("[.?!]+$", "").replaceAll("[.!?]", "");
          Tokens tokens = Analysis.tokens(bare, "en");
          boolean found = EnglishQuestions.opensLikeQuestion(tokens, 0, tokens.size());
          right += found && asks ? 1 : 0;
          wrong += found && !asks ? 1 : 0;
        }
      }
    }

    assertThat(right).isGreaterThanOrEqualTo(20);
    assertThat((double) right / (right + wrong)).isGreaterThan(0.75);
  }

  /** How many words of questions are found, and truly so, in chats as a recogniser heard them. */
  @Test
  void in_conversationsWithoutTheirMarks_mostQuestionsAreFound() throws IOException {
    Path file = Path.of(System.getProperty("earshot.data", "none"), "chat/conversations.jsonl");
    assumeTrue(Files.exists(file), file + " is not there");
    int asking = 0;
    int found = 0;
    int right = 0;
    for (String line : Files.readAllLines(file)) {
      for (Turn turn : InteractionJson.read(line).interaction().turns()) {
        Tokens tokens = Analysis.tokens(turn.text(), "en");
        String heard = turn.text().toLowerCase(Locale.ROOT).replaceAll("[.!?,;:]+(?=\\s|$)", "");
        Tokens heardTokens = Analysis.tokens(heard, "en");
        if (heardTokens.size() != tokens.size()) {
          continue; // an abbreviation without its full stop
        }
        boolean[] asks = mask(Questions.in(turn.text(), tokens, "en", false), tokens.size());
        boolean[] heardToAsk = mask(Questions.in(heard, heardTokens, "en", true), tokens.size());
        for (int i = 0; i < asks.length; i++) {
          asking += asks[i] ? 1 : 0;
          found += heardToAsk[i] ? 1 : 0;
          right += asks[i] && heardToAsk[i] ? 1 : 0;
        }
      }
    }

    assertThat((double) right / found).isGreaterThan(0.8); // some questions have no mark there
    assertThat((double) right / asking).isGreaterThan(0.8);
  }

  private static boolean[] mask(int[] ranges, int size) {
    boolean[] in = new boolean[size];
    for (int i = 0; i < ranges.length; i += 2) {
      Arrays.fill(in, ranges[i], ranges[i + 1], true);
    }
    return in;
  }
}

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
import java.util.List;
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
          \u3044\u304f\u3089\u3067\u3059\u304b\uff1f\u305d\u3046\u3067\u3059 | \u3044\u304f\u3089 \u3066\u3059 \u304b
          \u0645\u062a\u0649\u061f                 | \u0645\u062a\u064a
          \u03a0\u03cc\u03c4\u03b5\u037e           | \u03c0\u03bf\u03c4\u03b5
          It costs 50 (?) euros.                   |
          See https://x.example/find?id=4          |
          See https://x.example/find?Id=4 now      |
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
    for (String hostile : List.of("?!", "a?A", "?", "a.b? ", "? ", "\n?", "(?", "is it ")) {
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
          boolean found = Questions.in(bare, tokens, "en", true).length > 0;
          right += found && asks ? 1 : 0;
          wrong += found && !asks ? 1 : 0;
        }
      }
    }

    assertThat(right).isGreaterThanOrEqualTo(20);
    assertThat((double) right / (right + wrong)).isGreaterThan(0.75);
  }
}

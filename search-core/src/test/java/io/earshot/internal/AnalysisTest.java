package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisTest {
  /** Each word as it stands in the text. */
  private static List<String> inText(String text) {
    Tokens tokens = Analysis.tokens(text, "en");
    List<String> words = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      words.add(text.substring(tokens.startOffset(i), tokens.endOffset(i)));
    }
    return words;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "That is correct.Thanks a lot | That is correct Thanks a lot",
        "see order_id and __init__ | see order id and init",
        "kim.doe_2@mail.example.com | kim doe 2 mail example com",
        "e.g. the U.S. office, v2.1 | e g the U S office v2.1",
        "it costs \u00a349.99, not 1,234.56 | it costs 49.99 not 1,234.56",
        "server 10.0.0.1 at 10:30 | server 10.0.0.1 at 10 30",
        "don't o\u2019clock l\u00b7l | don't o\u2019clock l\u00b7l",
        "a\uff0eb and c\u203fd | a b and c d",
        "___ .. : | ",
      })
  void tokens_joinedWords_eachPartIsAWord(String text, String words) {
    assertThat(inText(text)).isEqualTo(words == null ? List.of() : List.of(words.split(" ", -1)));
  }

  @Test
  void tokens_partsOfJoinedWords_haveStems() {
    Tokens tokens = Analysis.tokens("Correct.Thanks", "en");

    assertThat(tokens.exact(1)).isEqualTo("thanks");
    assertThat(tokens.stems(1)).singleElement().asString().endsWith("thank");
  }
}

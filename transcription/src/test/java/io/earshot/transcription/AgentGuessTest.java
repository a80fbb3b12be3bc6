package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentGuessTest {
  @ParameterizedTest
  @CsvSource({
    "thank you for calling acme this is grace how can i help, hi my router is broken",
    "can i take your account number please, yes it's nine nine three",
    "your refund was sent on monday, but i have not got my money"
  })
  void channel_agentsWords_thatChannelWhicheverItIs(String agent, String customer) {
    assertThat(AgentGuess.channel(words(agent), words(customer))).isZero();
    assertThat(AgentGuess.channel(words(customer), words(agent))).isEqualTo(1);
  }

  @Test
  void channel_wordsDoNotTell_theFirst() {
    assertThat(AgentGuess.channel(List.of(), List.of())).isZero();
    assertThat(AgentGuess.channel(words("guten tag"), words("guten tag herr meier"))).isZero();
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }
}

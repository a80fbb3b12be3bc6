package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.transcription.TranscriptEvaluation.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TranscriptEvaluationTest {
  private final TranscriptEvaluation evaluation = new TranscriptEvaluation();

  @Test
  void add_rolesTheOtherWayRound_noError() {
    evaluation.add(
        List.of(said("agent", 1_000, "how can i help"), said("customer", 3_000, "my kettle")),
        transcript(
            utterance(0, SpeakerRole.CUSTOMER, 1_020, 1, "how", "can", "i", "help"),
            utterance(1, SpeakerRole.AGENT, 2_990, 1, "my", "kettle")));

    assertThat(evaluation.wordErrors()).isEqualTo(new WordErrorRate(0, 0, 0, 6));
    assertThat(evaluation.startErrorsMs()).containsExactly(10L, 20L);
  }

  @Test
  void add_oneChannelForTwoSpeakers_comparedInOrder() {
    evaluation.add(
        List.of(said("agent", 1_000, "hello"), said("customer", 3_000, "my kettle leaks")),
        transcript(
                utterance(0, SpeakerRole.UNKNOWN, 1_000, 1, "hello", "my"),
                utterance(0, SpeakerRole.UNKNOWN, 3_100, 1, "kettle", "[unk]"))
            .toBuilder()
            .channels(1)
            .build());

    assertThat(evaluation.wordErrors()).isEqualTo(new WordErrorRate(0, 1, 0, 4));
  }

  @Test
  void add_moreVoicesThanSpeakers_comparedInTheOrderOfTime() {
    evaluation.add(
        List.of(said("agent", 1_000, "hello my kettle")),
        transcript(
            utterance(0, SpeakerRole.UNKNOWN, 1_000, 1, "hello"),
            utterance(1, SpeakerRole.UNKNOWN, 2_000, 1, "my", "kettle")));

    assertThat(evaluation.wordErrors()).isEqualTo(new WordErrorRate(0, 0, 0, 3));
  }

  @Test
  void add_somebodyNotHeard_theirWordsLeftOut() {
    evaluation.add(
        List.of(said("agent", 0, "hello"), said("customer", 500, "my kettle")),
        transcript(utterance(0, SpeakerRole.AGENT, 0, 1, "hello")));

    assertThat(evaluation.wordErrors()).isEqualTo(new WordErrorRate(0, 2, 0, 3));
  }

  @Test
  void calibrationError_confidencesTooHigh_byHowMuch() {
    evaluation.add(
        List.of(said("agent", 0, "a b c d")),
        transcript(utterance(0, SpeakerRole.AGENT, 0, 0.95, "a", "x", "c", "y")));

    assertThat(evaluation.calibrationError().orElseThrow()).isCloseTo(0.45, within(1e-9));
  }

  @Test
  void report_nothingAdded_noMeasureOfWhatIsNotThere() {
    assertThat(evaluation.report())
        .isEqualTo("word error rate 0.0 % (0 substitutions, 0 deletions, 0 insertions; 0 words)");
    assertThat(evaluation.calibrationError()).isEmpty();
  }

  private static Said said(String speaker, long startMs, String text) {
    return new Said(speaker, OptionalLong.of(startMs), text);
  }

  private static Utterance utterance(
      int channel, SpeakerRole role, long startMs, double confidence, String... texts) {
    List<TranscribedWord> words = new ArrayList<>();
    for (String text : texts) {
      long at = startMs + 100L * words.size();
      words.add(new TranscribedWord(text, at, at + 100, confidence, List.of()));
    }
    return new Utterance(
        channel, 0, role, startMs, words.getLast().endMs(), String.join(" ", texts), words);
  }

  private static Transcript transcript(Utterance... utterances) {
    return Transcript.builder("call.wav").channels(2).utterances(List.of(utterances)).build();
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.transcription.AudioChannel.Kind;
import io.earshot.transcription.AudioChannel.Stretch;
import io.earshot.transcription.ChannelRecognizer.Recognized;
import java.util.List;
import org.junit.jupiter.api.Test;

class HearingTest {
  @Test
  void of_wordsHeardWithConfidence_allHeard() {
    Hearing hearing =
        Hearing.of(
            List.of(said(word(1_000, 1_500, 0.9), word(1_500, 2_000, 0.6))),
            List.of(speech(900, 2_300)));

    assertThat(hearing).isEqualTo(new Hearing(1_000, 1_000, List.of()));
  }

  @Test
  void of_speechWithoutAnyWord_notHeardAndTold() {
    Hearing hearing =
        Hearing.of(
            List.of(said(word(1_000, 2_000, 0.9))),
            List.of(speech(900, 2_300), speech(10_000, 15_000)));

    assertThat(hearing.speechMs()).isEqualTo(6_000);
    assertThat(hearing.heardMs()).isEqualTo(1_000);
    assertThat(hearing.notUnderstood())
        .containsExactly(new Stretch(10_000, 15_000, Kind.NOT_UNDERSTOOD));
  }

  @Test
  void of_utterancesOfDoubtfulWords_oneStretch() {
    Hearing hearing =
        Hearing.of(
            List.of(
                said(word(1_000, 2_500, 0.3)),
                said(word(3_000, 4_000, 0.2), word(4_000, 4_200, 0.9))),
            List.of());

    assertThat(hearing.speechMs()).isEqualTo(2_700);
    assertThat(hearing.heardMs()).isEqualTo(200);
    assertThat(hearing.notUnderstood())
        .containsExactly(new Stretch(1_000, 4_200, Kind.NOT_UNDERSTOOD));
  }

  @Test
  void of_unknownWord_notHeard() {
    TranscribedWord unknown = new TranscribedWord("[unk]", 0, 500, 1, List.of());

    assertThat(Hearing.of(List.of(said(unknown)), List.of()).heardMs()).isZero();
  }

  @Test
  void of_breath_noSpeech() {
    assertThat(Hearing.of(List.of(), List.of(speech(1_000, 1_400))))
        .isEqualTo(new Hearing(0, 0, List.of()));
  }

  private static Recognized said(TranscribedWord... words) {
    return new Recognized(List.of(words), VoskResult.Voice.NONE);
  }

  private static TranscribedWord word(long startMs, long endMs, double confidence) {
    return new TranscribedWord("word", startMs, endMs, confidence, List.of());
  }

  private static Stretch speech(long startMs, long endMs) {
    return new Stretch(startMs, endMs, Kind.NOT_UNDERSTOOD);
  }
}

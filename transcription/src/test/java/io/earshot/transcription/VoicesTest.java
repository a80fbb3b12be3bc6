package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.transcription.VoskResult.Voice;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoicesTest {
  private static final Voice ANNA = new Voice(1, 0, 0.1);
  private static final Voice ANNA_AGAIN = new Voice(0.9, 0.2, 0);
  private static final Voice DANIEL = new Voice(0.1, 1, 0);
  private static final Voice DANIEL_AGAIN = new Voice(0, 0.8, 0.2);

  @Test
  void speakers_twoVoices_numberedAsTheyFirstSpeak() {
    assertThat(Voices.speakers(List.of(DANIEL, ANNA, DANIEL_AGAIN, ANNA_AGAIN)))
        .containsExactly(0, 1, 0, 1);
  }

  @Test
  void speakers_tooShortForAVector_countedToTheOneBefore() {
    assertThat(Voices.speakers(List.of(Voice.NONE, ANNA, DANIEL, Voice.NONE, ANNA_AGAIN)))
        .containsExactly(0, 0, 1, 1, 0);
  }

  @Test
  void speakers_noVectors_oneSpeaker() {
    assertThat(Voices.speakers(List.of(Voice.NONE, Voice.NONE))).containsExactly(0, 0);
    assertThat(Voices.speakers(List.of())).isEmpty();
  }
}

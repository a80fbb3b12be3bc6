package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against a Vosk that is made up, to see what the real one does not do at will. */
class ChannelRecognizerTest {
  private static final int RATE_HZ = 1_000;
  private static final Pointer MODEL = Pointer.createConstant(1);

  private final FakeVosk vosk = new FakeVosk();
  private final ChannelRecognizer recognizer = new ChannelRecognizer(vosk, MODEL, RATE_HZ);

  @Test
  void accept_nativeDecodingFails_isAnErrorAndNotAnUtterance() {
    vosk.outcome = -1;

    assertThatThrownBy(() -> recognizer.accept(new short[500], 500))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-206: Vosk failed to decode at 0.2 s");
    assertThat(recognizer.utterances()).isEmpty();
  }

  @Test
  void accept_oddLengths_fedInBlocksAndTheRestAtTheEnd() throws IOException {
    recognizer.accept(new short[350], 350);
    recognizer.accept(new short[200], 60);
    recognizer.finish();

    assertThat(vosk.fed).containsExactly(200, 200, 10);
  }

  @Test
  void skip_longGap_laterWordsMovedByIt() throws IOException {
    vosk.finalResult = FakeVosk.word("hello", 0.1, 0.4);

    recognizer.accept(new short[1_000], 1_000);
    recognizer.skip(60_000);
    recognizer.accept(new short[1_000], 1_000);
    recognizer.finish();

    assertThat(recognizer.utterances())
        .extracting(words -> words.getFirst().startMs())
        .containsExactly(100L, 61_100L);
    assertThat(vosk.fed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4_000);
    assertThat(vosk.made).isEqualTo(2);
    assertThat(vosk.freed).isEqualTo(2);
  }

  @Test
  void skip_shortGap_fedAsSilence() throws IOException {
    recognizer.accept(new short[1_000], 1_000);
    recognizer.skip(1_500);
    recognizer.accept(new short[500], 500);
    recognizer.finish();

    assertThat(vosk.fed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3_000);
    assertThat(vosk.made).isEqualTo(1);
  }

  @Test
  void finish_confidenceRoundedAboveOne_cutToOne() throws IOException {
    vosk.finalResult =
        "{\"result\":[{\"conf\":1.000001,\"end\":0.2,\"start\":0.1,\"word\":\"hi\",\"x\":[{}]}],"
            + "\"text\":\"hi\"}";

    recognizer.accept(new short[10], 10);
    recognizer.finish();

    assertThat(recognizer.utterances())
        .containsExactly(List.of(new TranscribedWord("hi", 100, 200, 1, List.of())));
  }

  @Test
  void finish_resultIsNoJson_isAnError() throws IOException {
    vosk.finalResult = "{\"result\" : [";

    recognizer.accept(new short[10], 10);

    assertThatThrownBy(recognizer::finish)
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void accept_noRecogniserCanBeMade_isAnError() {
    vosk.refuses = true;

    assertThatThrownBy(() -> recognizer.accept(new short[200], 200))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("cannot make a recogniser");
  }

  @Test
  void close_twice_freedOnceAndUnusable() throws IOException {
    recognizer.accept(new short[200], 200);

    recognizer.close();
    recognizer.close();

    assertThat(vosk.freed).isEqualTo(1);
    assertThatThrownBy(() -> recognizer.accept(new short[200], 200))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void utf8_textOutsideAscii_decodedWhateverThePlatformsCharset() {
    byte[] bytes = "žluť\0".getBytes(StandardCharsets.UTF_8);
    try (Memory memory = new Memory(bytes.length)) {
      memory.write(0, bytes, 0, bytes.length);

      assertThat(JnaVosk.utf8(memory)).isEqualTo("žluť");
    }
  }

  @Test
  void accept_lengthBeyondTheArray_refusedBeforeNativeCode() throws IOException {
    Vosk real = JnaVosk.load();

    assertThatThrownBy(() -> real.accept(Pointer.createConstant(1), new short[3], 4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("[0, 3], got 4");
  }
}

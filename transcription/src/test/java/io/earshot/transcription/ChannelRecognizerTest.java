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
  private final LoadedModel model =
      new LoadedModel(vosk, MODEL, null, RATE_HZ, 0.03, new Vocabulary(List.of()));
  private final ChannelRecognizer recognizer = new ChannelRecognizer(model);

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
  void skip_partLeftOut_utteranceEndsAndLaterWordsMovedByIt() throws IOException {
    vosk.result = FakeVosk.word("hello", 0.12, 0.42);
    vosk.finalResult = FakeVosk.word("again", 1.11, 1.41);

    recognizer.accept(new short[1_000], 1_000);
    recognizer.skip(60_000);
    recognizer.accept(new short[1_000], 1_000);
    recognizer.finish();

    assertThat(recognizer.utterances())
        .extracting(ChannelRecognizer.Recognized::startMs)
        .containsExactly(120L, 61_110L);
    assertThat(vosk.fed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2_000);
    assertThat(vosk.made).isEqualTo(1);
  }

  @Test
  void finish_anotherChannelAfterwards_sameRecogniserAndTimesFromItsStart() throws IOException {
    vosk.finalResult = FakeVosk.word("hello", 0.12, 0.42);
    recognizer.accept(new short[1_000], 1_000);
    recognizer.finish();
    ChannelRecognizer second = new ChannelRecognizer(model);
    vosk.result = FakeVosk.word("again", 1.119998, 1.42); // rounded, as Vosk does

    second.accept(new short[400], 400);
    second.endUtterance();
    second.finish();

    assertThat(second.utterances().getFirst().startMs()).isEqualTo(120);
    assertThat(vosk.made).isEqualTo(1);
    assertThat(vosk.freed).isZero();
    assertThat(vosk.fed).endsWith(200, 200, 200); // the last so that a final result ends it all
    model.close();
    assertThat(vosk.freed).isEqualTo(1);
  }

  @Test
  void finish_usedForAQuarterOfAnHour_notUsedAgain() throws IOException {
    int quarter = 15 * 60 * RATE_HZ;

    recognizer.accept(new short[quarter], quarter);
    recognizer.finish();

    assertThat(vosk.freed).isEqualTo(1);
  }

  @Test
  void skip_nothingFedBetween_noEmptyUtterance() throws IOException {
    vosk.result = FakeVosk.word("hello", 0.12, 0.42);

    recognizer.skip(5_000);
    recognizer.accept(new short[1_000], 1_000);
    recognizer.endUtterance();
    recognizer.skip(5_000);
    recognizer.finish();

    assertThat(recognizer.utterances()).hasSize(1);
    assertThat(recognizer.utterances().getFirst().startMs()).isEqualTo(5_120);
  }

  @Test
  void accept_nearVosksTenMinutes_pipelineFlushedAtAnUtterancesEndAndTimesTrue()
      throws IOException {
    vosk.outcome = 0;
    recognizer.accept(new short[541_000], 541_000); // 540 s are 18,000 frames
    vosk.finalResult = FakeVosk.word("before", 540.12, 540.42);
    vosk.result = FakeVosk.word("after", 541.12, 541.42);

    recognizer.endUtterance();
    recognizer.accept(new short[1_000], 1_000);
    recognizer.endUtterance();

    assertThat(recognizer.utterances())
        .extracting(ChannelRecognizer.Recognized::startMs)
        .containsExactly(540_120L, 541_120L);
  }

  @Test
  void accept_modelOfOtherFrames_timesCountedInThem() throws IOException {
    ChannelRecognizer other =
        new ChannelRecognizer(
            new LoadedModel(vosk, MODEL, null, RATE_HZ, 0.01, new Vocabulary(List.of())));
    vosk.finalResult = FakeVosk.word("early", 0.3, 0.6); // 10 and 20 frames

    other.accept(new short[1_000], 1_000);
    other.finish();

    assertThat(other.utterances().getFirst().words().getFirst().startMs()).isEqualTo(100);
    assertThat(other.utterances().getFirst().words().getFirst().endMs()).isEqualTo(200);
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

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromptGateTest {
  private static final int RATE_HZ = 8_000;
  private static final int FRAME = RATE_HZ / 50;

  private final FakeVosk[] heard = {new FakeVosk(), new FakeVosk()};
  private final PromptGate gate;

  PromptGateTest() {
    List<SpeechGate> gates = new ArrayList<>();
    for (FakeVosk each : heard) {
      LoadedModel model =
          new LoadedModel(
              each, Pointer.createConstant(1), null, RATE_HZ, 0.03, new Vocabulary(List.of()));
      gates.add(new SpeechGate(new ChannelRecognizer(model, 50), RATE_HZ, false));
    }
    gate = new PromptGate(gates, RATE_HZ);
  }

  @Test
  void samples_oneSpeaks_heardAtOnceAndTheFaintCopyLater() throws IOException {
    short[] voice = noise(1, 10_000);
    short[] leak = scaled(voice, 0.05);

    gate.samples(new short[][] {voice, leak}, voice.length);

    assertThat(fed(0)).isEqualTo(voice.length);
    assertThat(fed(1)).isEqualTo(voice.length - RATE_HZ / 10);
    gate.end();
    assertThat(fed(1)).isEqualTo(voice.length);
    assertThat(gate.gate().silenced(0)).isEmpty();
    assertThat(gate.gate().silenced(1)).hasSize(1);
  }

  @Test
  void samples_bothSpeak_bothHeardAtOnce() throws IOException {
    gate.samples(new short[][] {noise(1, 10_000), noise(2, 5_000)}, RATE_HZ);

    assertThat(fed(0)).isEqualTo(RATE_HZ);
    assertThat(fed(1)).isEqualTo(RATE_HZ);
  }

  @Test
  void samples_sameOnBoth_bothWaitForTheDecision() throws IOException {
    short[] voice = noise(1, 10_000);

    gate.samples(new short[][] {voice, voice.clone()}, voice.length);

    assertThat(fed(0)).isLessThan(voice.length);
    gate.end();
    assertThat(fed(0)).isEqualTo(voice.length);
    assertThat(gate.gate().isCopy(1)).isTrue();
  }

  @Test
  void gap_afterOneWasHeardAhead_nothingTwiceAndNothingLost() throws IOException {
    short[] voice = noise(1, 10_000);
    for (int i = 0; i < 3; i++) {
      gate.samples(new short[][] {voice, scaled(voice, 0.05)}, 7 * FRAME + 3);
      gate.gap(RATE_HZ);
    }
    gate.samples(new short[][] {scaled(voice, 0.05), voice}, FRAME);
    gate.end();

    assertThat(fed(0)).isEqualTo(3 * (7 * FRAME + 3) + FRAME);
    assertThat(fed(1)).isEqualTo(fed(0));
  }

  private int fed(int channel) {
    return heard[channel].fed.stream().mapToInt(Integer::intValue).sum();
  }

  private static short[] noise(long seed, int loudness) {
    Random random = new Random(seed);
    short[] samples = new short[RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (random.nextGaussian() * loudness / 4);
    }
    return samples;
  }

  private static short[] scaled(short[] samples, double factor) {
    short[] scaled = new short[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = (short) (samples[i] * factor);
    }
    return scaled;
  }
}

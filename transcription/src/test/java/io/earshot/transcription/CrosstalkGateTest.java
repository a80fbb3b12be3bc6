package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CrosstalkGateTest {
  private static final int RATE_HZ = 8_000;

  @Test
  void samples_faintCopyOfTheOther_silenced() throws IOException {
    short[] voice = noise(1, 8_000, 10_000);
    short[] leak = scaled(voice, -0.05);

    short[][] gated = gate(voice, leak);

    assertThat(gated[0]).containsExactly(voice);
    assertThat(loudest(gated[1], 800, 8_000)).isZero();
  }

  @Test
  void samples_faintVoiceOfItsOwn_kept() throws IOException {
    short[] loud = noise(1, 8_000, 10_000);
    short[] faint = noise(2, 8_000, 500);

    short[][] gated = gate(loud, faint);

    assertThat(gated[0]).containsExactly(loud);
    assertThat(gated[1]).containsExactly(faint);
  }

  @Test
  void samples_sameOnBothChannels_theLouderKept() throws IOException {
    short[] voice = noise(1, 8_000, 10_000);

    assertThat(gate(voice, scaled(voice, 0.5))[0]).containsExactly(voice);
    assertThat(loudest(gate(voice, scaled(voice, 0.5))[1], 800, 8_000)).isZero();
    assertThat(loudest(gate(scaled(voice, 0.5), voice)[0], 800, 8_000)).isZero();
  }

  @Test
  void samples_sameAndAsLoudOnBothChannels_theFirstKeptAndTheOtherACopy() throws IOException {
    short[] voice = noise(1, 16_000, 10_000);
    CrosstalkGate gate = new CrosstalkGate(2, RATE_HZ, new TestCalls.Collector(2));

    gate.samples(new short[][] {voice, scaled(voice, 0.9)}, voice.length);
    gate.end();

    assertThat(gate.isCopy(0)).isFalse();
    assertThat(gate.isCopy(1)).isTrue();
  }

  @Test
  void samples_leakForASecond_toldWhere() throws IOException {
    short[] voice = noise(1, 16_000, 10_000);
    short[] other = noise(2, 16_000, 8_000);
    System.arraycopy(scaled(voice, 0.05), 4_000, other, 4_000, 8_000);
    CrosstalkGate gate = new CrosstalkGate(2, RATE_HZ, new TestCalls.Collector(2));

    gate.samples(new short[][] {voice, other}, voice.length);
    gate.end();

    assertThat(gate.silenced(0)).isEmpty();
    assertThat(gate.silenced(1))
        .singleElement()
        .satisfies(
            stretch -> {
              assertThat(stretch.kind()).isEqualTo(AudioChannel.Kind.CROSSTALK);
              assertThat(stretch.startMs()).isBetween(450L, 650L);
              assertThat(stretch.endMs()).isBetween(1_350L, 1_550L);
            });
    assertThat(gate.isCopy(1)).isFalse();
  }

  @Test
  void samples_ownVoiceAfterALeak_keptFromItsStart() throws IOException {
    short[] voice = noise(1, 16_000, 10_000);
    short[] other = scaled(voice, 0.05);
    System.arraycopy(noise(2, 8_000, 8_000), 0, other, 8_000, 8_000);
    java.util.Arrays.fill(voice, 8_000, 16_000, (short) 0);

    short[][] gated = gate(voice, other);

    assertThat(loudest(gated[1], 800, 7_000)).isZero();
    for (int i = 8_000; i < 16_000; i++) {
      assertThat(gated[1][i]).isEqualTo(other[i]);
    }
  }

  @Test
  void gap_inTheMiddle_nothingLost() throws IOException {
    short[] voice = noise(1, 5_000, 10_000);
    TestCalls.Collector out = new TestCalls.Collector(2);
    PcmSink gate = new CrosstalkGate(2, RATE_HZ, out);

    short[] other = noise(2, 5_000, 10_000);

    gate.samples(new short[][] {voice, other}, 5_000);
    gate.gap(700);
    gate.samples(new short[][] {voice, other}, 3);
    gate.end();

    assertThat(out.samples()[0]).hasSize(5_703).startsWith(voice);
    assertThat(out.samples()[1]).endsWith(other[0], other[1], other[2]);
  }

  private static short[][] gate(short[]... channels) throws IOException {
    TestCalls.Collector out = new TestCalls.Collector(channels.length);
    PcmSink gate = new CrosstalkGate(channels.length, RATE_HZ, out);
    gate.samples(channels, channels[0].length);
    gate.end();
    return out.samples();
  }

  private static short[] noise(long seed, int length, int loudness) {
    Random random = new Random(seed);
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
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

  private static int loudest(short[] samples, int from, int to) {
    int loudest = 0;
    for (int i = from; i < to; i++) {
      loudest = Math.max(loudest, Math.abs(samples[i]));
    }
    return loudest;
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.transcription.AudioChannel.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SteadySoundTest {
  private static final int FRAME_MS = 20;

  @ParameterizedTest
  @CsvSource({"8000, 425, 0", "8000, 440, 480", "16000, 400, 450", "16000, 1000, 0"})
  void kind_ringingOrBeep_aToneWithinHalfASecond(int rateHz, double oneHz, double otherHz) {
    List<Optional<Kind>> kinds = kinds(rateHz, tones(rateHz, 2, oneHz, otherHz));

    assertThat(kinds.subList(25, kinds.size())).containsOnly(Optional.of(Kind.TONE));
  }

  @ParameterizedTest
  @CsvSource({"697, 1209", "770, 1336", "852, 1477", "941, 1633"})
  void kind_dialledDigit_aToneWhileItLasts(double lowHz, double highHz) {
    short[] digit = tones(8_000, 0.2, lowHz, highHz);
    short[] silence = new short[8_000];

    assertThat(kinds(8_000, concatenated(silence, digit, silence)))
        .contains(Optional.of(Kind.TONE));
    assertThat(kinds(8_000, concatenated(digit, silence)).getLast()).isEmpty();
  }

  @Test
  void sinceMs_tone_reachesBackToItsStart() {
    SteadySound sound = new SteadySound(8_000);
    short[] samples = concatenated(noise(8_000, 1), tones(8_000, 1, 425, 0));
    short[] frame = new short[160];
    int i = 0;
    while (sound.kind().isEmpty()) {
      System.arraycopy(samples, i, frame, 0, frame.length);
      sound.frame(frame, true);
      i += frame.length;
    }

    assertThat(i / 8 - sound.sinceMs()).isBetween(900L, 1_150L);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000})
  void kind_chordsForTenSeconds_music(int rateHz) {
    List<Optional<Kind>> kinds = kinds(rateHz, chords(rateHz, 14));

    assertThat(kinds.subList(400, kinds.size())).containsOnly(Optional.of(Kind.MUSIC));
  }

  @Test
  void kind_speechAfterMusic_musicIsOverWithinTwoSeconds() throws IOException {
    short[] speech = TestCalls.decode(TestCalls.resource("call-1006-4.mulaw.wav"), 8_000)[0];
    List<Optional<Kind>> kinds = kinds(8_000, concatenated(chords(8_000, 12), speech));

    assertThat(kinds.get(12 * 50 - 1)).contains(Kind.MUSIC);
    assertThat(kinds.subList(14 * 50, kinds.size())).containsOnly(Optional.empty());
  }

  @Test
  void kind_noise_none() {
    assertThat(kinds(8_000, noise(80_000, 2))).containsOnly(Optional.empty());
  }

  @Test
  void kind_calls_none() throws IOException {
    for (String name : List.of("call-1006-4.mulaw.wav", "call-1005-1.mp3", "call-1006-4.ogg")) {
      for (short[] channel : TestCalls.decode(TestCalls.resource(name), 16_000)) {
        assertThat(kinds(16_000, channel)).as(name).containsOnly(Optional.empty());
      }
    }
  }

  private static List<Optional<Kind>> kinds(int rateHz, short[] samples) {
    SteadySound sound = new SteadySound(rateHz);
    short[] frame = new short[rateHz * FRAME_MS / 1_000];
    List<Optional<Kind>> kinds = new ArrayList<>();
    for (int i = 0; i + frame.length <= samples.length; i += frame.length) {
      System.arraycopy(samples, i, frame, 0, frame.length);
      boolean sounds = false;
      for (short sample : frame) {
        sounds |= Math.abs(sample) > 100;
      }
      sound.frame(frame, sounds);
      kinds.add(sound.kind());
    }
    return kinds;
  }

  static short[] tones(int rateHz, double seconds, double... frequenciesHz) {
    short[] samples = new short[(int) (seconds * rateHz)];
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      for (double frequency : frequenciesHz) {
        sum += frequency == 0 ? 0 : Math.sin(2 * Math.PI * frequency * i / rateHz);
      }
      samples[i] = (short) (8_000 * sum);
    }
    return samples;
  }

  /** A new chord of three plucked notes with overtones every half second. */
  static short[] chords(int rateHz, int seconds) {
    int[][] chords = {{262, 330, 392}, {220, 277, 330}, {294, 370, 440}, {196, 247, 294}};
    short[] samples = new short[seconds * rateHz];
    for (int i = 0; i < samples.length; i++) {
      double sinceMs = i * 1_000.0 / rateHz % 500;
      double sum = 0;
      for (int note : chords[i * 2 / rateHz % chords.length]) {
        for (int overtone = 1; overtone <= 4; overtone++) {
          sum += Math.sin(2 * Math.PI * note * overtone * i / rateHz) / overtone;
        }
      }
      samples[i] = (short) (3_000 * sum * Math.exp(-sinceMs / 700));
    }
    return samples;
  }

  private static short[] noise(int length, long seed) {
    Random random = new Random(seed);
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (short) (random.nextGaussian() * 3_000);
    }
    return samples;
  }

  static short[] concatenated(short[]... parts) {
    int length = 0;
    for (short[] part : parts) {
      length += part.length;
    }
    short[] all = new short[length];
    int at = 0;
    for (short[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}

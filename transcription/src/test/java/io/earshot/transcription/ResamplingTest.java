package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changing the sample rate does to tones and clicks. */
class ResamplingTest {
  private static final double AMPLITUDE = 10_000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "44100, 8000, 300",
    "44100, 8000, 1000",
    "44100, 8000, 3400",
    "48000, 8000, 3400",
    "16000, 8000, 3400",
    "44100, 16000, 6800",
    "8000, 16000, 3400",
    "11025, 16000, 3400",
    "44101, 16000, 3400",
    "96000, 8000, 3400"
  })
  void decode_toneWithinTheBand_keepsItsLevel(int fromHz, int toHz, int toneHz) throws IOException {
    short[] decoded = resample(fromHz, toHz, toneHz);

    assertThat(decibels(TestAudio.level(decoded, toneHz, toHz))).isCloseTo(0, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 8000, 4100",
    "44100, 8000, 5000",
    "44100, 8000, 11000",
    "48000, 8000, 5000",
    "16000, 8000, 4100",
    "44101, 8000, 5000",
    "48000, 16000, 8200",
    "192000, 16000, 30000"
  })
  void decode_toneAboveTheBand_isGone(int fromHz, int toHz, int toneHz) throws IOException {
    short[] decoded = resample(fromHz, toHz, toneHz);

    assertThat(decibels(Math.sqrt(2) * TestAudio.effective(decoded))).isLessThan(-60);
  }

  @ParameterizedTest
  @CsvSource({"8000, 16000, 3400", "11025, 16000, 3400", "44100, 16000, 3000", "44101, 8000, 1000"})
  void decode_tone_nothingBesideIt(int fromHz, int toHz, int toneHz) throws IOException {
    short[] decoded = resample(fromHz, toHz, toneHz);

    double all = TestAudio.effective(decoded);
    double tone = TestAudio.level(decoded, toneHz, toHz) / Math.sqrt(2);
    assertThat(decibels(Math.sqrt(Math.max(0, all * all - tone * tone)))).isLessThan(-60);
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 16000",
    "11025, 16000",
    "44100, 8000",
    "44101, 16000",
    "48000, 8000",
    "16000, 16000"
  })
  void decode_click_keepsItsTimeToTheEnd(int fromHz, int toHz) throws IOException {
    short[] clicks = new short[fromHz * 3];
    clicks[fromHz / 2] = 30_000;
    clicks[fromHz * 5 / 2] = 30_000;

    short[] decoded = decode(fromHz, toHz, clicks);

    assertThat(decoded).hasSize(toHz * 3);
    assertThat(TestAudio.loudest(decoded, 0, toHz)).isBetween(toHz / 2 - 1, toHz / 2 + 1);
    assertThat(TestAudio.loudest(decoded, 2 * toHz, 3 * toHz))
        .isBetween(toHz * 5 / 2 - 1, toHz * 5 / 2 + 1);
  }

  private short[] resample(int fromHz, int toHz, int toneHz) throws IOException {
    return decode(fromHz, toHz, TestAudio.tone(fromHz, toneHz, 2));
  }

  private short[] decode(int fromHz, int toHz, short[] samples) throws IOException {
    Path file = Files.write(folder.resolve("tone.wav"), TestCalls.wav(fromHz, samples));
    return TestCalls.decode(file, toHz)[0];
  }

  /** Against the tone that went in. */
  private static double decibels(double level) {
    return 20 * Math.log10(Math.max(level, 0.01) / AMPLITUDE);
  }
}

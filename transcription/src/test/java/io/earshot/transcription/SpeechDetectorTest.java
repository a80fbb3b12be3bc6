package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SpeechDetectorTest {
  private static final int RATE_HZ = 16_000;

  @Test
  void isSpeech_call_speechAndSilenceTold() throws IOException {
    short[][] call = TestCalls.decode(TestCalls.resource("call-1006-4.mulaw.wav"), RATE_HZ);
    List<TestCalls.Segment> reference =
        TestCalls.reference(TestCalls.resource("call-1006-4.mulaw.wav"));
    int missed = 0;
    int said = 0;
    int sounds = 0;
    try (SpeechDetector detector = SpeechDetector.open(RATE_HZ).orElseThrow()) {
      short[] frame = new short[RATE_HZ / SpeechDetector.FRAMES_PER_SECOND];
      for (int i = 0; i + frame.length <= call[0].length; i += frame.length) {
        System.arraycopy(call[0], i, frame, 0, frame.length);
        boolean speech = detector.isSpeech(frame);
        long ms = i * 1_000L / RATE_HZ;
        boolean inSegment =
            reference.stream()
                .anyMatch(
                    segment ->
                        segment.channel() == 0 && segment.startMs() <= ms && ms < segment.endMs());
        said += inSegment ? 1 : 0;
        missed += inSegment && !speech ? 1 : 0;
        sounds += speech ? 1 : 0;
      }
    }

    assertThat(missed).isLessThan(said / 4); // pauses between words
    assertThat(sounds).isLessThan(said * 3 / 2);
  }

  @Test
  void open_manyThreadsMakingUsingAndFreeing_processLives() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        long seed = i;
        all.add(threads.submit(() -> detect(new Random(seed))));
      }
      for (Future<Integer> each : all) {
        assertThat(each.get()).isNotNegative();
      }
    }
  }

  private static int detect(Random random) throws IOException {
    int count = 0;
    for (int i = 0; i < 300; i++) {
      try (SpeechDetector detector = SpeechDetector.open(RATE_HZ).orElseThrow()) {
        for (int j = 0; j < 20; j++) {
          short[] frame = new short[RATE_HZ / SpeechDetector.FRAMES_PER_SECOND];
          for (int k = 0; k < frame.length; k++) {
            frame[k] = (short) (random.nextGaussian() * 3_000);
          }
          count += detector.isSpeech(frame) ? 1 : 0;
        }
      }
    }
    return count;
  }

  /** The methods that come with libfvad kept 640 bytes a frame: 160 MB here. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void isSpeech_anHourAndAQuarter_keepsNothing() throws IOException {
    long pid = ProcessHandle.current().pid();
    short[] frame = new short[RATE_HZ / SpeechDetector.FRAMES_PER_SECOND];
    try (SpeechDetector detector = SpeechDetector.open(RATE_HZ).orElseThrow()) {
      for (int i = 0; i < 25_000; i++) {
        detector.isSpeech(frame);
      }
      long before = SystemMemory.residentBytes(pid).orElseThrow();

      for (int i = 0; i < 225_000; i++) {
        detector.isSpeech(frame);
      }

      // The heap may take more of what it was given meanwhile.
      assertThat(SystemMemory.residentBytes(pid).orElseThrow() - before).isLessThan(100L << 20);
    }
  }

  @Test
  void close_twice_harmlessAndUnusable() throws IOException {
    SpeechDetector detector = SpeechDetector.open(RATE_HZ).orElseThrow();

    detector.close();
    detector.close();

    assertThatThrownBy(() -> detector.isSpeech(new short[320]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void open_rateItDoesNotKnow_none() {
    assertThat(SpeechDetector.open(22_050)).isEmpty();
  }
}

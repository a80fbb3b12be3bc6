package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Vosk starts its pipeline anew every ten minutes of a recogniser's life, and once lost time over
 * it. Takes minutes: run it with {@code -Pstress -Dtest=LongRecordingTest}.
 */
@Tag("stress")
class LongRecordingTest {
  private static final Path CALL = TestCalls.resource("call-1006-4.mulaw.wav");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "48, true", // of 34.3 s: 27 minutes
    "48, false",
    "124, true", // 70 minutes
    "124, false"
  })
  void transcribe_callOverAndOver_sameWordsAtTheirTimesToTheEnd(int repeats, boolean skipsSilence)
      throws IOException {
    short[] customer = TestCalls.decode(CALL, 8_000)[1];
    Path file = folder.resolve("long.wav");
    byte[] one = TestCalls.wav(8_000, customer);
    try (OutputStream out = Files.newOutputStream(file)) {
      int dataBytes = (one.length - 44) * repeats;
      ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(one, 44)).order(ByteOrder.LITTLE_ENDIAN);
      out.write(header.putInt(4, 36 + dataBytes).putInt(40, dataBytes).array());
      for (int i = 0; i < repeats; i++) {
        out.write(one, 44, one.length - 44);
      }
    }
    List<TestCalls.Segment> reference = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      for (TestCalls.Segment segment : TestCalls.reference(CALL)) {
        if (segment.channel() == 1) {
          long shiftMs = (long) i * customer.length / 8;
          reference.add(
              new TestCalls.Segment(
                  0, segment.startMs() + shiftMs, segment.endMs() + shiftMs, segment.text()));
        }
      }
    }

    Transcript transcript;
    try (VoskTranscriber transcriber =
        VoskTranscriber.builder().model(TestCalls.MODEL).skipSilence(skipsSilence).open()) {
      transcript = transcriber.transcribe(file);
    }

    assertThat(transcript.durationMs())
        .isCloseTo((long) repeats * customer.length / 8, within(50L));
    WordErrorRate errors =
        WordErrorRate.of(TestCalls.said(reference, 0), TestCalls.heard(transcript, 0));
    List<Long> timeErrors = TestCalls.timeErrors(reference, transcript);
    List<Long> atTheEnd =
        TestCalls.timeErrors(reference.subList(reference.size() - 6, reference.size()), transcript);
    System.out.printf(
        "%d minutes: WER %.4f, time error median %d ms, largest %d ms of %d; at the end %s ms%n",
        transcript.durationMs() / 60_000,
        errors.rate(),
        TestCalls.median(timeErrors),
        timeErrors.getLast(),
        timeErrors.size(),
        atTheEnd);
    assertThat(errors.rate()).isLessThan(0.08);
    assertThat(atTheEnd).hasSizeGreaterThan(2).allMatch(error -> error < 150);
    assertThat(timeErrors).hasSizeGreaterThan(150);
    // One word of the call is heard 93 ms late even alone, and 173 ms where frames fall badly.
    assertThat(timeErrors.get(timeErrors.size() * 95 / 100)).isLessThan(150);
    assertThat(timeErrors.getLast()).isLessThan(200);
  }
}

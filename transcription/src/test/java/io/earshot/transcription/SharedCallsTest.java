package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every recording of the shared sample data, with the tiny model. */
class SharedCallsTest {
  /** The mp3 files are coded so low that another decoder's output gives the same errors. */
  private static final Map<String, Double> WORST_RATE = Map.of("mp3", 0.18);

  @Test
  void transcribe_everyRecording_fewErrorsAndTrueTimes() throws IOException {
    List<Path> recordings = TestCalls.shared();
    Map<String, WordErrorRate> errors = new TreeMap<>();
    Map<String, List<Long>> timeErrors = new TreeMap<>();
    TranscriptEvaluation evaluation = new TranscriptEvaluation();

    try (VoskTranscriber transcriber = VoskTranscriber.open(TestCalls.MODEL)) {
      for (Path recording : recordings) {
        String kind = TestCalls.kind(recording);
        List<TestCalls.Segment> reference = TestCalls.reference(recording);
        Transcript transcript = transcriber.transcribe(recording);
        evaluation.add(
            reference.stream()
                .map(
                    each ->
                        new TranscriptEvaluation.Said(
                            "channel " + each.channel(),
                            OptionalLong.of(each.startMs()),
                            each.text()))
                .toList(),
            transcript);
        errors.merge(kind, TestCalls.errors(reference, transcript), WordErrorRate::plus);
        timeErrors
            .computeIfAbsent(kind, k -> new ArrayList<>())
            .addAll(TestCalls.timeErrors(reference, transcript));
        assertThat(transcript.incomplete()).as("%s incomplete", recording).isFalse();
        assertThat(transcript.warnings()).as("%s warnings", recording).isEmpty();
        assertThat(transcript.channels()).as("%s channels", recording).isEqualTo(2);
      }
    }

    for (String kind : errors.keySet()) {
      List<Long> sorted = timeErrors.get(kind).stream().sorted().toList();
      System.out.printf(
          "%s: WER %.4f, time error median %d ms, p90 %d ms, max %d ms of %d%n",
          kind,
          errors.get(kind).rate(),
          TestCalls.median(sorted),
          sorted.get(sorted.size() * 9 / 10),
          sorted.getLast(),
          sorted.size());
      assertThat(errors.get(kind).rate())
          .as("WER of %s", kind)
          .isLessThan(WORST_RATE.getOrDefault(kind, 0.08));
      assertThat(TestCalls.median(sorted)).as("median time error of %s", kind).isLessThan(100);
      assertThat(sorted.getLast()).as("largest time error of %s", kind).isLessThan(150);
    }
    WordErrorRate all = errors.values().stream().reduce(WordErrorRate.NONE, WordErrorRate::plus);
    System.out.printf("all: WER %.4f, %s%n", all.rate(), all);
    assertThat(all.rate()).as("WER of all").isLessThan(0.06);
    System.out.println(evaluation.report());
    assertThat(evaluation.wordErrors()).isEqualTo(all);
    assertThat(evaluation.calibrationError().orElseThrow()).isLessThan(0.015);
  }
}

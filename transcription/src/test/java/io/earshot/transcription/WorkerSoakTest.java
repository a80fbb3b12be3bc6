package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Whether a worker that is never replaced keeps its size. Takes minutes: run it with {@code
 * -DexcludedGroups= -Dtest=WorkerSoakTest}.
 */
@Tag("stress")
@EnabledOnOs(OS.LINUX)
class WorkerSoakTest {
  private static final int RECORDINGS = Integer.getInteger("earshot.soak", 300);

  @Test
  void transcribe_hundredsByOneWorker_residentMemoryFlatOverTheSecondHalf() throws Exception {
    List<Path> calls =
        List.of(
            TestCalls.resource("call-1006-4.mulaw.wav"),
            TestCalls.resource("call-1006-4.ogg"),
            TestCalls.resource("call-1005-1.mp3"));
    List<Long> megabytes = new ArrayList<>();

    try (TranscriptionService service =
        TranscriptionService.builder(VoskTranscriber.builder().model(TestCalls.MODEL))
            .workers(1)
            .recycleAfter(Integer.MAX_VALUE, Duration.ofDays(1_000))
            .start()) {
      long pid = service.processes().getFirst().pid();
      for (int i = 0; i < RECORDINGS; i++) {
        service.transcribe(calls.get(i % calls.size()));
        megabytes.add(SystemMemory.residentBytes(pid).orElseThrow() >> 20);
      }
      assertThat(service.status().recycled() + service.status().lost()).isZero();
    }

    long half = most(megabytes.subList(RECORDINGS / 4, RECORDINGS / 2));
    long end = most(megabytes.subList(RECORDINGS * 3 / 4, RECORDINGS));
    System.out.printf(
        "%d recordings: %d MB after the first, at most %d MB in the second quarter, %d MB in the last%n",
        RECORDINGS, megabytes.getFirst(), half, end);
    assertThat(end).as("resident memory in MB, of %s", megabytes).isLessThan(half + 20);
  }

  private static long most(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).max().orElseThrow();
  }
}

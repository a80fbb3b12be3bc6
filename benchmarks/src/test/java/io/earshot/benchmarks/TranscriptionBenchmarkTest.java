package io.earshot.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs it once on one short recording, so that it does not rot. Measures nothing. */
class TranscriptionBenchmarkTest {
  private static final Path HOME = Path.of(System.getProperty("earshot.home"));

  @Test
  void run_oneRoundOnOneRecording_speedsAndRatios(@TempDir Path folder) throws Exception {
    byte[] second = new byte[44 + 16_000];
    byte[] header = Files.readAllBytes(HOME.resolve("samples/calls/call-1003-3.wav"));
    System.arraycopy(header, 0, second, 0, second.length); // cut short: a second of it
    Files.write(folder.resolve("call.wav"), second);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    TranscriptionBenchmark.run(
        HOME.resolve("models/vosk-model-tiny-en-callcentre"),
        folder,
        1,
        new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("1 recordings, 1 rounds", "round 1, 2 threads: ")
        .containsPattern("[|] 2 processes to 1 process [|] [0-9.]+ [|]")
        .containsPattern("[|] 1 process to 1 thread [|] [0-9.]+ [|]");
  }
}

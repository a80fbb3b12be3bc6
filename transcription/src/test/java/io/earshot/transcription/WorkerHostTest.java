package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.host.HostMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of worker processes when their host ends, and how they start from a module. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
class WorkerHostTest {
  private static final Path MULAW = TestCalls.resource("call-1006-4.mulaw.wav");

  @TempDir Path folder;

  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    return command;
  }

  private static Process host(List<String> java, String what, Path call) throws IOException {
    java.addAll(
        List.of(HostMain.class.getName(), what, TestCalls.MODEL.toString(), call.toString()));
    return new ProcessBuilder(java).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<String> lines(Process process) throws IOException {
    try (BufferedReader out = process.inputReader()) {
      return out.lines().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void host_endsInTheMiddle_itsWorkerToo(String signal) throws Exception {
    short[] once = TestCalls.decode(MULAW, 8_000)[0];
    short[] minutes = new short[once.length * 18];
    for (int i = 0; i < 18; i++) {
      System.arraycopy(once, 0, minutes, i * once.length, once.length);
    }
    Path call = Files.write(folder.resolve("long.wav"), TestCalls.wav(8_000, minutes));
    Process host = host(java("-cp", System.getProperty("java.class.path")), "begin", call);
    List<ProcessHandle> workers = new ArrayList<>();
    try (BufferedReader out = host.inputReader()) {
      for (String line = out.readLine();
          line != null && !line.equals("begun");
          line = out.readLine()) {
        if (Character.isDigit(line.charAt(0))) {
          ProcessHandle.of(Long.parseLong(line)).ifPresent(workers::add);
        }
      }
      assertThat(workers).hasSize(1).allMatch(ProcessHandle::isAlive);

      WorkerProcesses.signal(signal, host.toHandle());

      assertThat(host.waitFor()).isPositive();
      WorkerProcesses.until(
          "the worker is gone", () -> workers.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      host.destroyForcibly();
    }
  }

  @Test
  void host_onTheModulePath_transcribes() throws Exception {
    Path tests =
        Path.of(HostMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String modules =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty() && !Path.of(entry).equals(tests))
            .filter(
                entry ->
                    entry.matches(
                        ".*(earshot|written|transcription|vosk|jna|javacpp|ffmpeg|fvad|commons-codec|jackson|slf4j|jspecify).*"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> java =
        java("-p", modules, "--add-modules", "ALL-MODULE-PATH", "-cp", tests.toString());

    List<String> lines = lines(host(java, "whole", MULAW));

    assertThat(lines).first().isEqualTo("true");
    assertThat(lines).last().asString().matches("heard [1-9][0-9]* utterances");
  }
}

package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot transcribe} with one recording and with several. */
class TranscribeTest {
  private static final Path CALL = Earshot.HOME.resolve("samples/calls/call-1003-3.wav");
  private static final int HEADER = 58;
  private static final int BYTES_A_SECOND = 16_000;

  @TempDir private Path folder;

  /** The call, cut or repeated to so many seconds. */
  private Path call(String name, int seconds) throws IOException {
    byte[] whole = Files.readAllBytes(CALL);
    ByteBuffer wav = ByteBuffer.allocate(HEADER + seconds * BYTES_A_SECOND);
    wav.order(ByteOrder.LITTLE_ENDIAN).put(whole, 0, HEADER);
    while (wav.hasRemaining()) {
      wav.put(whole, HEADER, Math.min(wav.remaining(), whole.length - HEADER));
    }
    wav.putInt(4, wav.capacity() - 8).putInt(HEADER - 4, wav.capacity() - HEADER);
    return Files.write(folder.resolve(name), wav.array());
  }

  @Test
  void transcribe_one_theSameInProcessAndWithWorkers() throws IOException {
    Path call = call("a.wav", 9);

    Run withWorker = Earshot.run("transcribe", "--format", "json", call).succeeds();
    Run inProcess = Earshot.run("transcribe", "--in-process", "--format", "json", call).succeeds();

    assertThat(withWorker.json().get("source")).isEqualTo(call.toString());
    assertThat((List<?>) withWorker.json().get("utterances")).isNotEmpty();
    assertThat(withWorker.out()).isEqualTo(inProcess.out());
    assertThat(withWorker.err()).startsWith("warning: no speech model").hasLineCount(1);
  }

  @Test
  void transcribe_several_eachInTheOrderGivenUnderItsName() throws IOException {
    Path first = call("a.wav", 12);
    Path second = call("b.wav", 7);

    Run one = Earshot.run("transcribe", first).succeeds();
    Run both = Earshot.run("transcribe", "--workers", "2", first, second).succeeds();

    assertThat(both.out())
        .startsWith("==> " + first + " <==\n" + one.out() + "\n==> " + second + " <==\n[00:");
    assertThat(both.err()).contains("Transcribed 2 of 2 recordings", "real-time factor");
  }

  @Test
  void transcribe_severalAsJson_oneObjectALine() throws IOException {
    Path first = call("a.wav", 7);
    Path second = call("b.wav", 7);

    Run run = Earshot.run("transcribe", "--format", "json", first, second).succeeds();

    assertThat(run.jsonLines())
        .extracting(each -> (Object) each.get("source"))
        .containsExactly(first.toString(), second.toString());
  }

  @Test
  void transcribe_someFail_theOthersPrintedAndStatus3() throws IOException {
    Path good = call("good.wav", 7);
    Path text = Files.writeString(folder.resolve("text.wav"), "dear diary");

    Run some =
        Earshot.run("transcribe", "--format", "json", text, good, folder.resolve("none.wav"));
    Run none = Earshot.run("transcribe", text, folder.resolve("none.wav"));

    assertThat(some.status()).isEqualTo(3);
    assertThat(some.jsonLines()).singleElement().extracting("source").isEqualTo(good.toString());
    assertThat(some.err())
        .contains("quarantined: " + text + ": EARSHOT-202")
        .contains("quarantined: " + folder.resolve("none.wav"))
        .contains("Transcribed 1 of 3 recordings");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.out()).isEmpty();
  }

  @Test
  void transcribe_agentChannel_rolesAsToldAndNotGuessed() throws IOException {
    Path call = call("a.wav", 15);

    Run guessed = Earshot.run("transcribe", "--format", "json", call).succeeds();
    Run told =
        Earshot.run("transcribe", "--agent-channel", "1", "--format", "json", call).succeeds();

    assertThat(guessed.json().get("rolesGuessed")).isEqualTo(true);
    assertThat(told.json().get("rolesGuessed")).isEqualTo(false);
    assertThat(told.out()).contains("{\"channel\":0,\"speaker\":0,\"role\":\"CUSTOMER\"");
  }

  @Test
  void transcribe_vocabulary_namePutInWhereSomethingLikeItWasHeard() throws IOException {
    Path call = Earshot.HOME.resolve("samples/calls/call-1002-1.wav");
    Path names =
        Files.writeString(folder.resolve("names.txt"), "\uFEFF# products\n\n  Daniel Wright \n");

    Run without = Earshot.run("transcribe", call).succeeds();
    Run with = Earshot.run("transcribe", "--vocabulary", names, call).succeeds();

    assertThat(without.out()).doesNotContain("daniel wright");
    assertThat(with.out()).contains("daniel wright");
  }

  @Test
  void transcribe_keepSilence_noToneIsLeftOut() throws IOException {
    Path tone = folder.resolve("tone.wav");
    byte[] seconds = new byte[5 * BYTES_A_SECOND]; // of 425 Hz, as in an engaged line
    for (int i = 0; i < seconds.length; i += 2) {
      int sample = (int) (8_000 * Math.sin(2 * Math.PI * 425 * i / BYTES_A_SECOND));
      seconds[i] = (byte) sample;
      seconds[i + 1] = (byte) (sample >> 8);
    }
    AudioFormat format = new AudioFormat(8_000, 16, 1, true, false);
    try (AudioInputStream audio =
        new AudioInputStream(
            new ByteArrayInputStream(seconds), format, seconds.length / format.getFrameSize())) {
      AudioSystem.write(audio, AudioFileFormat.Type.WAVE, tone.toFile());
    }

    Run run = Earshot.run("transcribe", "--format", "json", tone).succeeds();
    Run keeping = Earshot.run("transcribe", "--keep-silence", "--format", "json", tone).succeeds();

    assertThat(run.out()).contains("\"kind\":\"TONE\"");
    assertThat(keeping.out()).doesNotContain("\"kind\":\"TONE\"");
  }

  @Test
  void transcribe_optionsForSpeechAreWrong_saysWhat() throws IOException {
    Path latin = Files.write(folder.resolve("names.txt"), new byte[] {'M', (byte) 0xFC, '\n'});

    assertWrong(2, "there is no file none.txt", "--vocabulary", "none.txt");
    assertWrong(2, "it is not UTF-8", "--vocabulary", latin);
    assertWrong(2, "too large: at most 1, got 2", "--agent-channel", "2");
    assertWrong(1, "EARSHOT-", "--speaker-model", folder);
    assertWrong(2, "Is a directory", "--vocabulary", folder);
    assertWrong(1, "there is no file none.json", "--reference", "none.json");
    assertWrong(1, latin + " is no reference transcript: it is not UTF-8", "--reference", latin);
    assertWrongReference("{\"segments\":[", "line 1 is no JSON");
    assertWrongReference("{}", "it has no \"segments\"");
    assertWrongReference("{\"segments\":[{\"text\":\"a\"}]}", "segment 1: \"speaker\" and");
    assertWrongReference(
        "{\"segments\":[{\"speaker\":\"a\",\"text\":null}]}", "\"text\" must be a string");
    assertWrongReference(
        "{\"segments\":[{\"speaker\":\"a\",\"text\":\"b\",\"startMs\":-1}]}",
        "\"startMs\" must be a whole number of milliseconds");
  }

  private void assertWrongReference(String json, String message) throws IOException {
    Path reference = Files.writeString(folder.resolve("call.ref.json"), json);
    assertWrong(1, message, "--reference", reference);
  }

  @Test
  void transcribe_referenceWithPunctuation_onlyWordsCompared() throws IOException {
    Path call = Earshot.HOME.resolve("samples/calls/call-1003-3.wav");
    String plain = Files.readString(Earshot.HOME.resolve("samples/calls/call-1003-3.ref.json"));
    Path written =
        Files.writeString(
            folder.resolve("written.ref.json"),
            "\uFEFF"
                + plain.replaceAll(
                    "(\"text\": *\")([^\"]*)\"", "$1\u201C$2,\u201D ... \u2013 .\""));

    Run as = Earshot.run("transcribe", "--reference", written, call).succeeds();
    Run spoken =
        Earshot.run(
                "transcribe",
                "--reference",
                Earshot.HOME.resolve("samples/calls/call-1003-3.ref.json"),
                call)
            .succeeds();

    assertThat(as.err()).isEqualTo(spoken.err()).contains("word error rate");
  }

  private static void assertWrong(int status, String message, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("transcribe", CALL));
    arguments.addAll(List.of(options));

    Run run = Earshot.run(arguments.toArray());

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void transcribe_referenceOfSeveral_wrongUsage() {
    Run run = Earshot.run("transcribe", "--reference", "x.ref.json", "a.wav", "b.wav");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--reference");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
  void transcribe_interrupted_workersEndToo() throws Exception {
    Path call = call("long.wav", 1_800);
    List<String> command = Earshot.command();
    command.addAll(List.of("transcribe", call.toString(), call.toString()));
    Process process = new ProcessBuilder(command).start();
    List<ProcessHandle> workers = new ArrayList<>();
    try {
      until(() -> process.children().count() == 2 || !process.isAlive());
      process.children().forEach(workers::add);
      assertThat(workers).hasSize(2);

      new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
      try (BufferedReader err = process.errorReader()) {
        assertThat(err.lines()).anyMatch(line -> line.contains("interrupted"));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}

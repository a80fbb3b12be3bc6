package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every bad input has a decided answer, and nothing else is lost. */
class BadInputTest {
  private static final Path CALL = Earshot.HOME.resolve("samples/calls/call-1003-3.wav");
  private static final String LINE =
      "{\"id\":\"%d\",\"customer\":\"c\",\"channel\":\"chat\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"turns\":[{\"participant\":\"c\",\"text\":\"kettle\"}],\"participants\":[{\"id\":\"c\"}]}\n";

  @TempDir private Path folder;

  private Run index(Path... inputs) {
    Object[] arguments = new Object[inputs.length + 4];
    arguments[0] = "index";
    arguments[1] = "--json";
    arguments[2] = "--index";
    arguments[3] = folder.resolve("index");
    System.arraycopy(inputs, 0, arguments, 4, inputs.length);
    return Earshot.run(arguments);
  }

  private static Map<?, ?> onlyQuarantined(Run run) {
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    List<?> entries = (List<?>) run.json().get("quarantine");
    assertThat(entries).hasSize(1);
    return (Map<?, ?>) entries.getFirst();
  }

  @Test
  void index_emptyFile_quarantinedAndTheOtherIndexed() throws IOException {
    Path good = Files.writeString(folder.resolve("good.jsonl"), LINE.formatted(1));
    for (String name : List.of("empty.eml", "empty.mbox", "empty.jsonl", "empty.wav", "empty")) {
      Path empty = Files.createFile(folder.resolve(name));

      Run run = index(empty, good);

      assertThat(onlyQuarantined(run).get("reason")).asString().as(name).contains("empty");
      assertThat(onlyQuarantined(run).get("uri")).asString().endsWith(name);
    }
  }

  @Test
  void index_brokenLineSeven_reportedAndTheOthersIndexed() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 9; i++) {
      lines.append(i == 7 ? "{\"id\":\"7\",\"channel\"\n" : LINE.formatted(i));
    }
    Path file = Files.writeString(folder.resolve("chats.jsonl"), lines);

    Run run = index(file);

    assertThat(onlyQuarantined(run).get("position")).isEqualTo("line 7");
    assertThat(run.json().get("indexed")).isEqualTo(8L);
  }

  @Test
  void index_jsonThatIsNoInteraction_quarantinedSayingWhatItLacks() throws IOException {
    Path file = Files.writeString(folder.resolve("package.json"), "{\"name\":\"x\"}");

    assertThat(onlyQuarantined(index(file)).get("reason"))
        .asString()
        .contains("not an interaction")
        .contains("startedAt");
  }

  @Test
  void index_noSuchFile_quarantinedNamingIt() {
    assertThat(onlyQuarantined(index(folder.resolve("nowhere"))).get("uri"))
        .asString()
        .endsWith("nowhere");
  }

  @Test
  void index_quarantined_listedOnceOnStandardOutput() {
    Path nowhere = folder.resolve("nowhere");

    Run text = Earshot.run("index", "--index", folder.resolve("index"), nowhere);
    Run json = index(nowhere);
    Run parse = Earshot.run("parse", nowhere);

    assertThat(text.status()).isEqualTo(3);
    assertThat(text.out()).containsOnlyOnce("EARSHOT-350");
    assertThat(json.out()).containsOnlyOnce("EARSHOT-350");
    assertThat(text.err() + json.err()).doesNotContain("nowhere");
    assertThat(parse.status()).isEqualTo(3);
    assertThat(parse.err()).containsOnlyOnce("EARSHOT-350").contains("quarantined: ", "nowhere");
    assertThat(parse.out()).isEmpty();
  }

  @Test
  void index_truncatedWav_whatWasHeardIsIndexedAndMarkedIncomplete() throws IOException {
    byte[] bytes = Files.readAllBytes(CALL);
    Path truncated =
        Files.write(folder.resolve("truncated.wav"), Arrays.copyOf(bytes, bytes.length * 2 / 5));

    assertThat(index(truncated).succeeds().json().get("indexed")).isEqualTo(1L);
    Run parsed = Earshot.run("parse", truncated);

    Map<?, ?> recording = (Map<?, ?>) parsed.jsonLines().getFirst().get("recording");
    assertThat(recording.get("incomplete")).isEqualTo(true);
    assertThat((Long) recording.get("durationMs")).isBetween(15_000L, 19_000L);
    assertThat(parsed.err()).contains("truncated.wav");
  }

  @Test
  void transcribe_headerLiesAboutTheLength_allOfTheAudioIsHeard() throws IOException {
    Run truth = Earshot.run("transcribe", CALL).succeeds();
    byte[] bytes = Files.readAllBytes(CALL);
    int data = indexOf(bytes, "data");
    for (int lie : new int[] {0, -1, 1_000_000_000}) {
      byte[] lying = bytes.clone();
      ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(data + 4, lie).putInt(4, lie);
      Path file = Files.write(folder.resolve("lying.wav"), lying);

      Run run = Earshot.run("transcribe", file);

      assertThat(run.succeeds().out()).as("length %d", lie).isEqualTo(truth.out());
    }
  }

  private static int indexOf(byte[] bytes, String tag) {
    for (int i = 0; i < bytes.length - 4; i++) {
      if (bytes[i] == tag.charAt(0)
          && bytes[i + 1] == tag.charAt(1)
          && bytes[i + 2] == tag.charAt(2)
          && bytes[i + 3] == tag.charAt(3)) {
        return i;
      }
    }
    throw new AssertionError("no " + tag);
  }

  @Test
  void transcribe_noModelInTheFolder_saysWhatIsMissing() {
    Run run = Earshot.run("transcribe", "--model", folder, CALL);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("EARSHOT-2").contains(folder.toString()).contains("am");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void index_noModelInTheFolder_callsAreQuarantinedAndTheChatIndexed() throws IOException {
    Path chat = Files.writeString(folder.resolve("good.jsonl"), LINE.formatted(1));

    Run run =
        Earshot.run(
            "index", "--json", "--model", folder, "--index", folder.resolve("index"), chat, CALL);

    assertThat(onlyQuarantined(run).get("uri")).asString().endsWith("call-1003-3.wav");
    assertThat(run.json().get("indexed")).isEqualTo(1L);
  }

  @Test
  void transcribe_noAudio_saysWhatItFound() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.wav"), "dear diary");

    Run run = Earshot.run("transcribe", text);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("EARSHOT-2").contains("notes.wav");
  }

  @Test
  void index_whatCannotBe_exitsTwoAndMakesNoIndex() throws IOException {
    Path good = Files.writeString(folder.resolve("good.jsonl"), LINE.formatted(1));
    Path index = folder.resolve("index");

    Run format = Earshot.run("index", "--index", index, "--as", "nonsense", good);
    Run workers = Earshot.run("index", "--index", index, "--workers", "0", good);

    assertThat(format.status()).isEqualTo(2);
    assertThat(format.err()).contains("nonsense").contains("whatsapp");
    assertThat(workers.status()).isEqualTo(2);
    assertThat(index).doesNotExist();
  }

  @Test
  void search_controlCharactersInNamesAndSubjects_doNotReachTheTerminal() throws IOException {
    Path chat =
        Files.writeString(
            folder.resolve("evil.jsonl"),
            """
            {"id":"e\\u001b[2J","channel":"chat","startedAt":"2026-01-01T00:00:00Z","subject":"\\u001b]0;owned\\u0007","participants":[{"id":"c","name":"Ev\\u001b[31mil"}],"turns":[{"participant":"c","text":"kettle \\u001b[1m"}]}
            """);
    index(chat).succeeds();

    Run run = Earshot.run("search", "--index", folder.resolve("index"), "kettle");

    assertThat(run.succeeds().out()).contains("kettle").doesNotContain("\u001b");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anyCommand_fullDisk_failsAndSaysSo() {
    for (String command : List.of("version", "parse " + CALL.resolveSibling("../chat"))) {
      List<String> arguments = new ArrayList<>(Earshot.command());
      arguments.addAll(List.of(command.split(" ")));
      ProcessBuilder toFullDisk = new ProcessBuilder("/bin/sh", "-c", "\"$@\" >/dev/full", "sh");
      toFullDisk.command().addAll(arguments);

      Run run = Earshot.process(toFullDisk, "");

      assertThat(run.status()).as(command).isEqualTo(1);
      assertThat(run.err()).as(command).contains("standard output");
    }
  }

  @Test
  void search_noIndex_saysHowToMakeOne() {
    Run run = Earshot.run("search", "--index", folder.resolve("nowhere"), "kettle");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("EARSHOT-101").contains("nowhere").doesNotContain("\tat ");
  }
}

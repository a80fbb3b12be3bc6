package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as users start it, with the jar that was just built. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
  private static final Path JAR = Earshot.HOME.resolve("cli/target/earshot-cli.jar");
  private static final List<String> NOBODY =
      List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  @TempDir private Path folder;

  private static Run launch(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Earshot.HOME.resolve("earshot").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return Earshot.process(builder, "");
  }

  @Test
  void launch_afterABuild_startsWithoutBuilding() {
    Run run = launch(Map.of(), "version");

    assertThat(run.succeeds().out()).startsWith("earshot ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void launch_noUtf8Locale_bengaliAndJapaneseNamesAndQueriesWork() throws IOException {
    Path chats = Files.createDirectory(folder.resolve("চিঠি-手紙"));
    Files.writeString(
        chats.resolve("আলাপ-会話.jsonl"),
        """
        {"id":"bn","customer":"রহিমা","channel":"chat","startedAt":"2026-01-01T00:00:00Z","participants":[{"id":"রহিমা","role":"CUSTOMER"}],"turns":[{"participant":"রহিমা","text":"আমার কেটলি ভেঙে গেছে"}]}
        {"id":"ja","customer":"田中","channel":"chat","startedAt":"2026-01-02T00:00:00Z","participants":[{"id":"田中","role":"CUSTOMER"}],"turns":[{"participant":"田中","text":"電気ケトルが壊れました"}]}
        """);
    String index = folder.resolve("সূচি").toString();
    Map<String, String> bare = Map.of("LC_ALL", "C");

    Run indexing = launch(bare, "index", "--json", "--index", index, chats.toString());
    Run bengali = launch(bare, "search", "--index", index, "--customer", "রহিমা", "কেটলি");
    Run japanese = launch(bare, "search", "--json", "--index", index, "壊れました");

    assertThat(indexing.succeeds().json().get("indexed")).isEqualTo(2L);
    assertThat(bengali.succeeds().out()).contains("রহিমা (customer): আমার [কেটলি] ভেঙে গেছে");
    assertThat(japanese.succeeds().hits()).hasSize(1);
    assertThat(japanese.hits().getFirst().get("customer")).isEqualTo("田中");
  }

  @Test
  void index_folderThatMayNotBeWritten_saysSoAndSearchStillWorks() throws IOException {
    boolean root = "root".equals(System.getProperty("user.name"));
    assumeTrue(
        !root || nobodyMayRead(JAR),
        "skipped: root ignores mode bits, and nobody else can be had who may read " + JAR);
    Path chats =
        Files.writeString(
            folder.resolve("chats.jsonl"),
            "{\"id\":\"1\",\"channel\":\"chat\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"turns\":[{\"participant\":\"c\",\"text\":\"kettle\"}]}\n");
    Path index = folder.resolve("index");
    launch(Map.of(), "index", "--index", index.toString(), chats.toString()).succeeds();
    makeReadable(folder);
    index.toFile().setWritable(false, false);

    Run indexing = unprivileged(root, "index", "--index", index.toString(), chats.toString());
    Run searching = unprivileged(root, "search", "--json", "--index", index.toString(), "kettle");
    Run checking = unprivileged(root, "check", "--index", index.toString());

    index.toFile().setWritable(true);
    assertThat(indexing.status()).isEqualTo(1);
    assertThat(indexing.err()).contains("EARSHOT-106").contains(index.toString());
    assertThat(searching.succeeds().hits()).hasSize(1);
    assertThat(checking.succeeds().out()).startsWith("Sound: 1 interactions");
  }

  private static void makeReadable(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      files.forEach(
          file -> {
            file.toFile().setReadable(true, false);
            file.toFile().setExecutable(Files.isDirectory(file), false);
          });
    }
  }

  /** As somebody who is not root: straight through java, since the launcher may want to build. */
  private static Run unprivileged(boolean root, String... arguments) {
    List<String> command = new ArrayList<>(root ? NOBODY : List.of());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    return Earshot.process(new ProcessBuilder(command), "");
  }

  private static boolean nobodyMayRead(Path file) {
    List<String> command = new ArrayList<>(NOBODY);
    command.addAll(List.of("test", "-r", file.toString()));
    return Files.isExecutable(Path.of(NOBODY.getFirst()))
        && Earshot.process(new ProcessBuilder(command), "").status() == 0;
  }
}

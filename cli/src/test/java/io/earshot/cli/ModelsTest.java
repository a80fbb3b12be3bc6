package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot models}, and models by name. */
class ModelsTest {
  private static final String TINY = "vosk-model-tiny-en-callcentre";
  private static final Path CALL = Earshot.HOME.resolve("samples/calls/call-1003-3.wav");

  @TempDir private Path cache;

  private Run run(Map<String, String> environment, Object... arguments) {
    List<String> command = new ArrayList<>(Earshot.command());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("EARSHOT_MODEL");
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().putAll(environment);
    return Earshot.process(builder, "");
  }

  private Run run(Object... arguments) {
    return run(Map.of(), arguments);
  }

  private Path store() {
    return cache.resolve("earshot").resolve("models");
  }

  private Path install(String name) throws IOException {
    Path from = Earshot.HOME.resolve("models").resolve(TINY);
    Path to = Files.createDirectories(store()).resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  @Test
  void list_nothingInstalled_saysWhereIsLooked() {
    Run text = run("models", "list");
    Run json = run("models", "list", "--json");

    assertThat(text.succeeds().out()).startsWith("No speech model is installed in " + store());
    assertThat(json.succeeds().out().strip()).isEqualTo("[]");
  }

  @Test
  void list_models_nameSizeAndWhatIsWrong() throws IOException {
    install("my-model");
    Files.delete(install("other").resolve("graph/Gr.fst"));

    Run text = run("models", "list");
    Run json = run("models", "list", "--json");

    assertThat(text.succeeds().out())
        .contains("my-model", "5.2 MB", "put there by hand")
        .contains("cannot be used: EARSHOT-201", "graph/Gr.fst is missing");
    List<?> models = (List<?>) Earshot.parse(json.succeeds().out());
    Map<?, ?> mine = (Map<?, ?>) models.getFirst();
    assertThat(mine.keySet().toString())
        .isEqualTo("[name, path, type, sizeBytes, language, url, sha256, downloadedAt, problem]");
    assertThat(mine.get("name")).isEqualTo("my-model");
    assertThat(mine.get("path")).isEqualTo(store().resolve("my-model").toString());
    assertThat(mine.get("type")).isEqualTo("speech");
    assertThat(mine.get("problem")).isNull();
    assertThat(((Map<?, ?>) models.getLast()).get("problem")).asString().contains("Gr.fst");
  }

  @Test
  void path_nameOrFolderOrVariable_theFolder() throws IOException {
    Path mine = install("my-model");

    assertThat(run("models", "path", "my-model").succeeds().out().strip())
        .isEqualTo(mine.toString());
    assertThat(run("models", "path", mine).succeeds().out().strip()).isEqualTo(mine.toString());
    assertThat(run(Map.of("EARSHOT_MODEL", "my-model"), "models", "path").succeeds().out().strip())
        .isEqualTo(mine.toString());
  }

  @Test
  void path_noSuchModel_exitOneAndTheReason() {
    Run unknown = run("models", "path", "vosk-model-xx");
    Run unset = run("models", "path");

    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err())
        .startsWith("earshot: EARSHOT-220: ")
        .contains(store().resolve("vosk-model-xx").toString())
        .contains("earshot models download vosk-model-xx");
    assertThat(unset.status()).isEqualTo(1);
    assertThat(unset.err()).contains("EARSHOT_MODEL is not set");
  }

  @Test
  void transcribe_modelByName_used() throws IOException {
    install("my-model");

    Run run = run("transcribe", "--model", "my-model", "--format", "json", CALL);

    assertThat(run.succeeds().json().get("model")).isEqualTo("my-model");
  }

  @Test
  void transcribe_unknownModel_saysWhatToRun() {
    Run named = run("transcribe", "--model", "vosk-model-xx", CALL);
    Run configured = run(Map.of("EARSHOT_MODEL", "vosk-model-xx"), "transcribe", CALL);

    for (Run run : List.of(named, configured)) {
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .contains("EARSHOT-220: there is no speech model vosk-model-xx")
          .contains("earshot models download vosk-model-xx");
    }
    assertThat(configured.err()).contains("(EARSHOT_MODEL)");
  }

  @Test
  void models_noOrWrongCommand_usage() {
    Run none = run("models");
    Run wrong = run("models", "install");
    Run help = run("models", "--help");

    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err())
        .contains("models: which command? One of list, ", "earshot models --help");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("there is no command models install; there are list, ");
    assertThat(help.succeeds().out()).contains("list", "path");
  }
}

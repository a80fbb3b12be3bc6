package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on a home without calls, whose transcription takes long. */
class DemoTest {
  @TempDir private Path home;

  @BeforeEach
  void copySamples() throws IOException {
    Path samples = Earshot.HOME.resolve("samples");
    Files.createDirectories(home.resolve("samples/calls"));
    for (String folder : List.of("email", "chat")) {
      Path copy = Files.createDirectory(home.resolve("samples").resolve(folder));
      try (var files = Files.list(samples.resolve(folder))) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    Files.copy(samples.resolve("customers.csv"), home.resolve("samples/customers.csv"));
  }

  private Run demo(Object... arguments) {
    List<String> command = Earshot.command();
    command.add(command.indexOf("-cp"), "-Dearshot.home=" + home);
    command.add("demo");
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return Earshot.process(new ProcessBuilder(command), "");
  }

  private static void makeOlder(Path index) throws IOException {
    try (Directory directory = FSDirectory.open(index);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(Map.of("earshot.format", "1").entrySet());
      writer.commit();
    }
  }

  @Test
  void demo_itsIndexOfAnOlderFormat_isMadeAnew() throws IOException {
    assertThat(demo().succeeds().out()).contains("; 0 were there already");
    assertThat(demo().succeeds().out()).contains("Indexed 0 interactions");
    makeOlder(home.resolve("target/demo-index"));

    Run run = demo();

    assertThat(run.succeeds().out()).contains("; 0 were there already", "[leaking]");
  }

  @Test
  void demo_namedIndexOfAnOlderFormat_isRefusedAndStays() throws IOException {
    Path index = home.resolve("mine");
    demo("--index", index).succeeds();
    makeOlder(index);

    Run run = demo("--index", index);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("EARSHOT-103");
    assertThat(index).isNotEmptyDirectory();
  }
}

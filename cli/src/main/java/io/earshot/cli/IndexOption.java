package io.earshot.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which index a command works on. */
final class IndexOption {
  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "The index's folder. Default: ${DEFAULT-VALUE}")
  private Path directory = Path.of("earshot-index");

  Path directory() {
    return directory;
  }
}

package io.earshot.cli;

import io.earshot.InteractionIndex;
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

  /** The index, to search it; another process may write to it meanwhile. */
  InteractionIndex open() {
    return InteractionIndex.builder().directory(directory).readOnly().open();
  }
}

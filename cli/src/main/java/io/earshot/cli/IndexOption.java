package io.earshot.cli;

import io.earshot.InteractionIndex;
import io.earshot.RankingProfile;
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
    return open(RankingProfile.standard());
  }

  /** Likewise; what is searched is ranked by that profile. */
  InteractionIndex open(RankingProfile ranking) {
    return InteractionIndex.builder().directory(directory).ranking(ranking).readOnly().open();
  }
}

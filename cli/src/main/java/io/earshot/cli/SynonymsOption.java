package io.earshot.cli;

import io.earshot.InteractionIndex;
import io.earshot.RankingProfile;
import io.earshot.Synonyms;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What words are also looked for by. */
final class SynonymsOption {
  @Option(
      names = "--synonyms",
      paramLabel = "FILE",
      description =
          "Words that mean the same, a rule a line: tv, television; see docs/query-language.md.")
  private @Nullable Path file;

  /** The index with them, to search it. */
  InteractionIndex open(IndexOption index) throws IOException {
    return open(index, RankingProfile.standard());
  }

  /** The index with them, to search it by that ranking. */
  InteractionIndex open(IndexOption index, RankingProfile ranking) throws IOException {
    // First, so that a mistake in the file is told before anything else.
    Synonyms synonyms = file == null ? Synonyms.none() : Synonyms.read(file);
    InteractionIndex open = index.open(ranking);
    open.useSynonyms(synonyms);
    return open;
  }
}

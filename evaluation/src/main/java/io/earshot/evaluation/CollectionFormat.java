package io.earshot.evaluation;

import io.earshot.Interaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A layout of a collection's folder, told by the file its topics are in. */
sealed interface CollectionFormat permits EarshotFormat, BeirFormat, TrecFormat {
  /** What is given each interaction. */
  interface Sink {
    /** Takes one; whatever it refuses is wrong with the line that the interaction is on. */
    void take(Interaction interaction) throws IOException;
  }

  /** The format of what lies in the folder. */
  static CollectionFormat of(Path folder) {
    Stream<CollectionFormat> formats =
        Stream.of(new EarshotFormat(folder), new BeirFormat(folder), new TrecFormat(folder));
    return formats
        .filter(format -> Files.isRegularFile(format.topicsFile()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidCollectionException(
                    "EARSHOT-401: there is no collection in %s: neither topics.jsonl, nor BEIR's queries.jsonl, nor TREC's topics.txt. Give its folder."
                        .formatted(folder)));
  }

  Path topicsFile();

  /** Its topics, each id once; in some formats only what was judged is one. */
  List<Topic> topics(Judgments judgments) throws IOException;

  /** The judgments; none if there is no file of them yet. */
  Judgments judgments() throws IOException;

  /** The files that hold the interactions; none if they are indexed elsewhere. */
  List<Path> interactionFiles() throws IOException;

  /** Reads one of those files. */
  void readInteractions(Path file, Sink sink) throws IOException;

  /** The first of the files that is there. */
  static Optional<Path> firstOf(Path... files) {
    return Stream.of(files).filter(Files::isRegularFile).findFirst();
  }

  /** The folder's files whose names end so, by name; none if there is no folder. */
  static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}

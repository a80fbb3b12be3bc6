package io.earshot.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * BEIR's layout: {@code corpus.jsonl}, {@code queries.jsonl} and {@code qrels/test.tsv}, or where
 * there is no test split the first by name. The queries of other splits are no topics.
 */
record BeirFormat(Path folder) implements CollectionFormat {
  private static final List<String> HEADER = List.of("query-id", "corpus-id", "score");

  @Override
  public Path topicsFile() {
    return folder.resolve("queries.jsonl");
  }

  @Override
  public List<Topic> topics(Judgments judgments) throws IOException {
    TopicList topics = new TopicList();
    try (Lines lines = Lines.of(topicsFile())) {
      while (lines.next()) {
        JsonFields fields = JsonFields.of(lines);
        topics.add(() -> Topic.of(fields.text("_id"), fields.text("text")), lines);
      }
    }
    return judgments.grades().isEmpty()
        ? topics.topics()
        : topics.topics().stream()
            .filter(topic -> judgments.grades().containsKey(topic.id()))
            .toList();
  }

  @Override
  public Judgments judgments() throws IOException {
    Path test = folder.resolve("qrels/test.tsv");
    if (Files.isRegularFile(test)) {
      return judgments(test);
    }
    List<Path> splits = CollectionFormat.files(folder.resolve("qrels"), ".tsv");
    return splits.isEmpty() ? Judgments.NONE : judgments(splits.getFirst());
  }

  private static Judgments judgments(Path file) throws IOException {
    Judgments.Builder judgments = new Judgments.Builder();
    try (Lines lines = Lines.of(file)) {
      if (lines.next() && !lines.fields().equals(HEADER)) {
        throw lines.refused("expected the header " + String.join(" ", HEADER));
      }
      while (lines.next()) {
        List<String> fields = lines.fields();
        if (fields.size() != 3) {
          throw lines.refused(
              "expected query-id corpus-id score, got " + fields.size() + " fields");
        }
        judgments.add(fields.get(0), fields.get(1), fields.get(2), lines);
      }
    }
    return judgments.build();
  }

  @Override
  public List<Path> interactionFiles() {
    return CollectionFormat.firstOf(folder.resolve("corpus.jsonl")).stream().toList();
  }

  @Override
  public void readInteractions(Path file, Sink sink) throws IOException {
    try (Lines lines = Lines.of(file)) {
      while (lines.next()) {
        JsonFields fields = JsonFields.of(lines);
        sink.take(
            PublicDocument.note(
                fields.text("_id"),
                fields.optionalText("title").orElse(""),
                fields.optionalText("text").orElse(""),
                lines));
      }
    }
  }
}

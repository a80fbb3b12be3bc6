package io.earshot.evaluation;

import io.earshot.Interaction;
import io.earshot.InteractionJson;
import io.earshot.InvalidInteractionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Earshot's own layout: {@code topics.jsonl}, judgments, and {@code interactions.jsonl}. */
record EarshotFormat(Path folder) implements CollectionFormat {
  @Override
  public Path topicsFile() {
    return folder.resolve("topics.jsonl");
  }

  @Override
  public List<Topic> topics(Judgments judgments) throws IOException {
    TopicList topics = new TopicList();
    try (Lines lines = Lines.of(topicsFile())) {
      while (lines.next()) {
        topics.add(() -> topic(lines), lines);
      }
    }
    return topics.topics();
  }

  private static Topic topic(Lines lines) {
    JsonFields fields =
        JsonFields.of(lines).only("id", "customer", "query", "need", "kind", "half");
    Optional<Half> half =
        fields
            .optionalText("half")
            .map(
                label ->
                    Half.labelled(label)
                        .orElseThrow(
                            () -> lines.refused("half: expected development or reported")));
    return new Topic(
        fields.text("id"),
        fields.optionalText("customer"),
        fields.text("query"),
        fields.optionalText("need"),
        fields.optionalText("kind"),
        half);
  }

  @Override
  public Judgments judgments() throws IOException {
    Path withReasons = folder.resolve("judgments.jsonl");
    Path qrels = folder.resolve("qrels.txt");
    if (Files.isRegularFile(withReasons)) {
      return Judgments.readJsonLines(withReasons);
    }
    return Files.isRegularFile(qrels) ? Judgments.readQrels(qrels) : Judgments.NONE;
  }

  @Override
  public List<Path> interactionFiles() {
    return CollectionFormat.firstOf(folder.resolve("interactions.jsonl")).stream().toList();
  }

  @Override
  public void readInteractions(Path file, Sink sink) throws IOException {
    try (Lines lines = Lines.of(file)) {
      while (lines.next()) {
        try {
          sink.take(withCustomer(InteractionJson.read(lines.text()).interaction(), lines));
        } catch (InvalidInteractionException e) {
          throw lines.refused(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static Interaction withCustomer(Interaction interaction, Lines lines) {
    if (interaction.customers().contains(Interaction.UNKNOWN_CUSTOMER)) {
      throw lines.refused("interaction " + interaction.id() + " lacks its customer");
    }
    return interaction;
  }
}

package io.earshot.cli;

import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import io.earshot.InteractionJson;
import io.earshot.Turn;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code earshot history}: one customer's timeline. */
@Command(name = "history", description = "Shows a customer's timeline, newest first.")
final class HistoryCommand implements Callable<Integer> {
  private static final int OPENING = 100;

  @Mixin private IndexOption index = new IndexOption();

  @Option(
      names = "--customer",
      paramLabel = "ID",
      required = true,
      description = "Whose history to show.")
  private String customer = "";

  @Option(
      names = "--json",
      description = "Prints each interaction whole, one JSON object a line, as parse does.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Terminal.out();
    try (InteractionIndex open =
        InteractionIndex.builder().directory(index.directory()).readOnly().open()) {
      long count =
          open.customer(customer)
              .forEach(
                  interaction ->
                      out.println(json ? InteractionJson.write(interaction) : line(interaction)));
      if (count == 0 && !json) {
        out.println("Nothing is known of " + customer + ".");
      }
    }
    return 0;
  }

  private static String line(Interaction interaction) {
    String direction =
        interaction.direction().map(d -> d.name().toLowerCase(java.util.Locale.ROOT)).orElse("");
    Optional<String> opening =
        interaction.turns().stream()
            .map(Turn::text)
            .filter(text -> !text.isBlank())
            .findFirst()
            .map(HistoryCommand::shortened);
    return "%s  %-6s %-8s  %s"
        .formatted(
            AnswerText.time(interaction.startedAt()),
            interaction.channel(),
            direction,
            interaction.subject().map(HistoryCommand::shortened).or(() -> opening).orElse(""));
  }

  private static String shortened(String text) {
    String line = text.replaceAll("[\\s\\p{Cc}]+", " ").strip();
    if (line.codePointCount(0, line.length()) <= OPENING) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, OPENING)) + " \u2026";
  }
}

package io.earshot.cli;

import io.earshot.InteractionIndex;
import io.earshot.Suggestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code earshot suggest}: how what is being typed may go on. */
@Command(
    name = "suggest",
    description =
        "Completes what is being typed with words, phrases, people and identifiers of one customer's history, or of everybody's if no customer is named.")
final class SuggestCommand implements Callable<Integer> {
  private static final int WIDEST = 40;

  @Mixin private IndexOption index = new IndexOption();

  @Option(
      names = "--customer",
      paramLabel = "ID",
      preprocessor = Id.class,
      converter = Id.class,
      description = "Whose history to look in.")
  private @Nullable String customer;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = WholeNumber.Suggestions.class,
      description = "Most suggestions to show, up to 100. Default: ${DEFAULT-VALUE}")
  private int limit = 10;

  @Option(names = "--json", description = "Prints the suggestions as one JSON array.")
  private boolean json;

  @Parameters(paramLabel = "PREFIX", arity = "1..*", description = "What was typed so far.")
  private List<String> prefix = List.of();

  @Override
  public Integer call() throws IOException {
    try (InteractionIndex open = index.open()) {
      List<Suggestion> suggestions =
          SearchCommand.history(open, customer).suggest(String.join(" ", prefix), limit);
      if (json) {
        Json.line(Terminal.out(), generator -> AnswerJson.suggestions(generator, suggestions));
      } else {
        print(Terminal.out(), suggestions);
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, List<Suggestion> suggestions) {
    int widest =
        suggestions.stream()
            .mapToInt(suggestion -> shown(suggestion).length())
            .filter(length -> length <= WIDEST)
            .max()
            .orElse(1);
    for (Suggestion suggestion : suggestions) {
      String text = shown(suggestion);
      String padding = " ".repeat(Math.max(0, widest - text.length()));
      String kind = suggestion.kind().name().toLowerCase(Locale.ROOT);
      out.println(
          text
              + padding
              + Style.DIM.of(
                  String.format(Locale.ROOT, "  %-10s  %,6d", kind, suggestion.interactions())));
    }
  }

  private static String shown(Suggestion suggestion) {
    return AnswerText.oneLine(AnswerText.printable(suggestion.text()));
  }
}

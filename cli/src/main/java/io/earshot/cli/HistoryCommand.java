package io.earshot.cli;

import io.earshot.CustomerHistory;
import io.earshot.HistoryPage;
import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import io.earshot.InteractionJson;
import io.earshot.SearchRequest;
import io.earshot.SortOrder;
import io.earshot.Turn;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot history}: one customer's timeline. */
@Command(
    name = "history",
    description = "Shows a customer's timeline, newest first, or a summary of it.")
final class HistoryCommand implements Callable<Integer> {
  private static final int OPENING = 100;
  private static final int PAGE = 500; // whole interactions, so that memory holds a page of them

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets the real one
  @Mixin private IndexOption index = new IndexOption();
  @Mixin private ZoneOption zone = new ZoneOption();
  @Mixin private SynonymsOption synonyms = new SynonymsOption();

  @Option(
      names = "--customer",
      paramLabel = "ID",
      preprocessor = Id.class,
      converter = Id.class,
      required = true,
      description = "Whose history to show.")
  private String customer = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = WholeNumber.Interactions.class,
      description = "Most interactions to show, up to 100,000. Default: all of them")
  private @Nullable Integer limit;

  @Option(
      names = "--cursor",
      paramLabel = "C",
      description = "Goes on behind the page that gave this cursor; all else must be as it was.")
  private @Nullable String cursor;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      converter = Choice.OrderInTime.class,
      description = "newest or oldest. Default: newest")
  private SortOrder sort = SortOrder.NEWEST;

  @Option(
      names = "--summary",
      description =
          "Shows the history at a glance: counts, first and last contact, what is open, what it is about.")
  private boolean summary;

  @Option(
      names = "--json",
      description =
          "Prints each interaction whole, one JSON object a line, as parse does; of --summary one object.")
  private boolean json;

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..*",
      description = "Which interactions to show, as in channel:call past:90d. Default: all of them")
  private List<String> query = List.of();

  @Override
  public Integer call() throws IOException {
    check();
    try (InteractionIndex open = synonyms.open(index)) {
      CustomerHistory history = open.customer(customer);
      if (summary) {
        new SummaryOutput(Terminal.out(), zone.zone()).print(customer, history, json);
      } else if (limit == null && cursor == null && query.isEmpty() && sort == SortOrder.NEWEST) {
        tellIfNone(history.forEach(this::print));
      } else {
        pages(history);
      }
    }
    return 0;
  }

  private void check() {
    if (sort == SortOrder.RELEVANCE) {
      throw new ParameterException(
          spec.commandLine(), "--sort: a history is sorted newest or oldest, got relevance");
    }
    if (summary && (limit != null || cursor != null || !query.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--summary is of the whole history: leave QUERY, limit, cursor out");
    }
  }

  /** One page if there is a limit, else one after the other. */
  private void pages(CustomerHistory history) {
    SearchRequest.Builder request =
        SearchRequest.builder(String.join(" ", query)).sort(sort).zone(zone.zone());
    request.limit(limit == null ? PAGE : limit);
    Optional<String> next = Optional.ofNullable(cursor);
    boolean first = true;
    do {
      next.ifPresent(request::cursor);
      HistoryPage page = history.history(request.build());
      if (first) {
        page.warnings().forEach(warning -> Terminal.say("earshot: " + warning));
        tellIfNone(page.total());
      }
      page.interactions().forEach(this::print);
      next = page.nextCursor();
      first = false;
    } while (limit == null && next.isPresent());
    // Not on standard output, where a script reads interactions.
    next.ifPresent(where -> Terminal.say("Next page: --cursor " + where));
  }

  private void tellIfNone(long count) {
    if (count > 0) {
      return;
    }
    String shown = AnswerText.printable(customer);
    String none =
        query.isEmpty()
            ? "Nothing is known of " + shown + "."
            : "Nothing like that is in the history of " + shown + ".";
    if (json) {
      Terminal.say("earshot: " + none); // on standard output a script reads interactions
    } else {
      Terminal.out().println(none);
    }
  }

  private void print(Interaction interaction) {
    PrintWriter out = Terminal.out();
    out.println(json ? InteractionJson.write(interaction) : line(interaction));
  }

  private String line(Interaction interaction) {
    String direction =
        interaction.direction().map(d -> d.name().toLowerCase(Locale.ROOT)).orElse("");
    Optional<String> opening =
        interaction.turns().stream()
            .map(Turn::text)
            .filter(text -> !text.isBlank())
            .findFirst()
            .map(HistoryCommand::shortened);
    return "%s  %s  %-8s  %s"
        .formatted(
            Style.DIM.of(new AnswerText(Terminal.out(), zone.zone()).time(interaction.startedAt())),
            AnswerText.channel(interaction.channel()),
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

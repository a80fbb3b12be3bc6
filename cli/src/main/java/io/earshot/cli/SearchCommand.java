package io.earshot.cli;

import io.earshot.CustomerHistory;
import io.earshot.InteractionIndex;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import io.earshot.SortOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot search}: answers one query, or a file of them. */
@Command(
    name = "search",
    description = "Searches one customer's history, or everybody's if no customer is named.")
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets the real one
  @Mixin private IndexOption index = new IndexOption();

  @Option(names = "--customer", paramLabel = "ID", description = "Whose history to search.")
  private @Nullable String customer;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most hits to show, up to 100,000. Default: ${DEFAULT-VALUE}")
  private int limit = SearchRequest.DEFAULT_LIMIT;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description = "relevance, newest or oldest. Default: relevance")
  private SortOrder sort = SortOrder.RELEVANCE;

  @Option(names = "--facets", description = "Counts the hits by channel and month.")
  private boolean facets;

  @Option(names = "--json", description = "Prints the answer as one JSON object.")
  private boolean json;

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description =
          "Answers one request a line, {\"id\",\"customer\",\"query\",\"limit\",\"sort\",\"facets\"}, with one JSON object a line, in the same order. - reads standard input.")
  private @Nullable Path batch;

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..*",
      description =
          "Words, \"phrases\", -exclusions, OR, ( ). Put -- before a query that begins with -.")
  private List<String> query = List.of();

  @Override
  public Integer call() throws IOException {
    if (limit < 0 || limit > SearchRequest.MAX_LIMIT) {
      throw new ParameterException(
          spec.commandLine(),
          "--limit must be in [0, %,d], got %,d".formatted(SearchRequest.MAX_LIMIT, limit));
    }
    if (batch != null && !query.isEmpty()) {
      throw new UsageException("--batch reads its queries from the file; leave QUERY out");
    }
    try (InteractionIndex open =
        InteractionIndex.builder().directory(index.directory()).readOnly().open()) {
      return batch == null ? answer(open) : new BatchSearch(open).run(batch);
    }
  }

  private int answer(InteractionIndex open) throws IOException {
    SearchRequest request =
        SearchRequest.builder(String.join(" ", query))
            .limit(limit)
            .sort(sort)
            .facets(facets)
            .build();
    SearchResult result = history(open, customer).search(request);
    if (json) {
      Json.line(Terminal.out(), generator -> AnswerJson.write(generator, result));
    } else {
      AnswerText.print(Terminal.out(), result);
    }
    return 0;
  }

  static CustomerHistory history(InteractionIndex open, @Nullable String customer) {
    return customer == null ? open.everyone() : open.customer(customer);
  }
}

package io.earshot.cli;

import io.earshot.CustomerHistory;
import io.earshot.Grouping;
import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import io.earshot.RankingProfile;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import io.earshot.SortOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot search}: answers one query, or a file of them. */
@Command(
    name = "search",
    description = "Searches one customer's history, or everybody's if no customer is named.")
final class SearchCommand implements Callable<Integer> {
  private static final Set<String> BESIDE_BATCH =
      Set.of("--batch", "--index", "--json", "--ranking", "--synonyms");

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private IndexOption index = new IndexOption();
  @Mixin private ZoneOption zone = new ZoneOption();
  @Mixin private SynonymsOption synonyms = new SynonymsOption();

  @Option(
      names = "--customer",
      paramLabel = "ID",
      preprocessor = Id.class,
      converter = Id.class,
      description = "Whose history to search.")
  private @Nullable String customer;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = WholeNumber.Hits.class,
      description = "Most hits to show, up to 100,000. Default: ${DEFAULT-VALUE}")
  private int limit = SearchRequest.DEFAULT_LIMIT;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      converter = Choice.Order.class,
      description = "relevance, newest or oldest. Default: relevance")
  private SortOrder sort = SortOrder.RELEVANCE;

  @Option(
      names = "--cursor",
      paramLabel = "C",
      description = "Goes on behind the page that gave this cursor; all else must be as it was.")
  private @Nullable String cursor;

  @Option(
      names = "--group",
      paramLabel = "WHAT",
      converter = Choice.Groups.class,
      description = "Shows the hits of one thread, or of one episode, as one: thread or episode.")
  private Grouping group = Grouping.NONE;

  @Option(
      names = "--passages",
      paramLabel = "N",
      converter = WholeNumber.Passages.class,
      description = "Most passages to show of a hit, up to 100. Default: ${DEFAULT-VALUE}")
  private int passages = 3;

  @Option(
      names = "--facets",
      description = "Counts the hits by channel, month, agent, direction, language and tag.")
  private boolean facets;

  @Option(
      names = "--facet",
      paramLabel = "NAME",
      description = "Counts the hits by one of those, or by an attribute. May be repeated.")
  private List<String> facet = List.of();

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      converter = TimeLimit.class,
      description = "Answers after this long with what was found by then, as in 200ms or 2s.")
  private @Nullable Duration timeLimit;

  @Option(
      names = "--no-relax",
      description = "If nothing has all of the words, finds nothing, rather than most of them.")
  private boolean strict;

  @Option(
      names = "--like",
      paramLabel = "ID",
      preprocessor = Id.class,
      converter = Id.class,
      description = "Finds what is about the same as this interaction; QUERY narrows it down.")
  private @Nullable String like;

  @Option(
      names = "--ranking",
      paramLabel = "FILE",
      description = "Ranks by the profile in this file; see docs/ranking.md.")
  private @Nullable Path ranking;

  @Option(
      names = "--explain",
      description = "Says how the query was understood, and why each hit was found.")
  private boolean explain;

  @Option(names = "--json", description = "Prints the answer as one JSON object.")
  private boolean json;

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description =
          "Answers one request a line, {\"id\",\"customer\",\"query\",\"limit\",\"sort\",\"facets\",\"facet\",\"group\",\"passages\",\"cursor\",\"zone\",\"like\",\"timeLimit\",\"relax\",\"explain\"}, with one JSON object a line, in the same order. - reads standard input.")
  private @Nullable Path batch;

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..*",
      description =
          "Words, \"phrases\", -exclusions, OR, ( ), operators and filters, as in channel:call; see docs/query-language.md. Put -- before a query that begins with -.")
  private List<String> query = List.of();

  @Override
  public Integer call() throws IOException {
    if (batch != null) {
      refuseBesideBatch();
    }
    SearchRequest request = request();
    RankingProfile profile =
        ranking == null ? RankingProfile.standard() : RankingProfile.read(ranking);
    try (InteractionIndex open = synonyms.open(index, profile)) {
      return batch == null ? answer(open, request) : new BatchSearch(open).run(batch);
    }
  }

  /** Nothing else is asked than what stands in the file: least of all in another scope. */
  private void refuseBesideBatch() {
    if (!query.isEmpty()) {
      throw new UsageException("--batch reads its queries from the file; leave QUERY out");
    }
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      if (!BESIDE_BATCH.contains(option.longestName())) {
        throw new UsageException(
            "--batch reads each request whole from the file; leave "
                + option.longestName()
                + " out, and say it in each line");
      }
    }
  }

  private SearchRequest request() {
    SearchRequest.Builder request =
        SearchRequest.builder(String.join(" ", query))
            .sort(sort)
            .grouping(group)
            .facets(facets)
            .facet(facet.toArray(String[]::new))
            .zone(zone.zone())
            .limit(limit)
            .passages(passages)
            .relaxing(!strict)
            .explaining(explain);
    if (cursor != null) {
      request.cursor(cursor);
    }
    if (timeLimit != null) {
      request.timeLimit(timeLimit);
    }
    return request.build();
  }

  private int answer(InteractionIndex open, SearchRequest request) throws IOException {
    CustomerHistory history = history(open, customer);
    SearchResult result =
        like == null
            ? history.search(request)
            : history.moreLikeThis(
                inScope(open, like, customer)
                    .orElseThrow(() -> new UsageException("--like: " + notThere(like))),
                request);
    if (json) {
      Json.line(Terminal.out(), generator -> AnswerJson.write(generator, result, explain));
    } else {
      new AnswerText(Terminal.out(), zone.zone()).print(result, explain);
    }
    return 0;
  }

  /** The interaction of that id; of another customer's not even that it is there is told. */
  static Optional<Interaction> inScope(
      InteractionIndex open, String id, @Nullable String customer) {
    return open.get(id).filter(one -> customer == null || one.customers().contains(customer));
  }

  static String notThere(@Nullable String id) {
    return "there is no interaction " + id + " in this history";
  }

  static CustomerHistory history(InteractionIndex open, @Nullable String customer) {
    return customer == null ? open.everyone() : open.customer(customer);
  }
}

package io.earshot.cli;

import io.earshot.EarshotException;
import io.earshot.InteractionIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code earshot demo}: indexes the samples and searches them over all channels. */
@Command(
    name = "demo",
    description = "Indexes the samples (with real transcription) and shows a few searches.")
final class DemoCommand implements Callable<Integer> {
  private static final List<Search> SEARCHES =
      List.of(
          new Search(
              "Daniel rings. Has he told us before what is wrong? Chat, e-mail and phone at once:",
              "cust-1002",
              "leaking"),
          new Search(
              "Emma was promised something on the phone. The exact words, and where they were said:",
              "cust-1001",
              "\"money back\" OR \"full refund\""),
          new Search(
              "Olivia says a fee was taken off. All words, in any turn and inflection, said or written:",
              "cust-1003",
              "\"cancellation fee\" remove OR waive"),
          new Search("An order number, wherever it was written:", "cust-1002", "449870"),
          new Search(
              "What did an agent offer Emma? Not her word for it: theirs, two words within ten seconds:",
              "cust-1001",
              "said-by:agent (offer WITHIN/10s refund)"),
          new Search(
              "What has Olivia asked us, in chats and on the phone, where nobody hears question marks?",
              "cust-1003",
              "said-by:customer is:question channel:call,chat"));

  /** Of another format, or damaged. */
  private static final Set<String> UNUSABLE = Set.of("EARSHOT-103", "EARSHOT-104", "EARSHOT-108");

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "Where to put the index. Default: target/demo-index beside the launcher.")
  private @Nullable Path directory;

  private record Search(String story, String customer, String query) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Terminal.out();
    Path samples = Home.folder().resolve("samples");
    Path index = directory == null ? defaultDirectory() : directory;
    out.println("Indexing three invented customers: e-mail, chat and call recordings.\n");
    try (SpeechModel model = new SpeechModel()) {
      IndexCommand.print(
          out,
          IndexCommand.run(
              index,
              List.of(samples.resolve("email"), samples.resolve("chat"), samples.resolve("calls")),
              samples.resolve("customers.csv"),
              null,
              Runtime.getRuntime().availableProcessors(),
              model));
    }
    try (InteractionIndex open = InteractionIndex.builder().directory(index).readOnly().open()) {
      AnswerText answers = new AnswerText(out, ZoneId.systemDefault());
      for (Search search : SEARCHES) {
        out.println("\n" + search.story);
        out.println("$ earshot search --customer " + search.customer + " '" + search.query + "'");
        answers.print(open.customer(search.customer).search(search.query), false);
      }
    }
    String option = "--index " + shortest(index);
    out.println("\nNow you:");
    out.println("  ./earshot search " + option + " --customer cust-1001 refund");
    out.println("  ./earshot search " + option + " --customer cust-1003 --json 'cancellation fee'");
    out.println("  ./earshot history " + option + " --customer cust-1002");
    out.println("  ./earshot index --customers samples/customers.csv YOUR-MAIL-CHATS-AND-CALLS");
    return 0;
  }

  /** The path as somebody would type it here. */
  private static Path shortest(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }

  private static Path defaultDirectory() throws IOException {
    if (!Files.isWritable(Home.folder())) {
      return Files.createTempDirectory("earshot-demo");
    }
    Path index = Home.folder().resolve("target").resolve("demo-index");
    removeIfUnusable(index);
    return index;
  }

  /** What another version of Earshot left; only of the demo's own folder. */
  private static void removeIfUnusable(Path index) throws IOException {
    try {
      InteractionIndex.builder().directory(index).readOnly().open().close();
    } catch (EarshotException e) {
      if (UNUSABLE.contains(e.code())) {
        try (Stream<Path> files = Files.list(index)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }
}

package io.earshot.cli;

import io.earshot.IndexCheck;
import io.earshot.InteractionIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code earshot check}: integrity and counts. */
@Command(
    name = "check",
    description = "Checks every file of an index, and counts. Exit status 1 if it is damaged.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private IndexOption index = new IndexOption();

  @Option(names = "--json", description = "Prints what was found as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    IndexCheck check = InteractionIndex.check(index.directory());
    if (json) {
      Json.line(
          Terminal.out(),
          generator -> {
            generator.writeStartObject();
            generator.writeBooleanField("sound", check.sound());
            generator.writeNumberField("interactions", check.interactions());
            generator.writeNumberField("customers", check.customers());
            Json.counts(generator, "byChannel", check.byChannel());
            generator.writeNumberField("segments", check.segments());
            generator.writeNumberField("deleted", check.deleted());
            generator.writeNumberField("format", check.format());
            generator.writeFieldName("problems");
            generator.writeArray(
                check.problems().toArray(String[]::new), 0, check.problems().size());
            generator.writeEndObject();
          });
    } else {
      print(Terminal.out(), check);
    }
    return check.sound() ? 0 : Failures.FAILED;
  }

  private static void print(PrintWriter out, IndexCheck check) {
    if (!check.sound()) {
      out.println("The index is damaged:");
      check.problems().forEach(problem -> out.println("  " + problem));
      return;
    }
    out.printf(
        Locale.ROOT,
        "Sound: %,d interactions of %,d customers, %d segments, %,d deleted, format %d.%n",
        check.interactions(),
        check.customers(),
        check.segments(),
        check.deleted(),
        check.format());
    check
        .byChannel()
        .forEach((channel, count) -> out.printf(Locale.ROOT, "  %-8s %,d%n", channel, count));
  }
}

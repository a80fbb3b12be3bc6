package io.earshot.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.earshot.InteractionIndex;
import io.earshot.indexers.AttachmentText;
import io.earshot.indexers.IdentityResolver;
import io.earshot.indexers.Ingest;
import io.earshot.indexers.IngestReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code earshot index}: reads files and folders into an index. */
@Command(
    name = "index",
    description = "Reads e-mail, chats and calls into an index. Running it again changes nothing.")
final class IndexCommand implements Callable<Integer> {
  @Mixin private IndexOption index = new IndexOption();
  @Mixin private SpeechModel model = new SpeechModel();

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description = "Format of every input. Default: each input's own, told by its content.")
  private @Nullable String format;

  @Option(
      names = "--customers",
      paramLabel = "CSV",
      description = "Whose address is whose: a CSV file with the header address,customer.")
  private @Nullable Path customers;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = WholeNumber.Workers.class,
      description =
          "Calls transcribed at a time, each in a process. Default: one for each processor.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "Prints the report as one JSON object.")
  private boolean json;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws IOException {
    IngestReport report;
    try (SpeechModel speech = model) {
      report = run(index.directory(), paths, customers, format, workers, speech);
    }
    if (json) {
      Json.line(Terminal.out(), generator -> write(generator, report));
    } else {
      print(Terminal.out(), report);
    }
    return report.quarantined().isEmpty() ? 0 : Failures.QUARANTINED;
  }

  static IngestReport run(
      Path directory,
      List<Path> paths,
      @Nullable Path customers,
      @Nullable String format,
      int workers,
      SpeechModel model)
      throws IOException {
    IdentityResolver known =
        customers == null
            ? IdentityResolver.byAddress()
            : IdentityResolver.chain(
                List.of(IdentityResolver.csv(customers), IdentityResolver.byAddress()));
    model.workers(workers);
    try (Progress progress = new Progress("Indexing", "inputs", model::speed);
        AttachmentText attachments = AttachmentText.withDefaults()) {
      Ingest.Builder builder =
          Ingest.builder()
              .customers(known)
              .workers(workers)
              .transcriber(model::transcriber)
              .attachmentText(attachments)
              .listener(progress);
      Ingest ingest = UsageException.unlessUsable(builder, format);
      try (InteractionIndex open = InteractionIndex.open(directory)) {
        return ingest.run(paths, Ingest.Target.of(open));
      }
    }
  }

  private static void write(JsonGenerator json, IngestReport report) throws IOException {
    json.writeStartObject();
    json.writeNumberField("indexed", report.indexed());
    json.writeNumberField("unchanged", report.unchanged());
    json.writeNumberField("quarantined", report.quarantined().size());
    json.writeFieldName("seconds");
    json.writeNumber(String.format(Locale.ROOT, "%.3f", report.seconds()));
    json.writeNumberField("duplicates", report.duplicates());
    Json.counts(json, "byChannel", report.byChannel());
    Json.counts(json, "ignored", report.ignored());
    json.writeArrayFieldStart("quarantine");
    for (IngestReport.Quarantined entry : report.quarantined()) {
      json.writeStartObject();
      json.writeStringField("uri", entry.uri());
      json.writeStringField("position", entry.position());
      json.writeStringField("reason", entry.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void print(PrintWriter out, IngestReport report) {
    out.printf(
        Locale.ROOT,
        "Indexed %,d interactions in %.1f s; %,d were there already%s.%n",
        report.indexed(),
        report.seconds(),
        report.unchanged(),
        listed(" (together: ", report.byChannel(), ")"));
    if (report.duplicates() > 0) {
      out.printf(Locale.ROOT, "Found %,d of them in a second place.%n", report.duplicates());
    }
    if (!report.ignored().isEmpty()) {
      out.println("Left out: " + listed("", report.ignored(), "."));
    }
    if (!report.quarantined().isEmpty()) {
      out.printf(Locale.ROOT, "Quarantined %,d:%n", report.quarantined().size());
      for (IngestReport.Quarantined entry : report.quarantined()) {
        out.println("  " + AnswerText.printable(Progress.shown(entry)));
      }
    }
  }

  private static String listed(String before, Map<String, Long> counts, String after) {
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", ", before, after));
  }
}

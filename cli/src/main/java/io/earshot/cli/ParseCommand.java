package io.earshot.cli;

import io.earshot.InteractionJson;
import io.earshot.indexers.AttachmentText;
import io.earshot.indexers.Ingest;
import io.earshot.indexers.IngestReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code earshot parse}: prints interactions, and indexes nothing. */
@Command(
    name = "parse",
    description = "Prints the interactions in files and folders as JSON Lines; indexes nothing.")
final class ParseCommand implements Callable<Integer> {
  @Mixin private SpeechModel model = new SpeechModel();

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description = "Format of every input. Default: each input's own, told by its content.")
  private @Nullable String format;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Terminal.out();
    try (SpeechModel speech = model;
        Progress progress = new Progress("Reading", "inputs", model::speed);
        AttachmentText attachments = AttachmentText.withDefaults()) {
      Ingest.Builder ingest =
          Ingest.builder()
              .transcriber(speech::transcriber)
              .attachmentText(attachments)
              .listener(progress);
      IngestReport report =
          UsageException.unlessUsable(ingest, format)
              .parse(paths, interaction -> out.println(InteractionJson.write(interaction)));
      report.quarantined().forEach(entry -> Terminal.say("quarantined: " + Progress.shown(entry)));
      return report.quarantined().isEmpty() ? 0 : Failures.QUARANTINED;
    }
  }
}

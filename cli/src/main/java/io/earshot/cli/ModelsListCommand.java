package io.earshot.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.earshot.transcription.InstalledModel;
import io.earshot.transcription.ModelOrigin;
import io.earshot.transcription.ModelStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code earshot models list}: the models that are installed. */
@Command(name = "list", description = "Lists the speech models that are installed.")
final class ModelsListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Prints one JSON array.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ModelStore store = ModelStore.standard();
    List<InstalledModel> models = store.installed();
    if (json) {
      Json.line(
          Terminal.out(),
          generator -> {
            generator.writeStartArray();
            for (InstalledModel model : models) {
              write(generator, model);
            }
            generator.writeEndArray();
          });
    } else {
      print(Terminal.out(), models, store);
    }
    return 0;
  }

  private static void print(PrintWriter out, List<InstalledModel> models, ModelStore store) {
    if (models.isEmpty()) {
      out.println("No speech model is installed in " + store.folder() + ".");
    }
    for (InstalledModel model : models) {
      out.printf(
          Locale.ROOT,
          "%-40s %9s  %-6s %s%n",
          model.name(),
          megabytes(model.sizeBytes()),
          language(model).orElse("-"),
          model.origin().map(origin -> origin.url().toString()).orElse("put there by hand"));
      model.problem().ifPresent(problem -> out.println("  cannot be used: " + problem));
    }
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  private static Optional<String> language(InstalledModel model) {
    return model.origin().flatMap(ModelOrigin::language);
  }

  private static void write(JsonGenerator json, InstalledModel model) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", model.name());
    json.writeStringField("path", model.path().toString());
    json.writeStringField("type", model.speaker() ? "speaker" : "speech");
    json.writeNumberField("sizeBytes", model.sizeBytes());
    Optional<ModelOrigin> origin = model.origin();
    json.writeStringField("language", language(model).orElse(null));
    json.writeStringField("url", origin.map(each -> each.url().toString()).orElse(null));
    json.writeStringField("sha256", origin.map(ModelOrigin::sha256).orElse(null));
    json.writeStringField(
        "downloadedAt", origin.map(each -> each.downloadedAt().toString()).orElse(null));
    json.writeStringField("problem", model.problem().orElse(null));
    json.writeEndObject();
  }
}

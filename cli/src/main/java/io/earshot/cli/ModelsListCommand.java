package io.earshot.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.earshot.transcription.AvailableModel;
import io.earshot.transcription.InstalledModel;
import io.earshot.transcription.ModelOrigin;
import io.earshot.transcription.ModelStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code earshot models list}: the models that are installed, or can be. */
@Command(
    name = "list",
    description = "Lists the speech models that are installed, or those that can be downloaded.")
final class ModelsListCommand implements Callable<Integer> {
  @Mixin private ModelListOption list = new ModelListOption();

  @Option(names = "--available", description = "Lists the models that can be downloaded.")
  private boolean available;

  @Option(names = "--json", description = "Prints one JSON array.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ModelStore store = ModelStore.standard();
    if (available) {
      print(offered(store), store);
    } else if (list.given().isPresent()) {
      throw new UsageException("--from is for --available: installed models need no list");
    } else {
      print(store.installed(), store.folder());
    }
    return 0;
  }

  private List<AvailableModel> offered(ModelStore store) throws IOException {
    try {
      return list.given().isPresent() ? store.available(list.given().get()) : store.available();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void print(List<InstalledModel> models, Path folder) throws IOException {
    if (json) {
      array(models, ModelsListCommand::write);
      return;
    }
    PrintWriter out = Terminal.out();
    if (models.isEmpty()) {
      out.println("No speech model is installed in " + folder + ".");
    }
    for (InstalledModel model : models) {
      out.println(
          line(
              model.name(),
              model.sizeBytes(),
              language(model).orElse("-"),
              model.origin().map(origin -> origin.url().toString()).orElse("put there by hand")));
      model
          .problem()
          .ifPresent(problem -> out.println("  cannot be used: " + AnswerText.printable(problem)));
    }
  }

  private void print(List<AvailableModel> models, ModelStore store) throws IOException {
    Set<String> installed =
        store.installed().stream().map(InstalledModel::name).collect(Collectors.toSet());
    if (json) {
      array(models, (generator, model) -> write(generator, model, installed));
      return;
    }
    for (AvailableModel model : models) {
      if (!model.obsolete()) {
        String there = installed.contains(model.name()) ? " (installed)" : "";
        Terminal.out()
            .println(
                line(
                    model.name(),
                    model.sizeBytes(),
                    model.language(),
                    model.languageName() + there));
      }
    }
  }

  /** What comes from a list may hold anything, so it is made fit for a terminal. */
  private static String line(String name, long bytes, String language, String more) {
    return AnswerText.printable(
        String.format(Locale.ROOT, "%-40s %,10.1f MB  %-6s %s", name, bytes / 1e6, language, more));
  }

  private interface Entry<T> {
    void write(JsonGenerator json, T model) throws IOException;
  }

  private static <T> void array(List<T> models, Entry<T> entry) throws IOException {
    Json.line(
        Terminal.out(),
        generator -> {
          generator.writeStartArray();
          for (T model : models) {
            entry.write(generator, model);
          }
          generator.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, AvailableModel model, Set<String> installed)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", model.name());
    json.writeStringField("language", model.language());
    json.writeStringField("languageName", model.languageName());
    json.writeStringField("type", model.type());
    json.writeStringField("version", model.version());
    json.writeNumberField("sizeBytes", model.sizeBytes());
    json.writeBooleanField("obsolete", model.obsolete());
    json.writeBooleanField("installed", installed.contains(model.name()));
    json.writeStringField("url", model.url().toString());
    json.writeStringField("md5", model.md5().orElse(null));
    json.writeStringField("sha256", model.sha256().orElse(null));
    json.writeEndObject();
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

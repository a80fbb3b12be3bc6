package io.earshot.cli;

import io.earshot.transcription.InstalledModel;
import io.earshot.transcription.ModelDownload;
import io.earshot.transcription.ModelOrigin;
import io.earshot.transcription.ModelStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code earshot models download}: brings a model into the store. */
@Command(
    name = "download",
    description =
        "Downloads a speech model. One that was cut short goes on when the command is run again.")
final class ModelsDownloadCommand implements Callable<Integer> {
  private static final long BYTES_OF_A_MEGABYTE = 1_000_000;

  @Mixin private ModelListOption list = new ModelListOption();

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "The SHA-256 that the archive must have. Default: what the list says.")
  private @Nullable String sha256;

  @Option(
      names = "--force",
      description = "Replaces a model that is there, or that was another one the last time.")
  private boolean force;

  @Parameters(
      paramLabel = "NAME",
      description = "A model's name, as 'earshot models list --available' shows it.")
  private String name = "";

  @Override
  public Integer call() throws IOException {
    ModelStore store = ModelStore.standard();
    ModelDownload download = store.download(name).force(force);
    try {
      list.given().ifPresent(download::from);
      Optional.ofNullable(sha256).ifPresent(download::sha256);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    Optional<InstalledModel> before = store.find(name);
    InstalledModel model;
    try (Progress progress = new Progress("Downloading", "MB")) {
      model =
          download
              .progress(
                  (done, total) ->
                      progress.at(done / BYTES_OF_A_MEGABYTE, total / BYTES_OF_A_MEGABYTE))
              .run();
    }
    print(Terminal.out(), model, before.isPresent() && !force);
    return 0;
  }

  private static void print(PrintWriter out, InstalledModel model, boolean wasThere) {
    out.println(model.name() + (wasThere ? " is there already: " : " is now in ") + model.path());
    model.origin().map(ModelOrigin::sha256).ifPresent(value -> out.println("SHA-256 " + value));
  }
}

package io.earshot.cli;

import io.earshot.transcription.ModelStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code earshot models path}: which folder a name stands for. */
@Command(
    name = "path",
    description = "Prints the folder that --model MODEL would use. Exit status 1 if there is none.")
final class ModelsPathCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description = "A model's name or folder. Default: $EARSHOT_MODEL")
  private @Nullable String model;

  @Override
  public Integer call() throws IOException {
    ModelStore store = ModelStore.standard();
    Terminal.out()
        .println(
            model == null
                ? store
                    .configured()
                    .orElseThrow(
                        () -> new IOException("EARSHOT_MODEL is not set, and no model was named"))
                : store.resolve(model));
    return 0;
  }
}

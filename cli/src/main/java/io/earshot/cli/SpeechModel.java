package io.earshot.cli;

import io.earshot.transcription.ModelStore;
import io.earshot.transcription.Transcriber;
import io.earshot.transcription.VoskTranscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which speech model a command transcribes with; opened when the first call needs it. */
final class SpeechModel implements AutoCloseable {
  private static final String TINY = "vosk-model-tiny-en-callcentre";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A Vosk model: its folder, or the name of one that 'earshot models list' shows. Default: $EARSHOT_MODEL, else the tiny model for demonstrations.")
  private @Nullable String model;

  @Option(
      names = "--no-memory-check",
      description = "Loads a large model also where it does not seem to fit into memory.")
  private boolean noMemoryCheck;

  private @Nullable Transcriber open;

  /** The transcriber; closed with this. */
  synchronized Transcriber transcriber() {
    if (open == null) {
      try {
        open = VoskTranscriber.builder().model(folder()).checkMemory(!noMemoryCheck).open();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return open;
  }

  private Path folder() throws IOException {
    ModelStore models = ModelStore.standard();
    if (model != null) {
      return models.resolve(model);
    }
    Optional<Path> configured = models.configured();
    if (configured.isPresent()) {
      return configured.get();
    }
    Terminal.say(
        "warning: no speech model is configured: using the tiny English one, which is for demonstrations only and knows 2,600 words. Give --model MODEL or set EARSHOT_MODEL for real calls.");
    return Home.folder().resolve("models").resolve(TINY);
  }

  @Override
  public synchronized void close() {
    Optional.ofNullable(open).ifPresent(Transcriber::close);
  }
}

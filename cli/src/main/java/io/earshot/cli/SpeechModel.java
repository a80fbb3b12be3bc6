package io.earshot.cli;

import io.earshot.transcription.ModelStore;
import io.earshot.transcription.TranscriptionService;
import io.earshot.transcription.VoskTranscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

  @Option(
      names = "--speaker-model",
      paramLabel = "MODEL",
      description =
          "A Vosk speaker model, folder or name: voices on a single channel are told apart by it.")
  private @Nullable String speakerModel;

  @Option(
      names = "--agent-channel",
      paramLabel = "N",
      converter = WholeNumber.AudioChannel.class,
      description =
          "The representative's channel of two: 0 is the first. Default: guessed by what is said.")
  private @Nullable Integer agentChannel;

  @Option(
      names = "--vocabulary",
      paramLabel = "FILE",
      converter = VocabularyFile.Reader.class,
      description = "Names and phrases to expect, one a line; a line that begins with # is none.")
  private VocabularyFile vocabulary = new VocabularyFile(List.of());

  @Option(
      names = "--keep-silence",
      description = "Also recognises what is taken for silence, tones and music. Slower.")
  private boolean keepSilence;

  @Option(
      names = "--in-process",
      description =
          "Transcribes without worker processes: a recording that crashes its decoder ends the run.")
  private boolean inProcess;

  private int workers = Runtime.getRuntime().availableProcessors();
  private volatile @Nullable TranscriptionService open;

  /** Most recordings at a time. By default one for each processor. */
  void workers(int count) {
    workers = count;
  }

  /** The transcriber; closed with this. */
  synchronized TranscriptionService transcriber() {
    TranscriptionService service = open;
    if (service == null) {
      try {
        service = start();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      open = service;
    }
    return service;
  }

  private TranscriptionService start() throws IOException {
    TranscriptionService.Builder builder =
        TranscriptionService.builder(settings()).workers(workers);
    return (inProcess ? builder.inProcess() : builder).start();
  }

  private VoskTranscriber.Builder settings() throws IOException {
    VoskTranscriber.Builder settings =
        VoskTranscriber.builder()
            .model(folder())
            .checkMemory(!noMemoryCheck)
            .skipSilence(!keepSilence)
            .vocabulary(vocabulary.phrases());
    if (agentChannel != null) {
      settings.agentChannel(agentChannel);
    }
    if (speakerModel != null) {
      settings.speakerModel(ModelStore.standard().resolve(speakerModel));
    }
    return settings;
  }

  /** How fast it is, to be shown behind how far it is; empty while there is nothing to tell. */
  String speed() {
    return Optional.ofNullable(open)
        .map(service -> service.status().realTimeFactor())
        .filter(factor -> factor > 0)
        .map(factor -> String.format(Locale.ROOT, ", real-time factor %.2f", factor))
        .orElse("");
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
    Optional.ofNullable(open).ifPresent(TranscriptionService::close);
  }
}

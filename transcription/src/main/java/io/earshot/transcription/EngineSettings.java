package io.earshot.transcription;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a {@link VoskTranscriber} works, in values that can be handed to another process.
 *
 * @param model the model's folder
 * @param speakerModel the folder of a model that tells voices apart
 * @param skipsSilence whether only speech is recognised, and not what is between
 * @param agentChannel the representative's channel of two-channel recordings, 0 or 1, if known
 * @param vocabulary words and phrases that the host expects
 * @param checksMemory whether a model is refused that probably does not fit into memory
 */
record EngineSettings(
    Path model,
    Optional<Path> speakerModel,
    boolean skipsSilence,
    OptionalInt agentChannel,
    List<String> vocabulary,
    boolean checksMemory) {
  EngineSettings {
    vocabulary = List.copyOf(vocabulary);
  }
}

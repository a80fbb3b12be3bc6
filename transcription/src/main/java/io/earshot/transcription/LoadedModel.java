package io.earshot.transcription;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A model in native memory, and what belongs to it.
 *
 * @param model Vosk's handle
 * @param speakerModel that of a model that tells voices apart, null without one
 * @param sampleRateHz the rate of the audio it takes
 * @param frameSeconds the length of a decoded frame
 * @param vocabulary what the host expects to be said
 */
record LoadedModel(
    Pointer model,
    @Nullable Pointer speakerModel,
    int sampleRateHz,
    double frameSeconds,
    Vocabulary vocabulary) {}

package io.earshot.transcription;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A model in native memory.
 *
 * @param model Vosk's handle
 * @param speakerModel that of a model that tells voices apart, null without one
 * @param sampleRateHz the rate of the audio it takes
 * @param frameSeconds the length of a decoded frame
 */
record LoadedModel(
    Pointer model, @Nullable Pointer speakerModel, int sampleRateHz, double frameSeconds) {}

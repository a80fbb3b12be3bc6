/**
 * Call audio to text: decoding, recognition, and the {@link io.earshot.transcription.Transcript}.
 */
@NullMarked
package io.earshot.transcription;

import org.jspecify.annotations.NullMarked;

package io.earshot.transcription;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Transcribes recorded calls.
 *
 * <p>Thread-safe: the speech model is shared, each call of {@link #transcribe} has recognisers of
 * its own. Whoever opened a transcriber closes it.
 */
public interface Transcriber extends AutoCloseable {
  /** The engine's name, such as {@code vosk}. */
  String engine();

  /** The engine's version. */
  String version();

  /** The model's name. */
  String model();

  /**
   * Transcribes one recording.
   *
   * <p>Time is linear in the recording's length; memory is not, since audio is read in blocks.
   *
   * @param audio the recording, in any format that FFmpeg reads
   * @param progress told as the work goes on
   * @return what was said, channel by channel; marked incomplete where the file was damaged after
   *     some audio had been decoded
   * @throws AudioFormatException if there is no audio in it that can be decoded; names the file and
   *     what was found
   * @throws IOException if the file cannot be read
   * @throws IllegalStateException if this transcriber is closed
   */
  Transcript transcribe(Path audio, TranscriptionProgress progress) throws IOException;

  /** Transcribes one recording, and tells nobody how it goes. */
  default Transcript transcribe(Path audio) throws IOException {
    return transcribe(audio, (doneMs, totalMs) -> {});
  }

  /** Frees the model once running transcriptions have ended; again is harmless. */
  @Override
  void close();
}

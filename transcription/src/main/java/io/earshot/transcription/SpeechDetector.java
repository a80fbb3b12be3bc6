package io.earshot.transcription;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which frames of one channel hold something like speech: the detector of WebRTC, a Gaussian
 * mixture over six bands of the telephone's range, as libfvad has it.
 *
 * <p>It hardly ever misses speech, and takes music and tones for speech too: {@link SteadySound}
 * tells these.
 *
 * <p>Not thread-safe. Holds native memory until it is closed; closing twice is harmless.
 */
final class SpeechDetector implements AutoCloseable {
  /** How many frames a second has. */
  static final int FRAMES_PER_SECOND = 50;

  private static final Logger LOG = LoggerFactory.getLogger(SpeechDetector.class);

  /** The third of four. */
  private static final int AGGRESSIVE = 2;

  private final Fvad library;
  private final Pointer detector;
  private boolean closed;

  private SpeechDetector(Fvad library, Pointer detector) {
    this.library = library;
    this.detector = detector;
  }

  /**
   * For audio of that rate; empty if there is none for the rate or the platform, so that everything
   * is to be taken for speech.
   */
  static Optional<SpeechDetector> open(int sampleRateHz) {
    if (sampleRateHz != 8_000 && sampleRateHz != 16_000 && sampleRateHz != 32_000) {
      return Optional.empty();
    }
    try {
      Fvad library = Fvad.load();
      return Optional.of(new SpeechDetector(library, library.make(sampleRateHz, AGGRESSIVE)));
    } catch (LinkageError e) {
      LOG.info("No speech detector on this platform, silence is transcribed too: {}", e.toString());
      return Optional.empty();
    }
  }

  /** Whether a frame, 20 ms, holds speech. Frames must come in the order of time. */
  boolean isSpeech(short[] frame) throws IOException {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
    int outcome = library.process(detector, frame);
    if (outcome < 0) {
      throw new IOException("a frame of %d samples is not 20 ms".formatted(frame.length));
    }
    return outcome > 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      library.free(detector);
    }
  }
}

package io.earshot.transcription;

import io.github.givimad.libfvadjni.VoiceActivityDetector;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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

  /**
   * The library keeps its detectors in one map without a lock: while one thread makes or frees a
   * detector none may use another (the process would end: seen). Using is reading, the others
   * write.
   */
  private static final ReentrantReadWriteLock INSTANCES = new ReentrantReadWriteLock();

  private final VoiceActivityDetector detector;
  private boolean closed;

  private SpeechDetector(VoiceActivityDetector detector) {
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
    INSTANCES.writeLock().lock();
    try {
      VoiceActivityDetector.loadLibrary();
      VoiceActivityDetector detector = VoiceActivityDetector.newInstance();
      detector.setSampleRate(VoiceActivityDetector.SampleRate.fromValue(sampleRateHz));
      detector.setMode(VoiceActivityDetector.Mode.AGGRESSIVE);
      return Optional.of(new SpeechDetector(detector));
    } catch (IOException | LinkageError e) {
      LOG.info("No speech detector on this platform, silence is transcribed too: {}", e.toString());
      return Optional.empty();
    } finally {
      INSTANCES.writeLock().unlock();
    }
  }

  /** Whether a frame, 20 ms, holds speech. Frames must come in the order of time. */
  boolean isSpeech(short[] frame) throws IOException {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
    INSTANCES.readLock().lock();
    try {
      return detector.process(frame);
    } finally {
      INSTANCES.readLock().unlock();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      INSTANCES.writeLock().lock();
      try {
        detector.close();
      } finally {
        INSTANCES.writeLock().unlock();
      }
    }
  }
}

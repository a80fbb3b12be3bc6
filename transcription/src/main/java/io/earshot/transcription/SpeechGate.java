package io.earshot.transcription;

import io.earshot.transcription.AudioChannel.Kind;
import io.earshot.transcription.AudioChannel.Stretch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets one channel's speech through to its recogniser, with some of what is around it, and leaves
 * out silence, tones and music: time goes on there, and the utterance ends.
 *
 * <p>Decides frame by frame and holds nothing back while somebody speaks, so that live audio is
 * treated as recorded audio is. Therefore the first moments of a tone (0.4 s) or of music (7 s) are
 * recognised before it is known what they are: {@link #stretches()} has them whole, so that words
 * heard in them can be dropped.
 *
 * <p>Not thread-safe. Holds native memory until it is closed; closing twice is harmless.
 */
final class SpeechGate implements AutoCloseable {
  private static final int FRAMES_PER_SECOND = SpeechDetector.FRAMES_PER_SECOND;

  /** What is let through before and after speech: a recogniser hears the edges of words by it. */
  private static final int LEAD_FRAMES = FRAMES_PER_SECOND / 5;

  private static final int TAIL_FRAMES = FRAMES_PER_SECOND * 2 / 5;

  /** It takes a while to tell that music has ended; what was said meanwhile is kept. */
  private static final int LEAD_FRAMES_AFTER_MUSIC = 2 * FRAMES_PER_SECOND;

  private static final double LONGEST_FILLED_GAP_SECONDS = 0.3;

  private final ChannelRecognizer next;
  private final int sampleRateHz;
  private final @Nullable SpeechDetector detector;
  private final @Nullable SteadySound steadySound;
  private final short[] frame;
  private final Deque<short[]> lead = new ArrayDeque<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<Stretch> speech = new ArrayList<>();

  private int filled;
  private long position; // of the next sample, in the recording
  private long skipped; // samples left out since speech was let through
  private boolean speaking;
  private int quiet; // frames since speech
  private long speechStart = -1;
  private @Nullable Kind steady;
  private long steadyStart;
  private int loudest;

  /**
   * Before a recogniser.
   *
   * @param skipsSilence whether to leave anything out
   */
  SpeechGate(ChannelRecognizer next, int sampleRateHz, boolean skipsSilence) {
    this.next = next;
    this.sampleRateHz = sampleRateHz;
    Optional<SpeechDetector> found =
        skipsSilence ? SpeechDetector.open(sampleRateHz) : Optional.empty();
    detector = found.orElse(null);
    steadySound = found.isPresent() ? new SteadySound(sampleRateHz) : null;
    frame = new short[Math.max(1, sampleRateHz / FRAMES_PER_SECOND)];
  }

  /** Takes the first {@code length} samples. */
  void accept(short[] samples, int length) throws IOException {
    int from = 0;
    while (from < length) {
      int count = Math.min(length - from, frame.length - filled);
      System.arraycopy(samples, from, frame, filled, count);
      from += count;
      filled += count;
      if (filled == frame.length) {
        filled = 0;
        take(frame);
      }
    }
  }

  /** The recording has no audio for so many samples. */
  void gap(long samples) throws IOException {
    if (samples <= LONGEST_FILLED_GAP_SECONDS * sampleRateHz) {
      accept(new short[(int) samples], (int) samples);
      return;
    }
    flush();
    next.endUtterance();
    long start = ms(position);
    position += samples;
    skipped += samples;
    stretches.add(new Stretch(start, ms(position), Kind.MISSING));
  }

  /** Nothing follows. */
  void finish() throws IOException {
    flush();
    stretches.sort(Comparator.comparingLong(Stretch::startMs));
    next.finish();
  }

  /** Where tones, music and gaps are, so far. */
  List<Stretch> stretches() {
    return stretches;
  }

  /** From when to when somebody spoke, as far as was detected; nothing if nothing is left out. */
  List<Stretch> speech() {
    return speech;
  }

  /** The largest sample, 0 to 32,768. */
  int loudest() {
    return loudest;
  }

  private void take(short[] samples) throws IOException {
    for (short sample : samples) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    boolean sounds = detector == null || detector.isSpeech(samples);
    Kind kind = null;
    if (steadySound != null) {
      steadySound.frame(samples, sounds);
      kind = steadySound.kind().orElse(null);
    }
    note(sounds && kind == null, kind);
    position += samples.length;
    if (speaking) {
      next.accept(samples, samples.length);
      quiet = sounds && kind == null ? 0 : quiet + 1;
      if (quiet >= TAIL_FRAMES || kind != null) {
        speaking = false;
        next.endUtterance();
      }
    } else {
      wait(samples, sounds && kind == null, kind);
    }
  }

  private void wait(short[] samples, boolean speaks, @Nullable Kind kind) throws IOException {
    lead.add(samples.clone());
    int kept = kind == Kind.MUSIC ? LEAD_FRAMES_AFTER_MUSIC : LEAD_FRAMES;
    while (!speaks && lead.size() > kept) {
      skipped += lead.remove().length;
    }
    if (speaks) {
      speaking = true;
      quiet = 0;
      pass();
    }
  }

  private void pass() throws IOException {
    if (skipped > 0) {
      next.skip(skipped);
      skipped = 0;
    }
    for (short[] each : lead) {
      next.accept(each, each.length);
    }
    lead.clear();
  }

  /** Lets the rest through, before a gap or the end. */
  private void flush() throws IOException {
    note(false, null);
    if (speaking) {
      next.accept(frame, filled);
    } else {
      for (short[] each : lead) {
        skipped += each.length;
      }
      lead.clear();
      skipped += filled;
    }
    position += filled;
    filled = 0;
    speaking = false;
  }

  private void note(boolean speaks, @Nullable Kind kind) {
    if (detector == null) {
      return;
    }
    long now = ms(position);
    if (speaks && speechStart < 0) {
      speechStart = now;
    } else if (!speaks && speechStart >= 0) {
      speech.add(new Stretch(speechStart, now, Kind.NOT_UNDERSTOOD));
      speechStart = -1;
    }
    if (kind == steady) {
      return;
    }
    if (steady != null) {
      stretches.add(new Stretch(steadyStart, now, steady));
    }
    steadyStart = steadySound == null ? now : Math.max(0, now - steadySound.sinceMs());
    steady = kind;
  }

  private long ms(long samples) {
    return samples * 1_000 / sampleRateHz;
  }

  @Override
  public void close() {
    if (detector != null) {
      detector.close();
    }
  }
}

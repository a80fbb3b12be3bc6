package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import io.earshot.transcription.AudioChannel.Kind;
import io.earshot.transcription.AudioChannel.Stretch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the legs of a live call side by side, at one sample rate.
 *
 * <p>A leg that is behind is waited for, up to a limit; then it is taken for silent up to there,
 * and what it sends next counts from there.
 *
 * <p>Not thread-safe. Holds native memory until it is closed; closing twice is harmless.
 */
final class Legs implements AutoCloseable {
  private static final long LEAST_STRETCH_MS = 300; // shorter gaps are no loss to the recogniser

  private final int inputRateHz;
  private final int sampleRateHz;
  private final long longestLead; // samples
  private final PcmSink next;
  private final short[][] block;
  private final List<Leg> legs = new ArrayList<>();
  private long position; // of the next sample given out

  /**
   * For so many legs.
   *
   * @param mostSamples the longest frame of a leg
   * @param longestLeadMs how far one leg may be ahead of another
   */
  Legs(
      int channels,
      int inputRateHz,
      int mostSamples,
      int sampleRateHz,
      long longestLeadMs,
      PcmSink next)
      throws IOException {
    this.inputRateHz = inputRateHz;
    this.sampleRateHz = sampleRateHz;
    longestLead = longestLeadMs * sampleRateHz / 1_000;
    this.next = next;
    block = new short[channels][Math.max(1, sampleRateHz / SpeechDetector.FRAMES_PER_SECOND)];
    try {
      for (int i = 0; i < channels; i++) {
        legs.add(new Leg(new LegResampler(inputRateHz, sampleRateHz, mostSamples)));
      }
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Takes a frame of one leg. */
  void samples(int channel, short[] samples) throws IOException {
    Leg leg = legs.get(channel);
    leg.add(leg.resampler.convert(samples));
  }

  /** A leg's audio is missing for so many samples. */
  void missing(int channel, long samples) throws IOException {
    long length = Math.round((double) samples * sampleRateHz / inputRateHz);
    legs.get(channel).miss(length);
  }

  /** Takes legs that are too far behind for silent. */
  void level() throws IOException {
    long longest = longest();
    for (Leg leg : legs) {
      leg.miss(longest - longestLead - leg.end);
    }
  }

  /** Nothing follows: all become as long as the longest. */
  void end() throws IOException {
    for (Leg leg : legs) {
      leg.add(leg.resampler.flush());
    }
    long longest = longest();
    for (Leg leg : legs) {
      leg.miss(longest - leg.end);
    }
  }

  /** Gives out the next of what is there of all legs; whether anything was. */
  boolean giveOut() throws IOException {
    boolean silent = legs.stream().allMatch(Leg::isMissing);
    long most = silent ? Long.MAX_VALUE : block[0].length;
    long length = Math.min(most, legs.stream().mapToLong(Leg::available).min().orElse(0));
    if (length == 0) {
      return false;
    }
    for (int i = 0; i < block.length; i++) {
      legs.get(i).take(silent ? null : block[i], length);
    }
    position += length;
    if (silent) {
      next.gap(length);
    } else {
      next.samples(block, (int) length);
    }
    return true;
  }

  /** How much was given out, in milliseconds. */
  long positionMs() {
    return ms(position);
  }

  /** Where a leg had no audio; known at the end. */
  List<Stretch> missing(int channel) {
    Leg leg = legs.get(channel);
    leg.present();
    return leg.stretches;
  }

  private long longest() {
    return legs.stream().mapToLong(leg -> leg.end).max().orElse(0);
  }

  private long ms(long samples) {
    return samples * 1_000 / sampleRateHz;
  }

  @Override
  public void close() {
    legs.forEach(leg -> leg.resampler.close());
  }

  /** Audio, or none for a while. */
  private static final class Run {
    private final short @Nullable [] samples;
    private long length;
    private int from;

    Run(short @Nullable [] samples, long length) {
      this.samples = samples;
      this.length = length;
    }
  }

  private final class Leg {
    private final LegResampler resampler;
    private final Deque<Run> runs = new ArrayDeque<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private long end; // of what it has, in the call
    private long missingStart = -1;

    Leg(LegResampler resampler) {
      this.resampler = resampler;
    }

    void add(short[] samples) {
      if (samples.length > 0) {
        runs.add(new Run(samples, samples.length));
        end += samples.length;
      }
    }

    void miss(long length) throws IOException {
      if (length > 0) {
        add(resampler.flush());
        runs.add(new Run(null, length));
        end += length;
      }
    }

    boolean isMissing() {
      return !runs.isEmpty() && runs.getFirst().samples == null;
    }

    /** How much may be taken at once. */
    long available() {
      return runs.isEmpty() ? 0 : runs.getFirst().length;
    }

    void take(short @Nullable [] into, long length) {
      Run run = runs.getFirst();
      if (run.samples == null) {
        missingStart = missingStart < 0 ? position : missingStart;
        if (into != null) {
          Arrays.fill(into, 0, (int) length, (short) 0);
        }
      } else {
        present();
        System.arraycopy(run.samples, run.from, requireNonNull(into), 0, (int) length);
        run.from += (int) length;
      }
      run.length -= length;
      if (run.length == 0) {
        runs.remove();
      }
    }

    /** Ends a stretch without audio. */
    void present() {
      if (missingStart >= 0 && ms(position - missingStart) >= LEAST_STRETCH_MS) {
        stretches.add(new Stretch(ms(missingStart), ms(position), Kind.MISSING));
      }
      missingStart = -1;
    }
  }
}

package io.earshot.transcription;

import io.earshot.transcription.AudioChannel.Kind;
import io.earshot.transcription.AudioChannel.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Silences a channel where it carries nothing but a copy of another: a faint one, or the same.
 *
 * <p>Codecs that code channels together (Opus, joint-stereo mp3 and AAC) and telephone sets let one
 * speaker through on the other's channel, some 25 dB down. A recogniser hears that as well as the
 * original, and so everything would be said twice, once by the wrong speaker. A faint channel alone
 * is no proof of that, since people speak up and down; one that follows the other sample by sample
 * is: the correlation of separate voices is below 0.1, of a leak above 0.5 (measured on the sample
 * calls). The same on two channels, as where a mono recording was made stereo, correlates above
 * 0.95: the first of them keeps it, or the louder.
 *
 * <p>Decides for 0.1 s at a time, from that and its neighbours, so it holds back 0.2 s. Not
 * thread-safe.
 */
final class CrosstalkGate implements PcmSink {
  private static final int HOPS_PER_SECOND = 10;
  private static final int HOPS = 3; // the one before, the one decided on, the one after
  private static final double FAINT = Math.pow(10, -1.5); // power, so 15 dB
  private static final double FOLLOWS = 0.3;
  private static final double SAME = 0.95;
  private static final double AS_LOUD = 2; // power, so 3 dB
  private static final long LEAST_STRETCH_MS = 300;

  /** What is fainter, -60 dB of the loudest there is, does not tell who has it first. */
  private static final double AUDIBLE = 32 * 32;

  private enum Copy {
    NONE,
    FAINT,
    SAME
  }

  private final PcmSink next;
  private final int hop;
  private final short[][] window; // hops one after the other, a row a channel
  private final short[][] out;
  private final double[] gain; // at the end of the last hop given out
  private final int sampleRateHz;
  private final List<List<Stretch>> copies = new ArrayList<>();
  private final long[] copyStart; // of the copy that goes on, or -1
  private final long[] audible; // samples
  private final long[] same; // samples of these that were the same as another channel's
  private long position; // of the next sample given out

  // Of each hop of the window: a channel's energy, and its product with another channel.
  private final double[][] energy;
  private final double[][][] product;

  private int filled;
  private boolean primed; // whether the window's first hop was given out

  CrosstalkGate(int channels, int sampleRateHz, PcmSink next) {
    this.next = next;
    hop = hop(sampleRateHz);
    window = new short[channels][HOPS * hop];
    out = new short[channels][hop];
    energy = new double[channels][HOPS];
    product = new double[channels][channels][HOPS];
    gain = new double[channels];
    Arrays.fill(gain, 1);
    this.sampleRateHz = sampleRateHz;
    copyStart = new long[channels];
    Arrays.fill(copyStart, -1);
    audible = new long[channels];
    same = new long[channels];
    for (int i = 0; i < channels; i++) {
      copies.add(new ArrayList<>());
    }
  }

  /** How many samples it decides on at a time; it looks at as many before, and after. */
  static int hop(int sampleRateHz) {
    return Math.max(1, sampleRateHz / HOPS_PER_SECOND);
  }

  /** Whether a channel is silenced in what was given out last. */
  boolean isSilenced(int channel) {
    return gain[channel] < 1;
  }

  /** Where a channel was silenced; known at the end. */
  List<Stretch> silenced(int channel) {
    return copies.get(channel);
  }

  /** Whether a channel has nothing of its own: nearly all that is on it is on another too. */
  boolean isCopy(int channel) {
    return audible[channel] > 0 && same[channel] >= 0.95 * audible[channel];
  }

  @Override
  public void samples(short[][] channels, int length) throws IOException {
    int from = 0;
    while (from < length) {
      int count = Math.min(length - from, hop - filled % hop);
      for (int i = 0; i < window.length; i++) {
        System.arraycopy(channels[i], from, window[i], filled, count);
      }
      from += count;
      filled += count;
      if (filled % hop == 0) {
        measure(filled / hop - 1);
      }
      if (filled == window[0].length) {
        advance();
      }
    }
  }

  @Override
  public void gap(long samples) throws IOException {
    flush();
    position += samples;
    next.gap(samples);
  }

  @Override
  public void end() throws IOException {
    flush();
    for (int i = 0; i < window.length; i++) {
      note(i, false);
    }
    next.end();
  }

  private void advance() throws IOException {
    if (!primed) {
      give(0, hop);
      primed = true;
    }
    give(hop, hop);
    for (int i = 0; i < window.length; i++) {
      System.arraycopy(window[i], hop, window[i], 0, window[i].length - hop);
      System.arraycopy(energy[i], 1, energy[i], 0, HOPS - 1);
      for (double[] each : product[i]) {
        System.arraycopy(each, 1, each, 0, HOPS - 1);
      }
    }
    filled -= hop;
  }

  private void flush() throws IOException {
    if (filled % hop != 0) {
      measure(filled / hop);
    }
    for (int start = primed ? hop : 0; start < filled; start += hop) {
      give(start, Math.min(hop, filled - start));
    }
    filled = 0;
    primed = false;
  }

  /** Counts a hop that is new in the window. */
  private void measure(int index) {
    int from = index * hop;
    int to = Math.min(filled, from + hop);
    for (int i = 0; i < window.length; i++) {
      energy[i][index] = product(window[i], window[i], from, to);
      for (int j = 0; j < i; j++) {
        product[i][j][index] = product(window[i], window[j], from, to);
        product[j][i][index] = product[i][j][index];
      }
    }
  }

  private static double product(short[] one, short[] other, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private double sum(double[] ofHops) {
    double sum = 0;
    for (int i = 0; i * hop < filled; i++) {
      sum += ofHops[i];
    }
    return sum;
  }

  private void give(int start, int length) throws IOException {
    for (int i = 0; i < window.length; i++) {
      Copy copy = copy(i, length);
      note(i, copy != Copy.NONE);
      double target = copy == Copy.NONE ? 1 : 0;
      double step = (target - gain[i]) / length; // a ramp, since a cut would click
      if (gain[i] == 1 && target == 1) {
        System.arraycopy(window[i], start, out[i], 0, length);
        continue;
      }
      for (int j = 0; j < length; j++) {
        out[i][j] = (short) Math.round(window[i][start + j] * (gain[i] + step * (j + 1)));
      }
      gain[i] = target;
    }
    position += length;
    next.samples(out, length);
  }

  private void note(int channel, boolean copies) {
    if (copies == copyStart[channel] >= 0) {
      return;
    }
    if (!copies) {
      Stretch stretch = new Stretch(ms(copyStart[channel]), ms(position), Kind.CROSSTALK);
      if (stretch.endMs() - stretch.startMs() >= LEAST_STRETCH_MS) {
        this.copies.get(channel).add(stretch);
      }
    }
    copyStart[channel] = copies ? position : -1;
  }

  private long ms(long samples) {
    return samples * 1_000 / sampleRateHz;
  }

  private Copy copy(int channel, int length) {
    double own = sum(energy[channel]);
    boolean heard = own >= AUDIBLE * filled;
    Copy found = Copy.NONE;
    for (int other = 0; other < window.length; other++) {
      if (other != channel && found != Copy.SAME) {
        Copy copy = copy(channel, own, other, heard);
        found = copy == Copy.NONE ? found : copy;
      }
    }
    audible[channel] += heard ? length : 0;
    same[channel] += found == Copy.SAME ? length : 0;
    return found;
  }

  private Copy copy(int channel, double own, int other, boolean heard) {
    double others = sum(energy[other]);
    double correlation =
        Math.abs(sum(product[channel][other])) / Math.sqrt(Math.max(1, own * others));
    boolean louder = others > AS_LOUD * own;
    boolean asLoud = !louder && own <= AS_LOUD * others;
    if (heard && correlation > SAME && (louder || (asLoud && other < channel))) {
      return Copy.SAME;
    }
    return correlation > FOLLOWS && own < FAINT * others ? Copy.FAINT : Copy.NONE;
  }
}

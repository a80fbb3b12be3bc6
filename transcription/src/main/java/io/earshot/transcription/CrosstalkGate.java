package io.earshot.transcription;

import java.io.IOException;
import java.util.Arrays;

/**
 * Silences a channel where it carries nothing but a faint copy of another.
 *
 * <p>Codecs that code channels together (Opus, joint-stereo mp3 and AAC) and telephone sets let one
 * speaker through on the other's channel, some 25 dB down. A recogniser hears that as well as the
 * original, and so everything would be said twice, once by the wrong speaker. A faint channel alone
 * is no proof of that, since people speak up and down; one that follows the other sample by sample
 * is: the correlation of separate voices is below 0.1, of a leak above 0.5 (measured on the sample
 * calls).
 *
 * <p>Decides for 0.1 s at a time, from that and its neighbours, so it holds back 0.2 s. Not
 * thread-safe.
 */
final class CrosstalkGate implements PcmSink {
  private static final int HOPS_PER_SECOND = 10;
  private static final int HOPS = 3; // the one before, the one decided on, the one after
  private static final double FAINT = Math.pow(10, -1.5); // power, so 15 dB
  private static final double FOLLOWS = 0.3;

  private final PcmSink next;
  private final int hop;
  private final short[][] window; // hops one after the other, a row a channel
  private final short[][] out;
  private final double[] gain; // at the end of the last hop given out

  private int filled;
  private boolean primed; // whether the window's first hop was given out

  CrosstalkGate(int channels, int sampleRateHz, PcmSink next) {
    this.next = next;
    hop = Math.max(1, sampleRateHz / HOPS_PER_SECOND);
    window = new short[channels][HOPS * hop];
    out = new short[channels][hop];
    gain = new double[channels];
    Arrays.fill(gain, 1);
  }

  /** The sink itself for one channel, else a gate before it. */
  static PcmSink before(PcmSink sink, int channels, int sampleRateHz) {
    return channels == 1 ? sink : new CrosstalkGate(channels, sampleRateHz, sink);
  }

  @Override
  public void samples(short[][] channels, int length) throws IOException {
    int from = 0;
    while (from < length) {
      int count = Math.min(length - from, window[0].length - filled);
      for (int i = 0; i < window.length; i++) {
        System.arraycopy(channels[i], from, window[i], filled, count);
      }
      from += count;
      filled += count;
      if (filled == window[0].length) {
        advance();
      }
    }
  }

  @Override
  public void gap(long samples) throws IOException {
    flush();
    next.gap(samples);
  }

  @Override
  public void end() throws IOException {
    flush();
    next.end();
  }

  private void advance() throws IOException {
    if (!primed) {
      give(0, hop);
      primed = true;
    }
    give(hop, hop);
    for (short[] samples : window) {
      System.arraycopy(samples, hop, samples, 0, samples.length - hop);
    }
    filled -= hop;
  }

  private void flush() throws IOException {
    for (int start = primed ? hop : 0; start < filled; start += hop) {
      give(start, Math.min(hop, filled - start));
    }
    filled = 0;
    primed = false;
  }

  private void give(int start, int length) throws IOException {
    for (int i = 0; i < window.length; i++) {
      double target = isLeak(i) ? 0 : 1;
      double step = (target - gain[i]) / length; // a ramp, since a cut would click
      for (int j = 0; j < length; j++) {
        out[i][j] = (short) Math.round(window[i][start + j] * (gain[i] + step * (j + 1)));
      }
      gain[i] = target;
    }
    next.samples(out, length);
  }

  private boolean isLeak(int channel) {
    for (int other = 0; other < window.length; other++) {
      if (other != channel && isLeak(window[channel], window[other])) {
        return true;
      }
    }
    return false;
  }

  private boolean isLeak(short[] faint, short[] loud) {
    double faintPower = 0;
    double loudPower = 0;
    double product = 0;
    for (int i = 0; i < filled; i++) {
      faintPower += (double) faint[i] * faint[i];
      loudPower += (double) loud[i] * loud[i];
      product += (double) faint[i] * loud[i];
    }
    return faintPower < FAINT * loudPower
        && Math.abs(product) > FOLLOWS * Math.sqrt(faintPower * loudPower);
  }
}

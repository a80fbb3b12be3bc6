package io.earshot.transcription;

import java.io.IOException;
import java.util.List;

/**
 * Silences copies as {@link CrosstalkGate} does, without its 0.2 s of delay where none can be
 * found.
 *
 * <p>That gate decides on a moment when it knows what follows. A channel that is louder than the
 * others, or not much fainter and unlike them, is not silenced whatever follows, but for rare
 * cases: it is let through at once. What is faint beside another, or follows it, waits for the
 * decision. So whoever speaks is heard at once, and the line of whoever listens later.
 *
 * <p>Not thread-safe.
 */
final class PromptGate implements PcmSink {
  private static final int PIECES_PER_SECOND = 50;
  private static final double LOUDER = 2; // power, so 3 dB: never the copy of the two
  private static final double NEARLY_AS_LOUD = 1 / 8.0; // 9 dB, and 15 dB are faint
  private static final double LIKE = 0.3;
  private static final double DECAY = 0.93; // a piece, so 16 dB a second

  private final CrosstalkGate gate;
  private final List<SpeechGate> next;
  private final int piece;
  private final int hop; // what the gate looks back
  private final short[][] raw; // what was not decided on, and a hop before
  private final short[][] out;
  private final long[] given; // the end of what a channel's next gate got

  private final double[] power; // of what is raw
  private final double[] loudest; // it was of late

  private long start; // of raw, in the recording
  private int filled;
  private long decided;

  PromptGate(List<SpeechGate> next, int sampleRateHz) {
    this.next = next;
    piece = Math.max(1, sampleRateHz / PIECES_PER_SECOND);
    hop = CrosstalkGate.hop(sampleRateHz);
    raw = new short[next.size()][4 * hop + piece];
    out = new short[next.size()][2 * hop + piece];
    given = new long[next.size()];
    power = new double[next.size()];
    loudest = new double[next.size()];
    gate = new CrosstalkGate(next.size(), sampleRateHz, new Decided());
  }

  /** Knows where channels were silenced. */
  CrosstalkGate gate() {
    return gate;
  }

  @Override
  public void samples(short[][] channels, int length) throws IOException {
    short[][] part = new short[channels.length][piece];
    for (int from = 0; from < length; from += piece) {
      int count = Math.min(piece, length - from);
      for (int i = 0; i < channels.length; i++) {
        System.arraycopy(channels[i], from, part[i], 0, count);
      }
      take(part, count);
    }
  }

  @Override
  public void gap(long samples) throws IOException {
    gate.gap(samples);
  }

  @Override
  public void end() throws IOException {
    gate.end();
  }

  private void take(short[][] channels, int length) throws IOException {
    forget();
    for (int i = 0; i < raw.length; i++) {
      System.arraycopy(channels[i], 0, raw[i], filled, length);
    }
    filled += length;
    gate.samples(channels, length);
    measure();
    for (int i = 0; i < raw.length; i++) {
      if (!gate.isSilenced(i) && isClear(i)) {
        int from = (int) (given[i] - start);
        System.arraycopy(raw[i], from, out[i], 0, filled - from);
        give(i, out[i], filled - from);
      }
    }
  }

  /** Drops what the gate will not look at any more. */
  private void forget() {
    int old = Math.clamp(decided - hop - start, 0, filled);
    for (short[] each : raw) {
      System.arraycopy(each, old, each, 0, filled - old);
    }
    start += old;
    filled -= old;
  }

  private void measure() {
    for (int i = 0; i < raw.length; i++) {
      power[i] = power(raw[i], raw[i]);
      loudest[i] = Math.max(power[i], DECAY * loudest[i]);
    }
  }

  private boolean isClear(int channel) {
    for (int other = 0; other < raw.length; other++) {
      boolean louder = other == channel || power[channel] > LOUDER * loudest[other];
      if (!louder && (power[channel] < NEARLY_AS_LOUD * loudest[other] || isLike(channel, other))) {
        return false;
      }
    }
    return true;
  }

  private boolean isLike(int channel, int other) {
    double common = Math.abs(power(raw[channel], raw[other]));
    return common > LIKE * Math.sqrt(power[channel] * power[other]);
  }

  private double power(short[] one, short[] other) {
    long sum = 0;
    for (int i = 0; i < filled; i++) {
      sum += one[i] * other[i];
    }
    return (double) sum / filled;
  }

  private void give(int channel, short[] samples, int length) throws IOException {
    next.get(channel).accept(samples, length);
    given[channel] += length;
  }

  /** Takes what the gate has decided on. */
  private final class Decided implements PcmSink {
    @Override
    public void samples(short[][] channels, int length) throws IOException {
      decided += length;
      for (int i = 0; i < channels.length; i++) {
        int late = Math.clamp(decided - given[i], 0, length);
        System.arraycopy(channels[i], length - late, out[i], 0, late);
        give(i, out[i], late);
      }
    }

    @Override
    public void gap(long samples) throws IOException {
      decided += samples;
      start = decided;
      filled = 0;
      for (int i = 0; i < given.length; i++) {
        given[i] = decided;
        next.get(i).gap(samples);
      }
    }

    @Override
    public void end() throws IOException {
      for (SpeechGate each : next) {
        each.finish();
      }
    }
  }
}

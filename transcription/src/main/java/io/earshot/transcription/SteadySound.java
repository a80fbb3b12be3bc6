package io.earshot.transcription;

import io.earshot.transcription.AudioChannel.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells tones and music, whose pitch stays where it is, from speech, whose pitch glides.
 *
 * <p>Every 40 ms it looks for lines in the spectrum from 200 to 3,400 Hz that were there 80 and 160
 * ms ago too, and takes the share of the energy in them: the steadiness.
 *
 * <ul>
 *   <li>A tone, as of ringing, a beep or an engaged line: nearly all of the energy in a few lines
 *       for 0.3 s. Dialled digits (ITU-T Q.23) are shorter, and known by their two frequencies.
 *   <li>Music: steady over five seconds, and without the many quiet moments that speech has (the
 *       low short-time energy ratio of Lu, Jiang and Zhang, 2001), for two seconds on end.
 * </ul>
 *
 * <p>The limits were set so that nothing is told in 56 minutes of prompts spoken by people, in two
 * languages, nor in the sample calls; then 36 to 93 % of each of five pieces of music on hold is
 * told. Music with a singer, or of drums alone, is mostly taken for speech.
 *
 * <p>Not thread-safe.
 */
final class SteadySound {
  private static final int RATE_HZ = 8_000;
  private static final int WINDOW = 512; // 64 ms
  private static final int LINES = WINDOW / 2;
  private static final int LOWEST_LINE = 200 * WINDOW / RATE_HZ;
  private static final int HIGHEST_LINE = 3_400 * WINDOW / RATE_HZ;
  private static final int LOOKS_PER_SECOND = SpeechDetector.FRAMES_PER_SECOND / 2;
  private static final int LINES_BACK = 4; // looks
  private static final double FAINTEST_LINE = 0.01; // share of the energy

  private static final double TONE_STEADINESS = 0.95;
  private static final int TONE_LOOKS = 8; // 0.32 s
  private static final int MOST_TONE_LINES = 4;
  private static final double DIGIT_SHARE = 0.85;
  private static final int DIGIT_LOOKS = 2;
  private static final int[] LOW_DIGITS_HZ = {697, 770, 852, 941};
  private static final int[] HIGH_DIGITS_HZ = {1209, 1336, 1477, 1633};

  private static final int MUSIC_LOOKS = 5 * LOOKS_PER_SECOND;
  private static final double MUSIC_STEADINESS = 0.45;
  private static final double MUSIC_QUIET = 0.3;
  private static final int MUSIC_FOR = 2 * LOOKS_PER_SECOND;
  private static final int MUSIC_ENDS_LOOKS = LOOKS_PER_SECOND;
  private static final double MUSIC_ENDS_STEADINESS = 0.3;
  private static final double LEAST_SOUNDING = 0.4;

  private final int decimation;
  private final Spectrum spectrum = new Spectrum(WINDOW);
  private final double[] window = new double[WINDOW]; // at 8 kHz, the newest last
  private final boolean[][] lines =
      new boolean[LINES_BACK + 1][LINES]; // a ring: now, and 40 to 160 ms ago
  private final double[] power = new double[LINES];
  private final double[] steadiness = new double[MUSIC_LOOKS]; // rings, the newest at look
  private final double[] loudness = new double[MUSIC_LOOKS];
  private final boolean[] sounding = new boolean[MUSIC_LOOKS];

  private boolean odd;
  private boolean active;
  private int look;
  private int looks;
  private int toneFor;
  private int digitFor;
  private int musicFor;
  private int steadyFor; // looks since the last second was anything but steady
  private boolean music;

  SteadySound(int sampleRateHz) {
    if (sampleRateHz % RATE_HZ != 0) {
      throw new IllegalArgumentException("the rate must be a multiple of 8000 Hz");
    }
    decimation = sampleRateHz / RATE_HZ;
  }

  /** Takes the next frame, 20 ms, and whether there is something to be heard in it. */
  void frame(short[] samples, boolean sounds) {
    int length = samples.length / decimation;
    System.arraycopy(window, length, window, 0, WINDOW - length);
    for (int i = 0; i < length; i++) {
      double sum = 0; // averaging is filter enough for what is looked at
      for (int j = 0; j < decimation; j++) {
        sum += samples[i * decimation + j];
      }
      window[WINDOW - length + i] = sum / decimation;
    }
    active |= sounds;
    odd = !odd;
    if (!odd) {
      look(active);
      active = false;
    }
  }

  /** What it is now, as far as that is told yet; empty if it may be speech. */
  Optional<Kind> kind() {
    if (music) {
      return Optional.of(Kind.MUSIC);
    }
    boolean tone = toneFor >= TONE_LOOKS || digitFor >= DIGIT_LOOKS;
    return tone ? Optional.of(Kind.TONE) : Optional.empty();
  }

  /** How long it has been that, in milliseconds; it takes a while to tell. */
  long sinceMs() {
    int since = music ? steadyFor : Math.max(toneFor + LINES_BACK, digitFor);
    return since * 1_000L / LOOKS_PER_SECOND;
  }

  private void look(boolean sounds) {
    look = (look + 1) % MUSIC_LOOKS;
    looks = Math.min(looks + 1, MUSIC_LOOKS);
    boolean[] now = lines[0];
    System.arraycopy(lines, 1, lines, 0, lines.length - 1);
    lines[lines.length - 1] = now;
    Arrays.fill(now, false);
    sounding[look] = sounds;
    steadiness[look] = 0;
    loudness[look] = Math.sqrt(energy());
    if (sounds) {
      listen(now);
    } else {
      toneFor = 0;
      digitFor = 0;
    }
    judgeMusic();
  }

  private void listen(boolean[] now) {
    spectrum.power(window, power);
    double total = 1e-9;
    for (int i = LOWEST_LINE; i < HIGHEST_LINE; i++) {
      total += power[i];
    }
    double steady = 0;
    int steadyLines = 0;
    int taken = LOWEST_LINE; // so that neighbours are not counted twice
    for (int i = LOWEST_LINE; i < HIGHEST_LINE; i++) {
      now[i] =
          power[i] > power[i - 1] && power[i] >= power[i + 1] && power[i] > FAINTEST_LINE * total;
      if (now[i] && wasThere(lines[LINES_BACK / 2], i) && wasThere(lines[0], i)) {
        steadyLines++;
        for (int j = Math.max(taken, i - 2); j <= Math.min(HIGHEST_LINE - 1, i + 2); j++) {
          steady += power[j];
          taken = j + 1;
        }
      }
    }
    steadiness[look] = steady / total;
    boolean tone = steady > TONE_STEADINESS * total && steadyLines <= MOST_TONE_LINES;
    toneFor = tone ? toneFor + 1 : 0;
    digitFor = isDigit(total) ? digitFor + 1 : 0;
  }

  private static boolean wasThere(boolean[] then, int line) {
    return then[line - 1] || then[line] || then[line + 1];
  }

  private boolean isDigit(double total) {
    double low = nearest(LOW_DIGITS_HZ);
    double high = nearest(HIGH_DIGITS_HZ);
    return low + high > DIGIT_SHARE * total && low > 0.05 * total && high > 0.05 * total;
  }

  /** The energy at the loudest of these frequencies. */
  private double nearest(int[] frequenciesHz) {
    double most = 0;
    for (int frequency : frequenciesHz) {
      int line = Math.round((float) frequency * WINDOW / RATE_HZ);
      double sum = 0;
      for (int i = line - 2; i <= line + 2; i++) {
        sum += power[i];
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private double energy() {
    double sum = 0;
    for (int i = WINDOW / 4; i < WINDOW; i++) { // the newest 48 ms
      sum += window[i] * window[i];
    }
    return sum;
  }

  private void judgeMusic() {
    boolean steady =
        soundingShare(MUSIC_ENDS_LOOKS) >= LEAST_SOUNDING
            && steadiness(MUSIC_ENDS_LOOKS) >= MUSIC_ENDS_STEADINESS;
    steadyFor = steady ? steadyFor + 1 : 0;
    if (music) {
      music = steady;
      musicFor = 0;
      return;
    }
    boolean like =
        looks == MUSIC_LOOKS
            && soundingShare(MUSIC_LOOKS) >= LEAST_SOUNDING
            && steadiness(MUSIC_LOOKS) > MUSIC_STEADINESS
            && quietShare() < MUSIC_QUIET;
    musicFor = like ? musicFor + 1 : 0;
    music = musicFor >= MUSIC_FOR;
  }

  private double soundingShare(int last) {
    int count = 0;
    for (int i = 0; i < last; i++) {
      count += sounding[at(i)] ? 1 : 0;
    }
    return (double) count / last;
  }

  /** Mean over those of the last looks at which there was sound. */
  private double steadiness(int last) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < last; i++) {
      if (sounding[at(i)]) {
        sum += steadiness[at(i)];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Share of moments less than half as loud as the mean. */
  private double quietShare() {
    double mean = Arrays.stream(loudness).sum() / MUSIC_LOOKS;
    int quiet = 0;
    for (double each : loudness) {
      quiet += each < mean / 2 ? 1 : 0;
    }
    return (double) quiet / MUSIC_LOOKS;
  }

  private int at(int ago) {
    return (look - ago + MUSIC_LOOKS) % MUSIC_LOOKS;
  }
}

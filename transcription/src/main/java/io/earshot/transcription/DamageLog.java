package io.earshot.transcription;

/**
 * Where a recording is damaged, told packet by packet.
 *
 * <p>Not thread-safe.
 */
final class DamageLog {
  /** A file that is cut within a block ends with so many bad packets at most. */
  private static final int BAD_PACKETS_OF_A_CUT = 2;

  /** For one good packet, of noise that is taken for sound; sound half lost is worth reading. */
  private static final int BAD_PACKETS_OF_NOISE = 10;

  private long goodPackets;
  private long badPackets;
  private int badInARow; // up to now
  private double badSinceSeconds;
  private int places;
  private double goodUpToSeconds;

  /** A packet is whole. */
  void good() {
    goodPackets++;
    endRun();
  }

  /**
   * A packet is bad, or there is none to be read. Where it is the last, the file may only be cut.
   *
   * @param seconds the time of its first sample
   */
  void bad(double seconds) {
    badPackets++;
    if (badInARow++ == 0) {
      badSinceSeconds = seconds;
    }
  }

  /** Packets are missing there. */
  void missing(double seconds) {
    if (places++ == 0) {
      goodUpToSeconds = seconds;
    }
  }

  /** Nothing follows. */
  void end() {
    if (badInARow > BAD_PACKETS_OF_A_CUT) {
      endRun();
    }
  }

  /** How many places are damaged. */
  int places() {
    return places;
  }

  /** Where the first of these begins. */
  double goodUpToSeconds() {
    return goodUpToSeconds;
  }

  /** Whether the end is bad, and so little of it that the file may only be cut there. */
  boolean isEndBad() {
    return badInARow > 0;
  }

  boolean isAnythingBad() {
    return badPackets > 0;
  }

  /** Whether it was bad from the start and nearly all: what could be decoded is chance. */
  boolean isNoise() {
    return badPackets > BAD_PACKETS_OF_NOISE * goodPackets && places > 0 && goodUpToSeconds == 0;
  }

  private void endRun() {
    if (badInARow > 0) {
      missing(badSinceSeconds);
      badInARow = 0;
    }
  }
}

package io.earshot.transcription;

/**
 * Time that damage takes from a file of bare packets.
 *
 * <p>Such a file has no timestamps: FFmpeg counts packets, and takes junk for packets too, for too
 * many or too few. Here junk gets the time that so many bytes of sound before it took.
 *
 * <p>Not thread-safe.
 */
final class LostTime {
  private long goodBytes;
  private long goodPackets;
  private long goodEnd; // in the file, of the last good packet
  private long junkPackets; // since then
  private long corrected; // since then

  /**
   * To be asked before a packet is decoded.
   *
   * @param position of the packet in the file, negative if unknown
   * @return by how many packets the clock is to be set forward, or back if negative
   */
  long before(long position) {
    if (junkPackets == 0 || goodPackets == 0 || position < goodEnd) {
      return 0;
    }
    long lost = Math.round((position - goodEnd) * (double) goodPackets / goodBytes);
    long more = lost - junkPackets - corrected;
    corrected += more;
    return more;
  }

  /** Where the last good packet ends in the file. */
  long goodEnd() {
    return goodEnd;
  }

  /** To be told after a packet was decoded, or could not be. */
  void after(long position, int size, boolean good) {
    if (good) {
      goodBytes += size;
      goodPackets++;
      goodEnd = position + size;
      junkPackets = 0;
      corrected = 0;
    } else {
      junkPackets++;
    }
  }
}

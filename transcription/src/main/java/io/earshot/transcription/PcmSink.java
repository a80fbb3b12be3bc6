package io.earshot.transcription;

import java.io.IOException;

/** Takes decoded audio, all channels side by side, in the order of time. */
interface PcmSink {
  /**
   * The next samples.
   *
   * @param channels one array a channel; reused after this call
   * @param length how many samples of each count, at most the arrays' length
   */
  void samples(short[][] channels, int length) throws IOException;

  /** The recording has no audio for so many samples, but time went on. */
  void gap(long samples) throws IOException;

  /** Nothing follows. */
  void end() throws IOException;
}

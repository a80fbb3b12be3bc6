package io.earshot.transcription;

/** The header of a frame of MPEG audio, layer III (ISO/IEC 11172-3, 2.4.1.3, and 13818-3). */
final class Mp3Frame {
  private static final int[] KBITS_MPEG_1 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0
  };
  private static final int[] KBITS_MPEG_2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0
  };
  private static final int[] SAMPLE_RATES_HZ = {44_100, 48_000, 32_000, 0};

  private static final int LAYER_3 = 1;
  private static final int MPEG_1 = 3;
  private static final int MPEG_2 = 2;
  private static final int MPEG_2_5 = 0;

  private Mp3Frame() {}

  /** Length in bytes, or 0 if that is no such header or does not tell. */
  static int length(int header) {
    int version = (header >> 19) & 3;
    int layer = (header >> 17) & 3;
    int sampleRateHz = SAMPLE_RATES_HZ[(header >> 10) & 3];
    if (header >>> 21 != 0x7FF || layer != LAYER_3 || sampleRateHz == 0) {
      return 0;
    }
    int kbits = (header >> 12) & 15;
    int padding = (header >> 9) & 1;
    int length =
        switch (version) {
          case MPEG_1 -> 144_000 * KBITS_MPEG_1[kbits] / sampleRateHz;
          case MPEG_2 -> 72_000 * KBITS_MPEG_2[kbits] / (sampleRateHz / 2);
          case MPEG_2_5 -> 72_000 * KBITS_MPEG_2[kbits] / (sampleRateHz / 4);
          default -> 0;
        };
    return length == 0 ? 0 : length + padding;
  }
}

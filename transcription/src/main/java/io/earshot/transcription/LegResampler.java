package io.earshot.transcription;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.ShortPointer;
import org.jspecify.annotations.Nullable;

/**
 * Brings one leg of a live call to another sample rate, as {@link Resampler} does with recordings.
 *
 * <p>Not thread-safe. Holds native memory until it is closed; closing twice is harmless.
 */
final class LegResampler implements AutoCloseable {
  private final int sampleRateHz;
  private final int most;
  private final AVFrame frame;
  private final ShortPointer input;
  private @Nullable Resampler resampler;

  /**
   * Between two rates.
   *
   * @param most the longest frame it takes, in samples
   */
  LegResampler(int inputRateHz, int sampleRateHz, int most) throws IOException {
    FfmpegInput.loadLibraries();
    this.sampleRateHz = sampleRateHz;
    this.most = most;
    frame = av_frame_alloc();
    frame.sample_rate(inputRateHz);
    frame.format(AV_SAMPLE_FMT_S16);
    frame.nb_samples(most);
    av_channel_layout_default(frame.ch_layout(), 1);
    int code = av_frame_get_buffer(frame, 0);
    if (code < 0) {
      close();
      throw new IOException("FFmpeg cannot make a frame: " + FfmpegInput.message(code));
    }
    input = new ShortPointer(frame.data(0));
  }

  /** Takes a frame, and gives what is ready. */
  short[] convert(short[] samples) throws IOException {
    if (samples.length > most) { // native code would write beyond the frame
      throw new IndexOutOfBoundsException(
          "a frame has at most " + most + " samples, got " + samples.length);
    }
    if (samples.length == 0) {
      return samples;
    }
    input.put(samples, 0, samples.length);
    frame.nb_samples(samples.length);
    if (resampler == null) {
      resampler = new Resampler(frame, 1, sampleRateHz, 0);
    }
    return first(resampler, resampler.convert(frame));
  }

  /** Gives what is left; what follows begins anew. */
  short[] flush() throws IOException {
    if (resampler == null) {
      return new short[0];
    }
    try (Resampler last = resampler) {
      resampler = null;
      return first(last, last.flush());
    }
  }

  private static short[] first(Resampler from, int count) {
    short[] samples = new short[count];
    System.arraycopy(from.samples()[0], 0, samples, 0, count);
    return samples;
  }

  @Override
  public void close() {
    if (resampler != null) {
      resampler.close();
      resampler = null;
    }
    av_frame_free(frame); // harmless on null, and sets it to null
  }
}

package io.earshot.transcription;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_double;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Turns frames of one sample rate, sample format and channel count into 16-bit samples, one array a
 * channel.
 *
 * <p>A sample rate is changed by FFmpeg's libswresample: a windowed sinc (Kaiser, beta 9), longer
 * than its default, in floating point, then rounded without dither. Of the band that both rates
 * have, nine tenths pass unchanged, so up to 3,600 Hz of 8 kHz speech; the rest falls off, and
 * nothing above comes back mirrored. FFmpeg's default takes 1 dB off at that frequency and lets
 * what lies just above the band come back 14 dB weaker. At equal rates samples are not touched.
 *
 * <p>The first sample out has the time of the first sample in: the filter's delay is taken care of.
 * Not thread-safe.
 */
final class Resampler implements AutoCloseable {
  /** Zero crossings of the sinc. */
  private static final int FILTER_SIZE = 128;

  /** Where half the amplitude is left, of the lower rate's half. */
  private static final double CUTOFF = 0.95;

  private final int inputRateHz;
  private final int inputFormat;
  private final int inputChannels;
  private final double startSeconds;
  private final short[][] samples;

  private SwrContext context = new SwrContext(null);
  private ShortPointer[] planes = {};
  private PointerPointer<ShortPointer> planePointers = new PointerPointer<>();
  private int capacity;
  private long taken;

  /**
   * Made for frames like the one given.
   *
   * @param startSeconds the time of the first sample
   */
  Resampler(AVFrame like, int channels, int sampleRateHz, double startSeconds) throws IOException {
    inputRateHz = like.sample_rate();
    inputFormat = like.format();
    inputChannels = like.ch_layout().nb_channels();
    this.startSeconds = startSeconds;
    samples = new short[channels][0];
    // The default layout on both sides, so that equal channel counts are never mixed into another.
    try (AVChannelLayout in = new AVChannelLayout();
        AVChannelLayout out = new AVChannelLayout()) {
      av_channel_layout_default(in, inputChannels);
      av_channel_layout_default(out, channels);
      int code =
          swr_alloc_set_opts2(
              context,
              out,
              AV_SAMPLE_FMT_S16P,
              sampleRateHz,
              in,
              inputFormat,
              inputRateHz,
              0,
              (Pointer) null);
      if (code >= 0) {
        av_opt_set_int(context, "filter_size", FILTER_SIZE, 0);
        av_opt_set_double(context, "cutoff", CUTOFF, 0);
        code = swr_init(context);
      }
      if (code < 0) {
        close();
        throw new IOException(
            "FFmpeg cannot convert %d channels at %d Hz: %s"
                .formatted(inputChannels, inputRateHz, FfmpegInput.message(code)));
      }
    }
  }

  boolean fits(AVFrame frame) {
    return frame.sample_rate() == inputRateHz
        && frame.format() == inputFormat
        && frame.ch_layout().nb_channels() == inputChannels;
  }

  /** The time of the next sample it takes. */
  double nextSeconds() {
    return startSeconds + (double) taken / inputRateHz;
  }

  /** Takes a frame, and gives the number of samples that are ready in {@link #samples()}. */
  int convert(AVFrame frame) throws IOException {
    taken += frame.nb_samples();
    return convert(frame.extended_data(), frame.nb_samples());
  }

  /** Gives what is left; nothing may be taken afterwards. */
  int flush() throws IOException {
    return convert(null, 0);
  }

  /** One array a channel; overwritten by the next call. */
  short[][] samples() {
    return samples;
  }

  private int convert(@org.jspecify.annotations.Nullable PointerPointer<?> input, int length)
      throws IOException {
    reserve(swr_get_out_samples(context, length));
    int count = swr_convert(context, planePointers, capacity, input, length);
    if (count < 0) {
      throw new IOException("FFmpeg cannot convert the audio: " + FfmpegInput.message(count));
    }
    for (int i = 0; i < samples.length; i++) {
      planes[i].get(samples[i], 0, count);
    }
    return count;
  }

  private void reserve(int needed) {
    if (needed <= capacity) {
      return;
    }
    freePlanes();
    capacity = Integer.highestOneBit(Math.max(needed, 1_024)) * 2;
    planes = new ShortPointer[samples.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = new ShortPointer(capacity);
      samples[i] = new short[capacity];
    }
    planePointers = new PointerPointer<>(planes);
  }

  private void freePlanes() {
    for (ShortPointer plane : planes) {
      plane.close();
    }
    planes = new ShortPointer[0];
    planePointers.close();
    capacity = 0;
  }

  @Override
  public void close() {
    freePlanes();
    swr_free(context); // harmless on null, and sets it to null
  }
}

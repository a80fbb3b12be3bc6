package io.earshot.transcription;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one recording with FFmpeg, block by block, to 16-bit samples of each channel.
 *
 * <p>Time is that of the sound: what a codec adds in front (Opus 312 samples, AAC 1,024, mp3 1,105)
 * is left out, also where the file does not tell how much that is, and a jump in the timestamps
 * becomes a gap.
 *
 * <p>Damage never stops it once there is audio: what cannot be decoded is left out and told in
 * {@link #warnings()}.
 *
 * <p>Not thread-safe. Holds native memory until it is closed; closing twice is harmless.
 */
final class AudioDecoder implements AutoCloseable {
  /** Timestamps that are off by less are rounding. */
  private static final double JITTER_SECONDS = 0.04;

  /** Audio that overlaps by more than this comes from a clock that was set back. */
  private static final double LARGEST_OVERLAP_SECONDS = 1;

  /** A longer silence comes from a clock that was set forward: no call lasts that long. */
  private static final double LARGEST_GAP_SECONDS = 24 * 3_600;

  /** A header may round its length up to whole blocks. */
  private static final long LENGTH_TOLERANCE_MS = 500;

  /** A container puts fewer bytes between packets. */
  private static final int LARGEST_OVERHEAD_BYTES = 512;

  /** A packet more brings FFmpeg forward in the file, an error may not. */
  private static final int MAX_ERRORS_IN_A_ROW = 1_000;

  private final Path file;
  private final int sampleRateHz;
  private final WavLength wavLength;
  private final FfmpegInput input;
  private final AVPacket packet;
  private final AVFrame frame;
  private final List<String> warnings = new ArrayList<>();
  private final DamageLog damage = new DamageLog();
  private final LostTime lostTime = new LostTime();

  private @Nullable Resampler resampler;
  private boolean closed;
  private boolean incomplete;
  private long position; // of the next sample given out
  private double clockCorrectionSeconds;
  private int clockJumps;
  private double firstJumpSeconds;
  private boolean begun;
  private boolean plausible = true; // the last packet's header

  private AudioDecoder(Path file, int sampleRateHz, WavLength wavLength, FfmpegInput input) {
    this.file = file;
    this.sampleRateHz = sampleRateHz;
    this.wavLength = wavLength;
    this.input = input;
    packet = av_packet_alloc();
    frame = av_frame_alloc();
  }

  /**
   * Opens a recording.
   *
   * @param sampleRateHz the rate to decode to
   * @throws AudioFormatException if there is no audio in it that FFmpeg can decode
   * @throws IOException if it cannot be read
   */
  static AudioDecoder open(Path file, int sampleRateHz) throws IOException {
    throwUnlessFile(file);
    try {
      WavLength wavLength = WavLength.of(file);
      FfmpegInput input = FfmpegInput.open(file, wavLength == WavLength.TOO_SHORT);
      AudioDecoder decoder = new AudioDecoder(file, sampleRateHz, wavLength, input);
      WavHeader.contradiction(input.firstBytes())
          .ifPresent(
              contradiction ->
                  decoder.warnings.add(
                      "EARSHOT-215: the header of %s contradicts itself: %s. If the transcript makes no sense, mend the header."
                          .formatted(file, contradiction)));
      return decoder;
    } catch (NoSuchFileException e) {
      throw new IOException(
          "EARSHOT-203: cannot read " + file + ": there is no such file. Check the path.", e);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "EARSHOT-203: cannot read " + file + ": this user may not. Give the right to read it.",
          e);
    }
  }

  /**
   * Refuses what is there and is no file; a pipe could make one wait for ever.
   *
   * @throws AudioFormatException if it is a folder, a device, a pipe or a socket
   */
  static void throwUnlessFile(Path file) throws AudioFormatException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new AudioFormatException(
          "EARSHOT-202: cannot decode "
              + file
              + ": it is "
              + (Files.isDirectory(file) ? "a folder" : "a device, a pipe or a socket")
              + ". Give one recording.");
    }
  }

  /** Number of channels, 1 to 8; it does not change within a recording. */
  int channels() {
    return input.channels();
  }

  /** Length in milliseconds as the header tells, 0 if it does not. */
  long headerDurationMs() {
    return input.headerDurationMs();
  }

  /** How much was decoded, in milliseconds. */
  long positionMs() {
    return position * 1_000 / sampleRateHz;
  }

  /** Whether audio is missing; known after {@link #decode}. */
  boolean isIncomplete() {
    return incomplete;
  }

  /** What was odd; known after {@link #decode}. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Decodes the whole recording; to be called once.
   *
   * @throws AudioFormatException if nothing could be decoded
   * @throws IOException if the file cannot be read
   */
  void decode(PcmSink sink) throws IOException {
    int errorsInARow = 0;
    while (errorsInARow < MAX_ERRORS_IN_A_ROW) {
      int code = av_read_frame(input.format(), packet);
      if (code == AVERROR_EOF()) {
        break;
      }
      if (code < 0) {
        throwIfUnreadable();
        damage.bad(expectedSeconds());
        errorsInARow++;
        continue;
      }
      errorsInARow = 0;
      try {
        if (packet.stream_index() == input.streamIndex()) {
          decodePacket(sink);
        }
      } finally {
        av_packet_unref(packet);
      }
    }
    throwIfUnreadable();
    avcodec_send_packet(input.codec(), null); // gives the frames that were held back
    receiveFrames(sink);
    flush(sink);
    sink.end();
    damage.end();
    if (position == 0 || damage.isNoise()) {
      throw input.undecodable(
          damage.isAnythingBad() ? input.looks() : "there is no sample of audio in it");
    }
    judge();
  }

  private void decodePacket(PcmSink sink) throws IOException {
    if (!begun) {
      begun = true;
      input.trimLeadIn(packet);
    }
    double seconds = expectedSeconds();
    if (input.isTimeCountedFromPackets()) {
      long packets = lostTime.before(packet.pos());
      clockCorrectionSeconds += packets * input.lengthSeconds(packet.duration());
    }
    boolean whole = (packet.flags() & AV_PKT_FLAG_CORRUPT) == 0 && !input.isCut(packet);
    boolean good = !isJunk() && avcodec_send_packet(input.codec(), packet) >= 0;
    good &= receiveFrames(sink);
    if (good && whole) {
      damage.good();
    } else {
      damage.bad(seconds);
    }
    lostTime.after(packet.pos(), packet.size(), good);
  }

  /** Whether it is none of the packets that the format has. */
  private boolean isJunk() {
    boolean wasPlausible = plausible;
    plausible = packet.size() > 0 && input.isPossible(packet.data().get(0));
    return !plausible || !wasPlausible; // one alone may be chance
  }

  private boolean receiveFrames(PcmSink sink) throws IOException {
    boolean good = true;
    while (true) {
      int code = avcodec_receive_frame(input.codec(), frame);
      if (code == AVERROR_EAGAIN() || code == AVERROR_EOF()) {
        return good;
      }
      if (code < 0) {
        return false;
      }
      if (FfmpegInput.isSound(frame.sample_rate(), frame.ch_layout().nb_channels())) {
        take(sink);
      } else {
        good = false;
      }
    }
  }

  private void take(PcmSink sink) throws IOException {
    if (frame.nb_samples() <= 0) {
      return;
    }
    long timestamp = frame.best_effort_timestamp();
    double expected = expectedSeconds();
    double late =
        timestamp == AV_NOPTS_VALUE
            ? 0
            : input.seconds(timestamp) + clockCorrectionSeconds - expected;
    if (position == 0 && Math.abs(late) <= JITTER_SECONDS) {
      clockCorrectionSeconds -= late; // a start that counts what the codec adds in front
      late = 0;
    }
    if (late < -LARGEST_OVERLAP_SECONDS
        || late > LARGEST_GAP_SECONDS
        || (late > LARGEST_OVERLAP_SECONDS && isBeyondTheEnd(expected + late))) {
      clockCorrectionSeconds -= late;
      late = 0;
      if (clockJumps++ == 0) {
        firstJumpSeconds = expected;
      }
    }
    if (late < -JITTER_SECONDS && late + frameSeconds() <= 0) {
      return; // all of it was heard before
    }
    if (late > JITTER_SECONDS) {
      if (position > 0 && isAudioSkipped()) {
        damage.missing(expected);
      }
      flush(sink);
      gap(sink, expected + late);
    }
    convert(sink);
  }

  /** Whether a gap in time is one in the file: a page or a cluster could not be read. */
  private boolean isAudioSkipped() {
    return input.isOgg()
        || (input.isOnlyStream() && packet.pos() - lostTime.goodEnd() > LARGEST_OVERHEAD_BYTES);
  }

  /** No gap leads out of the recording: the timestamp is damaged. */
  private boolean isBeyondTheEnd(double seconds) {
    long promisedMs = promisedMs();
    return promisedMs > 0 && seconds * 1_000 > promisedMs + LENGTH_TOLERANCE_MS;
  }

  private void gap(PcmSink sink, double endSeconds) throws IOException {
    long length = Math.round(endSeconds * sampleRateHz) - position;
    if (length > 0) {
      position += length;
      sink.gap(length);
    }
  }

  private void convert(PcmSink sink) throws IOException {
    if (resampler != null && !resampler.fits(frame)) {
      flush(sink);
    }
    if (resampler == null) {
      resampler = new Resampler(frame, channels(), sampleRateHz, (double) position / sampleRateHz);
    }
    give(sink, resampler, resampler.convert(frame));
  }

  private void flush(PcmSink sink) throws IOException {
    if (resampler != null) {
      give(sink, resampler, resampler.flush());
      resampler.close();
      resampler = null;
    }
  }

  private void give(PcmSink sink, Resampler from, int length) throws IOException {
    if (length > 0) {
      position += length;
      sink.samples(from.samples(), length);
    }
  }

  private double expectedSeconds() {
    return resampler == null ? (double) position / sampleRateHz : resampler.nextSeconds();
  }

  private double frameSeconds() {
    return (double) frame.nb_samples() / Math.max(1, frame.sample_rate());
  }

  private void throwIfUnreadable() throws IOException {
    if (input.isReadError()) {
      throw new IOException(
          "EARSHOT-203: cannot read "
              + file
              + " beyond "
              + seconds(expectedSeconds())
              + ": the disk or network it lies on fails. Copy the file and try again.");
    }
  }

  /** What the end tells about the whole. */
  private void judge() throws IOException {
    String end = seconds((double) position / sampleRateHz);
    if (input.audioStreams() > 1) {
      warnings.add(
          "EARSHOT-213: %s has %d streams of audio, and only one was transcribed."
              .formatted(file, input.audioStreams()));
    }
    if (clockJumps > 0) {
      warnings.add(
          "EARSHOT-214: the clock of %s jumps at %s%s; from there on time is counted in samples."
              .formatted(
                  file,
                  seconds(firstJumpSeconds),
                  clockJumps == 1 ? "" : " and at " + (clockJumps - 1) + " more places"));
    }
    if (damage.places() > 0) {
      missing(
          "EARSHOT-212: %s is damaged: audio is good up to %s; what cannot be decoded after it, at %s, is left out."
              .formatted(
                  file,
                  seconds(damage.goodUpToSeconds()),
                  damage.places() == 1 ? "one place" : damage.places() + " places"));
    }
    switch (wavLength) {
      case TRUE -> judgeEnd(end);
      case TOO_LONG ->
          missing(
              "EARSHOT-211: %s is cut short: its header promises more audio, the last of it is at %s."
                  .formatted(file, end));
      case TOO_SHORT, UNKNOWN ->
          missing(
              "EARSHOT-211: the header of %s gives a wrong length: audio was read to the end of the file, at %s."
                  .formatted(file, end));
    }
  }

  private void judgeEnd(String end) throws IOException {
    long promisedMs = promisedMs();
    if (input.isOgg() && OggEnd.isMissing(file)) {
      missing(
          "EARSHOT-211: %s is cut short: it has no end mark, the last audio is at %s."
              .formatted(file, end));
    } else if (promisedMs - positionMs() > LENGTH_TOLERANCE_MS) {
      missing(
          "EARSHOT-211: %s is cut short: its header promises %s of audio, the last of it is at %s."
              .formatted(file, seconds(promisedMs / 1_000.0), end));
    } else if (damage.isEndBad() && (promisedMs == 0 || promisedMs > positionMs())) { // no padding
      missing(
          "EARSHOT-211: %s is cut short: its last block is not whole, the last audio is at %s."
              .formatted(file, end));
    }
  }

  /** Length by the header, 0 if it does not tell. */
  private long promisedMs() {
    return input.isDurationGuessed() ? 0 : headerDurationMs();
  }

  private void missing(String warning) {
    incomplete = true;
    warnings.add(warning);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (resampler != null) {
      resampler.close();
    }
    av_frame_free(frame);
    av_packet_free(packet);
    input.close();
  }
}

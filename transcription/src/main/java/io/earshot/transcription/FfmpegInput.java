package io.earshot.transcription;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FLAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_CRCCHECK;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_READ;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avio_close;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * One open recording: FFmpeg's demuxer and decoder for its audio.
 *
 * <p>The file may be hostile. It is opened here, and FFmpeg may open nothing else: a play list that
 * names another file or an address is an error.
 *
 * <p>Not thread-safe. Holds native memory until it is closed; closing twice is harmless.
 */
final class FfmpegInput implements AutoCloseable {
  private static final int MAX_CHANNELS = 8;
  private static final int FIRST_BYTES = 512;

  private final Path file;
  private final AVIOContext io = new AVIOContext(null);
  private AVFormatContext format = new AVFormatContext(null);
  private AVCodecContext codec = new AVCodecContext(null);
  private boolean closed;
  private int streamIndex;
  private int audioStreams;
  private double secondsPerTick;
  private double originSeconds;

  private FfmpegInput(Path file) {
    this.file = file;
  }

  /**
   * Opens a recording.
   *
   * @param ignoreWavLength whether to read a WAV file to its end, whatever its header says
   * @throws AudioFormatException if there is no audio in it that FFmpeg can decode
   * @throws IOException if it cannot be read, or FFmpeg does not exist for this platform
   */
  static FfmpegInput open(Path file, boolean ignoreWavLength) throws IOException {
    loadLibraries();
    FfmpegInput input = new FfmpegInput(file);
    try {
      input.openFile();
      input.openFormat(ignoreWavLength);
      input.openCodec();
      return input;
    } catch (IOException | RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  AVFormatContext format() {
    return format;
  }

  AVCodecContext codec() {
    return codec;
  }

  /** Index of the audio stream; packets of others are to be left out. */
  int streamIndex() {
    return streamIndex;
  }

  int audioStreams() {
    return audioStreams;
  }

  int channels() {
    return codec.ch_layout().nb_channels();
  }

  /** A timestamp of the audio stream as seconds from the start of the recording. */
  double seconds(long timestamp) {
    return timestamp * secondsPerTick - originSeconds;
  }

  /** A length in the audio stream's ticks as seconds. */
  double lengthSeconds(long ticks) {
    return ticks * secondsPerTick;
  }

  /** Length in milliseconds as the header tells, 0 if it does not. */
  long headerDurationMs() {
    long duration = format.duration();
    return duration == AV_NOPTS_VALUE || duration < 0 ? 0 : duration / (AV_TIME_BASE / 1_000);
  }

  /** Whether {@link #headerDurationMs} was only guessed from the file's size. */
  boolean isDurationGuessed() {
    return format.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
  }

  boolean isOgg() {
    return "ogg".equals(format.iformat().name().getString());
  }

  /** Whether the file is bare packets, without a timestamp. */
  boolean isTimeCountedFromPackets() {
    return List.of("mp3", "aac").contains(format.iformat().name().getString());
  }

  /** Whether the operating system failed to read the file. */
  boolean isReadError() {
    return io.error() < 0;
  }

  /** FFmpeg's words for one of its error codes. */
  static String message(int code) {
    byte[] text = new byte[128];
    av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /** An exception that names the file, and what was found. */
  AudioFormatException undecodable(String found) throws IOException {
    return new AudioFormatException(
        "EARSHOT-202: cannot decode "
            + file
            + ": "
            + found
            + ". Give a recording in WAV, MP3, Ogg, FLAC or another format that FFmpeg reads.");
  }

  /** What the file seems to be, for an exception. */
  String looks() throws IOException {
    byte[] first = firstBytes();
    if (first.length == 0) {
      return "the file is empty";
    }
    if (isText(first)) {
      return "it looks like text";
    }
    if (!format.isNull() && !format.iformat().isNull()) {
      return "it looks like "
          + format.iformat().long_name().getString()
          + ", but no audio could be found in it";
    }
    return "it begins with the bytes "
        + HexFormat.ofDelimiter(" ").formatHex(first, 0, Math.min(8, first.length))
        + ", which is no format of audio that is known";
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!codec.isNull()) {
      avcodec_free_context(codec);
    }
    if (!format.isNull()) {
      avformat_close_input(format);
    }
    if (!io.isNull()) {
      avio_close(io); // not closed with the format, since that did not open it
      io.setNull();
    }
  }

  /** To be called before anything else of FFmpeg. */
  static void loadLibraries() throws IOException {
    try {
      av_log_set_level(AV_LOG_QUIET); // of this process; FFmpeg writes to the standard error stream
    } catch (LinkageError e) {
      throw new IOException(
          "EARSHOT-205: FFmpeg's native library does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ". Add the artifact org.bytedeco:ffmpeg with the classifier of this platform.",
          e);
    }
  }

  private void openFile() throws IOException {
    try (BytePointer url = utf8("file:" + file.toAbsolutePath())) {
      int code = avio_open(io, url, AVIO_FLAG_READ);
      if (code < 0) {
        throw new IOException(
            "EARSHOT-203: cannot read " + file + ": " + message(code) + ". Check the file.");
      }
    }
  }

  private void openFormat(boolean ignoreWavLength) throws IOException {
    format = avformat_alloc_context();
    format.pb(io);
    try (BytePointer name = utf8(String.valueOf(file.getFileName())); // its ending is a hint
        AVDictionary options = new AVDictionary(null)) {
      av_dict_set(options, "protocol_whitelist", "none", 0);
      if (ignoreWavLength) {
        av_dict_set(options, "ignore_length", "1", 0);
      }
      int code = avformat_open_input(format, name, null, options); // frees the format if it fails
      av_dict_free(options);
      if (code < 0) {
        format.setNull();
        throw undecodable(looks());
      }
    }
    avformat_find_stream_info(format, (AVDictionary) null); // what it lacks shows in decoding
    streamIndex =
        av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (PointerPointer<?>) null, 0);
    if (streamIndex < 0) {
      throw undecodable(looks());
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      if (format.streams(i).codecpar().codec_type() == AVMEDIA_TYPE_AUDIO) {
        audioStreams++;
      }
    }
  }

  private void openCodec() throws IOException {
    AVStream stream = format.streams(streamIndex);
    int codecId = stream.codecpar().codec_id();
    AVCodec decoder = avcodec_find_decoder(codecId);
    if (decoder == null || decoder.isNull()) {
      throw undecodable(
          "FFmpeg has no decoder for its audio (" + avcodec_get_name(codecId).getString() + ")");
    }
    codec = avcodec_alloc_context3(decoder);
    check(avcodec_parameters_to_context(codec, stream.codecpar()));
    codec.pkt_timebase(stream.time_base());
    codec.thread_count(1); // one recording is one core: the caller decides how many run
    if (codecId == AV_CODEC_ID_FLAC) {
      codec.err_recognition(AV_EF_CRCCHECK | AV_EF_EXPLODE); // else a damaged block is noise
    }
    check(avcodec_open2(codec, decoder, (AVDictionary) null));
    if (channels() > MAX_CHANNELS) {
      throw undecodable("it has " + channels() + " channels, and at most 8 are understood");
    }

    AVRational timeBase = stream.time_base();
    secondsPerTick = (double) timeBase.num() / timeBase.den();
    long start = format.start_time();
    originSeconds = start == AV_NOPTS_VALUE ? 0 : (double) start / AV_TIME_BASE;
  }

  private void check(int code) throws IOException {
    if (code < 0) {
      throw undecodable("its audio cannot be decoded (" + message(code) + ")");
    }
  }

  private byte[] firstBytes() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(FIRST_BYTES);
    }
  }

  private static boolean isText(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes.length - end < 4 && bytes[end - 1] < 0) {
      end--; // the last character may be cut
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, end))
          .chars()
          .noneMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f');
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** JavaCPP would encode a String by the platform's charset. */
  private static BytePointer utf8(String text) {
    return new BytePointer(text, StandardCharsets.UTF_8);
  }
}

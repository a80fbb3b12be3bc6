package io.earshot.transcription;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC_LATM;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FLAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_CRCCHECK;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_SKIP_SAMPLES;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_new_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
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
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * One open recording: FFmpeg's demuxer and decoder for its audio.
 *
 * <p>The file may be hostile. It is opened here, and FFmpeg may open nothing else: a play list that
 * names another file or an address is an error. Only {@link FfmpegFormats} see what is in it.
 *
 * <p>Not thread-safe. Holds native memory until it is closed; closing twice is harmless.
 */
final class FfmpegInput implements AutoCloseable {
  private static final int MAX_CHANNELS = 8;
  private static final int MIN_SAMPLE_RATE_HZ = 1_000;
  private static final int MAX_SAMPLE_RATE_HZ = 768_000;
  private static final int FIRST_BYTES = 4_096;

  /** The index of an MP4 of 30 hours takes as much at once, nothing else so much by far. */
  private static final long LARGEST_ALLOCATION = 128L << 20;

  /**
   * What an mp3 begins with before the sound: 576 samples by the encoder, 529 by the decoder. Some
   * encoders put more.
   */
  private static final int MP3_LEAD_IN = 576 + 529;

  private static final String MEMORY_GUARD = "org.bytedeco.javacpp.maxPhysicalBytes";

  private final Path file;
  private final AVIOContext io = new AVIOContext(null);
  private AVFormatContext format = new AVFormatContext(null);
  private AVCodecContext codec = new AVCodecContext(null);
  private String name = ""; // of the format
  private boolean closed;
  private int channels;
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

  /** As at the beginning, whatever the decoder makes of damage later. */
  int channels() {
    return channels;
  }

  /** A timestamp of the audio stream as seconds from the start of the recording. */
  double seconds(long timestamp) {
    return timestamp * secondsPerTick - originSeconds;
  }

  /** A length in the audio stream's ticks as seconds. */
  double lengthSeconds(long ticks) {
    return ticks * secondsPerTick;
  }

  /** Length of the sound in milliseconds as the header tells, 0 if it does not. */
  long headerDurationMs() {
    AVStream stream = format.streams(streamIndex);
    if (stream.duration() != AV_NOPTS_VALUE) {
      long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
      return Math.max(0, (long) ((seconds(start) + lengthSeconds(stream.duration())) * 1_000));
    }
    long duration = format.duration();
    return duration == AV_NOPTS_VALUE || duration < 0 ? 0 : duration / (AV_TIME_BASE / 1_000);
  }

  /** Whether {@link #headerDurationMs} may be wrong: guessed from the file's size, or a video's. */
  boolean isDurationGuessed() {
    return format.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE
        || (format.nb_streams() > 1 && format.streams(streamIndex).duration() == AV_NOPTS_VALUE);
  }

  boolean isOgg() {
    return name.equals("ogg");
  }

  /** Whether the file is bare packets, without a timestamp. */
  boolean isTimeCountedFromPackets() {
    return List.of("mp3", "aac", "amr", "wav").contains(name);
  }

  /** Whether a packet is shorter than its own header says, which FFmpeg does not mind in mp3. */
  boolean isCut(AVPacket packet) {
    if (codec.codec_id() != AV_CODEC_ID_MP3 || packet.size() < Integer.BYTES) {
      return false;
    }
    byte[] header = new byte[Integer.BYTES];
    packet.data().get(header, 0, header.length);
    return packet.size() < Mp3Frame.length(ByteBuffer.wrap(header).getInt());
  }

  /** Whether the sound is all there is: no bytes of another stream lie between its packets. */
  boolean isOnlyStream() {
    return format.nb_streams() == 1;
  }

  /**
   * Whether a packet can begin like that. AMR and GSM have no checksum, but some bits are always
   * the same.
   */
  boolean isPossible(byte header) {
    return switch (name) {
      case "amr" -> isAmrHeader(header);
      case "gsm" -> (header & 0xF0) == 0xD0;
      default -> true;
    };
  }

  /** Of an AMR packet (RFC 4867, 5.3): a bit 0, four of type, one that it is good, two bits 0. */
  private static boolean isAmrHeader(byte header) {
    int type = (header >> 3) & 15;
    boolean used = type <= 9 || type >= 14; // 9 is wide-band silence, 14 lost, 15 nothing
    boolean good = (header & 0b100) != 0 || type >= 14;
    return (header & 0b1000_0011) == 0 && used && good;
  }

  /** Whether sound comes like that; a damaged header can give anything. */
  static boolean isSound(int sampleRateHz, int channels) {
    return sampleRateHz >= MIN_SAMPLE_RATE_HZ
        && sampleRateHz <= MAX_SAMPLE_RATE_HZ
        && channels >= 1
        && channels <= MAX_CHANNELS;
  }

  /**
   * Has the decoder leave out what the encoder put in front, where the file does not tell.
   *
   * @param first the audio stream's first packet
   */
  void trimLeadIn(AVPacket first) {
    int samples = isLeadInTold(first) ? 0 : leadIn();
    if (samples == 0 || codec.sample_rate() <= 0) {
      return;
    }
    originSeconds += (double) samples / codec.sample_rate();
    byte[] trim = new byte[10];
    ByteBuffer.wrap(trim).order(ByteOrder.LITTLE_ENDIAN).putInt(samples);
    BytePointer data = av_packet_new_side_data(first, AV_PKT_DATA_SKIP_SAMPLES, trim.length);
    if (data != null) { // else memory is short, and whole frames before the origin are dropped
      data.put(trim, 0, trim.length);
    }
  }

  /** By the number of samples, by a time before zero, or by leaving the first packet out. */
  private static boolean isLeadInTold(AVPacket first) {
    return (first.flags() & AV_PKT_FLAG_DISCARD) != 0
        || (first.pts() != AV_NOPTS_VALUE && first.pts() < 0)
        || av_packet_get_side_data(first, AV_PKT_DATA_SKIP_SAMPLES, (SizeTPointer) null) != null;
  }

  /** How many samples every encoder of that kind puts in front. */
  private int leadIn() {
    int codecId = codec.codec_id();
    if (codecId == AV_CODEC_ID_MP3) {
      return MP3_LEAD_IN;
    }
    boolean isAac = codecId == AV_CODEC_ID_AAC || codecId == AV_CODEC_ID_AAC_LATM;
    return isAac ? codec.frame_size() : 0; // the first overlaps with one that there is not
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
    Optional<String> wav = WavHeader.claim(first);
    if (wav.isPresent()) {
      return "it looks like " + wav.get() + ", which cannot be decoded";
    }
    if (!format.isNull() && !format.iformat().isNull()) {
      return "it looks like "
          + format.iformat().long_name().getString()
          + (streams(AVMEDIA_TYPE_VIDEO) > 0
              ? ", with video and without sound"
              : ", but no audio could be found in it");
    }
    if (Mp4Index.isMissing(file)) {
      return "it looks like MP4 without its index (moov): it was cut short or never finished";
    }
    Optional<AVInputFormat> guess = FfmpegFormats.guess(first);
    return guess
        .map(
            like ->
                "it looks like " + like.long_name().getString() + ", but cannot be read as that")
        .orElseGet(
            () ->
                "it begins with the bytes "
                    + HexFormat.ofDelimiter(" ").formatHex(first, 0, Math.min(8, first.length))
                    + ", which is no format of audio that is known");
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
    // JavaCPP refuses to allocate once the process is four times as large as the heap may be, to
    // notice leaks. A speech model alone may be larger, and what is allocated here is freed here.
    if (System.getProperty(MEMORY_GUARD) == null) {
      System.setProperty(MEMORY_GUARD, "0");
    }
    try {
      // Both are of this process. FFmpeg would write to the standard error stream, and unpack a
      // header of a few kilobytes into gigabytes.
      av_log_set_level(AV_LOG_QUIET);
      av_max_alloc(LARGEST_ALLOCATION);
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
      av_dict_set(options, "format_whitelist", FfmpegFormats.CONTAINERS, 0);
      av_dict_set(options, "codec_whitelist", FfmpegFormats.audioDecoders(), 0);
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
    name = format.iformat().name().getString();
    avformat_find_stream_info(format, (AVDictionary) null); // what it lacks shows in decoding
    streamIndex =
        av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (PointerPointer<?>) null, 0);
    if (streamIndex < 0) {
      throw undecodable(looks());
    }
    audioStreams = streams(AVMEDIA_TYPE_AUDIO);
    for (int i = 0; i < format.nb_streams(); i++) {
      if (i != streamIndex) {
        format.streams(i).discard(AVDISCARD_ALL);
      }
    }
  }

  private void openCodec() throws IOException {
    AVStream stream = format.streams(streamIndex);
    int codecId = stream.codecpar().codec_id();
    AVCodec decoder = FfmpegFormats.decoder(codecId).orElse(null);
    if (decoder == null) {
      throw undecodable(
          codecId == AV_CODEC_ID_NONE
              ? looks()
              : "FFmpeg has no decoder for its audio ("
                  + avcodec_get_name(codecId).getString()
                  + ")");
    }
    int sampleRateHz = stream.codecpar().sample_rate();
    if (sampleRateHz != 0 && !isSound(sampleRateHz, 1)) {
      throw undecodable(
          "it has a sample rate of "
              + Integer.toUnsignedString(sampleRateHz)
              + " Hz, and 1,000 to 768,000 are understood");
    }
    codec = avcodec_alloc_context3(decoder);
    check(avcodec_parameters_to_context(codec, stream.codecpar()));
    codec.pkt_timebase(stream.time_base());
    codec.thread_count(1); // one recording is one core: the caller decides how many run
    if (codecId == AV_CODEC_ID_FLAC) {
      codec.err_recognition(AV_EF_CRCCHECK | AV_EF_EXPLODE); // else a damaged block is noise
    }
    check(avcodec_open2(codec, decoder, (AVDictionary) null));
    channels = codec.ch_layout().nb_channels();
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw undecodable("it has " + channels + " channels, and at most 8 are understood");
    }

    AVRational timeBase = stream.time_base();
    secondsPerTick = (double) timeBase.num() / timeBase.den();
    long start = format.start_time();
    // What lies before zero is not to be heard.
    originSeconds = start == AV_NOPTS_VALUE ? 0 : Math.max(0, (double) start / AV_TIME_BASE);
  }

  private int streams(int type) {
    int count = 0;
    for (int i = 0; i < format.nb_streams(); i++) {
      if (format.streams(i).codecpar().codec_type() == type) {
        count++;
      }
    }
    return count;
  }

  private void check(int code) throws IOException {
    if (code < 0) {
      throw undecodable("its audio cannot be decoded (" + message(code) + ")");
    }
  }

  /** The file's beginning. */
  byte[] firstBytes() throws IOException {
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

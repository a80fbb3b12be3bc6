package io.earshot.transcription;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AMR_NB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AMR_WB;
import static org.bytedeco.ffmpeg.global.avcodec.av_codec_is_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.av_codec_iterate;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avformat.AVPROBE_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.AVPROBE_SCORE_RETRY;
import static org.bytedeco.ffmpeg.global.avformat.av_probe_input_format2;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVProbeData;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Which parts of FFmpeg are let near a recording.
 *
 * <p>It reads some 350 formats. Most are no recordings: pictures, subtitles, games, play lists that
 * name other files. Each is code that a hostile file could reach, or a wrong guess about a damaged
 * one; so are decoders of video.
 */
final class FfmpegFormats {
  /**
   * The containers that recordings and videos come in. None opens another file; none is chosen by
   * the file's name alone, so that noise is not taken for sound.
   */
  static final String CONTAINERS =
      "aac,aiff,amr,ape,asf,au,avi,caf,dss,flac,flv,gsm,ircam,loas,matroska,mov,mp3,mpc,mpeg,"
          + "mpegts,nistsphere,nut,ogg,qcp,rm,sox,tta,voc,w64,wav,wv";

  private FfmpegFormats() {}

  /** The names of all decoders of audio, comma-separated. */
  static String audioDecoders() {
    List<String> names = new ArrayList<>();
    try (PointerPointer<Pointer> state = new PointerPointer<>(1)) {
      state.put(0, (Pointer) null);
      for (AVCodec codec = av_codec_iterate(state);
          codec != null;
          codec = av_codec_iterate(state)) {
        if (codec.type() == AVMEDIA_TYPE_AUDIO && av_codec_is_decoder(codec) != 0) {
          names.add(codec.name().getString());
        }
      }
    }
    return String.join(",", names);
  }

  /**
   * The decoder to use for a codec. FFmpeg's own for AMR leaves out the pauses of a recording that
   * was made with discontinuous transmission, as telephones do; OpenCORE's fills them with the
   * noise that was described.
   */
  static Optional<AVCodec> decoder(int codecId) {
    AVCodec better = null;
    if (codecId == AV_CODEC_ID_AMR_NB) {
      better = avcodec_find_decoder_by_name("libopencore_amrnb");
    } else if (codecId == AV_CODEC_ID_AMR_WB) {
      better = avcodec_find_decoder_by_name("libopencore_amrwb");
    }
    return Optional.ofNullable(better == null ? avcodec_find_decoder(codecId) : better);
  }

  /** What the first bytes of a file look like, of all formats that FFmpeg knows. */
  static Optional<AVInputFormat> guess(byte[] first) {
    try (AVProbeData data = new AVProbeData();
        BytePointer buffer =
            new BytePointer(Arrays.copyOf(first, first.length + AVPROBE_PADDING_SIZE));
        IntPointer score = new IntPointer(1)) {
      score.put(AVPROBE_SCORE_RETRY);
      data.buf(buffer).buf_size(first.length);
      return Optional.ofNullable(av_probe_input_format2(data, 1, score));
    }
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Recordings to test on, and what is said in them. */
final class TestCalls {
  static final Path MODEL =
      Path.of(System.getProperty("earshot.home", ".."), "models", "vosk-model-tiny-en-callcentre");

  private TestCalls() {}

  /** One thing said. */
  record Segment(int channel, long startMs, long endMs, String text) {
    List<String> words() {
      return List.of(text.split(" "));
    }
  }

  static Path resource(String name) {
    try {
      return Path.of(TestCalls.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every recording of the shared sample data; skips the test if that is not there. */
  static List<Path> shared() throws IOException {
    Path folder = Path.of(System.getProperty("earshot.data", "../../shared/data"), "calls");
    assumeTrue(Files.isDirectory(folder), "no sample data: set earshot.data to its folder");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().endsWith(".ref.json"))
          .sorted()
          .toList();
    }
  }

  /** What is said in a recording of that call, whatever the format. */
  static List<Segment> reference(Path recording) throws IOException {
    String call = recording.getFileName().toString().replaceFirst("\\..*", "");
    Path file = recording.resolveSibling(call + ".ref.json");
    List<Segment> segments = new ArrayList<>();
    try (JsonParser json =
        new JsonFactory().createParser(Files.readString(file, StandardCharsets.UTF_8))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && "segments".equals(json.currentName())) {
          json.nextToken();
          while (json.nextToken() == JsonToken.START_OBJECT) {
            segments.add(segment(json));
          }
        }
      }
    }
    return segments;
  }

  private static Segment segment(JsonParser json) throws IOException {
    int channel = 0;
    long startMs = 0;
    long endMs = 0;
    String text = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "speaker" -> channel = "agent".equals(json.getText()) ? 0 : 1;
        case "startMs" -> startMs = json.getLongValue();
        case "endMs" -> endMs = json.getLongValue();
        case "text" -> text = json.getText();
        default -> json.skipChildren();
      }
    }
    return new Segment(channel, startMs, endMs, text);
  }

  static List<String> said(List<Segment> reference, int channel) {
    return reference.stream()
        .filter(segment -> segment.channel() == channel)
        .flatMap(segment -> segment.words().stream())
        .toList();
  }

  static List<String> heard(Transcript transcript, int channel) {
    return words(transcript, channel).stream()
        .map(TranscribedWord::text)
        .filter(word -> !word.equals("[unk]"))
        .toList();
  }

  static List<TranscribedWord> words(Transcript transcript, int channel) {
    return transcript.utterances().stream()
        .filter(utterance -> utterance.channel() == channel)
        .flatMap(utterance -> utterance.words().stream())
        .toList();
  }

  static WordErrorRate errors(List<Segment> reference, Transcript transcript) {
    return WordErrorRate.of(said(reference, 0), heard(transcript, 0))
        .plus(WordErrorRate.of(said(reference, 1), heard(transcript, 1)));
  }

  /**
   * How far the first words of what was said are from where they were heard, in milliseconds,
   * sorted. Only words that the channel has once near that time are compared, so that each has one
   * partner.
   */
  static List<Long> timeErrors(List<Segment> reference, Transcript transcript) {
    List<Long> errors = new ArrayList<>();
    for (Segment segment : reference) {
      List<TranscribedWord> near =
          words(transcript, segment.channel()).stream()
              .filter(word -> word.text().equals(segment.words().getFirst()))
              .filter(word -> Math.abs(word.startMs() - segment.startMs()) < 1_500)
              .toList();
      if (near.size() == 1) {
        errors.add(Math.abs(near.getFirst().startMs() - segment.startMs()));
      }
    }
    errors.sort(null);
    return errors;
  }

  static long median(List<Long> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  /** Decodes a recording to 16-bit samples of each channel. */
  static short[][] decode(Path recording, int sampleRateHz) throws IOException {
    try (AudioDecoder decoder = AudioDecoder.open(recording, sampleRateHz)) {
      return decode(decoder);
    }
  }

  /** Decodes it to 16-bit samples of each channel; gaps are silence. */
  static short[][] decode(AudioDecoder decoder) throws IOException {
    Collector collector = new Collector(decoder.channels());
    decoder.decode(collector);
    return collector.samples();
  }

  /** Keeps all audio. */
  static final class Collector implements PcmSink {
    private final short[][] all;
    private int length;

    Collector(int channels) {
      all = new short[channels][1_024];
    }

    @Override
    public void samples(short[][] channels, int count) {
      reserve(count);
      for (int i = 0; i < all.length; i++) {
        System.arraycopy(channels[i], 0, all[i], length, count);
      }
      length += count;
    }

    @Override
    public void gap(long samples) {
      reserve((int) samples);
      length += (int) samples;
    }

    @Override
    public void end() {}

    short[][] samples() {
      short[][] trimmed = new short[all.length][];
      for (int i = 0; i < all.length; i++) {
        trimmed[i] = Arrays.copyOf(all[i], length);
      }
      return trimmed;
    }

    private void reserve(int count) {
      for (int i = 0; i < all.length; i++) {
        if (all[i].length < length + count) {
          all[i] = Arrays.copyOf(all[i], 2 * (length + count));
        }
      }
    }
  }

  /** Writes so many seconds of a recording, as WAV. */
  static Path beginning(Path recording, int seconds, Path file) throws IOException {
    short[][] channels = decode(recording, 8_000);
    for (int i = 0; i < channels.length; i++) {
      channels[i] = Arrays.copyOf(channels[i], seconds * 8_000);
    }
    return Files.write(file, wav(8_000, channels));
  }

  /** A 16-bit WAV file's bytes; all channels have the same length. */
  static byte[] wav(int sampleRateHz, short[]... channels) {
    int frames = channels[0].length;
    int dataBytes = frames * channels.length * 2;
    ByteBuffer wav = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) channels.length).putInt(sampleRateHz);
    wav.putInt(sampleRateHz * channels.length * 2);
    wav.putShort((short) (channels.length * 2)).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    for (int i = 0; i < frames; i++) {
      for (short[] channel : channels) {
        wav.putShort(channel[i]);
      }
    }
    return wav.array();
  }

  /** The kinds of recordings there are: mp3, ogg, flac, mulaw.wav, wav, 16k.wav. */
  static String kind(Path recording) throws IOException {
    String name = recording.getFileName().toString();
    String ending = name.substring(name.indexOf('.') + 1);
    if (!ending.equals("wav")) {
      return ending;
    }
    byte[] header = Arrays.copyOf(Files.readAllBytes(recording), 22);
    return Map.of(1, "pcm.wav", 7, "mulaw.wav").getOrDefault((int) header[20], "other.wav");
  }

  /**
   * Checks that two are the same call heard the same: but for one word in a hundred, since what a
   * recogniser heard before may decide between readings that are equally good (decision 27).
   */
  static void assertHeardTheSame(Transcript actual, Transcript expected) {
    assertThat(actual.source()).isEqualTo(expected.source());
    assertThat(actual.durationMs()).isEqualTo(expected.durationMs());
    assertThat(actual.warnings()).isEqualTo(expected.warnings());
    assertSameWords(actual, expected);
  }

  /** Checks that the same was heard, but for one word in a hundred. */
  static void assertSameWords(Transcript actual, Transcript expected) {
    for (int i = 0; i < expected.channels(); i++) {
      List<String> words = heard(expected, i);
      int errors = WordErrorRate.of(words, heard(actual, i)).errors();
      assertThat(errors).as("channel %d", i).isLessThanOrEqualTo(Math.max(1, words.size() / 100));
    }
  }
}

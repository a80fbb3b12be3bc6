package io.earshot.benchmarks;

import io.earshot.transcription.Transcript;
import io.earshot.transcription.Utterance;
import io.earshot.transcription.VoskTranscriber;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;
import org.vosk.Recognizer;

/**
 * Measures transcription in one thread, by its CPU time, A B A B:
 *
 * <ul>
 *   <li>continuous speech, cut from the calls and put together without a pause: Earshot, from a
 *       file, against Vosk fed from memory in the tightest loop, for the best reading alone and for
 *       twenty, as Earshot does;
 *   <li>the two-channel calls as they are: Earshot with and without leaving silence out, and Vosk
 *       fed every sample.
 * </ul>
 *
 * <p>Prints the median CPU time, and how many times as fast it was as each of the contenders: the
 * median of the ratios of each round, since other load on the machine comes and goes.
 *
 * <p>Arguments: the model's folder, a folder of WAV files of two channels, and how many rounds.
 */
public final class RecognitionBenchmark {
  private static final int MARGIN_MS = 50;

  private final Path model;
  private final List<Path> calls;
  private final int rounds;

  private RecognitionBenchmark(Path model, List<Path> calls, int rounds) {
    this.model = model;
    this.calls = calls;
    this.rounds = rounds;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    LibVosk.setLogLevel(LogLevel.WARNINGS);
    try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
      List<Path> calls = files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
      new RecognitionBenchmark(Path.of(arguments[0]), calls, Integer.parseInt(arguments[2])).run();
    }
  }

  /** Something whose CPU time is taken. */
  private interface Work {
    void run() throws Exception;
  }

  private record Contender(String name, Work work, List<Double> seconds) {
    Contender(String name, Work work) {
      this(name, work, new ArrayList<>());
    }

    double median() {
      return median(seconds);
    }

    /** The median over the rounds of how many times as fast as another it was. */
    double throughput(Contender other) {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < seconds.size(); i++) {
        ratios.add(other.seconds.get(i) / seconds.get(i));
      }
      return median(ratios);
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
  }

  private void run() throws Exception {
    try (VoskTranscriber skipping = VoskTranscriber.open(model);
        VoskTranscriber all = VoskTranscriber.builder().model(model).skipSilence(false).open();
        Model vosk = new Model(model.toString())) {
      Path speech = Files.createTempFile("speech", ".wav");
      try {
        short[] samples = continuousSpeech(skipping);
        Files.write(speech, wav(samples));
        System.out.printf(Locale.ROOT, "continuous speech, %.0f s%n", samples.length / 8_000.0);
        compare(
            List.of(
                new Contender("Vosk, one reading", () -> feed(vosk, samples, 0)),
                new Contender("Vosk, twenty readings", () -> feed(vosk, samples, 20)),
                new Contender("Earshot", () -> skipping.transcribe(speech)),
                new Contender("Earshot, silence too", () -> all.transcribe(speech))));
      } finally {
        Files.delete(speech);
      }
      List<short[][]> channels = new ArrayList<>();
      for (Path call : calls) {
        channels.add(read(call));
      }
      System.out.printf("%d two-channel calls%n", calls.size());
      compare(
          List.of(
              new Contender("Vosk, one reading", () -> feedAll(vosk, channels, 0)),
              new Contender("Vosk, twenty readings", () -> feedAll(vosk, channels, 20)),
              new Contender("Earshot", () -> transcribeAll(skipping)),
              new Contender("Earshot, silence too", () -> transcribeAll(all))));
    }
  }

  private void compare(List<Contender> contenders) throws Exception {
    for (Contender contender : contenders) {
      contender.work().run(); // to warm up
    }
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        long before = cpuNanos();
        contender.work().run();
        contender.seconds().add((cpuNanos() - before) / 1e9);
      }
    }
    for (Contender contender : contenders) {
      System.out.printf(Locale.ROOT, "  %-22s %6.2f s CPU", contender.name(), contender.median());
      for (Contender other : contenders) {
        System.out.printf(Locale.ROOT, " %6.2f", contender.throughput(other));
      }
      System.out.println();
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void transcribeAll(VoskTranscriber transcriber) throws IOException {
    for (Path call : calls) {
      transcriber.transcribe(call);
    }
  }

  private static void feedAll(Model model, List<short[][]> calls, int readings) throws IOException {
    for (short[][] call : calls) {
      for (short[] channel : call) {
        feed(model, channel, readings);
      }
    }
  }

  private static void feed(Model model, short[] samples, int readings) throws IOException {
    try (Recognizer recognizer = new Recognizer(model, 8_000)) {
      recognizer.setMaxAlternatives(readings);
      recognizer.setWords(true);
      for (int i = 0; i < samples.length; i += 1_600) {
        short[] block = Arrays.copyOfRange(samples, i, Math.min(samples.length, i + 1_600));
        if (recognizer.acceptWaveForm(block, block.length)) {
          recognizer.getResult();
        }
      }
      recognizer.getFinalResult();
    }
  }

  /** What is said in the calls, at 8 kHz, one thing after the other. */
  private short[] continuousSpeech(VoskTranscriber transcriber) throws Exception {
    ByteBuffer samples = ByteBuffer.allocate(64 << 20);
    for (Path call : calls) {
      short[][] channels = read(call);
      Transcript transcript = transcriber.transcribe(call);
      for (Utterance utterance : transcript.utterances()) {
        short[] channel = channels[utterance.channel()];
        int from = (int) Math.max(0, (utterance.startMs() - MARGIN_MS) * 8);
        int to = (int) Math.min(channel.length, (utterance.endMs() + MARGIN_MS) * 8);
        for (int i = from; i < to; i++) {
          samples.putShort(channel[i]);
        }
      }
    }
    short[] all = new short[samples.position() / 2];
    samples.flip().asShortBuffer().get(all);
    return all;
  }

  /** The channels at 8 kHz: of 16 kHz every other sample is taken. */
  private static short[][] read(Path call) throws IOException, UnsupportedAudioFileException {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(call.toFile())) {
      AudioFormat format = in.getFormat();
      AudioFormat pcm =
          new AudioFormat(format.getSampleRate(), 16, format.getChannels(), true, false);
      ByteBuffer bytes =
          ByteBuffer.wrap(AudioSystem.getAudioInputStream(pcm, in).readAllBytes())
              .order(ByteOrder.LITTLE_ENDIAN);
      int step = Math.max(1, Math.round(format.getSampleRate() / 8_000));
      int frames = bytes.remaining() / 2 / format.getChannels() / step;
      short[][] channels = new short[format.getChannels()][frames];
      for (int i = 0; i < frames; i++) {
        for (int j = 0; j < channels.length; j++) {
          channels[j][i] = bytes.getShort(2 * (i * step * channels.length + j));
        }
      }
      return channels;
    }
  }

  private static byte[] wav(short[] samples) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
    wav.asShortBuffer().put(samples);
    return wav.array();
  }
}

package io.earshot.benchmarks;

import io.earshot.transcription.LiveListener;
import io.earshot.transcription.LiveTranscription;
import io.earshot.transcription.TranscribedWord;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.Utterance;
import io.earshot.transcription.VoskTranscriber;
import io.earshot.transcription.WordErrorRate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * How long after a word has ended a live transcription has it.
 *
 * <p>Calls (WAV, since the JDK reads that) are sent in frames of 20 ms, the next one as soon as the
 * last is recognised. The clock is the audio that was sent, plus the time that recognising its last
 * frame took until the listener was called: what it would be where the model keeps up, without the
 * network. A word counts from its end as the transcript has it to the first partial or utterance
 * that has that very word in its place. Of the last words of what somebody says the true end is
 * known; they are counted from that, too.
 *
 * <p>Says also how many words differ from those of the recordings.
 */
public final class LiveLatency {
  private static final Pattern SEGMENT =
      Pattern.compile(
          "\"speaker\": \"(\\w+)\",\\s*\"startMs\": \\d+,\\s*\"endMs\": (\\d+),\\s*\"text\": \"([^\"]*)\"");

  private final List<Delay> right = new ArrayList<>();
  private final List<Delay> guessed = new ArrayList<>();
  private final List<Delay> lastWords = new ArrayList<>();
  private WordErrorRate difference = WordErrorRate.NONE;

  private LiveLatency() {}

  /** Something that a listener was told, and when. */
  private record Told(int channel, double audioMs, double atMs, List<String> words) {
    Delay after(long ms) {
      return new Delay(audioMs - ms, atMs - ms);
    }
  }

  /** How much later, by the audio alone and with the time of recognising it. */
  private record Delay(double audioMs, double ms) {}

  private record Segment(int channel, long endMs, String lastWord) {}

  /**
   * Measures.
   *
   * @param arguments the model's folder, and one of recordings with their {@code .ref.json}
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: LiveLatency MODEL FOLDER");
      System.exit(2);
    }
    System.out.print(measure(Path.of(arguments[0]), Path.of(arguments[1])));
  }

  /** The table. */
  static String measure(Path model, Path folder) throws Exception {
    LiveLatency latency = new LiveLatency();
    try (VoskTranscriber transcriber = VoskTranscriber.open(model);
        Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".wav")).sorted().toList()) {
        latency.measure(transcriber, file);
      }
    }
    return "| | words | p50 ms | p90 ms | p95 ms | p99 ms | p95 ms, of audio alone |%n| --- | --- | --- | --- | --- | --- | --- |%n"
            .formatted()
        + row("the word", latency.right)
        + row("any word in its place", latency.guessed)
        + row("the last word, from its true end", latency.lastWords)
        + "words that differ from the recording's: %s%n".formatted(latency.difference);
  }

  private static String row(String name, List<Delay> delays) {
    if (delays.isEmpty()) {
      return "";
    }
    List<Double> sorted = delays.stream().map(Delay::ms).sorted().toList();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
        name,
        sorted.size(),
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.95),
        at(sorted, 0.99),
        at(delays.stream().map(Delay::audioMs).sorted().toList(), 0.95));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) (share * sorted.size()));
  }

  private void measure(VoskTranscriber transcriber, Path file) throws Exception {
    AudioInputStream audio = pcm(file);
    AudioFormat format = audio.getFormat();
    byte[] bytes = audio.readAllBytes();
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    List<Told> told = new ArrayList<>(); // by the call's thread, read after finish()
    Clock clock = new Clock(told);
    int rate = (int) format.getSampleRate();
    double msPerSample = 1_000.0 / rate / format.getChannels();
    try (LiveTranscription live =
        transcriber
            .live(file.toString())
            .sampleRateHz(rate)
            .channels(format.getChannels())
            .longestWait(Duration.ofHours(1))
            .listener(clock)
            .open()) {
      int frame = rate / 50 * format.getChannels();
      for (int from = 0; from < samples.length; from += frame) {
        int length = Math.min(frame, samples.length - from);
        short[] next = Arrays.copyOfRange(samples, from, from + length);
        clock.send((from + length) * msPerSample);
        live.send(next, length);
        while (live.lagMs() >= 20) {
          Thread.onSpinWait();
        }
      }
      clock.send(samples.length * msPerSample);
      count(live.finish(), transcriber.transcribe(file), told, segments(file));
    }
  }

  private static AudioInputStream pcm(Path file) throws IOException {
    try {
      AudioInputStream in =
          AudioSystem.getAudioInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
      AudioFormat from = in.getFormat();
      return AudioSystem.getAudioInputStream(
          new AudioFormat(from.getSampleRate(), 16, from.getChannels(), true, false), in);
    } catch (UnsupportedAudioFileException e) {
      throw new IOException(file + " is no WAV that the JDK reads", e);
    }
  }

  private static List<Segment> segments(Path file) throws IOException {
    String call = String.valueOf(file.getFileName()).replaceFirst("\\..*", "");
    Path reference = file.resolveSibling(call + ".ref.json");
    List<Segment> segments = new ArrayList<>();
    Matcher matcher = SEGMENT.matcher(Files.readString(reference, StandardCharsets.UTF_8));
    while (matcher.find()) {
      String text = matcher.group(3);
      segments.add(
          new Segment(
              "agent".equals(matcher.group(1)) ? 0 : 1,
              Long.parseLong(matcher.group(2)),
              text.substring(text.lastIndexOf(' ') + 1)));
    }
    return segments;
  }

  private void count(
      Transcript live, Transcript recorded, List<Told> told, List<Segment> segments) {
    for (int channel = 0; channel < live.channels(); channel++) {
      difference =
          difference.plus(WordErrorRate.of(words(recorded, channel), words(live, channel)));
    }
    for (Utterance utterance : live.utterances()) {
      List<Told> partials = partialsOf(utterance, told);
      List<String> texts = utterance.words().stream().map(TranscribedWord::text).toList();
      for (int i = 0; i < texts.size(); i++) {
        long endMs = utterance.words().get(i).endMs();
        int place = i;
        Told at = first(partials, each -> has(texts, place, each));
        right.add(at.after(endMs));
        guessed.add(first(partials, each -> each.size() > place).after(endMs));
        segments.stream()
            .filter(each -> each.channel() == utterance.channel())
            .filter(each -> each.lastWord().equals(texts.get(place)))
            .filter(each -> Math.abs(each.endMs() - endMs) < 400)
            .forEach(each -> lastWords.add(at.after(each.endMs())));
      }
    }
  }

  private static List<String> words(Transcript transcript, int channel) {
    return transcript.utterances().stream()
        .filter(each -> each.channel() == channel)
        .flatMap(each -> each.words().stream())
        .map(TranscribedWord::text)
        .toList();
  }

  /** What was told of an utterance, itself last. */
  private static List<Told> partialsOf(Utterance utterance, List<Told> told) {
    List<Told> partials = new ArrayList<>();
    List<String> texts = utterance.words().stream().map(TranscribedWord::text).toList();
    for (Told each : told) {
      if (each.channel() != utterance.channel()) {
        continue;
      }
      if (each.words().getFirst().equals(Clock.FINAL)) {
        List<String> words = each.words().subList(1, each.words().size());
        if (words.equals(texts) && each.audioMs() >= utterance.endMs()) {
          partials.add(new Told(each.channel(), each.audioMs(), each.atMs(), words));
          return partials;
        }
        partials.clear();
      } else {
        partials.add(each);
      }
    }
    throw new IllegalStateException("never told: " + utterance);
  }

  private static Told first(List<Told> partials, Predicate<List<String>> condition) {
    return partials.stream().filter(each -> condition.test(each.words())).findFirst().orElseThrow();
  }

  /** Whether a partial has a word, in the longest common subsequence of both. */
  private static boolean has(List<String> words, int place, List<String> partial) {
    int rows = words.size();
    int columns = partial.size();
    int[][] common = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            words.get(i).equals(partial.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i <= place && j < columns) {
      if (words.get(i).equals(partial.get(j))) {
        if (i == place) {
          return true;
        }
        i++;
        j++;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }

  /** Notes when what was told: the time of the audio, and that since it was sent. */
  private static final class Clock implements LiveListener {
    private static final String FINAL = "\n"; // before an utterance's words

    private final List<Told> told;
    private volatile double sentMs;
    private volatile long sentNanos;

    Clock(List<Told> told) {
      this.told = told;
    }

    void send(double ms) {
      sentNanos = System.nanoTime();
      sentMs = ms;
    }

    @Override
    public void partial(int channel, String text, long atMs) {
      told.add(new Told(channel, sentMs, nowMs(), List.of(text.split(" ", -1))));
    }

    @Override
    public void utterance(Utterance utterance) {
      List<String> words = new ArrayList<>(List.of(FINAL));
      utterance.words().forEach(each -> words.add(each.text()));
      told.add(new Told(utterance.channel(), sentMs, nowMs(), words));
    }

    private double nowMs() {
      return sentMs + (System.nanoTime() - sentNanos) / 1e6;
    }
  }
}

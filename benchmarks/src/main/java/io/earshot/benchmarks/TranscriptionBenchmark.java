package io.earshot.benchmarks;

import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptionService;
import io.earshot.transcription.VoskTranscriber;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Measures: how much faster two workers transcribe a folder of recordings than one, in processes of
 * their own and in this one.
 *
 * <p>Each round runs all four after one another, so that what they are compared by was measured
 * close together; the ratios are those of each round. Not in the time: starting workers, loading
 * models, and one recording each to warm up. The longest recordings come first, so that no worker
 * is left with one at the end.
 */
public final class TranscriptionBenchmark {
  /** How often the folder is transcribed in a round, as a night's work is long. */
  private static final int PASSES = 3;

  private final Path model;
  private final List<Path> recordings;
  private final int rounds;
  private final Map<Mode, List<Double>> speeds = new EnumMap<>(Mode.class);

  private TranscriptionBenchmark(Path model, List<Path> recordings, int rounds) {
    this.model = model;
    this.recordings = recordings;
    this.rounds = rounds;
  }

  private enum Mode {
    ONE_PROCESS("1 process", 1, false),
    TWO_PROCESSES("2 processes", 2, false),
    ONE_THREAD("1 thread", 1, true),
    TWO_THREADS("2 threads", 2, true);

    private final String title;
    private final int workers;
    private final boolean inProcess;

    Mode(String title, int workers, boolean inProcess) {
      this.title = title;
      this.workers = workers;
      this.inProcess = inProcess;
    }
  }

  /**
   * Runs it.
   *
   * @param args a model's folder, a folder of recordings, and optionally the number of rounds
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("usage: TranscriptionBenchmark MODEL RECORDINGS [ROUNDS]");
      System.exit(2);
    }
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    run(Path.of(args[0]), Path.of(args[1]), rounds, System.out);
  }

  static void run(Path model, Path folder, int rounds, PrintStream out) throws IOException {
    TranscriptionBenchmark benchmark =
        new TranscriptionBenchmark(model, recordings(folder), rounds);
    benchmark.measure(out);
    benchmark.print(out);
  }

  private static List<Path> recordings(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(file -> file.toString().matches(".*[.](wav|mp3|ogg|flac|opus|m4a)"))
              .sorted(Comparator.comparingLong(TranscriptionBenchmark::size).reversed())
              .toList();
      if (found.isEmpty()) {
        throw new IOException("there is no recording in " + folder);
      }
      return found;
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private void measure(PrintStream out) throws IOException {
    out.printf("%d recordings, %d rounds%n", recordings.size(), rounds);
    for (int round = 1; round <= rounds; round++) {
      for (Mode mode : Mode.values()) {
        double speed = speed(mode);
        speeds.computeIfAbsent(mode, key -> new ArrayList<>()).add(speed);
        out.printf(Locale.ROOT, "round %d, %s: %.1f times real time%n", round, mode.title, speed);
      }
    }
  }

  /** Seconds of recordings in a second. */
  private double speed(Mode mode) throws IOException {
    TranscriptionService.Builder builder =
        TranscriptionService.builder(VoskTranscriber.builder().model(model)).workers(mode.workers);
    if (mode.inProcess) {
      builder.inProcess();
    }
    try (TranscriptionService service = builder.start()) {
      transcribe(service, recordings.subList(0, 1), mode.workers);
      long start = System.nanoTime();
      long audioMs = transcribe(service, recordings, PASSES);
      return audioMs * 1e6 / (System.nanoTime() - start);
    }
  }

  private static long transcribe(TranscriptionService service, List<Path> recordings, int times) {
    List<CompletableFuture<Transcript>> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      recordings.forEach(recording -> all.add(service.submit(recording)));
    }
    return all.stream().mapToLong(transcript -> transcript.join().durationMs()).sum();
  }

  private void print(PrintStream out) {
    out.println("| | times real time, median | least | most |");
    out.println("| --- | --- | --- | --- |");
    speeds.forEach((mode, values) -> row(out, mode.title, values));
    out.println();
    out.println("| ratio | median of the rounds | least | most |");
    out.println("| --- | --- | --- | --- |");
    ratio(out, Mode.TWO_PROCESSES, Mode.ONE_PROCESS);
    ratio(out, Mode.TWO_THREADS, Mode.ONE_THREAD);
    ratio(out, Mode.ONE_PROCESS, Mode.ONE_THREAD);
    ratio(out, Mode.TWO_PROCESSES, Mode.TWO_THREADS);
  }

  private void ratio(PrintStream out, Mode mode, Mode other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ratios.add(values(mode).get(i) / values(other).get(i));
    }
    row(out, mode.title + " to " + other.title, ratios);
  }

  private List<Double> values(Mode mode) {
    return speeds.getOrDefault(mode, List.of());
  }

  private static void row(PrintStream out, String title, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f |%n",
        title,
        median,
        sorted.getFirst(),
        sorted.getLast());
  }
}

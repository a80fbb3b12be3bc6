package io.earshot.cli;

import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptFormat;
import io.earshot.transcription.TranscriptionService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code earshot transcribe}: prints what was said in recordings. */
@Command(name = "transcribe", description = "Prints what was said in recordings.")
final class TranscribeCommand implements Callable<Integer> {
  @Mixin private SpeechModel model = new SpeechModel();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "json, vtt, srt or text. Default: text")
  private TranscriptFormat format = TranscriptFormat.TEXT;

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description =
          "What was really said, a .ref.json file: prints the word error rate to standard error.")
  private @Nullable Path reference;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = WholeNumber.Workers.class,
      description = "Recordings at a time, each in a process. Default: one for each processor.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Parameters(
      paramLabel = "AUDIO",
      arity = "1..*",
      description = "Recordings, in any format that FFmpeg reads.")
  private List<Path> recordings = List.of();

  @Override
  public Integer call() throws IOException {
    if (reference != null && recordings.size() > 1) {
      throw new UsageException(
          "--reference is of one recording, and here are %d".formatted(recordings.size()));
    }
    model.workers(Math.min(workers, recordings.size()));
    return recordings.size() == 1 ? one(recordings.getFirst()) : several();
  }

  private int one(Path recording) throws IOException {
    // First, so that a mistake in the file is told before anything is transcribed.
    ReferenceTranscript said = reference == null ? null : ReferenceTranscript.read(reference);
    Transcript transcript;
    try (SpeechModel speech = model;
        Progress progress = new Progress("Transcribing", "s", model::speed)) {
      transcript =
          speech
              .transcriber()
              .transcribe(recording, (done, total) -> progress.at(done / 1_000, total / 1_000));
    }
    print(transcript);
    if (said != null) {
      Terminal.err().println(said.compare(transcript));
    }
    return 0;
  }

  private int several() throws IOException {
    long startNanos = System.nanoTime();
    int failed = 0;
    try (SpeechModel speech = model;
        Progress progress = new Progress("Transcribing", "recordings", model::speed)) {
      TranscriptionService service = speech.transcriber();
      Deque<CompletableFuture<Transcript>> transcripts = new ArrayDeque<>();
      for (Path recording : recordings) {
        transcripts.add(service.submit(recording, (done, total) -> show(progress, service)));
      }
      for (int i = 0; i < recordings.size(); i++) {
        try {
          Transcript transcript = transcripts.remove().join(); // what is printed need not be kept
          beginPart(i == failed, recordings.get(i));
          print(transcript);
        } catch (CompletionException e) {
          failed++;
          synchronized (progress) {
            progress.quarantined();
          }
          String reason = Failures.message(e.getCause() == null ? e : e.getCause());
          Terminal.say(
              "quarantined: " + oneLine(recordings.get(i).toString()) + ": " + oneLine(reason));
        }
        show(progress, service);
      }
      summarize(service.status(), System.nanoTime() - startNanos);
    }
    return failed == 0 ? 0 : failed == recordings.size() ? Failures.FAILED : Failures.QUARANTINED;
  }

  /** JSON is an object a line and needs nothing between them. */
  private void beginPart(boolean isFirst, Path recording) {
    if (format != TranscriptFormat.JSON) {
      Terminal.out().print(isFirst ? "" : "\n");
      Terminal.out().print("==> %s <==\n".formatted(oneLine(recording.toString())));
    }
  }

  private static String oneLine(String text) {
    return AnswerText.printable(text).replaceAll("\\R", "\uFFFD");
  }

  private void print(Transcript transcript) throws IOException {
    format.write(transcript, Terminal.out());
    for (String warning : transcript.warnings()) {
      Terminal.say("warning: " + warning);
    }
  }

  private void show(Progress progress, TranscriptionService service) {
    TranscriptionService.Status status = service.status();
    synchronized (progress) {
      progress.at(status.done() + status.failed(), recordings.size());
    }
  }

  private static void summarize(TranscriptionService.Status status, long nanos) {
    Terminal.say(
        String.format(
            Locale.ROOT,
            "Transcribed %,d of %,d recordings, %.1f minutes, in %.1f s; real-time factor %.2f.",
            status.done(),
            status.done() + status.failed(),
            status.audio().toMillis() / 60_000.0,
            nanos / 1e9,
            status.realTimeFactor()));
  }
}

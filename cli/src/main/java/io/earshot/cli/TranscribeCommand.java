package io.earshot.cli;

import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code earshot transcribe}: prints what was said in one recording. */
@Command(name = "transcribe", description = "Prints what was said in one recording.")
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

  @Parameters(paramLabel = "AUDIO", description = "A recording, in any format that FFmpeg reads.")
  private Path audio = Path.of("");

  @Override
  public Integer call() throws IOException {
    Transcript transcript;
    try (SpeechModel speech = model;
        Progress progress = new Progress("Transcribing", "s")) {
      transcript =
          speech
              .transcriber()
              .transcribe(audio, (done, total) -> progress.at(done / 1_000, total / 1_000));
    }
    format.write(transcript, Terminal.out());
    for (String warning : transcript.warnings()) {
      Terminal.err().println("warning: " + warning);
    }
    if (reference != null) {
      Terminal.err().println(ReferenceTranscript.read(reference).compare(transcript));
    }
    return 0;
  }
}

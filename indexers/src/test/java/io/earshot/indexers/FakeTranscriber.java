package io.earshot.indexers;

import io.earshot.transcription.AudioChannel;
import io.earshot.transcription.AudioFormatException;
import io.earshot.transcription.SpeakerRole;
import io.earshot.transcription.TranscribedWord;
import io.earshot.transcription.Transcriber;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptionException;
import io.earshot.transcription.TranscriptionProgress;
import io.earshot.transcription.Utterance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hears what is written in the file: {@code RIFF....WAVE}, then lines of {@code channel|text} or
 * {@code channel:voice|text}; each is said one second after the other. {@code GUESSED} marks the
 * roles as guessed, {@code UPMIXED} adds a channel that is a copy.
 */
final class FakeTranscriber implements Transcriber {
  final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final String model;
  private final SpeakerRole roleOfChannel1;

  FakeTranscriber() {
    this("tiny");
  }

  FakeTranscriber(String model) {
    this(model, SpeakerRole.UNKNOWN);
  }

  FakeTranscriber(String model, SpeakerRole roleOfChannel1) {
    this.model = model;
    this.roleOfChannel1 = roleOfChannel1;
  }

  /** A recording in which that is said. */
  static Path write(Path file, String... lines) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, "RIFF0000WAVE\n" + String.join("\n", lines));
  }

  @Override
  public String engine() {
    return "fake";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public Transcript transcribe(Path audio, TranscriptionProgress progress) throws IOException {
    heard.add(audio.getFileName().toString());
    String content = Files.readString(audio, StandardCharsets.UTF_8);
    if (content.contains("BROKEN")) {
      throw new AudioFormatException("EARSHOT-2xx: no audio in it that can be decoded");
    }
    if (content.contains("LOST")) {
      throw new TranscriptionException(
          "EARSHOT-230: cannot transcribe %s: its worker process died".formatted(audio));
    }
    if (content.contains("CRASH")) {
      throw new IllegalStateException("a bug");
    }
    List<Utterance> utterances = new ArrayList<>();
    int channels = 1;
    for (String line : content.lines().skip(1).filter(l -> !l.isBlank()).toList()) {
      int channel = Integer.parseInt(line.substring(0, 1));
      channels = Math.max(channels, channel + 1);
      long start = utterances.size() * 1000L;
      String text = line.substring(line.indexOf('|') + 1);
      int voice = line.charAt(1) == ':' ? Integer.parseInt(line.substring(2, 3)) : 0;
      utterances.add(
          new Utterance(
              channel,
              voice,
              channel == 1 ? roleOfChannel1 : SpeakerRole.UNKNOWN,
              start,
              start + 900,
              text,
              List.of(
                  new TranscribedWord(
                      text,
                      start,
                      start + 900,
                      0.5,
                      List.of(new TranscribedWord.Alternative("other", 0.25))))));
    }
    Transcript.Builder transcript = Transcript.builder(audio.toString());
    if (content.contains("UPMIXED")) {
      transcript.audioChannels(
          List.of(
              new AudioChannel(0, AudioChannel.State.SPEECH, 0, 0, List.of()),
              new AudioChannel(1, AudioChannel.State.COPY, 0, 0, List.of())));
      channels = 2;
    }
    return transcript
        .rolesGuessed(content.contains("GUESSED"))
        .engine(engine(), version())
        .model(model)
        .durationMs(utterances.size() * 1000L)
        .channels(channels)
        .coverage(0.75)
        .utterances(utterances)
        .build();
  }

  @Override
  public void close() {}
}

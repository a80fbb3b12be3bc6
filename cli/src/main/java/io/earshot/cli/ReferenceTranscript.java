package io.earshot.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.earshot.transcription.TranscribedWord;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.Utterance;
import io.earshot.transcription.WordErrorRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was really said in a recording: the segments of a {@code .ref.json} file, by speaker. */
final class ReferenceTranscript {
  private final Map<String, List<String>> wordsBySpeaker;

  private ReferenceTranscript(Map<String, List<String>> wordsBySpeaker) {
    this.wordsBySpeaker = wordsBySpeaker;
  }

  /**
   * Reads it.
   *
   * @throws IOException if it is not JSON, or holds no segments with {@code speaker} and {@code
   *     text}
   */
  static ReferenceTranscript read(Path file) throws IOException {
    Map<String, List<String>> words = new TreeMap<>();
    try (JsonParser json = Json.FACTORY.createParser(Files.readString(file))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_ARRAY && "segments".equals(json.currentName())) {
          segments(json, words);
        }
      }
    }
    if (words.isEmpty()) {
      throw new IOException(
          file
              + " is no reference transcript: it has no \"segments\" with \"speaker\" and \"text\"");
    }
    return new ReferenceTranscript(words);
  }

  private static void segments(JsonParser json, Map<String, List<String>> words)
      throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String speaker = "";
      String text = "";
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "speaker" -> speaker = json.getText();
          case "text" -> text = json.getText();
          default -> json.skipChildren();
        }
      }
      words
          .computeIfAbsent(speaker.toLowerCase(Locale.ROOT), s -> new ArrayList<>())
          .addAll(List.of(text.strip().split("\\s+")));
    }
  }

  /** The word error rate of a transcript, speaker by speaker where it tells them apart. */
  String compare(Transcript transcript) {
    Map<String, List<String>> heard = new TreeMap<>();
    for (Utterance utterance : transcript.utterances()) {
      heard
          .computeIfAbsent(
              utterance.role().name().toLowerCase(Locale.ROOT), role -> new ArrayList<>())
          .addAll(utterance.words().stream().map(TranscribedWord::text).toList());
    }
    WordErrorRate rate = WordErrorRate.NONE;
    if (wordsBySpeaker.keySet().containsAll(heard.keySet())) {
      for (Map.Entry<String, List<String>> speaker : wordsBySpeaker.entrySet()) {
        rate =
            rate.plus(
                WordErrorRate.of(
                    speaker.getValue(), heard.getOrDefault(speaker.getKey(), List.of())));
      }
    } else {
      rate = WordErrorRate.of(all(wordsBySpeaker), all(heard));
    }
    return String.format(
        Locale.ROOT,
        "word error rate %.1f %% (%d substitutions, %d deletions, %d insertions; %d words)",
        100 * rate.rate(),
        rate.substitutions(),
        rate.deletions(),
        rate.insertions(),
        rate.referenceWords());
  }

  private static List<String> all(Map<String, List<String>> words) {
    return words.values().stream().flatMap(List::stream).toList();
  }
}

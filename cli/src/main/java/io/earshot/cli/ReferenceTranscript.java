package io.earshot.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptEvaluation;
import io.earshot.transcription.TranscriptEvaluation.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What was really said in a recording: the segments of a {@code .ref.json} file. */
final class ReferenceTranscript {
  private final List<Said> said;

  private ReferenceTranscript(List<Said> said) {
    this.said = said;
  }

  /**
   * Reads it.
   *
   * @throws IOException if it is not JSON, or holds no segments with {@code speaker} and {@code
   *     text}
   */
  static ReferenceTranscript read(Path file) throws IOException {
    List<Said> said = new ArrayList<>();
    try (JsonParser json = Json.FACTORY.createParser(Files.readString(file))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_ARRAY && "segments".equals(json.currentName())) {
          segments(json, said);
        }
      }
    }
    if (said.isEmpty()) {
      throw new IOException(
          file
              + " is no reference transcript: it has no \"segments\" with \"speaker\" and \"text\"");
    }
    return new ReferenceTranscript(said);
  }

  private static void segments(JsonParser json, List<Said> said) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String speaker = "";
      String text = "";
      OptionalLong startMs = OptionalLong.empty();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "speaker" -> speaker = json.getText();
          case "text" -> text = json.getText();
          case "startMs" -> startMs = OptionalLong.of(json.getLongValue());
          default -> json.skipChildren();
        }
      }
      said.add(new Said(speaker, startMs, text.toLowerCase(Locale.ROOT)));
    }
  }

  /** Word errors, times and confidences of a transcript, in words. */
  String compare(Transcript transcript) {
    TranscriptEvaluation evaluation = new TranscriptEvaluation();
    evaluation.add(said, transcript);
    return evaluation.report();
  }
}

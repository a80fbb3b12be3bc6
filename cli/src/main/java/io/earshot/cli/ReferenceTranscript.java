package io.earshot.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptEvaluation;
import io.earshot.transcription.TranscriptEvaluation.Said;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    try (JsonParser json = Json.FACTORY.createParser(text(file))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_ARRAY && "segments".equals(json.currentName())) {
          segments(file, json, said);
        }
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is no reference transcript: line %d is no JSON"
              .formatted(file, e.getLocation().getLineNr()),
          e);
    }
    if (said.isEmpty()) {
      throw new IOException(
          file
              + " is no reference transcript: it has no \"segments\" with \"speaker\" and \"text\"");
    }
    return new ReferenceTranscript(said);
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file).replace("\uFEFF", "");
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is no reference transcript: it is not UTF-8", e);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + Failures.message(e), e);
    }
  }

  private static void segments(Path file, JsonParser json, List<Said> said) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String where = "%s, segment %d".formatted(file, said.size() + 1);
      String speaker = null;
      String text = null;
      OptionalLong startMs = OptionalLong.empty();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "speaker" -> speaker = string(where, field, json);
          case "text" -> text = string(where, field, json);
          case "startMs" -> startMs = milliseconds(where, field, json);
          default -> json.skipChildren();
        }
      }
      if (speaker == null || text == null) {
        throw new IOException(where + ": \"speaker\" and \"text\" are needed");
      }
      said.add(new Said(speaker, startMs, asHeard(text)));
    }
  }

  private static String string(String where, String field, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException("%s: \"%s\" must be a string".formatted(where, field));
    }
    return json.getText();
  }

  private static OptionalLong milliseconds(String where, String field, JsonParser json)
      throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < 0) {
      throw new IOException(
          "%s: \"%s\" must be a whole number of milliseconds, 0 or more".formatted(where, field));
    }
    return OptionalLong.of(json.getLongValue());
  }

  /** A recogniser writes small letters, and no punctuation but what is within a word. */
  private static String asHeard(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replace('\u2019', '\'')
        .replaceAll(
            "(?<![\\p{L}\\p{N}])[^\\p{L}\\p{M}\\p{N}\\s]+|[^\\p{L}\\p{M}\\p{N}\\s]+(?![\\p{L}\\p{N}])",
            " ");
  }

  /** Word errors, times and confidences of a transcript, in words. */
  String compare(Transcript transcript) {
    TranscriptEvaluation evaluation = new TranscriptEvaluation();
    evaluation.add(said, transcript);
    return evaluation.report();
  }
}

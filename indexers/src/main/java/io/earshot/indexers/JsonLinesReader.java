package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.Interaction;
import io.earshot.InteractionJson;
import io.earshot.InvalidInteractionException;
import io.earshot.Source;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON Lines: one interaction in its JSON form a line, UTF-8; blank lines are skipped.
 *
 * <p>A broken line is rejected with its number and the others are read. A line is held in memory,
 * the file is not.
 *
 * <p>An interaction without a {@code source} of its own is given the file's URI and the checksum of
 * its line, and deliberately no position: lines that are put before it, or a file that grows every
 * night, must not make it a changed interaction.
 *
 * <p>Thread-safe.
 */
public final class JsonLinesReader implements InteractionReader {
  static final String FORMAT = "jsonl";

  private static final Set<String> EXTENSIONS = Set.of("jsonl", "ndjson");

  /** A reader of any interactions. */
  public JsonLinesReader() {}

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public boolean reads(InputFile input) {
    if (EXTENSIONS.contains(input.extension())) {
      return true;
    }
    String[] lines = input.headText().strip().split("\n", 3);
    String first = withoutMark(lines[0]).strip();
    boolean complete = first.startsWith("{") && first.endsWith("}");
    return switch (input.extension()) {
      // Several objects, one a line, are often named .json too; a single one JsonFileReader reads.
      case "json" -> complete && lines.length > 1 && lines[1].stripLeading().startsWith("{");
      default -> first.startsWith("{") && first.contains("\"startedAt\"");
    };
  }

  private static String withoutMark(String headText) {
    return headText.startsWith("\u00EF\u00BB\u00BF") ? headText.substring(3) : headText;
  }

  @Override
  public void read(InputFile input, Sink sink) throws IOException {
    requireNonNull(sink, "sink");
    try (TextLines lines = new TextLines(input.open())) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          read(input, line, lines, sink);
        }
      }
    }
  }

  private static void read(InputFile input, String line, TextLines lines, Sink sink) {
    String position = "line " + lines.number();
    if (lines.cut()) {
      sink.rejected(position, Problems.LINE_TOO_LONG.formatted(TextLines.MAX_LINE_CHARS));
      return;
    }
    if (lines.mended()) {
      sink.warning(position, Problems.NOT_UTF8);
    }
    InteractionJson.Parsed parsed;
    try {
      parsed = InteractionJson.read(line);
    } catch (InvalidInteractionException e) {
      sink.rejected(position, Problems.NO_INTERACTION.formatted(e.getMessage()));
      return;
    }
    parsed.warnings().forEach(warning -> sink.warning(position, warning));
    sink.interaction(withSource(parsed.interaction(), input, FORMAT, line));
  }

  static Interaction withSource(
      Interaction interaction, InputFile input, String format, String json) {
    if (interaction.source().isPresent()) {
      return interaction;
    }
    return interaction.toBuilder()
        .source(
            new Source(
                input.uri(), Optional.of(format), Optional.of(Digests.checksum(json)), List.of()))
        .build();
  }
}

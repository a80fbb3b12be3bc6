package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.earshot.InteractionJson;
import io.earshot.InvalidInteractionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a JSON file that holds one interaction, or an array of them, over as many lines as it
 * likes.
 *
 * <p>An element that is no interaction is rejected with the line on which it begins, and the others
 * are read; where none of them is one, the file as a whole is refused. From broken JSON on nothing
 * can be read, what came before is kept. One element is held in memory, the file is not.
 *
 * <p>Thread-safe.
 */
public final class JsonFileReader implements InteractionReader {
  static final String FORMAT = "json";

  /** So many rejections are held back until an interaction shows that the file holds any. */
  private static final int HELD_BACK = 1_000;

  /** A reader of any interactions. */
  public JsonFileReader() {}

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public boolean reads(InputFile input) {
    return input.extension().equals("json");
  }

  @Override
  public void read(InputFile input, Sink sink) throws IOException {
    requireNonNull(sink, "sink");
    try (InputStream in = input.open();
        JsonParser parser = JsonText.parser(in)) {
      new Run(input, sink).read(parser);
    } catch (JsonProcessingException e) {
      throw new IOException(Problems.NOT_JSON.formatted(JsonText.position(e)), e);
    }
  }

  /** The reading of one file. */
  private static final class Run {
    private record Rejection(String position, String reason) {}

    private final InputFile input;
    private final Sink sink;
    private final List<Rejection> held = new ArrayList<>();
    private boolean found;

    private Run(InputFile input, Sink sink) {
      this.input = input;
      this.sink = sink;
    }

    private void read(JsonParser parser) throws IOException {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new IOException(Problems.NO_INTERACTION.formatted("there is no JSON in it"));
      }
      try {
        for (; token != null; token = parser.nextToken()) {
          if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              element(parser);
            }
          } else {
            element(parser);
          }
        }
      } catch (JsonProcessingException e) {
        release();
        throw e;
      }
      refuseUnlessFound();
    }

    private void element(JsonParser parser) throws IOException {
      String position = "line " + parser.currentTokenLocation().getLineNr();
      StringWriter text = new StringWriter();
      try (JsonGenerator copy = JsonText.generator(text)) {
        copy.copyCurrentStructure(parser);
      }
      InteractionJson.Parsed parsed;
      try {
        parsed = InteractionJson.read(text.toString());
      } catch (InvalidInteractionException e) {
        reject(new Rejection(position, Problems.NO_INTERACTION.formatted(e.getMessage())));
        return;
      }
      found = true;
      release();
      parsed.warnings().forEach(warning -> sink.warning(position, warning));
      sink.interaction(
          JsonLinesReader.withSource(parsed.interaction(), input, FORMAT, text.toString()));
    }

    private void reject(Rejection rejection) {
      if (!found && held.size() < HELD_BACK) {
        held.add(rejection);
      } else {
        release();
        sink.rejected(rejection.position(), rejection.reason());
      }
    }

    private void release() {
      held.forEach(rejection -> sink.rejected(rejection.position(), rejection.reason()));
      held.clear();
    }

    private void refuseUnlessFound() throws IOException {
      if (found) {
        return;
      }
      if (held.isEmpty()) {
        throw new IOException(Problems.NO_INTERACTION.formatted("an empty array"));
      }
      Rejection first = held.getFirst();
      String more = held.size() == 1 ? "" : " and %d more like it".formatted(held.size() - 1);
      throw new IOException("%s (%s%s)".formatted(first.reason(), first.position(), more));
    }
  }
}

package io.earshot.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.earshot.CustomerHistory;
import io.earshot.EarshotException;
import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Answers one request a line, in the same order. A line that is no request is answered with its
 * number and what is wrong with it, and the others are answered all the same.
 */
final class BatchSearch {
  private final InteractionIndex index;

  BatchSearch(InteractionIndex index) {
    this.index = index;
  }

  int run(Path file) throws IOException {
    PrintWriter out = Terminal.out();
    int status = 0;
    try (BufferedReader lines = open(file)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          status = Math.max(status, answer(line, number, out));
        }
      }
    }
    return status;
  }

  private static BufferedReader open(Path file) throws IOException {
    return file.toString().equals("-")
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  private int answer(String line, long number, PrintWriter out) throws IOException {
    BatchRequest request = new BatchRequest();
    SearchResult result;
    try {
      request.read(line);
      result = result(request);
    } catch (JsonProcessingException e) {
      return refuse(out, request, number, "not JSON: " + e.getOriginalMessage());
    } catch (UsageException e) {
      return refuse(out, request, number, String.valueOf(e.getMessage()));
    } catch (EarshotException e) {
      if (!e.code().equals(Failures.BAD_CURSOR)) {
        throw e; // the index cannot answer anybody
      }
      return refuse(out, request, number, String.valueOf(e.getMessage()));
    }
    Json.line(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("id", request.id().orElse(null));
          AnswerJson.fields(json, result, request.explains());
          json.writeEndObject();
        });
    return 0;
  }

  private SearchResult result(BatchRequest request) {
    SearchRequest searchRequest = request.searchRequest();
    String customer = request.customer().orElse(null);
    CustomerHistory history = SearchCommand.history(index, customer);
    String like = request.like().orElse(null);
    if (like == null) {
      return history.search(searchRequest);
    }
    Interaction interaction =
        SearchCommand.inScope(index, like, customer)
            .orElseThrow(() -> new UsageException("like: " + SearchCommand.notThere(like)));
    return history.moreLikeThis(interaction, searchRequest);
  }

  private static int refuse(PrintWriter out, BatchRequest request, long number, String reason)
      throws IOException {
    Json.line(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("id", request.id().orElse(null));
          json.writeStringField("error", "line " + number + ": " + reason);
          json.writeEndObject();
        });
    return Failures.QUARANTINED;
  }
}

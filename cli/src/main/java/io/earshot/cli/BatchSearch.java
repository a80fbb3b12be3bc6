package io.earshot.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.earshot.InteractionIndex;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import io.earshot.SortOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Answers one request a line, in the same order. A line that is no request is answered with its
 * number and what is wrong with it, and the others are answered all the same.
 */
final class BatchSearch {
  private final InteractionIndex index;
  private @Nullable String
      id; // of the request that is being read: also a bad one is answered to it

  BatchSearch(InteractionIndex index) {
    this.index = index;
  }

  private record Request(
      @Nullable String id, @Nullable String customer, SearchRequest searchRequest) {}

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
    Request request;
    try {
      request = request(line);
    } catch (JsonProcessingException e) {
      return refuse(out, number, "not JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return refuse(out, number, String.valueOf(e.getMessage()));
    }
    SearchResult result =
        SearchCommand.history(index, request.customer).search(request.searchRequest);
    Json.line(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("id", request.id);
          AnswerJson.fields(json, result);
          json.writeEndObject();
        });
    return 0;
  }

  private int refuse(PrintWriter out, long number, String reason) throws IOException {
    Json.line(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("id", id);
          json.writeStringField("error", "line " + number + ": " + reason);
          json.writeEndObject();
        });
    return Failures.QUARANTINED;
  }

  private Request request(String line) throws IOException {
    id = null;
    String customer = null;
    String query = "";
    int limit = SearchRequest.DEFAULT_LIMIT;
    SortOrder sort = SortOrder.RELEVANCE;
    boolean facets = false;
    try (JsonParser json = Json.FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a request is a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (value.isStructStart()) {
          throw new IllegalArgumentException(field + ": expected one value");
        }
        String text = value == JsonToken.VALUE_NULL ? null : json.getText();
        if (text == null) {
          continue;
        }
        switch (field) {
          case "id" -> id = text;
          case "customer" -> customer = text;
          case "query" -> query = text;
          case "limit" -> limit = wholeNumber(field, text);
          case "sort" -> sort = sort(text);
          case "facets" -> facets = Boolean.parseBoolean(text);
          default ->
              throw new IllegalArgumentException(
                  field
                      + ": not a field of a request; known are id, customer, query, limit, sort, facets");
        }
      }
    }
    return new Request(
        id, customer, SearchRequest.builder(query).limit(limit).sort(sort).facets(facets).build());
  }

  private static int wholeNumber(String field, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(field + ": expected a whole number, got " + text, e);
    }
  }

  private static SortOrder sort(String text) {
    try {
      return SortOrder.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "sort: expected relevance, newest or oldest, got " + text, e);
    }
  }
}

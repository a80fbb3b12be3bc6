package io.earshot.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.earshot.CustomerHistory;
import io.earshot.EarshotException;
import io.earshot.Grouping;
import io.earshot.Interaction;
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
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

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
      @Nullable String id,
      @Nullable String customer,
      @Nullable String like,
      SearchRequest searchRequest) {}

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
    SearchResult result;
    try {
      result = result(request);
    } catch (UsageException e) {
      return refuse(out, number, String.valueOf(e.getMessage()));
    } catch (EarshotException e) {
      if (!e.code().equals(Failures.BAD_CURSOR)) {
        throw e; // the index cannot answer anybody
      }
      return refuse(out, number, String.valueOf(e.getMessage()));
    }
    Json.line(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("id", request.id);
          AnswerJson.fields(json, result, false);
          json.writeEndObject();
        });
    return 0;
  }

  private SearchResult result(Request request) {
    CustomerHistory history = SearchCommand.history(index, request.customer);
    String like = request.like;
    if (like == null) {
      return history.search(request.searchRequest);
    }
    Interaction interaction =
        SearchCommand.inScope(index, like, request.customer)
            .orElseThrow(() -> new UsageException("like: " + SearchCommand.notThere(like)));
    return history.moreLikeThis(interaction, request.searchRequest);
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
    String like = null;
    String query = "";
    List<Consumer<SearchRequest.Builder>> settings = new ArrayList<>();
    try (JsonParser json = Json.FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a request is a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("facet") && value == JsonToken.START_ARRAY) {
          String[] names = texts(field, json);
          settings.add(request -> request.facet(names));
          continue;
        }
        String text = one(field, value, json);
        if (text == null) {
          continue;
        }
        switch (field) {
          case "id" -> id = text;
          case "customer" -> customer = text;
          case "like" -> like = text;
          case "query" -> query = text;
          default -> settings.add(setting(field, text));
        }
      }
    }
    SearchRequest.Builder request = SearchRequest.builder(query);
    settings.forEach(setting -> setting.accept(request));
    return new Request(id, customer, like, request.build());
  }

  private static @Nullable String one(String field, JsonToken value, JsonParser json)
      throws IOException {
    if (value.isStructStart()) {
      throw new IllegalArgumentException(field + ": expected one value");
    }
    return value == JsonToken.VALUE_NULL ? null : json.getText();
  }

  private static String[] texts(String field, JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonToken value = json.nextToken();
        value != JsonToken.END_ARRAY;
        value = json.nextToken()) {
      if (value != JsonToken.VALUE_STRING) {
        throw new IllegalArgumentException(field + ": expected a list of names");
      }
      texts.add(json.getText());
    }
    return texts.toArray(String[]::new);
  }

  private static Consumer<SearchRequest.Builder> setting(String field, String text) {
    return switch (field) {
      case "limit" -> {
        int limit = wholeNumber(field, text);
        yield request -> request.limit(limit);
      }
      case "passages" -> {
        int passages = wholeNumber(field, text);
        yield request -> request.passages(passages);
      }
      case "sort" -> {
        SortOrder sort = converted(new Choice.Order(), field, text);
        yield request -> request.sort(sort);
      }
      case "group" -> {
        Grouping group = converted(new Choice.Groups(), field, text);
        yield request -> request.grouping(group);
      }
      // Counted on top of the standard ones, whichever field comes first.
      case "facets" ->
          request -> {
            if (Boolean.parseBoolean(text)) {
              request.facet(SearchRequest.STANDARD_FACETS.toArray(String[]::new));
            }
          };
      case "facet" -> request -> request.facet(text);
      case "zone" -> {
        ZoneId zone = converted(new TimeZone(), field, text);
        yield request -> request.zone(zone);
      }
      case "timeLimit" -> {
        Duration limit = converted(new TimeLimit(), field, text);
        yield request -> request.timeLimit(limit);
      }
      case "cursor" -> request -> request.cursor(text);
      default ->
          throw new IllegalArgumentException(
              field
                  + ": not a field of a request; known are id, customer, query, limit, sort, facets, facet, group, passages, cursor, zone, like, timeLimit");
    };
  }

  private static int wholeNumber(String field, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(field + ": expected a whole number, got " + text, e);
    }
  }

  /** A value as the option of that name reads it. */
  private static <T> T converted(ITypeConverter<T> converter, String field, String text) {
    try {
      return converter.convert(text);
    } catch (TypeConversionException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    } catch (Exception e) {
      throw new IllegalArgumentException(field + ": " + e, e); // as its signature allows
    }
  }
}

package io.earshot.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.earshot.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One line of a batch. Strict, since a request that was understood in part would be answered with
 * something else than was asked.
 */
final class BatchRequest {
  private static final List<String> KNOWN =
      List.of(
          "id",
          "customer",
          "query",
          "limit",
          "sort",
          "facets",
          "facet",
          "group",
          "passages",
          "cursor",
          "zone",
          "like",
          "timeLimit",
          "relax",
          "explain");

  private static final Set<JsonToken> TEXT = Set.of(JsonToken.VALUE_STRING);
  private static final Set<JsonToken> FLAG = Set.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);
  private static final Set<JsonToken> WHOLE_NUMBER = Set.of(JsonToken.VALUE_NUMBER_INT);
  private static final Set<JsonToken> NAMES = Set.of(JsonToken.VALUE_STRING, JsonToken.START_ARRAY);
  private static final Set<JsonToken> ID =
      Set.of(JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);

  private final Map<String, Value> fields = new LinkedHashMap<>();

  /** A field's value; of a list, its elements. */
  private record Value(JsonToken kind, String text, List<Value> elements) {
    String shown() {
      return switch (kind) {
        case VALUE_STRING -> "a string";
        case START_ARRAY -> "a list";
        case START_OBJECT -> "an object";
        default -> text;
      };
    }
  }

  /**
   * Reads the fields of a line.
   *
   * @throws UsageException if it is no request; the fields that there are can be had
   */
  void read(String line) throws IOException {
    List<String> faults = new ArrayList<>();
    try (JsonParser json = Json.FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new UsageException("a request is a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        if (fields.putIfAbsent(field, value(json)) != null) {
          faults.add(field + ": given twice; leave one of them out");
        } else if (!KNOWN.contains(field)) {
          faults.add(field + ": not a field of a request; known are " + String.join(", ", KNOWN));
        }
      }
      int end = Math.toIntExact(json.currentLocation().getCharOffset());
      if (!line.substring(end).isBlank()) {
        faults.add(
            "something stands behind the request, which ends at column %d; each request is a line of its own"
                .formatted(end));
      }
    }
    if (!faults.isEmpty()) {
      throw new UsageException(faults.getFirst());
    }
  }

  private static Value value(JsonParser json) throws IOException {
    JsonToken kind = json.currentToken();
    List<Value> elements = new ArrayList<>();
    if (kind == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(json));
      }
    }
    json.skipChildren();
    return new Value(kind, json.getText(), elements);
  }

  /** By what the answer is known; empty if there is none, or it cannot be read. */
  Optional<String> id() {
    return Optional.ofNullable(fields.get("id"))
        .filter(value -> ID.contains(value.kind))
        .map(Value::text);
  }

  /** Whose history is meant; empty for everybody's. */
  Optional<String> customer() {
    return text("customer");
  }

  /** What the hits should be like. */
  Optional<String> like() {
    return text("like");
  }

  /**
   * All else.
   *
   * @throws UsageException if a field has a value that it cannot have; names it
   */
  SearchRequest searchRequest() {
    given("id", "a string or a number", ID);
    SearchRequest.Builder request = SearchRequest.builder(text("query").orElse(""));
    wholeNumber("limit", new WholeNumber.Hits()).ifPresent(request::limit);
    wholeNumber("passages", new WholeNumber.Passages()).ifPresent(request::passages);
    option("sort", new Choice.Order()).ifPresent(request::sort);
    option("group", new Choice.Groups()).ifPresent(request::grouping);
    option("zone", new TimeZone()).ifPresent(request::zone);
    option("timeLimit", new TimeLimit()).ifPresent(request::timeLimit);
    text("cursor").ifPresent(request::cursor);
    names("facet").forEach(request::facet);
    if (flag("facets", false)) {
      request.facet(SearchRequest.STANDARD_FACETS.toArray(String[]::new));
    }
    return request.relaxing(flag("relax", true)).explaining(explains()).build();
  }

  /** Whether each hit's reasons are wanted. */
  boolean explains() {
    return flag("explain", false);
  }

  /** The value of a field, which must be of such a kind; empty if it is not there, or null. */
  private Optional<Value> given(String field, String expected, Set<JsonToken> kinds) {
    Value value = fields.get(field);
    if (value == null || value.kind == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (!kinds.contains(value.kind)) {
      throw new UsageException("%s: expected %s, got %s".formatted(field, expected, value.shown()));
    }
    return Optional.of(value);
  }

  private boolean flag(String field, boolean otherwise) {
    return given(field, "true or false without quotes", FLAG)
        .map(value -> value.kind == JsonToken.VALUE_TRUE)
        .orElse(otherwise);
  }

  private Optional<String> text(String field) {
    return given(field, "a string in quotes", TEXT).map(Value::text);
  }

  private Optional<Integer> wholeNumber(String field, WholeNumber converter) {
    return given(field, "a whole number without quotes", WHOLE_NUMBER)
        .map(value -> converted(field, value.text, converter));
  }

  private List<String> names(String field) {
    Optional<Value> value = given(field, "a name in quotes, or a list of names", NAMES);
    for (Value element : value.map(Value::elements).orElse(List.of())) {
      if (!TEXT.contains(element.kind)) {
        throw new UsageException(
            "%s: expected a list of names in quotes, got %s in it"
                .formatted(field, element.shown()));
      }
    }
    return value.stream()
        .flatMap(one -> TEXT.contains(one.kind) ? Stream.of(one) : one.elements.stream())
        .map(Value::text)
        .toList();
  }

  private <T> Optional<T> option(String field, ITypeConverter<T> converter) {
    return text(field).map(text -> converted(field, text, converter));
  }

  /** A value as the option of that name reads it. */
  private static <T> T converted(String field, String text, ITypeConverter<T> converter) {
    try {
      return converter.convert(text);
    } catch (TypeConversionException e) {
      throw new UsageException(field + ": " + e.getMessage());
    } catch (Exception e) {
      throw new UsageException(field + ": " + e); // as its signature allows
    }
  }
}

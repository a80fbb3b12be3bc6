package io.earshot.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The fields of one JSON object, each of the kind that is asked for or refused. */
final class JsonFields {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;
  private final Function<String, InvalidCollectionException> refused;

  private JsonFields(JsonNode object, Function<String, InvalidCollectionException> refused) {
    this.object = object;
    this.refused = refused;
  }

  /** The object on the line where the reader stands. */
  static JsonFields of(Lines lines) {
    return of(lines.text(), lines::refused);
  }

  /**
   * The object that the text is.
   *
   * @param refused makes the error that says where, of what is wrong
   */
  static JsonFields of(String text, Function<String, InvalidCollectionException> refused) {
    try {
      JsonNode object = MAPPER.readTree(text);
      if (!object.isObject()) {
        throw refused.apply("expected a JSON object");
      }
      return new JsonFields(object, refused);
    } catch (JsonProcessingException e) {
      // Jackson's own words may quote the line's.
      throw refused.apply(
          "not one JSON object, each field once; it goes wrong at line %d, column %d of it"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  /** Refuses fields of other names: a misspelt {@code customer} would change what is searched. */
  JsonFields only(String... names) {
    Set<String> others = new TreeSet<>();
    object.fieldNames().forEachRemaining(others::add);
    others.removeAll(List.of(names));
    if (!others.isEmpty()) {
      throw refused.apply(
          "there is no field %s; there are %s"
              .formatted(String.join(", ", others), String.join(", ", names)));
    }
    return this;
  }

  /** Text that has to be there; a number is taken as it is written. */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> refused.apply("it lacks " + name));
  }

  /** Text that may be missing; a number is taken as it is written. */
  Optional<String> optionalText(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() && !value.isNumber()) {
      throw refused.apply(name + ": expected text");
    }
    return Optional.of(value.asText());
  }

  /** A whole number that may be missing. */
  OptionalInt optionalInt(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw refused.apply(name + ": expected a whole number");
    }
    return OptionalInt.of(value.intValue());
  }
}

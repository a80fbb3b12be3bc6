package io.earshot.evaluation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.evaluation.Evaluation.Row;
import io.earshot.evaluation.Evaluation.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON form of an evaluation's tables, and the comparison with expected ones.
 *
 * <p>Thread-safe.
 */
public final class EvaluationJson {
  /** Figures that differ by less are the same. */
  private static final double TOLERANCE = 0.0005;

  private static final JsonMapper MAPPER = new JsonMapper();

  private EvaluationJson() {}

  /**
   * The tables as one line of JSON, without a line break at its end.
   *
   * @param collection the collection's name
   */
  public static String write(String collection, List<Table> tables) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("collection", requireNonNull(collection, "collection"));
    for (Table table : tables) {
      ObjectNode ofTable = json.withArray("tables").addObject();
      ofTable.put("topics", table.topics()).put("count", table.count());
      for (Row row : table.rows()) {
        ObjectNode ofRow = ofTable.withArray("configurations").addObject();
        ofRow.put("configuration", row.configuration());
        figures(ofRow, row.means());
        if (row.pValues().isEmpty()) {
          ofRow.putNull("p");
        } else {
          figures(ofRow.putObject("p"), row.pValues());
        }
      }
    }
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can always be written", e);
    }
  }

  private static void figures(ObjectNode json, Map<Measure, Double> figures) {
    for (Measure measure : Measure.values()) {
      json.put(measure.label(), Math.round(figures.getOrDefault(measure, 0.0) * 1e6) / 1e6);
    }
  }

  /**
   * Where the tables are not as expected: each mean that differs by more than 0.0005, each number
   * of topics that differs, and each table, configuration or figure that is missing. P-values
   * follow from the means and are not compared; nor is what is not in the file.
   *
   * @param expected a file that {@link #write} made
   * @return a line for each difference; none if all is as expected
   * @throws InvalidCollectionException if the file is something else
   */
  public static List<String> differences(Path expected, List<Table> tables) throws IOException {
    List<String> differences = new ArrayList<>();
    for (JsonNode wanted : read(expected).path("tables")) {
      String name = wanted.path("topics").asText();
      Optional<Table> table =
          tables.stream().filter(each -> each.topics().equals(name)).findFirst();
      if (table.isEmpty()) {
        differences.add(name + ": these topics are not evaluated");
      } else {
        compare(wanted, table.get(), differences);
      }
    }
    return differences;
  }

  private static JsonNode read(Path expected) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(Files.readString(expected));
      if (json.path("tables").isArray() && !json.path("tables").isEmpty()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new InvalidCollectionException(
        "EARSHOT-407: there are no expected figures in %s. Make it with earshot evaluate --json."
            .formatted(expected));
  }

  private static void compare(JsonNode wanted, Table table, List<String> differences) {
    if (wanted.path("count").asInt() != table.count()) {
      differences.add(
          "%s: %d topics, expected %s"
              .formatted(table.topics(), table.count(), wanted.path("count").asText()));
    }
    for (JsonNode figures : wanted.path("configurations")) {
      String name = figures.path("configuration").asText();
      Optional<Row> row =
          table.rows().stream().filter(each -> each.configuration().equals(name)).findFirst();
      if (row.isEmpty()) {
        differences.add("%s: configuration %s is not evaluated".formatted(table.topics(), name));
      } else {
        compare(figures, table.topics(), row.get(), differences);
      }
    }
  }

  private static void compare(JsonNode wanted, String topics, Row row, List<String> differences) {
    for (Measure measure : Measure.values()) {
      String place = "%s: %s: %s".formatted(topics, row.configuration(), measure.label());
      JsonNode expected = wanted.path(measure.label());
      double figure = row.mean(measure);
      if (!expected.isNumber()) {
        differences.add(place + " has no expected figure");
      } else if (Math.abs(figure - expected.doubleValue()) > TOLERANCE) {
        differences.add(
            String.format(
                Locale.ROOT, "%s is %.4f, expected %.4f", place, figure, expected.doubleValue()));
      }
    }
  }
}

package io.earshot.benchmarks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One benchmark with one set of parameters, read from what JMH writes with {@code -rf json}.
 *
 * @param group the class, in short
 * @param method the method
 * @param params the parameters, by name
 * @param unit of the times, such as {@code us/op}
 * @param forks what each fork measured
 */
record JmhResult(
    String group, String method, Map<String, String> params, String unit, List<Samples> forks) {

  /** The results in a file, in its order. */
  static List<JmhResult> read(Path file) throws IOException {
    List<JmhResult> results = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      parser.nextToken();
      for (Object run : list(value(parser))) {
        results.add(result(object(run)));
      }
    }
    return results;
  }

  private static JmhResult result(Map<?, ?> run) {
    String name = text(member(run, "benchmark"));
    int method = name.lastIndexOf('.');
    String group = name.substring(name.lastIndexOf('.', method - 1) + 1, method);
    Map<String, String> params = new LinkedHashMap<>();
    if (run.containsKey("params")) {
      object(member(run, "params")).forEach((key, value) -> params.put(text(key), text(value)));
    }
    Map<?, ?> metric = object(member(run, "primaryMetric"));
    // Sampling, each iteration is a list of times and counts; otherwise it is one number.
    boolean sampled = metric.containsKey("rawDataHistogram");
    List<Samples> forks = new ArrayList<>();
    for (Object fork : list(member(metric, sampled ? "rawDataHistogram" : "rawData"))) {
      Samples samples = new Samples();
      for (Object iteration : list(fork)) {
        if (sampled) {
          for (Object pair : list(iteration)) {
            samples.add(number(list(pair).getFirst()), (long) number(list(pair).getLast()));
          }
        } else {
          samples.add(number(iteration), 1);
        }
      }
      forks.add(samples);
    }
    return new JmhResult(
        group.replaceFirst("Benchmark$", ""),
        name.substring(method + 1),
        params,
        text(member(metric, "scoreUnit")),
        forks);
  }

  /** The value at which the parser stands: a map, a list, a number or text. */
  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> parser.getText();
    };
  }

  private static Map<String, Object> members(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<Object> elements(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return elements;
  }

  private static Object member(Map<?, ?> object, String name) {
    return requireNonNull(object.get(name), name);
  }

  private static Map<?, ?> object(Object value) {
    return (Map<?, ?>) value;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  private static double number(Object value) {
    return (Double) value;
  }

  private static String text(Object value) {
    return (String) value;
  }
}

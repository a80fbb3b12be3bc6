package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command line in a process of its own, as a script would. */
final class Earshot {
  static final Path HOME = Path.of(System.getProperty("earshot.home"));

  private Earshot() {}

  /** What a run gave. */
  record Run(int status, String out, String err) {
    /** The one JSON object on standard output. */
    Map<?, ?> json() {
      assertThat(out.lines()).as(err).hasSize(1);
      return (Map<?, ?>) parse(out);
    }

    /** The JSON objects on standard output, one a line. */
    List<Map<?, ?>> jsonLines() {
      List<Map<?, ?>> lines = new ArrayList<>();
      out.lines().forEach(line -> lines.add((Map<?, ?>) parse(line)));
      return lines;
    }

    /** The hits of an answer. */
    List<Map<?, ?>> hits() {
      List<Map<?, ?>> hits = new ArrayList<>();
      ((List<?>) json().get("hits")).forEach(hit -> hits.add((Map<?, ?>) hit));
      return hits;
    }

    Run succeeds() {
      assertThat(status).as("%s%s", out, err).isZero();
      return this;
    }
  }

  static Run run(Object... arguments) {
    List<String> command = command();
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return process(new ProcessBuilder(command), "");
  }

  /** What starts the command line; its arguments follow. */
  static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-Dearshot.home=" + HOME,
            "-cp",
            System.getProperty("java.class.path"),
            "io.earshot.cli.Main"));
    return command;
  }

  static Run process(ProcessBuilder builder, String input) {
    try {
      Path out = Files.createTempFile("earshot-test", ".out");
      Path err = Files.createTempFile("earshot-test", ".err");
      try {
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("still running after 300 s: " + builder.command());
        }
        return new Run(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static Object parse(String text) {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      return value(json);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          map.put(name, value(json));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json));
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }
}

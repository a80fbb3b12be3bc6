package io.earshot.transcription;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** A file of Kaldi's options: one a line, {@code --name=value}, of which the last one counts. */
final class KaldiOptions {
  private final Path file;
  private final Map<String, String> values;

  private KaldiOptions(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  static KaldiOptions read(Path file) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (BufferedReader lines = lines(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String option = withoutComment(line);
        int equals = option.indexOf('=');
        if (isOption(option) && equals > 0) {
          String name = option.substring(2, equals).strip().replace('_', '-');
          values.put(name, option.substring(equals + 1).strip());
        }
      }
    }
    return new KaldiOptions(file, values);
  }

  /** The first line that is no option, if there is one: Kaldi would refuse the file. */
  static Optional<String> foreignLine(Path file) throws IOException {
    try (BufferedReader lines = lines(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String option = withoutComment(line);
        if (!option.isEmpty() && !isOption(option)) {
          return Optional.of(option);
        }
      }
    }
    return Optional.empty();
  }

  private static BufferedReader lines(Path file) throws IOException {
    return Files.newBufferedReader(file, StandardCharsets.ISO_8859_1); // which takes any bytes
  }

  private static boolean isOption(String line) {
    return line.startsWith("--");
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * The value of an option that is a number.
   *
   * @param otherwise if it is not set
   * @param what it is, and {@code unit} what it has to be, for the message
   * @throws SpeechModelException if it is another value than {@code possible} allows
   */
  double number(String name, double otherwise, String what, String unit, DoublePredicate possible)
      throws SpeechModelException {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(value);
      if (possible.test(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, as a number out of range is
    }
    throw new SpeechModelException(
        "EARSHOT-201: "
            + file
            + " gives the "
            + what
            + " "
            + value
            + ", which is not "
            + unit
            + ". Get the model again.");
  }
}

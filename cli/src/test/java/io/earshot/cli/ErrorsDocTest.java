package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} lists the errors that there are. */
class ErrorsDocTest {
  private static final Pattern NUMBER = Pattern.compile("EARSHOT-\\d{3}");

  @Test
  void errors_inTheSources_areListedAndNoOthers() throws IOException {
    Set<String> listed = numbers(Earshot.HOME.resolve("docs/errors.md"));
    Set<String> used = new TreeSet<>();
    for (String module : List.of("search-core", "transcription", "indexers", "evaluation", "cli")) {
      try (Stream<Path> files = Files.walk(Earshot.HOME.resolve(module).resolve("src/main"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          used.addAll(numbers(file));
        }
      }
    }

    assertThat(listed).isEqualTo(used).hasSizeGreaterThan(40);
  }

  private static Set<String> numbers(Path file) throws IOException {
    Set<String> numbers = new TreeSet<>();
    Matcher matcher = NUMBER.matcher(Files.readString(file));
    while (matcher.find()) {
      numbers.add(matcher.group());
    }
    return numbers;
  }
}

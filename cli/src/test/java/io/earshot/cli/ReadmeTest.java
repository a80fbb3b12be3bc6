package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of itself is true. */
class ReadmeTest {
  private static final String MAIL =
      """
      From: Kim Doe <kim@example.com>
      To: service@shop.example
      Subject: My order
      Date: Mon, 4 May 2026 09:30:00 +0000
      Message-ID: <1@example.com>

      The kettle arrived broken. I want a refund.
      """;

  @TempDir private Path folder;

  @Test
  void fiveLinesOfJava_asTheyStand_compileAndRun() throws IOException {
    String code = codeFrom("try (InteractionIndex");
    Path source =
        Files.writeString(
            folder.resolve("FiveLines.java"),
            """
            import io.earshot.*;
            import io.earshot.indexers.*;
            import java.nio.file.Path;

            class FiveLines {
              public static void main(String[] args) throws Exception {
            %s
              }
            }
            """
                .formatted(code));
    Files.writeString(folder.resolve("refund.eml"), MAIL);

    Run run = java(source);

    assertThat(code.lines()).hasSize(6);
    assertThat(run.succeeds().out())
        .isEqualTo(
            "2026-05-04T09:30:00Z email The kettle arrived broken. I want a refund."
                + System.lineSeparator());
  }

  @Test
  void queryInJava_asItStands_compilesAndRuns() throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Asked.java"),
            """
            import io.earshot.*;
            import io.earshot.Query.*;

            class Asked {
              public static void main(String[] args) {
                try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
            %s
                  System.out.println(result.query());
                }
              }
            }
            """
                .formatted(codeFrom("Query asked")));

    Run run = java(source);

    assertThat(run.succeeds().out().strip()).isEqualTo("said-by:customer is:question refund");
  }

  /** The README's code that begins so. */
  private static String codeFrom(String beginning) throws IOException {
    return Files.readString(Earshot.HOME.resolve("README.md"))
        .lines()
        .dropWhile(line -> !line.startsWith("    " + beginning))
        .takeWhile(line -> line.startsWith("    "))
        .collect(Collectors.joining("\n"));
  }

  private Run java(Path source) {
    return Earshot.process(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString())
            .directory(folder.toFile()),
        "");
  }

  @Test
  void links_toFilesOfTheProject_leadSomewhere() throws IOException {
    try (Stream<Path> files = Files.walk(Earshot.HOME.resolve("docs"))) {
      List<Path> documents =
          Stream.concat(
                  files.filter(file -> file.toString().endsWith(".md")),
                  Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
                      .map(Earshot.HOME::resolve))
              .toList();
      for (Path document : documents) {
        var link =
            java.util.regex.Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)")
                .matcher(Files.readString(document));
        while (link.find()) {
          assertThat(document.resolveSibling(link.group(1))).as(document.toString()).exists();
        }
      }
    }
  }
}

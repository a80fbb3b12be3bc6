package io.earshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of {@code docs/interaction-format.md} are read as they stand there. */
class InteractionFormatDocTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("earshot.home", ".."), "docs", "interaction-format.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```json\\n(.*?)^```$");

  @TestFactory
  List<DynamicTest> read_exampleOfTheDocument_noWarning() throws IOException {
    return examples().stream()
        .map(
            json ->
                DynamicTest.dynamicTest(
                    InteractionJson.read(json).interaction().id(),
                    () -> {
                      InteractionJson.Parsed parsed = InteractionJson.read(json);

                      assertThat(parsed.warnings()).isEmpty();
                      assertThat(
                              InteractionJson.read(InteractionJson.write(parsed.interaction()))
                                  .interaction())
                          .isEqualTo(parsed.interaction());
                    }))
        .toList();
  }

  @Test
  void document_examples_coverTheChannels() throws IOException {
    assertThat(examples())
        .extracting(json -> InteractionJson.read(json).interaction().channel())
        .contains(Channel.EMAIL, Channel.CHAT, Channel.CALL, Channel.TICKET);
  }

  private static List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(example -> example.group(1))
        .toList();
  }
}

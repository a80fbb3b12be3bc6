package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, a reader reads it or says with an IOException why it cannot. */
class RandomTextTest {
  private static final List<InteractionReader> READERS =
      List.of(
          new WhatsAppReader(ZoneOffset.UTC),
          new JsonLinesReader(),
          new JsonFileReader(),
          new CallReader(FakeTranscriber::new));

  /** Pieces of real files, so that random texts come near them. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "17/12/2024, 15:10 - ",
            "[12/17/24, 3:10:07\u202FPM] ",
            "99/99/9999, 99:99 - ",
            "Ann: ",
            "\u200E",
            "<attached: a.jpg>",
            "null",
            ":",
            "\n",
            "\r\n",
            "{",
            "}",
            "[",
            "]",
            "\"id\":",
            "\"x\"",
            ",",
            "\"channel\":\"chat\"",
            "\"startedAt\":\"2026-05-01T09:30:00Z\"",
            "\"turns\":",
            "\"participant\":\"\"",
            "\"attributes\":",
            "1e999",
            "-7",
            "\uFEFF",
            "\uD83E\uDD13");
    return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(8))
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 500)
  void readers_randomText_throwNothingButIOException(@ForAll("texts") String text)
      throws IOException {
    checkAll(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 200)
  void readers_randomBytes_throwNothingButIOException(@ForAll byte[] bytes) throws IOException {
    checkAll(bytes);
  }

  private static void checkAll(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("random", ".txt");
    try {
      Files.write(file, bytes);
      InputFile input = InputFile.of(file);
      for (InteractionReader reader : READERS) {
        if (reader instanceof CallReader) {
          reader.reads(input);
          continue;
        }
        reader.reads(input);
        FoundSink found = new FoundSink();
        try {
          reader.read(input, found);
        } catch (IOException e) {
          assertThat(e).hasMessageStartingWith("EARSHOT-3");
        }
      }
    } finally {
      Files.delete(file);
    }
  }
}

package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.Interaction;
import io.earshot.Source;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReadersTest {
  @TempDir Path folder;

  private static String json(String id) {
    return "{\"id\":\"%s\",\"channel\":\"note\",\"startedAt\":\"2026-05-01T09:30:00Z\"}"
        .formatted(id);
  }

  private InputFile file(String name, String text) throws IOException {
    return file(name, text, StandardCharsets.UTF_8);
  }

  private InputFile file(String name, String text, Charset charset) throws IOException {
    return InputFile.of(Files.write(folder.resolve(name), text.getBytes(charset)));
  }

  private static FoundSink read(InteractionReader reader, InputFile input) throws IOException {
    FoundSink found = new FoundSink();
    reader.read(input, found);
    return found;
  }

  @Test
  void lines_seventhIsBroken_othersAreRead() throws IOException {
    String text =
        IntStream.rangeClosed(1, 9)
            .mapToObj(i -> i == 7 ? "{\"id\":\"n-7\"" : json("n-" + i))
            .collect(Collectors.joining("\n"));

    FoundSink found = read(new JsonLinesReader(), file("notes.jsonl", text));

    assertThat(found.interactions).extracting(Interaction::id).hasSize(8).doesNotContain("n-7");
    assertThat(found.rejected)
        .singleElement()
        .asString()
        .startsWith("line 7: EARSHOT-360: not an interaction in its JSON form: not JSON");
  }

  @Test
  void lines_markBlankLinesAndWindowsEnds_areTolerated() throws IOException {
    String text = "\uFEFF" + json("a") + "\r\n\r\n  \r\n" + json("b") + "\r\n";

    FoundSink found = read(new JsonLinesReader(), file("notes.jsonl", text));

    assertThat(found.interactions).extracting(Interaction::id).containsExactly("a", "b");
    assertThat(found.rejected).isEmpty();
    assertThat(found.warnings).isEmpty();
  }

  @Test
  void lines_utf16WithMark_areRead() throws IOException {
    FoundSink found =
        read(
            new JsonLinesReader(),
            file("notes.jsonl", "\uFEFF" + json("\u0986") + "\n", StandardCharsets.UTF_16LE));

    assertThat(found.only().id()).isEqualTo("\u0986");
  }

  @Test
  void lines_bytesThatAreNotUtf8_areReplacedWithAWarning() throws IOException {
    FoundSink found =
        read(
            new JsonLinesReader(),
            file("notes.jsonl", json("caf\u00E9"), StandardCharsets.ISO_8859_1));

    assertThat(found.only().id()).isEqualTo("caf\uFFFD");
    assertThat(found.warnings).singleElement().asString().startsWith("line 1: EARSHOT-363");
  }

  @Test
  void lines_unknownField_warnsWithItsLine() throws IOException {
    String odd = json("a").replace("}", ",\"mood\":\"good\"}");

    FoundSink found = read(new JsonLinesReader(), file("notes.jsonl", json("b") + "\n" + odd));

    assertThat(found.warnings)
        .containsExactly("line 2: mood: not a field of an interaction; kept as an attribute");
    assertThat(found.interactions.get(1).attributes()).containsEntry("mood", "good");
  }

  @Test
  void lines_noSourceOfItsOwn_isGivenTheFileAndTheLinesChecksum() throws IOException {
    FoundSink first = read(new JsonLinesReader(), file("notes.jsonl", json("a")));
    FoundSink later =
        read(new JsonLinesReader(), file("notes.jsonl", json("0") + "\n" + json("a")));

    Source source = first.only().source().orElseThrow();
    assertThat(source.uri()).endsWith("/notes.jsonl");
    assertThat(source.format()).contains("jsonl");
    assertThat(source.checksum().orElseThrow()).matches("sha256:[0-9a-f]{64}");
    assertThat(later.interactions.get(1)).isEqualTo(first.only());
  }

  @Test
  void lines_sourceOfItsOwn_isKept() throws IOException {
    String own = json("a").replace("}", ",\"source\":{\"uri\":\"crm:17\"}}");

    FoundSink found = read(new JsonLinesReader(), file("notes.jsonl", own));

    assertThat(found.only().source().orElseThrow().uri()).isEqualTo("crm:17");
  }

  @Test
  void file_oneObjectOverManyLines_isRead() throws IOException {
    String pretty = json("a").replace(",", ",\n  ");

    FoundSink found = read(new JsonFileReader(), file("note.json", pretty));

    assertThat(found.only().id()).isEqualTo("a");
    assertThat(found.only().source().orElseThrow().format()).contains("json");
  }

  @Test
  void file_arrayWithABrokenElement_othersAreRead() throws IOException {
    String array = "[\n" + json("a") + ",\n{\"id\": 7},\n" + json("b") + "\n]";

    FoundSink found = read(new JsonFileReader(), file("notes.json", array));

    assertThat(found.interactions).extracting(Interaction::id).containsExactly("a", "b");
    assertThat(found.rejected)
        .singleElement()
        .asString()
        .startsWith("line 3: EARSHOT-360")
        .contains("it lacks channel, startedAt");
  }

  @Test
  void file_jsonThatIsNoInteraction_oneClearReason() throws IOException {
    InputFile input = file("slack.json", "[{\"user\":\"U1\"},{\"user\":\"U2\"}]");
    FoundSink found = new FoundSink();

    assertThatThrownBy(() -> new JsonFileReader().read(input, found))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("EARSHOT-360")
        .hasMessageContaining("it lacks id, channel, startedAt")
        .hasMessageEndingWith("(line 1 and 1 more like it)");
    assertThat(found.rejected).isEmpty();
  }

  @Test
  void file_breaksOff_whatCameBeforeIsKept() throws IOException {
    InputFile input = file("notes.json", "[" + json("a") + ",\n{\"id\":\"secret words");
    FoundSink found = new FoundSink();

    assertThatThrownBy(() -> new JsonFileReader().read(input, found))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("EARSHOT-361: not valid JSON from line 2")
        .hasMessageNotContaining("secret");
    assertThat(found.only().id()).isEqualTo("a");
  }

  @Test
  void reads_namesAndContents_whoseTheyAre() throws IOException {
    JsonLinesReader lines = new JsonLinesReader();
    JsonFileReader whole = new JsonFileReader();

    assertThat(lines.reads(file("a.jsonl", ""))).isTrue();
    assertThat(lines.reads(file("b.ndjson", json("a")))).isTrue();
    assertThat(lines.reads(file("c.json", json("a") + "\n" + json("b")))).isTrue();
    assertThat(lines.reads(file("d.json", json("a")))).isFalse();
    assertThat(lines.reads(file("e", json("a")))).isTrue();
    assertThat(lines.reads(file("f.txt", "Hello {"))).isFalse();
    assertThat(List.of(whole.reads(file("d.json", json("a"))), whole.reads(file("g.txt", "{}"))))
        .containsExactly(true, false);
  }

  @Test
  void textLines_longerThanTheLimit_areCut() throws IOException {
    InputFile input = file("long.txt", "abcdef\nab\n");

    try (TextLines lines = new TextLines(input.open(), 4)) {
      assertThat(lines.next()).isEqualTo("abcd");
      assertThat(lines.cut()).isTrue();
      assertThat(lines.next()).isEqualTo("ab");
      assertThat(lines.cut()).isFalse();
      assertThat(lines.next()).isNull();
    }
  }
}

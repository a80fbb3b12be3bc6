package io.earshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynonymsTest {
  private static final List<String> FRAGMENTS =
      List.of(
          "tv",
          "cc",
          "a b",
          " ",
          "\t",
          "\u00a0",
          ",",
          ", ",
          "=>",
          " => ",
          "=",
          ">",
          "\\",
          "\\,",
          "\\=>",
          "\\#",
          "#",
          "\n",
          "\r\n",
          "\ufeff",
          "\u2028",
          "\u00e9",
          "\ud83d\udcfa",
          "!",
          "c#");

  @TempDir private Path folder;

  @Property
  void toString_ofWhatParses_parsesToTheSame(@ForAll("files") String text) {
    Synonyms synonyms;
    try {
      synonyms = Synonyms.parse(text);
    } catch (EarshotException e) {
      assertThat(e.code()).isEqualTo("EARSHOT-114");
      assertThat(e).hasMessageContaining("line=");
      return;
    }

    Synonyms again = Synonyms.parse(synonyms.toString());

    assertThat(again)
        .isEqualTo(synonyms)
        .hasSameHashCodeAs(synonyms)
        .hasToString(synonyms.toString());
    assertThat(again.fingerprint()).isEqualTo(synonyms.fingerprint());
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(FRAGMENTS).list().ofMaxSize(12).map(parts -> String.join("", parts));
  }

  @Test
  void parse_commentsEscapesAndSpaces_asSolrDoes() throws IOException {
    String text = "\ufeff# tv, telly\r\n\r\n  Salt\\, pepper ,  a\t b\r\nx\\=>y,\\#1=>C#\n";

    Synonyms synonyms = Synonyms.parse(new StringReader(text));

    assertThat(synonyms).hasToString("Salt\\, pepper, a b\nx\\=>y, #1 => C#\n");
    assertThat(synonyms.size()).isEqualTo(2);
    assertThat(Synonyms.parse("# nothing")).isEqualTo(Synonyms.none());
    assertThat(Synonyms.none().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tv,,telly | an entry is empty",
        "tv, | an entry is empty",
        "=> tv | an entry is empty",
        "tv => | an entry is empty",
        "a => b => c | the line has more than one =>",
        "tv | a single entry has no synonym",
        "tv, !!! | an entry has no letter or digit",
        "tv, telly\\ | the line ends in a backslash",
        "a, 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 | an entry has more than 20 words",
      })
  void read_lineIsNoRule_saysWhereAndWhatToDo(String line, String fault) throws IOException {
    Path file =
        Files.writeString(folder.resolve("synonyms.txt"), "# ours\ncc, credit card\n" + line);

    assertThatThrownBy(() -> Synonyms.read(file))
        .isInstanceOf(EarshotException.class)
        .hasMessage(
            "EARSHOT-114: cannot read synonyms: %s (file=%s, line=3). A line is words that mean the same, as in \"tv, television\", or words and what else to look for, as in \"etd => time of delivery\""
                .formatted(fault, file));
    assertThatThrownBy(() -> Synonyms.parse("cc, credit card\n" + line))
        .hasMessageContaining(fault + " (line=2)");
  }

  @Test
  void read_notUtf8_saysWhichLine() throws IOException {
    byte[] latin = "tv, television\ncaf\u00e9, bar\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("latin.txt"), latin);

    assertThatThrownBy(() -> Synonyms.read(file))
        .hasMessageContaining("the line is not UTF-8 (file=" + file + ", line=2)");
    assertThatThrownBy(() -> Synonyms.read(folder.resolve("none.txt")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void parse_tooMuch_isRefused() {
    assertThatThrownBy(() -> Synonyms.parse("a,b\n".repeat(Synonyms.MOST_RULES + 1)))
        .hasMessageContaining("there are more than 100,000 rules (line=100001)");
    assertThatThrownBy(() -> Synonyms.parse("a" + ",b".repeat(Synonyms.MOST_ENTRIES)))
        .hasMessageContaining("there are more than 100 entries (line=1)");
    assertThat(Synonyms.parse("a,b\n".repeat(Synonyms.MOST_RULES)).size())
        .isEqualTo(Synonyms.MOST_RULES);
  }
}

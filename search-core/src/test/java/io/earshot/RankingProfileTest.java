package io.earshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.RankingProfile.Rarity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles from and to JSON. */
class RankingProfileTest {
  private static final Path DOC = Path.of(System.getProperty("earshot.home"), "docs", "ranking.md");

  @TempDir private Path folder;

  @Test
  void standard_inTheDoc_isWhatEarshotComesWith() throws IOException {
    String doc = Files.readString(DOC).replace("\r\n", "\n");
    int begin = doc.indexOf("```json\n") + 8;
    String example = doc.substring(begin, doc.indexOf("\n```", begin));

    assertThat(RankingProfile.parse(example)).isEqualTo(RankingProfile.standard());
    assertThat(example).isEqualTo(RankingProfile.standard().toJson());
  }

  @Test
  void settings_fewGiven_areAsEarshotComesButForThem() {
    RankingProfile profile =
        RankingProfile.parse(
            """
            {"quotes": 1, "recency": {"halfLife": "PT36H"}, "channels": {"Note": 0.5, "call": 2}, "rarity": "scope"}
            """);

    assertThat(profile)
        .isEqualTo(
            RankingProfile.builder()
                .quotes(1)
                .recency(0.1, Duration.ofHours(36))
                .channel(Channel.CALL, 2)
                .channel(Channel.NOTE, 0.5)
                .rarity(Rarity.SCOPE)
                .build())
        .isNotEqualTo(RankingProfile.standard());
    assertThat(profile.channels()).isEqualTo(Map.of(Channel.CALL, 2.0, Channel.NOTE, 0.5));
    assertThat(profile.halfLife()).isEqualTo(Duration.ofHours(36));
    assertThat(profile.recency()).isEqualTo(0.1);
    assertThat(profile.subject()).isEqualTo(1.5);
    assertThat(profile)
        .hasToString(
            "standard but {quotes=1.0, halfLife=PT36H, channels={call=2.0, note=0.5}, rarity=scope}");
    assertThat(RankingProfile.parse("{}")).isEqualTo(RankingProfile.standard());
    assertThat(RankingProfile.standard()).hasToString("standard");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"quote\": 1} | there is no setting quote; there are turns, subject,",
        "{\"turns\": \"1\"} | turns: expected a number, got \"1\" (line=1)",
        "{\"turns\": null} | turns: expected a number, got null (line=1)",
        "{\"stem\": 1.5} | stem must be in [0, 1.0], got 1.5 (line=1)",
        "{\"turns\": -1} | turns must be in [0, 1000.0], got -1.0 (line=1)",
        "{\"turns\": 1e999} | turns must be in [0, 1000.0], got Infinity (line=1)",
        "{\"turns\": 1, \"turns\": 2} | turns: it is there a second time (line=1)",
        "{\"recency\": 0.1} | recency: expected an object, got 0.1 (line=1)",
        "{\"recency\": {\"share\": 2000}} | recency must be in [0, 1000.0], got 2000.0 (line=1)",
        "{\"recency\": {\"days\": 9}} | there is no setting recency.days; there are share, halfLife",
        "{\"recency\": {\"halfLife\": \"P0D\"}} | recency.halfLife: expected a positive duration",
        "{\"recency\": {\"halfLife\": 180}} | recency.halfLife: expected a positive duration",
        "{\"channels\": {\"a b\": 1}} | a channel's name is 1 to 64 letters",
        "{\"channels\": {\"note\": true}} | channels.note: expected a number, got true",
        "{\"rarity\": \"all\"} | rarity: expected one of scope, background, blended, got \"all\"",
        "[] | a profile: expected an object, got a list (line=1)",
        "{} {} | there is more after the profile",
        "{\"turns\" 1} | it is not JSON",
        "{\"turns\": 1 | it is not JSON",
      })
  void profile_thatIsNone_isRefusedWithTheReason(String json, String reason) {
    assertThatThrownBy(() -> RankingProfile.parse(json))
        .isInstanceOf(EarshotException.class)
        .hasMessageStartingWith("EARSHOT-115: the ranking profile cannot be read: " + reason);
  }

  @Test
  void file_thatCannotBeUsed_isNamedWithItsLine() throws IOException {
    Path misspelt =
        Files.writeString(folder.resolve("a.json"), "{\n  \"stem\": 0.9,\n  \"k1\": 1\n}");
    Path broken = Files.writeString(folder.resolve("b.json"), "{\n  \"stem\": 0.9,\n}");
    Path latin =
        Files.write(folder.resolve("c.json"), "{\"ä\": 1}".getBytes(StandardCharsets.ISO_8859_1));
    Path empty = Files.createFile(folder.resolve("d.json"));

    assertThatThrownBy(() -> RankingProfile.read(misspelt))
        .hasMessageContaining("no setting k1;")
        .hasMessageEndingWith(
            "(file=" + misspelt + ", line=3). Mend it; the settings are in docs/ranking.md");
    assertThatThrownBy(() -> RankingProfile.read(broken))
        .hasMessageContaining("(file=" + broken + ", line=3)");
    assertThatThrownBy(() -> RankingProfile.read(latin))
        .hasMessageContaining("it is not UTF-8 (file=" + latin + ")");
    assertThatThrownBy(() -> RankingProfile.read(empty))
        .hasMessageContaining("a profile: expected an object, got nothing (file=" + empty);
    assertThatThrownBy(() -> RankingProfile.read(folder.resolve("none.json")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void file_withMarkAtItsBeginning_isRead() throws IOException {
    Path file = Files.writeString(folder.resolve("marked.json"), "\uFEFF{\"phrase\": 0}");

    assertThat(RankingProfile.read(file)).isEqualTo(RankingProfile.builder().phrase(0).build());
  }

  @Test
  void halfLife_ofAgesOrOfAMoment_isAllowed() {
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);

    assertThat(RankingProfile.builder().recency(1, ages).build().halfLife()).isEqualTo(ages);
    assertThat(RankingProfile.builder().recency(1, Duration.ofNanos(1)).build().ranking())
        .satisfies(ranking -> assertThat(ranking.halfLifeDays()).isPositive());
  }
}

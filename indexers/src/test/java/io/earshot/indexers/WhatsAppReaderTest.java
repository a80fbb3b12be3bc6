package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.Attachment;
import io.earshot.Channel;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppReaderTest {
  @TempDir Path folder;

  private FoundSink read(String name, String... lines) throws IOException {
    return read(ZoneOffset.UTC, name, lines);
  }

  private FoundSink read(ZoneId zone, String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
    FoundSink found = new FoundSink();
    InputFile input = InputFile.of(file);
    assertThat(new WhatsAppReader(zone).reads(input)).isTrue();
    new WhatsAppReader(zone).read(input, found);
    return found;
  }

  private Interaction chat(String... lines) throws IOException {
    return read("_chat.txt", lines).only();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17/12/2024, 15:10 - | 2024-12-17T15:10:00Z",
        "12/17/24, 3:10 PM - | 2024-12-17T15:10:00Z",
        "12/17/24, 3:10\u202FPM - | 2024-12-17T15:10:00Z",
        "[12/17/24, 12:10:05\u202FAM] | 2024-12-17T00:10:05Z",
        "[17.12.24, 12:10:05 PM] | 2024-12-17T12:10:05Z",
        "[17.12.24, 15:10:05] | 2024-12-17T15:10:05Z",
        "17.12.24, 15:10 - | 2024-12-17T15:10:00Z",
        "2024-12-17 15:10 - | 2024-12-17T15:10:00Z",
        "[2024/12/17, 15:10:05] | 2024-12-17T15:10:05Z",
        "2024/12/17 \u4E0B\u53483:10 - | 2024-12-17T15:10:00Z",
        "[2024. 12. 17. \uC624\uD6C4 3:10:05] | 2024-12-17T15:10:05Z",
        "17/12/24, 03:10 p. m. - | 2024-12-17T15:10:00Z",
        "17/12/2024, 3:10 pm - | 2024-12-17T15:10:00Z",
        "\u0661\u0667/\u0661\u0662/\u0662\u0660\u0662\u0664\u060C \u0663:\u0661\u0660 \u0645 - | 2024-12-17T15:10:00Z",
      })
  void stamp_phonesOfManyLanguages_oneTime(String stamp, Instant expected) throws IOException {
    Interaction chat = chat(stamp + " Ann: hello");

    assertThat(chat.startedAt()).isEqualTo(expected);
    assertThat(chat.turns()).extracting(Turn::text).containsExactly("hello");
  }

  @Test
  void dates_dayBeyondTwelveAnywhere_decidesForTheWholeFile() throws IOException {
    Interaction dayFirst = chat("03/04/2024, 10:00 - Ann: a", "25/04/2024, 10:00 - Ann: b");
    Interaction monthFirst = chat("03/04/2024, 10:00 - Ann: a", "04/25/2024, 10:00 - Ann: b");

    assertThat(dayFirst.startedAt()).isEqualTo("2024-04-03T10:00:00Z");
    assertThat(monthFirst.startedAt()).isEqualTo("2024-03-04T10:00:00Z");
  }

  @Test
  void dates_onlyOneOrderRunsForward_isTaken() throws IOException {
    FoundSink found =
        read(
            "_chat.txt",
            "09/05/2024, 10:00 - A: a",
            "10/05/2024, 10:00 - A: b",
            "01/06/2024, 10:00 - A: c");

    assertThat(found.only().endedAt()).contains(Instant.parse("2024-06-01T10:00:00Z"));
    assertThat(found.warnings).isEmpty();
  }

  @Test
  void dates_ambiguous_dayFirstWithAWarning() throws IOException {
    FoundSink found = read("_chat.txt", "03/04/2024, 10:00 - Ann: a");

    assertThat(found.only().startedAt()).isEqualTo("2024-04-03T10:00:00Z");
    assertThat(found.warnings)
        .containsExactly(
            ": EARSHOT-367: day and month cannot be told apart; read as day, month, year.");
  }

  @Test
  void zone_isTheGivenOne() throws IOException {
    FoundSink found = read(ZoneId.of("Asia/Dhaka"), "_chat.txt", "17/12/2024, 15:10 - Ann: a");

    assertThat(found.only().startedAt()).isEqualTo("2024-12-17T09:10:00Z");
  }

  @Test
  void message_overManyLines_isOneTurn() throws IOException {
    Interaction chat =
        chat("17/12/2024, 15:10 - Ann: one", "Second: with a colon", "", "[no stamp] four");

    assertThat(chat.turns())
        .extracting(Turn::text)
        .containsExactly("one\nSecond: with a colon\n\n[no stamp] four");
  }

  @Test
  void systemLines_areCountedAndNoTurns() throws IOException {
    Interaction chat =
        chat(
            "[17/12/2024, 15:10:00] Ann: \u200EMessages and calls are end-to-end encrypted.",
            "[17/12/2024, 15:10:00] Ann: hello",
            "[17/12/2024, 15:10:00] Ben changed the subject to \"New: offers\"",
            "[17/12/2024, 15:10:00] Ben was added");

    assertThat(chat.turns()).extracting(Turn::text).containsExactly("hello");
    assertThat(chat.attributes()).containsExactly(Map.entry("systemLines", "3"));
  }

  @Test
  void media_named_isAnAttachmentOfATurnWithItsCaption() throws IOException {
    Interaction chat =
        chat(
            "17/12/2024, 15:10 - Ann: IMG-1.jpg (file attached)",
            "17/12/2024, 15:11 - Ann: IMG-2.jpg (file attached)",
            "the broken handle",
            "17/12/2024, 15:12 - Ann: <Media omitted>",
            "[17/12/2024, 15:13:00] Ben: \u200E<attached: 0001-PHOTO.jpg>",
            "[17/12/2024, 15:14:00] Ben: \u200Eimage omitted",
            "[17/12/2024, 15:15:00] Ben: bill.pdf \u2022 \u200E2 pages \u200Edocument omitted");

    assertThat(chat.turns())
        .extracting(Turn::text)
        .containsExactly("", "the broken handle", "", "", "", "");
    assertThat(chat.attachments())
        .extracting(Attachment::name)
        .containsExactly("IMG-1.jpg", "IMG-2.jpg", "0001-PHOTO.jpg", "bill.pdf");
  }

  @Test
  void deletedMessage_keepsItsPlaceWithoutWords() throws IOException {
    Interaction chat =
        chat(
            "17/12/2024, 15:10 - Ann: This message was deleted",
            "17/12/2024, 15:11 - Ann: changed <This message was edited>");

    assertThat(chat.turns()).extracting(Turn::text).containsExactly("", "changed");
    assertThat(chat.attributes()).containsEntry("deletedMessages", "1");
  }

  @Test
  void conversation_channelParticipantsThreadAndSource() throws IOException {
    Interaction chat =
        read(
                "WhatsApp Chat with \u09B0\u09B9\u09BF\u09AE.txt",
                "17/12/2024, 15:10 - \u09B0\u09B9\u09BF\u09AE: hello",
                "17/12/2024, 15:12 - ~\u202F\u5C71\u7530: hi")
            .only();

    assertThat(chat.channel()).isEqualTo(Channel.CHAT);
    assertThat(chat.thread()).contains("\u09B0\u09B9\u09BF\u09AE");
    assertThat(chat.participants())
        .extracting(Participant::id)
        .containsExactly("\u09B0\u09B9\u09BF\u09AE", "\u5C71\u7530");
    assertThat(chat.endedAt()).contains(Instant.parse("2024-12-17T15:12:00Z"));
    assertThat(chat.source().orElseThrow().format()).contains("whatsapp");
  }

  @Test
  void id_longerReExportElsewhere_isTheSame() throws IOException {
    List<String> lines = List.of("17/12/2024, 15:10 - Ann: hello", "17/12/2024, 15:11 - Ben: hi");

    Interaction once = read("old/_chat.txt", lines.getFirst()).only();
    Interaction again = read("new/_chat.txt", lines.toArray(String[]::new)).only();
    Interaction other = read("new/_chat.txt", lines.get(1)).only();

    assertThat(again.id()).isEqualTo(once.id()).startsWith("whatsapp-");
    assertThat(other.id()).isNotEqualTo(once.id());
  }

  @Test
  void read_noMessages_saysSo() throws IOException {
    InputFile notes = InputFile.of(Files.writeString(folder.resolve("notes.txt"), "Hello\n"));
    InputFile notices =
        InputFile.of(
            Files.writeString(folder.resolve("n.txt"), "17/12/2024, 15:10 - Ben was added\n"));
    WhatsAppReader reader = new WhatsAppReader(ZoneOffset.UTC);

    assertThat(reader.reads(notes)).isFalse();
    assertThatThrownBy(() -> reader.read(notes, new FoundSink()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("EARSHOT-365: there is no WhatsApp message in it");
    assertThatThrownBy(() -> reader.read(notices, new FoundSink()))
        .hasMessage("EARSHOT-366: there are 1 system lines in it, but nobody's message.");
  }
}

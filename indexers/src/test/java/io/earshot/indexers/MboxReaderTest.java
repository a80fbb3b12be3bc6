package io.earshot.indexers;

import static io.earshot.indexers.MailTesting.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.Interaction;
import io.earshot.indexers.MailTesting.Collected;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks {@link MboxReader} on mailboxes written for it. */
final class MboxReaderTest {
  private static final String MAIL = "From: a@example.com\nSubject: one\n\nbody\n\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From a@example.com Tue Mar  3 10:00:00 2026",
        "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
        "From MAILER-DAEMON Fri Jul  8 12:08:34",
        "From - Fri Jul 08 12:08:34 2011",
        "From ???@??? Mon Jul 04 10:00:00 2005",
        "From 1612345@xxx Thu Jan 01 00:00:00 +0000 2015",
        "From a@example.com Fri, 8 Jul 2011 12:08:34 +0200",
        "From a@example.com 2026-03-03 10:00:00",
        "From a@example.com",
        "From a b c Tue Mar  3 10:00 CET 2026 remote from host",
        "From "
      })
  void read_fromLineOfSomeKind_beginsAMessage(String line) throws IOException {
    Path file = write("From a@example.com Tue Mar  3 10:00:00 2026\n" + MAIL + line + "\n" + MAIL);

    Collected collected = read(new MboxReader(), file);

    assertThat(collected.rejected).isEmpty();
    assertThat(collected.interactions).hasSize(2);
    assertThat(collected.interactions.get(1).turns().get(0).text()).isEqualTo("body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From now on it leaked.\nRegards",
        "From a technician at 10:15 I heard otherwise.",
        "From bob@example.com I heard otherwise\nNote that: this is no header"
      })
  void read_sentenceThatBeginsWithFrom_beginsNone(String body) throws IOException {
    Path file = write("From a@example.com Tue Mar  3 10:00:00 2026\n" + MAIL + body + "\n");

    Collected collected = read(new MboxReader(), file);

    assertThat(collected.only().turns().get(0).text()).isEqualTo("body\n\n" + body);
  }

  @Test
  void read_severalMessages_numberedFromOneWithTheirPlace() throws IOException {
    String line = "From a@example.com Tue Mar  3 10:00:00 2026\n";
    Path file = write(line + MAIL + line + MAIL.replace("one", "two"));

    Collected collected = read(new MboxReader(), file);

    Interaction second = collected.interactions.get(1);
    assertThat(collected.interactions.get(0).source().orElseThrow().uri()).endsWith("box.mbox#1");
    assertThat(second.source().orElseThrow().uri()).endsWith("box.mbox#2");
    assertThat(second.source().orElseThrow().format()).hasValue("mbox");
    assertThat(second.attributes())
        .containsEntry("byteOffset", Integer.toString(line.length() + MAIL.length()));
    assertThat(second.startedAt()).isEqualTo(Instant.parse("2026-03-03T10:00:00Z"));
    assertThat(collected.warnings)
        .contains(
            "message 1, byte 0: no readable Date or Received; the mailbox's own date was taken");
  }

  @Test
  void read_quotedFromLines_oneMarkIsTakenOffInTheBodyOnly() throws IOException {
    Path file =
        write(
            """
            From a@example.com Tue Mar  3 10:00:00 2026
            >From x
            From: a@example.com

            >From here
            >>From there
            > From elsewhere
            end
            """);

    assertThat(read(new MboxReader(), file).only().turns().get(0).text())
        .isEqualTo("From here\n>From there\n> From elsewhere\nend");
  }

  @Test
  void read_damagedMessage_isRejectedWithItsPlaceAndTheNextIsRead() throws IOException {
    String line = "From a@example.com Tue Mar  3 10:00:00 2026\n";
    String damaged = line + "\u0000\u0001 garbage\n\n";
    Path file = write("left over\n\n" + damaged + line + MAIL);

    Collected collected = read(new MboxReader(), file);

    assertThat(collected.interactions).hasSize(1);
    assertThat(collected.rejected)
        .containsExactly(
            "byte 0: EARSHOT-304: text before the mailbox's first message.",
            "message 1, byte 11: EARSHOT-305: the message has no header line such as \"From: ...\".");
  }

  @Test
  void read_emptyFile_isRejectedWithAReason() throws IOException {
    Path file = write("");

    Collected collected = read(new MboxReader(), file);

    assertThat(new MboxReader().reads(InputFile.of(file))).isTrue();
    assertThat(collected.interactions).isEmpty();
    assertThat(collected.rejected)
        .singleElement()
        .asString()
        .startsWith("byte 0: EARSHOT-303: cannot read mailbox: the file is empty");
  }

  @Test
  void read_latin1BytesAmongUtf8_allMessagesAreReadAndNoByteIsLost() throws IOException {
    Path file = folder.resolve("box.mbox");
    String line = "From a@example.com Tue Mar  3 10:00:00 2026\n";
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(
          (line + MAIL.replace("body", "Gr\u00fc\u00dfe")).getBytes(StandardCharsets.ISO_8859_1));
      out.write((line + MAIL.replace("body", "Á la “carte”")).getBytes(StandardCharsets.UTF_8));
    }

    Collected collected = read(new MboxReader(), file);

    assertThat(collected.interactions)
        .extracting(mail -> mail.turns().get(0).text())
        .containsExactly("Grüße", "Á la “carte”");
  }

  @Test
  void read_linesLongerThanAnyBuffer_areKept() throws IOException {
    String line = "From a@example.com Tue Mar  3 10:00:00 2026\n";
    String word = "x".repeat(200_000);
    Path file = write(line + MAIL.replace("body", word) + line + MAIL);

    Collected collected = read(new MboxReader(), file);

    assertThat(collected.interactions).hasSize(2);
    assertThat(collected.interactions.get(0).turns().get(0).text()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "box,From a@b Tue Mar  3 10:00:00 2026\\nA: b\\n,true",
    "box.mbox,From a@b\\nSubject: b\\n,true",
    "one.eml,From a@b Tue Mar  3 10:00:00 2026\\nA: b\\n,false",
    "letter.txt,From me to you\\n,false",
    "mail,From: a@b\\n,false"
  })
  void reads_someFile_onlyMailboxes(String name, String content, boolean expected)
      throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content.replace("\\n", "\n"));

    assertThat(new MboxReader().reads(InputFile.of(file))).isEqualTo(expected);
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("box.mbox"), content);
  }
}

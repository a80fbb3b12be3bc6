package io.earshot.indexers;

import static io.earshot.indexers.MailTesting.addresses;
import static io.earshot.indexers.MailTesting.read;
import static io.earshot.indexers.MailTesting.resource;
import static io.earshot.indexers.MailTesting.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.AddressField;
import io.earshot.Attachment;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Turn;
import io.earshot.indexers.MailTesting.Collected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks {@link EmailReader} on messages written for it. */
final class EmailReaderTest {
  @TempDir Path folder;

  static Stream<String> golden() throws IOException {
    try (Stream<Path> files = Files.list(resource(""))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".eml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void read_goldenMessage_asExpected(String name) throws IOException {
    Path expected = resource(name.replace(".eml", ".expected"));

    String actual = described(read(new EmailReader(), resource(name)));

    if (!Files.exists(expected)) {
      Path proposal = Path.of("target", expected.getFileName().toString());
      Files.writeString(proposal, actual);
      throw new AssertionError(expected + " is missing; review the proposal " + proposal);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  /** A form in which a difference is easily seen. */
  private static String described(Collected collected) {
    Interaction mail = collected.only();
    StringBuilder text = new StringBuilder();
    text.append("subject: ").append(mail.subject().orElse("none")).append('\n');
    text.append("startedAt: ").append(mail.startedAt()).append('\n');
    text.append("messageId: ").append(mail.messageId().orElse("none")).append('\n');
    text.append("inReplyTo: ").append(mail.inReplyTo().orElse("none")).append('\n');
    text.append("references: ").append(mail.references()).append('\n');
    for (Participant participant : mail.participants()) {
      text.append(participant.as().orElseThrow())
          .append(": ")
          .append(participant.id())
          .append(" | ")
          .append(participant.name().orElse("none"))
          .append(" | ")
          .append(participant.address().orElse("none"))
          .append('\n');
    }
    Turn turn = mail.turns().get(0);
    text.append("text by ").append(turn.participant()).append(":\n").append(turn.text());
    turn.quotedText().ifPresent(quoted -> text.append("\nquoted:\n").append(quoted));
    turn.signature().ifPresent(signature -> text.append("\nsignature:\n").append(signature));
    text.append('\n');
    for (Attachment attachment : mail.attachments()) {
      text.append("attachment: ")
          .append(attachment.name())
          .append(" | ")
          .append(attachment.mediaType().orElseThrow())
          .append(" | ")
          .append(attachment.size().orElseThrow())
          .append('\n');
      attachment.text().ifPresent(words -> text.append(words).append('\n'));
    }
    collected.warnings.forEach(warning -> text.append("warning: ").append(warning).append('\n'));
    return text.toString();
  }

  @Test
  void read_oneFile_givesTheInteraction() throws IOException {
    Interaction mail = EmailReader.read(resource("0001.eml")).withCustomer("c-42");

    assertThat(mail.customers()).containsExactly("c-42");
    assertThat(mail.subject()).hasValue("Refund for the kettle");
    assertThat(mail.source().orElseThrow().uri()).endsWith("0001.eml");
    assertThat(mail.source().orElseThrow().format()).hasValue("eml");
    assertThat(mail.source().orElseThrow().checksum().orElseThrow()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void read_emptyFile_saysSo() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.eml"));

    assertThatThrownBy(() -> EmailReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("EARSHOT-301: cannot read email: the file is empty (file=")
        .hasMessageContaining("empty.eml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\r\n\r\n\r\n", "PK\u0003\u0004\u0000\u0000", "no header here", "{\"a\": 1}"})
  void read_noMail_saysSo(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("other.eml"), content);

    assertThatThrownBy(() -> EmailReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("EARSHOT-302: cannot read email: there is no header line");
  }

  @Test
  void read_noDate_newestReceivedElseTheFilesTime() throws IOException {
    Path file = folder.resolve("undated.eml");
    Files.writeString(file, "From: a@example.com\n\nbody\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-04-01T08:00:00Z")));

    Collected undated = read(new EmailReader(), file);
    Collected received =
        read(
            folder,
            """
            Received: from b by c; Tue, 3 Mar 2026 10:00:02 +0100 (CET)
            Received: from a by b; Tue, 3 Mar 2026 10:00:01 +0100
            From: a@example.com
            Date: yesterday, more or less

            body
            """);

    assertThat(undated.only().startedAt()).isEqualTo(Instant.parse("2026-04-01T08:00:00Z"));
    assertThat(undated.warnings).singleElement().asString().contains("the file's time was taken");
    assertThat(received.only().startedAt()).isEqualTo(Instant.parse("2026-03-03T09:00:02Z"));
    assertThat(received.warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon, 2 Mar 2026 10:00:00 +0100|2026-03-02T09:00:00Z",
        "2 Mar 26 10:00 EST|2026-03-02T15:00:00Z",
        "Mon, 02-Mar-2026 10:00:00 GMT|2026-03-02T10:00:00Z",
        "Mon Mar  2 10:00:00 2026|2026-03-02T10:00:00Z",
        "Mon Mar  2 10:00:00 CET 2026|2026-03-02T09:00:00Z",
        "Mon, 2 Mar 2026 10 (h) : 00 : 07 -0600 (CST)|2026-03-02T16:00:07Z",
        "2026-03-02T10:00:00+01:00|2026-03-02T09:00:00Z",
        "2026-03-02 10:00:00|2026-03-02T10:00:00Z",
        "March 2, 2026 3:04 PM|2026-03-02T15:04:00Z",
        "Mon, 2 Mar 2026 10:00:60 +0000|2026-03-02T10:00:59Z",
        "Mon, 2 Mar 2026 10:00:00 GMT+0200|2026-03-02T08:00:00Z",
        "21 Nov 97 09:55:06 GMT|1997-11-21T09:55:06Z"
      })
  void read_dateOfSomeKind_isUnderstood(String date, String instant) throws IOException {
    Collected collected = read(folder, "From: a@example.com\nDate: " + date + "\n\nbody\n");

    assertThat(collected.only().startedAt()).isEqualTo(Instant.parse(instant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A B <a@example.com>|a@example.com|A B",
        "a@Example.COM (A B)|a@Example.COM|A B",
        "\"B, A\" <a@example.com>|a@example.com|B, A",
        "\"A \\\"x\\\" B\" <a@example.com>|a@example.com|A \"x\" B",
        "=?utf-8?Q?M=C3=BCller=2C_A?= <a@example.com>|a@example.com|Müller, A",
        "\"=?utf-8?Q?M=C3=BCller?=\" <a@example.com>|a@example.com|Müller",
        "A <@relay.example:a@example.com>|a@example.com|A",
        "John <jdoe@machine(comment).  example>|jdoe@machine.example|John",
        "\"john doe\"@example.com|\"john doe\"@example.com|",
        "'a@example.com' <a@example.com>|a@example.com|a@example.com",
        "Team: a@example.com;|a@example.com|",
        "root|root|",
        "\"unclosed <a@example.com|a@example.com|unclosed"
      })
  void read_addressOfSomeKind_isUnderstood(String from, String address, String name)
      throws IOException {
    Collected collected = read(folder, "From: " + from + "\nSubject: x\n\nbody\n");

    assertThat(sender(collected.only()).address()).hasValue(address);
    assertThat(sender(collected.only()).name().orElse(null)).isEqualTo(name);
  }

  @Test
  void read_noSender_unknownSenderHasTheTurn() throws IOException {
    Interaction mail =
        read(folder, "To: b@example.com, c@example.com\nSubject: x\n\nbody\n").only();

    assertThat(mail.turns().get(0).participant()).isEqualTo("unknown-sender");
    assertThat(addresses(mail, AddressField.TO)).containsExactly("b@example.com", "c@example.com");
  }

  @Test
  void id_sameContentKeptElsewhere_isTheSame() throws IOException {
    String mail = "Message-ID: <1@x>\nFrom: a@example.com\nSubject: x\n\nFrom here\n\non\n";
    String onTheWay = "Received: from x by y; Tue, 3 Mar 2026 10:00:02 +0100\n" + mail;
    Path mbox = folder.resolve("x.mbox");
    String quoted = onTheWay.replace("\nFrom here", "\n>From here");
    Files.writeString(mbox, "From a@example.com Tue Mar  3 10:00:00 2026\n" + quoted + "\n");

    String id = read(folder, mail).only().id();

    assertThat(id).matches("1@x-[0-9a-f]{16}");
    assertThat(read(folder, onTheWay.getBytes(StandardCharsets.US_ASCII)).only().id())
        .isEqualTo(id);
    assertThat(read(new MboxReader(), mbox).only().id()).isEqualTo(id);
    assertThat(read(folder, mail.replace("on\n", "off\n")).only().id()).isNotEqualTo(id);
  }

  @Test
  void id_noMessageId_isTheDigest() throws IOException {
    Interaction mail = read(folder, "From: a@example.com\nSubject: x\n\nbody\n").only();

    assertThat(mail.id()).matches("mail-[0-9a-f]{16}");
    assertThat(mail.messageId()).isEmpty();
  }

  @Test
  void read_textInNoOrAWrongCharset_keepsEveryByte() throws IOException {
    String head = "From: a@example.com\nSubject: x\nContent-Type: text/plain; charset=";
    byte[] unknown =
        (head + "x-none\n\ncaf\u00e9 \u0093so\u0094").getBytes(StandardCharsets.ISO_8859_1);
    byte[] wrong = (head + "utf-8\n\nGr\u00fc\u00dfe").getBytes(StandardCharsets.ISO_8859_1);
    byte[] undeclared = (head + "us-ascii\n\nGrüße “so”").getBytes(StandardCharsets.UTF_8);

    assertThat(text(read(folder, unknown))).isEqualTo("café “so”");
    assertThat(text(read(folder, wrong))).isEqualTo("Grüße");
    assertThat(text(read(folder, undeclared))).isEqualTo("Grüße “so”");
    assertThat(read(folder, wrong).warnings)
        .anyMatch(warning -> warning.contains("not in its declared charset"));
  }

  private static String text(Collected collected) {
    return collected.only().turns().get(0).text();
  }

  @Test
  void read_multipartWithoutBoundary_partsAreFound() throws IOException {
    Collected collected =
        read(
            folder,
            """
            From: a@example.com
            Subject: x
            MIME-Version: 1.0
            Content-Type: multipart/mixed

            --abc
            Content-Type: text/plain

            hello
            --abc
            Content-Type: text/csv; name=orders.csv

            4512,kettle
            --abc--
            """);

    assertThat(text(collected)).isEqualTo("hello");
    assertThat(collected.only().attachments())
        .singleElement()
        .extracting(Attachment::name, attachment -> attachment.text().orElse(""))
        .containsExactly("orders.csv", "4512,kettle");
  }

  @Test
  void read_headerWithoutEmptyLineAfterIt_bodyIsKept() throws IOException {
    Collected collected =
        read(folder, "From: a@example.com\nSubject: x\nThe kettle broke.\nSorry.\n");

    assertThat(text(collected)).isEqualTo("The kettle broke.\nSorry.");
    assertThat(collected.warnings).anyMatch(warning -> warning.contains("no empty line"));
  }

  @Test
  void read_hundredNestedMultiparts_endsWithItsText() throws IOException {
    StringBuilder mail = new StringBuilder("From: a@example.com\nSubject: x\n");
    for (int i = 0; i < 100; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      mail.append(i).append('\n');
    }
    mail.append("Content-Type: text/plain\n\nneedle\n");

    Collected collected = read(folder, mail.toString());

    assertThat(text(collected)).contains("needle");
    assertThat(collected.warnings).anyMatch(warning -> warning.contains("nested deeper than"));
  }

  @Test
  void read_messagesAttachedToEachOther_endsAtTheLimit() throws IOException {
    String mail = "From: a@example.com\nSubject: innermost\n\nneedle\n";
    for (int i = 0; i < 12; i++) {
      mail = "From: a@example.com\nSubject: " + i + "\nContent-Type: message/rfc822\n\n" + mail;
    }

    Collected collected = read(folder, mail);

    assertThat(collected.only().attachments()).hasSize(9);
    assertThat(collected.warnings).anyMatch(warning -> warning.contains("messages nested deeper"));
  }

  @Test
  void read_wordsBesideAnAttachedText_areNotMixedUp() throws IOException {
    String encoded =
        Base64.getMimeEncoder().encodeToString("Gruß\r\n".getBytes(StandardCharsets.UTF_8));
    Collected collected =
        read(
            folder,
            """
            From: a@example.com
            Subject: x
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            new
            --b
            Content-Type: text/plain; charset=utf-8
            Content-Disposition: attachment; filename*0*=utf-8''Gr%%C3%%BC; filename*1="n.txt"
            Content-Transfer-Encoding: base64

            %s
            --b--
            """
                .formatted(encoded));

    assertThat(text(collected)).isEqualTo("new");
    assertThat(collected.only().attachments())
        .singleElement()
        .extracting(Attachment::name, a -> a.size().orElse(-1), a -> a.text().orElse(""))
        .containsExactly("Grün.txt", 7L, "Gruß");
  }

  @ParameterizedTest
  @CsvSource({
    "mail.eml,nothing,true",
    "mail.txt,From: a@b\\nSubject: x\\n\\nbody,true",
    "mail,Received: by x\\n via y\\nDate: now\\n\\nbody,true",
    "mail,Subject: x\\n\\nbody,false",
    "chat.txt,'12/03/2020, 10:00 - Ann: From: here',false",
    "chat.txt,'[12.03.20, 10:00:01] Ann: Subject: that',false",
    "x.json,'{\"From\": 1}',false",
    "customers.csv,'address,customer\\na@b,c-1',false",
    "call.wav,RIFF1234WAVEfmt ,false",
    "x.vtt,WEBVTT\\n\\n00:01.000 --> 00:02.000,false",
    "note.txt,From: me\\nTo: you\\nwords without a colon\\n,false",
    "box,From a@b Tue Mar  3 10:00:00 2026\\nFrom: a@b\\nSubject: x\\n\\n,false"
  })
  void reads_someFile_onlyMail(String name, String content, boolean expected) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content.replace("\\n", "\n"));

    assertThat(new EmailReader().reads(InputFile.of(file))).isEqualTo(expected);
  }

  @Test
  void format_isTheNameOfTheOption() {
    assertThat(List.of(new EmailReader().format(), new MboxReader().format()))
        .containsExactly("eml", "mbox");
  }
}

package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.InteractionJson;
import io.earshot.indexers.MailTesting.Collected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for every message and mailbox, however it was made. */
final class EmailPropertiesTest {
  private static final String FROM_LINE = "From a@example.com Tue Mar  3 10:00:00 2026\n";

  private static Path folder = Path.of("");
  private static final List<byte[]> GOOD = new ArrayList<>();

  @BeforeContainer
  static void prepare() throws IOException {
    folder = Files.createTempDirectory("earshot-mail-properties");
    try (Stream<Path> files = Files.list(MailTesting.resource(""))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".eml")).sorted().toList()) {
        GOOD.add(Files.readAllBytes(file));
      }
    }
  }

  @AfterContainer
  static void cleanUp() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 500)
  void read_randomBytes_interactionOrIoException(@ForAll byte[] bytes) {
    readOrFail(bytes);
    readOrFail(concatenated("From: a@example.com\r\n".getBytes(StandardCharsets.US_ASCII), bytes));
  }

  @Property(tries = 1500)
  void read_goodMailMutated_interactionOrIoException(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] mail = GOOD.get(random.nextInt(GOOD.size())).clone();

    for (int i = random.nextInt(1, 30); i > 0; i--) {
      mail = mutated(mail, random);
    }

    readOrFail(mail);
  }

  @Property(tries = 300)
  void read_mboxOfMessagesWithNastyBodies_asManyInteractions(
      @ForAll("bodies") List<String> bodies, @ForAll boolean crlf) throws IOException {
    StringBuilder mbox = new StringBuilder();
    for (int i = 0; i < bodies.size(); i++) {
      mbox.append(FROM_LINE).append("From: a@example.com\nSubject: ").append(i).append("\n\n");
      mbox.append(bodies.get(i).replaceAll("(?m)^(>*From )", ">$1")).append("\n\n");
    }
    String text = crlf ? mbox.toString().replace("\n", "\r\n") : mbox.toString();
    Path file = folder.resolve("box.mbox");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

    Collected collected = MailTesting.read(new MboxReader(), file);

    assertThat(collected.interactions).hasSameSizeAs(bodies);
    for (int i = 0; i < bodies.size(); i++) {
      assertThat(collected.interactions.get(i).subject()).hasValue(Integer.toString(i));
      assertThat(collected.interactions.get(i).source().orElseThrow().uri())
          .endsWith("#" + (i + 1));
      assertThat(words(MailTesting.wholeBody(collected.interactions.get(i))))
          .isSubsetOf(words(bodies.get(i)));
    }
  }

  @Property(tries = 500)
  void read_randomBytesAsMbox_neverThrows(@ForAll byte[] bytes, @ForAll long seed)
      throws IOException {
    byte[] box = concatenated(FROM_LINE.getBytes(StandardCharsets.US_ASCII), bytes);
    Path file = Files.write(folder.resolve("random.mbox"), mutated(box, new Random(seed)));

    Collected collected = MailTesting.read(new MboxReader(), file);

    assertThat(collected.interactions.size() + collected.rejected.size()).isPositive();
  }

  @Provide
  Arbitrary<List<String>> bodies() {
    Arbitrary<String> lines =
        Arbitraries.oneOf(
            Arbitraries.of(
                "From ",
                "From here on it was broken",
                ">From the start",
                ">>From me",
                "From a@example.com Tue Mar  3 10:00:00 2026",
                "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
                "From: b@example.com",
                "",
                "-- ",
                "> quoted",
                "On 3 March 2026 Ann wrote:",
                "caf\u00e9 \u0081\u008d\u00ff \u0080",
                "--boundary"),
            Arbitraries.strings().withCharRange(' ', '\u00ff').ofMaxLength(80));
    return lines
        .list()
        .ofMaxSize(12)
        .map(list -> String.join("\n", list))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  private static List<String> words(String text) {
    // Bytes are read as one charset or the other: only ASCII words are the same in all.
    return Stream.of(text.split("[^!-~]+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static void readOrFail(byte[] mail) {
    try {
      Collected collected = MailTesting.read(folder, mail);
      // Must also survive being written.
      assertThat(InteractionJson.write(collected.only())).isNotEmpty();
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("EARSHOT-30[12].*");
    }
  }

  private static byte[] mutated(byte[] mail, Random random) {
    if (mail.length == 0) {
      return mail;
    }
    int at = random.nextInt(mail.length);
    int to = Math.min(mail.length, at + random.nextInt(1, 200));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(mail, 0, at);
    switch (random.nextInt(5)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 ->
          out.writeBytes(
              "=?;:\"<>(),\r\n--*'%"
                  .substring(random.nextInt(17))
                  .getBytes(StandardCharsets.US_ASCII));
      case 2 -> out.write(mail, at, to - at);
      case 3 -> at = to;
      default -> {
        out.write(mail, at, to - at);
        out.write(mail, 0, at);
        at = to;
      }
    }
    out.write(mail, at, mail.length - at);
    return out.size() > 200_000 ? mail : out.toByteArray();
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}

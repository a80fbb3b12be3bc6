package io.earshot.indexers;

import static io.earshot.indexers.MailTesting.addresses;
import static io.earshot.indexers.MailTesting.attachedText;
import static io.earshot.indexers.MailTesting.collapsed;
import static io.earshot.indexers.MailTesting.data;
import static io.earshot.indexers.MailTesting.jsonLines;
import static io.earshot.indexers.MailTesting.read;
import static io.earshot.indexers.MailTesting.sender;
import static io.earshot.indexers.MailTesting.wholeBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.AddressField;
import io.earshot.Attachment;
import io.earshot.Interaction;
import io.earshot.indexers.MailTesting.Collected;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks the mail readers against the messages and expectations of other projects. */
final class EmailExpectationsTest {
  /** Expectations not met on purpose: the message's id, and why. */
  private static final Map<String, String> ON_PURPOSE = Map.of();

  @Test
  void read_messagesOfOtherProjects_asTheyExpect() throws IOException {
    Path folder = data("email");
    List<String> differences = new ArrayList<>();
    int agree = 0;

    List<Map<String, Object>> lines = jsonLines(folder.resolve("expected.jsonl"));
    for (Map<String, Object> line : lines) {
      String id = (String) line.get("id");
      Interaction mail = read(new EmailReader(), folder.resolve((String) line.get("file"))).only();
      List<String> found = differences(mail, map(line.get("expect")));
      agree += found.isEmpty() ? 1 : 0;
      if (!ON_PURPOSE.containsKey(id)) {
        found.forEach(difference -> differences.add(id + ": " + difference));
      }
    }

    assertThat(differences).as("%d of %d messages agree", agree, lines.size()).isEmpty();
  }

  @Test
  void read_hostileMessagesInOneBatch_noneThrowsAndAllOthersAreRead() throws IOException {
    Path folder = data("email");
    List<String> differences = new ArrayList<>();
    List<String> notRead = new ArrayList<>();

    for (Map<String, Object> line : jsonLines(folder.resolve("hostile.jsonl"))) {
      String id = (String) line.get("id");
      Path file = folder.resolve((String) line.get("file"));
      try {
        Interaction mail = read(new EmailReader(), file).only();
        if (line.containsKey("alsoExpect")) {
          differences(mail, map(line.get("alsoExpect")))
              .forEach(difference -> differences.add(id + ": " + difference));
        }
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith("EARSHOT-302");
        notRead.add(id);
      }
    }

    assertThat(differences).isEmpty();
    assertThat(notRead)
        .containsExactlyInAnyOrder(
            "made-only-newlines", "made-pretend-outlook-msg", "made-pretend-zip");
  }

  @Test
  void read_mboxOfAnotherProject_fiveMessagesInOrder() throws IOException {
    Path file = data("email").resolve("mbox").resolve("mbox.rlug");

    Collected collected = read(new MboxReader(), file);

    List<Map<String, Object>> lines = jsonLines(file.resolveSibling("expected.jsonl"));
    assertThat(collected.rejected).isEmpty();
    assertThat(collected.interactions).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(differences(collected.interactions.get(i), lines.get(i))).isEmpty();
    }
  }

  private static List<String> differences(Interaction mail, Map<String, Object> expect) {
    List<String> found = new ArrayList<>();
    expect.forEach(
        (field, expected) -> {
          if (field.equals("attachments")) {
            attachments(mail, list(expected), found);
            return;
          }
          Object actual = actual(mail, field, expected);
          if (!expected.equals(actual)) {
            found.add(field + " expected " + expected + " but was " + actual);
          }
        });
    return found;
  }

  private static Object actual(Interaction mail, String field, Object expected) {
    return switch (field) {
      case "from" -> sender(mail).address().orElse("");
      case "fromName" -> sender(mail).name().orElse("");
      case "to" -> addresses(mail, AddressField.TO);
      case "cc" -> addresses(mail, AddressField.CC);
      case "replyTo" -> addresses(mail, AddressField.REPLY_TO);
      case "subject" -> mail.subject().orElse("");
      case "date" ->
          Instant.parse((String) expected).equals(mail.startedAt()) ? expected : mail.startedAt();
      case "messageId" -> mail.messageId().orElse("");
      case "inReplyTo" -> mail.inReplyTo().stream().toList();
      case "references" -> mail.references();
      case "attachmentCount" -> (long) named(mail).size();
      case "attachmentSizes" -> named(mail).stream().map(a -> a.size().orElse(-1)).toList();
      case "attachmentSizesInclude" ->
          named(mail).stream()
              .map(a -> a.size().orElse(-1))
              .filter(list(expected)::contains)
              .toList();
      case "attachmentNameStartsWith" ->
          named(mail).stream().anyMatch(a -> a.name().startsWith((String) expected))
              ? expected
              : named(mail);
      case "bodyContains" -> contained(wholeBody(mail), list(expected));
      case "attachedMessageContains" -> contained(attachedText(mail), list(expected));
      default -> expected;
    };
  }

  private static List<Object> contained(String text, List<Object> phrases) {
    return phrases.stream().filter(phrase -> text.contains(collapsed((String) phrase))).toList();
  }

  /** The sample data calls every leaf part with a file name an attachment, and no others. */
  private static List<Attachment> named(Interaction mail) {
    return mail.attachments().stream()
        .filter(attachment -> !attachment.name().isEmpty())
        .filter(attachment -> !attachment.mediaType().orElse("").equals("message/rfc822"))
        .toList();
  }

  private static void attachments(Interaction mail, List<Object> expected, List<String> found) {
    List<Attachment> actual = named(mail);
    if (actual.size() != expected.size()) {
      found.add("attachments expected " + expected + " but was " + actual);
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      Map<String, Object> one = map(expected.get(i));
      Attachment attachment = actual.get(i);
      long tolerance = (long) one.getOrDefault("sizeTolerance", 0L);
      long size = attachment.size().orElse(-1);
      boolean sized =
          !one.containsKey("size") || Math.abs(size - (long) one.get("size")) <= tolerance;
      boolean typed =
          !one.containsKey("contentType")
              || attachment.mediaType().orElse("").equals(one.get("contentType"));
      boolean same =
          one.containsKey("unsafeName") || attachment.name().equals(one.getOrDefault("name", ""));
      if (!sized || !typed || !same) {
        found.add("attachment expected " + one + " but was " + attachment);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}

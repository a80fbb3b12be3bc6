package io.earshot.indexers.internal.mail;

import io.earshot.AddressField;
import io.earshot.Attachment;
import io.earshot.Channel;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import io.earshot.Source;
import io.earshot.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the interaction of one e-mail message.
 *
 * <p>Thread-safe if its {@link AttachmentTexts} is.
 */
public final class MailParser {
  /** Longer Message-IDs cannot be part of an id; Lucene's terms end at 32,766 bytes. */
  private static final int MAX_ID_CHARS = 1_000;

  private static final String UNKNOWN_SENDER = "unknown-sender";

  private final AttachmentTexts texts;

  /** A parser that has the words of attachments found there. */
  public MailParser(AttachmentTexts texts) {
    this.texts = texts;
  }

  /**
   * Where a message comes from.
   *
   * @param source becomes the interaction's source
   * @param arrived when it was put into its mailbox, where the mailbox says so
   * @param fileTime the file's time, the last resort for the message's
   */
  public record Origin(Source source, Optional<Instant> arrived, Instant fileTime) {}

  /** Whether there is a mail's header at all; without one {@link #parse} finds next to nothing. */
  public static boolean isMail(byte[] message) {
    return MailShape.hasHeader(message);
  }

  /** When a line of an mbox says that its message arrived. */
  public static Optional<Instant> date(String text) {
    return MailDate.parse(text);
  }

  /** The interaction; never fails, however broken the message is. */
  public Interaction parse(byte[] message, Origin origin, Consumer<String> warnings) {
    MimePart root = MimeParser.parse(message, warnings);
    List<Attachment> attachments = new ArrayList<>();
    MailBody.Text body = MailBody.of(root, attachments, texts, warnings);
    Instant startedAt = time(root, origin, warnings);
    String messageId = root.first("message-id").map(MessageIds::own).orElse("");
    List<Participant> participants = participants(root);

    Interaction.Builder mail =
        Interaction.builder(id(messageId, ContentDigest.of(root)), Channel.EMAIL, startedAt)
            .source(origin.source())
            .participants(participants)
            .turns(List.of(turn(participants.get(0), body, startedAt)))
            .attachments(attachments)
            .references(root.first("references").map(MessageIds::parse).orElse(List.of()));
    root.first("subject")
        .map(field -> HeaderText.collapsed(HeaderText.decodeWords(field)))
        .filter(subject -> !subject.isEmpty())
        .ifPresent(mail::subject);
    root.first("in-reply-to")
        .flatMap(field -> MessageIds.parse(field).stream().findFirst())
        .ifPresent(mail::inReplyTo);
    if (!messageId.isEmpty()) {
      mail.messageId(messageId);
    }
    return mail.build();
  }

  private static String id(String messageId, String digest) {
    boolean usable = !messageId.isEmpty() && messageId.length() <= MAX_ID_CHARS;
    return (usable ? messageId : "mail") + "-" + digest;
  }

  private static Instant time(MimePart root, Origin origin, Consumer<String> warnings) {
    Optional<Instant> date =
        root.all("date").stream().flatMap(field -> MailDate.parse(field).stream()).findFirst();
    if (date.isPresent()) {
      return date.get();
    }
    Optional<Instant> received =
        root.all("received").stream()
            .map(field -> field.substring(field.lastIndexOf(';') + 1))
            .flatMap(field -> MailDate.parse(field).stream())
            .max(Comparator.naturalOrder());
    if (received.isPresent()) {
      return received.get();
    }
    if (origin.arrived().isPresent()) {
      warnings.accept("no readable Date or Received; the mailbox's own date was taken");
      return origin.arrived().get();
    }
    warnings.accept("no readable Date or Received; the file's time was taken");
    return origin.fileTime();
  }

  /** The sender first; there is always one. */
  private static List<Participant> participants(MimePart root) {
    List<Participant> participants = new ArrayList<>();
    add(root, "from", AddressField.FROM, participants);
    if (participants.isEmpty()) {
      participants.add(Participant.of(UNKNOWN_SENDER, Role.OTHER).withAs(AddressField.FROM));
    }
    add(root, "reply-to", AddressField.REPLY_TO, participants);
    add(root, "to", AddressField.TO, participants);
    add(root, "cc", AddressField.CC, participants);
    add(root, "bcc", AddressField.BCC, participants);
    return participants;
  }

  private static void add(
      MimePart root, String header, AddressField as, List<Participant> participants) {
    for (String field : root.all(header)) {
      for (MailAddress mailbox : MailAddress.parse(field)) {
        participants.add(
            new Participant(
                mailbox.id(),
                mailbox.optionalName(),
                Optional.of(mailbox.address()),
                Role.OTHER,
                Optional.of(as)));
      }
    }
  }

  private static Turn turn(Participant sender, MailBody.Text body, Instant at) {
    QuoteSplit split = QuoteSplit.of(body.text().strip().isEmpty() ? body.whole() : body.text());
    boolean markedQuote = !body.text().isBlank() && !body.quoted().isBlank();
    String quoted =
        !markedQuote
            ? split.quoted()
            : split.quoted().isEmpty() ? body.quoted() : split.quoted() + "\n\n" + body.quoted();
    Turn.Builder turn = Turn.builder(sender.id()).at(at).text(withoutOuterBlankLines(split.text()));
    if (!quoted.isBlank()) {
      turn.quotedText(withoutOuterBlankLines(quoted));
    }
    if (!split.signature().isBlank()) {
      turn.signature(withoutOuterBlankLines(split.signature()));
    }
    return turn.build();
  }

  private static String withoutOuterBlankLines(String text) {
    String end = text.stripTrailing();
    int start = 0;
    for (int i = 0; i < end.length() && Character.isWhitespace(end.charAt(i)); i++) {
      if (end.charAt(i) == '\n') {
        start = i + 1;
      }
    }
    return end.substring(start);
  }
}

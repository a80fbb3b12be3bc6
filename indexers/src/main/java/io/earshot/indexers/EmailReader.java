package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.Interaction;
import io.earshot.Source;
import io.earshot.indexers.internal.mail.AttachmentTexts;
import io.earshot.indexers.internal.mail.ContentDigest;
import io.earshot.indexers.internal.mail.MailParser;
import io.earshot.indexers.internal.mail.MailShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads e-mail messages, one a file (RFC 5322 and MIME), also badly broken ones.
 *
 * <p>The mail is one interaction with one turn, by the first sender. Its id is the Message-ID and a
 * digest of the decoded content, so that it is the same wherever the message was kept. Of the forms
 * of a body the plain text is taken where it has words, else the HTML's. The quote at the end and
 * the signature are set apart where they are beyond doubt. Every part with a file name is an
 * attachment, and so are parts that are no text and messages attached to this one, followed by what
 * is attached to them.
 *
 * <p>Text in a wrong or unknown charset is read as UTF-8 where it is valid, else as windows-1252.
 * Of a message beyond 128 MB only the first 128 MB are read, with a warning.
 *
 * <p>Thread-safe.
 */
public final class EmailReader implements InteractionReader {
  static final int MAX_MESSAGE_BYTES = 128 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(EmailReader.class);

  private final MailParser parser;

  /**
   * A reader that finds the words in text and HTML attachments only; those in PDF and office
   * documents take an {@link AttachmentText}.
   */
  public EmailReader() {
    parser = new MailParser(AttachmentTexts.NONE);
  }

  /**
   * A reader that finds the words in attachments of every kind.
   *
   * @param attachmentText finds them; the caller closes it after the last use of this reader
   */
  public EmailReader(AttachmentText attachmentText) {
    requireNonNull(attachmentText, "attachmentText");
    parser = new MailParser(attachmentText::text);
  }

  /**
   * Reads one message.
   *
   * <p>If it has an attachment such as a PDF, a process is started to read it and ended again,
   * which takes a second or two: for many messages, make one reader with one {@link
   * AttachmentText}. What had to be mended or left out is logged as a warning.
   *
   * @throws IOException if the file cannot be read or is no e-mail
   */
  public static Interaction read(Path path) throws IOException {
    InputFile input = InputFile.of(path);
    try (AttachmentText attachmentText = AttachmentText.withDefaults()) {
      return new EmailReader(attachmentText)
          .read(input, warning -> LOG.warn("{}: {}", input.uri(), warning));
    }
  }

  @Override
  public String format() {
    return "eml";
  }

  /** Whether it is named {@code .eml}, or begins like a mail with header fields only mail has. */
  @Override
  public boolean reads(InputFile input) {
    if (input.extension().equals("eml")) {
      return true;
    }
    byte[] head = input.head();
    return !MboxReader.beginsWithFromLine(head) && MailShape.looksLikeMail(head);
  }

  @Override
  public void read(InputFile input, Sink sink) throws IOException {
    sink.interaction(read(input, warning -> sink.warning("", warning)));
  }

  private Interaction read(InputFile input, Consumer<String> warnings) throws IOException {
    MessageDigest digest = ContentDigest.sha256();
    byte[] message;
    try (InputStream in = new DigestInputStream(input.open(), digest)) {
      message = in.readNBytes(MAX_MESSAGE_BYTES);
      if (in.transferTo(OutputStream.nullOutputStream()) > 0) {
        warnings.accept("longer than " + MAX_MESSAGE_BYTES + " bytes; the rest is left out");
      }
    }
    if (message.length == 0) {
      throw new IOException(
          "EARSHOT-301: cannot read email: the file is empty (file=%s). Export the message again, or remove the file."
              .formatted(input.uri()));
    }
    if (!MailParser.isMail(message)) {
      throw new IOException(
          "EARSHOT-302: cannot read email: there is no header line such as \"From: ...\" at its beginning (file=%s, byte=0). Save the message in the .eml format, or name the file's real format."
              .formatted(input.uri()));
    }
    Source source =
        new Source(
            input.uri(),
            Optional.of(format()),
            Optional.of(ContentDigest.checksum(digest)),
            List.of());
    MailParser.Origin origin = new MailParser.Origin(source, Optional.empty(), input.modified());
    try {
      return parser.parse(message, origin, warnings);
    } catch (AttachmentText.ClosedException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // One message that nobody foresaw must not stop a night's import.
      throw new IOException(
          "EARSHOT-306: cannot read email: %s (file=%s). Set the file aside and report its structure."
              .formatted(e.getClass().getSimpleName(), input.uri()),
          e);
    }
  }
}

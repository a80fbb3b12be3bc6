package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.Interaction;
import io.earshot.Source;
import io.earshot.indexers.internal.mail.AttachmentTexts;
import io.earshot.indexers.internal.mail.MailParser;
import io.earshot.indexers.internal.mail.MboxSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads mailbox files of any size (RFC 4155 and its relatives), one message after another, each as
 * {@link EmailReader} does.
 *
 * <p>Memory holds one message at a time, of which at most 128 MB are read. A message's {@code
 * source.uri} is the file's with {@code #} and its number in the file, from 1; its attribute {@code
 * byteOffset} is the byte at which its "From " line begins. A message without a header is rejected
 * and the next one is read.
 *
 * <p>Thread-safe.
 */
public final class MboxReader implements InteractionReader {
  private static final Set<String> EXTENSIONS = Set.of("mbox", "mbx");

  private final MailParser parser;

  /**
   * A reader that finds the words in text and HTML attachments only; those in PDF and office
   * documents take an {@link AttachmentText}.
   */
  public MboxReader() {
    parser = new MailParser(AttachmentTexts.NONE);
  }

  /**
   * A reader that finds the words in attachments of every kind.
   *
   * @param attachmentText finds them; the caller closes it after the last use of this reader
   */
  public MboxReader(AttachmentText attachmentText) {
    requireNonNull(attachmentText, "attachmentText");
    parser = new MailParser(attachmentText::text);
  }

  @Override
  public String format() {
    return "mbox";
  }

  /** Whether it begins with a "From " line, or is empty and named {@code .mbox} or {@code .mbx}. */
  @Override
  public boolean reads(InputFile input) {
    if (input.extension().equals("eml")) {
      return false;
    }
    return beginsWithFromLine(input.head())
        || (input.size() == 0 && EXTENSIONS.contains(input.extension()));
  }

  static boolean beginsWithFromLine(byte[] head) {
    return MboxSplitter.beginsWithFromLine(head);
  }

  @Override
  public void read(InputFile input, Sink sink) throws IOException {
    boolean found = false;
    try (InputStream in = input.open()) {
      MboxSplitter messages = new MboxSplitter(in, EmailReader.MAX_MESSAGE_BYTES);
      for (Optional<MboxSplitter.Piece> piece = messages.next();
          piece.isPresent();
          piece = messages.next()) {
        found |= piece.get().index() > 0;
        read(piece.get(), input, sink);
      }
    }
    if (!found) {
      sink.rejected(
          "byte 0",
          "EARSHOT-303: cannot read mailbox: "
              + (input.size() == 0
                  ? "the file is empty"
                  : "no line begins a message with \"From \"")
              + ". Export the mailbox again, or remove the file.");
    }
  }

  private void read(MboxSplitter.Piece piece, InputFile input, Sink sink) {
    String position = "byte " + piece.position();
    if (piece.index() == 0) {
      if (!isBlank(piece.content())) {
        sink.rejected(position, "EARSHOT-304: text before the mailbox's first message.");
      }
      return;
    }
    String place = "message " + piece.index() + ", " + position;
    if (!MailParser.isMail(piece.content())) {
      sink.rejected(place, "EARSHOT-305: the message has no header line such as \"From: ...\".");
      return;
    }
    if (piece.cut()) {
      sink.warning(
          place, "longer than " + EmailReader.MAX_MESSAGE_BYTES + " bytes; the rest is left out");
    }
    Source source =
        new Source(
            input.uri() + "#" + piece.index(),
            Optional.of(format()),
            Optional.of(piece.checksum()),
            List.of());
    MailParser.Origin origin =
        new MailParser.Origin(source, MailParser.date(piece.fromLine()), input.modified());
    Interaction mail;
    try {
      mail = parser.parse(piece.content(), origin, warning -> sink.warning(place, warning));
    } catch (AttachmentText.ClosedException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // One message that nobody foresaw must not cost the others.
      String kind = e.getClass().getSimpleName();
      sink.rejected(place, "EARSHOT-306: the message cannot be read: " + kind + ".");
      return;
    }
    String byteOffset = Long.toString(piece.position());
    sink.interaction(mail.toBuilder().attribute("byteOffset", byteOffset).build());
  }

  private static boolean isBlank(byte[] content) {
    for (byte b : content) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }
}

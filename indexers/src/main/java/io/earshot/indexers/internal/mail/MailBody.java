package io.earshot.indexers.internal.mail;

import io.earshot.Attachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Gathers a message's body and its attachments from the tree of parts. */
final class MailBody {
  private static final int MAX_MESSAGE_DEPTH = 8;

  /** What has a name like these holds no words, whatever type it is declared as. */
  private static final Set<String> WORDLESS =
      Set.of(
          "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic", "ico", "svg", "mp3",
          "wav", "ogg", "opus", "flac", "m4a", "aac", "amr", "mp4", "mov", "avi", "mkv", "webm",
          "wmv", "exe", "dll", "iso", "dmg", "p7s", "asc", "sig");

  private static final Set<String> TEXTS = Set.of("txt", "csv", "tsv", "log", "md");

  private static final Text NOTHING = new Text("", "");

  private final AttachmentTexts texts;
  private final Consumer<String> warnings;
  private final List<Attachment> attachments;
  private final MimePart root;
  private final int depth;

  private MailBody(
      MimePart root,
      int depth,
      List<Attachment> attachments,
      AttachmentTexts texts,
      Consumer<String> warnings) {
    this.root = root;
    this.depth = depth;
    this.attachments = attachments;
    this.texts = texts;
    this.warnings = warnings;
  }

  /** The text of that message; its attachments are added to the list. */
  static Text of(
      MimePart root, List<Attachment> into, AttachmentTexts texts, Consumer<String> warnings) {
    return new MailBody(root, 0, into, texts, warnings).body(root);
  }

  /**
   * A body.
   *
   * @param text all of it but a quote that markup names as one
   * @param quoted that quote
   */
  record Text(String text, String quoted) {
    boolean isBlank() {
      return text.isBlank() && quoted.isBlank();
    }

    String whole() {
      return quoted.isEmpty() ? text : text.isEmpty() ? quoted : text + "\n\n" + quoted;
    }
  }

  private Text body(MimePart part) {
    if (!part.children().isEmpty()) {
      return part.getMimeType().equals("multipart/alternative")
          ? bestAlternative(part)
          : allChildren(part);
    }
    if (part.isMultipart()) {
      return NOTHING;
    }
    if (part.isMessage()) {
      attachMessage(part);
      return NOTHING;
    }
    if (isAttachment(part)) {
      attach(part, textOf(part));
      return NOTHING;
    }
    if (part.fileName().isPresent()) {
      // A message that is nothing but a named text: its words are the body.
      attach(part, Optional.empty());
    }
    return leaf(part);
  }

  private Text allChildren(MimePart part) {
    StringBuilder text = new StringBuilder();
    StringBuilder quoted = new StringBuilder();
    for (MimePart child : part.children()) {
      Text body = body(child);
      if (!quoted.isEmpty() && !body.text().isBlank()) {
        // Words after the quote: it does not stand at the end.
        append(text, quoted.toString());
        quoted.setLength(0);
      }
      append(text, body.text());
      append(quoted, body.quoted());
    }
    return new Text(text.toString(), quoted.toString());
  }

  private static void append(StringBuilder to, String text) {
    if (!text.isBlank()) {
      to.append(to.isEmpty() ? "" : "\n\n").append(text);
    }
  }

  /** Plain text if it has any words, else the richest form that has; the last is the richest. */
  private Text bestAlternative(MimePart part) {
    List<MimePart> byPreference = new ArrayList<>();
    for (MimePart child : part.children()) {
      if (child.getMimeType().equals("text/plain")) {
        byPreference.add(child);
      }
    }
    for (int i = part.children().size() - 1; i >= 0; i--) {
      MimePart child = part.children().get(i);
      if (!child.getMimeType().equals("text/plain")) {
        byPreference.add(child);
      }
    }
    Text best = NOTHING;
    for (MimePart child : byPreference) {
      if (best.isBlank()) {
        best = body(child);
      } else {
        attachmentsOnly(child);
      }
    }
    return best;
  }

  private void attachmentsOnly(MimePart part) {
    for (MimePart child : part.children()) {
      attachmentsOnly(child);
    }
    if (part.children().isEmpty() && !part.isMultipart()) {
      if (part.isMessage()) {
        attachMessage(part);
      } else if (isAttachment(part)) {
        attach(part, textOf(part));
      }
    }
  }

  private boolean isAttachment(MimePart part) {
    boolean text = isText(part);
    if (part.isAttachmentByDisposition()) {
      return true;
    }
    if (part.fileName().isPresent()) {
      return part != root || !text;
    }
    return !text && !isSignature(part);
  }

  private static boolean isText(MimePart part) {
    String type = part.getMimeType();
    return type.startsWith("text/") || type.startsWith("message/");
  }

  private static boolean isSignature(MimePart part) {
    String type = part.getSubType();
    return type.startsWith("pgp-") || type.endsWith("pkcs7-signature");
  }

  private Text leaf(MimePart part) {
    return switch (part.getMimeType()) {
      case "text/html", "application/xhtml+xml" -> {
        HtmlText html = HtmlText.of(decoded(part));
        yield new Text(html.text(), html.quoted());
      }
      case "text/enriched", "text/richtext" -> new Text(withoutMarkup(decoded(part)), "");
      // The header of a mail that came back: nobody wrote it anew.
      case "text/rfc822-headers" -> new Text("", decoded(part));
      default -> isText(part) ? new Text(decoded(part), "") : NOTHING;
    };
  }

  private String decoded(MimePart part) {
    String text = TextDecoder.decode(part.content(), part.getCharset(), warnings);
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** RFC 1896: commands in angle brackets, a doubled bracket for the bracket itself. */
  private static String withoutMarkup(String enriched) {
    return enriched
        .replaceAll("(?i)<nl>|</?paragraph>", "\n")
        .replaceAll("<(?!<)[^<>]{0,100}>", " ")
        .replace("<<", "<")
        .replaceAll(" {2,}", " ");
  }

  private void attach(MimePart part, Optional<String> text) {
    attachments.add(
        new Attachment(
            part.fileName().orElse(""),
            Optional.of(part.getMimeType()),
            OptionalLong.of(part.content().length),
            text));
  }

  private Optional<String> textOf(MimePart part) {
    String name = part.fileName().orElse("");
    String type = part.getMimeType();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (part.content().length == 0
        || type.startsWith("image/")
        || type.startsWith("audio/")
        || type.startsWith("video/")
        || isSignature(part)
        || WORDLESS.contains(extension)) {
      return Optional.empty();
    }
    boolean plain = type.startsWith("text/") && !type.endsWith("rtf");
    if (type.equals("text/html")) {
      return words(HtmlText.of(decoded(part)).whole());
    }
    if ((plain || TEXTS.contains(extension)) && !isBinary(part.content())) {
      return words(decoded(part));
    }
    return texts.text(part.content(), name, type, warnings).flatMap(this::words);
  }

  /** Files of every kind are sent as text/plain; text has no zero bytes, unless it is UTF-16. */
  private static boolean isBinary(byte[] content) {
    boolean wide = content.length > 1 && (content[0] & content[1] & 0xFE) == 0xFE;
    for (int i = 0; !wide && i < Math.min(content.length, 4096); i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> words(String text) {
    String stripped = text.strip();
    if (stripped.length() > AttachmentLimits.MAX_CHARS) {
      warnings.accept(
          "an attachment has more than "
              + AttachmentLimits.MAX_CHARS
              + " characters; the rest is left out");
      stripped = stripped.substring(0, AttachmentLimits.MAX_CHARS);
    }
    return Optional.of(stripped).filter(words -> !words.isEmpty());
  }

  /** An attached message stands before what is attached to it. */
  private void attachMessage(MimePart part) {
    int place = attachments.size();
    Optional<String> text = Optional.empty();
    if (depth >= MAX_MESSAGE_DEPTH) {
      warnings.accept("messages nested deeper than " + MAX_MESSAGE_DEPTH + " levels are not read");
    } else if (!MailShape.hasHeader(part.content())) {
      text = words(decoded(part));
    } else {
      MimePart message = MimeParser.parse(part.content(), warnings);
      MailBody inner = new MailBody(message, depth + 1, attachments, texts, warnings);
      StringBuilder all = new StringBuilder();
      for (String field : List.of("Subject", "From", "To", "Date")) {
        message
            .first(field.toLowerCase(Locale.ROOT))
            .map(value -> HeaderText.collapsed(HeaderText.decodeWords(value)))
            .ifPresent(value -> all.append(field).append(": ").append(value).append('\n'));
      }
      text = words(all.append('\n').append(inner.body(message).whole()).toString());
    }
    attachments.add(
        place,
        new Attachment(
            part.fileName().orElse(""),
            Optional.of(part.getMimeType()),
            OptionalLong.of(part.content().length),
            text));
  }
}

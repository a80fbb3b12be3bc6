package io.earshot.indexers.internal.mail;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Tells by the first bytes whether something is an e-mail, and where its header begins and ends.
 */
public final class MailShape {
  private static final Set<String> KNOWN_FIELDS =
      Set.of(
          "from",
          "to",
          "cc",
          "bcc",
          "subject",
          "date",
          "sender",
          "reply-to",
          "message-id",
          "in-reply-to",
          "references",
          "received",
          "return-path",
          "delivered-to",
          "mime-version",
          "content-type",
          "content-transfer-encoding",
          "content-disposition",
          "x-mailer",
          "x-original-to",
          "x-priority",
          "user-agent",
          "dkim-signature",
          "received-spf",
          "authentication-results",
          "list-id",
          "list-unsubscribe",
          "precedence",
          "x-gmail-labels",
          "x-gm-thrid",
          "envelope-to",
          "status",
          "x-status",
          "x-mozilla-status",
          "arc-seal",
          "organization",
          "thread-topic",
          "thread-index",
          "importance",
          "lines",
          "content-length");

  private MailShape() {}

  /** Where the header begins: after a byte order mark, empty lines and an mbox's "From " line. */
  static int headerStart(byte[] message) {
    int at = 0;
    if (message.length > 2
        && message[0] == (byte) 0xEF
        && message[1] == (byte) 0xBB
        && message[2] == (byte) 0xBF) {
      at = 3;
    }
    while (at < message.length && (message[at] == '\n' || message[at] == '\r')) {
      at++;
    }
    if (startsWith(message, at, "From ") || startsWith(message, at, ">From ")) {
      return lineEnd(message, at);
    }
    return at;
  }

  /** Whether there is at least one header field where the header should be. */
  static boolean hasHeader(byte[] message) {
    int at = headerStart(message);
    for (int lines = 0; at < message.length && lines < 50; lines++) {
      if (isBlankLine(message, at)) {
        return false;
      }
      if (fieldNameLength(message, at) > 0) {
        return true;
      }
      at = lineEnd(message, at);
    }
    return false;
  }

  /**
   * Whether the first bytes of a file are those of a mail: header lines only, two of them of names
   * that mail has.
   */
  public static boolean looksLikeMail(byte[] head) {
    int at = headerStart(head);
    Set<String> known = new HashSet<>();
    while (at < head.length && !isBlankLine(head, at)) {
      int end = lineEnd(head, at);
      int name = fieldNameLength(head, at);
      boolean folded = head[at] == ' ' || head[at] == '\t';
      boolean cut = end == head.length && head[end - 1] != '\n';
      if (name > 0) {
        String field = new String(head, at, name, StandardCharsets.ISO_8859_1);
        String lower = field.strip().toLowerCase(Locale.ROOT);
        if (KNOWN_FIELDS.contains(lower)) {
          known.add(lower);
        }
      } else if (!folded && !cut) {
        return false;
      }
      at = end;
    }
    return known.size() >= 2;
  }

  /**
   * Where the body begins if no empty line says so: the first line that is neither field nor
   * continuation, when no field follows it before the next empty line. Negative if all is well.
   */
  static int unmarkedBodyStart(byte[] message, int start) {
    int candidate = -1;
    boolean fields = false;
    for (int at = start; at < message.length; at = lineEnd(message, at)) {
      if (isBlankLine(message, at)) {
        break;
      }
      if (fieldNameLength(message, at) > 0) {
        fields = true;
        candidate = -1;
      } else if (message[at] != ' ' && message[at] != '\t' && candidate < 0) {
        candidate = at;
      }
    }
    return fields ? candidate : -1;
  }

  /** Length of the field name that begins there, blanks before the colon included; 0 if none. */
  static int fieldNameLength(byte[] bytes, int at) {
    int i = at;
    while (i < bytes.length && bytes[i] > ' ' && bytes[i] < 127 && bytes[i] != ':') {
      i++;
    }
    int name = i - at;
    while (i < bytes.length && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    boolean letter = name > 0 && Character.isLetter(bytes[at]);
    return letter && i < bytes.length && bytes[i] == ':' ? i - at : 0;
  }

  private static boolean isBlankLine(byte[] bytes, int at) {
    return bytes[at] == '\n'
        || (bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n');
  }

  private static boolean startsWith(byte[] bytes, int at, String text) {
    return bytes.length - at >= text.length()
        && new String(bytes, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }

  /** Index after the line's end. */
  static int lineEnd(byte[] bytes, int at) {
    int i = at;
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, bytes.length);
  }
}

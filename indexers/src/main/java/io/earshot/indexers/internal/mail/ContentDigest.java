package io.earshot.indexers.internal.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Digests what a message says, so that the same message gives the same digest wherever it was kept:
 * headers that servers add, transfer encodings and line ends make no difference.
 */
public final class ContentDigest {
  private static final int SHORT_HEX_DIGITS = 16;
  private static final String[] HEADERS = {"from", "to", "cc", "subject", "date", "in-reply-to"};

  private ContentDigest() {}

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A finished digest as {@code source.checksum} writes it. */
  public static String checksum(MessageDigest digest) {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  /** 64 bits of SHA-256 over the content, as 16 hexadecimal digits. */
  static String of(MimePart root) {
    MessageDigest digest = sha256();
    for (String name : HEADERS) {
      String value = root.first(name).orElse("");
      add(digest, HeaderText.collapsed(HeaderText.decodeWords(value)));
    }
    add(digest, root);
    return HexFormat.of().formatHex(digest.digest()).substring(0, SHORT_HEX_DIGITS);
  }

  private static void add(MessageDigest digest, MimePart part) {
    if (!part.children().isEmpty()) {
      part.children().forEach(child -> add(digest, child));
      return;
    }
    if (part.isMultipart()) {
      return;
    }
    add(digest, part.getMimeType() + ' ' + part.fileName().orElse(""));
    byte[] content = part.content();
    boolean exact = part.encoding().equals("base64") && !part.getMimeType().startsWith("text/");
    if (exact) {
      digest.update(content);
    } else {
      addLines(digest, content);
    }
    digest.update((byte) 0);
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /** Without carriage returns, and without empty lines at the end. */
  private static void addLines(MessageDigest digest, byte[] content) {
    int end = content.length;
    while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
      end--;
    }
    int from = 0;
    for (int i = 0; i < end; i++) {
      if (content[i] == '\r') {
        digest.update(content, from, i - from);
        from = i + 1;
      }
    }
    digest.update(content, from, end - from);
  }
}

package io.earshot.indexers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums as {@link io.earshot.Source#checksum()} has them: {@code sha256:} and hexadecimals. */
final class Digests {
  private static final String PREFIX = "sha256:";

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String checksum(MessageDigest digest) {
    return PREFIX + HexFormat.of().formatHex(digest.digest());
  }

  static String checksum(String text) {
    MessageDigest digest = sha256();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return checksum(digest);
  }

  static String checksum(InputFile input) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = input.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return checksum(digest);
  }

  /** The first 12 hexadecimal digits: enough to tell inputs of one name apart. */
  static String abbreviated(String checksum) {
    return checksum.substring(PREFIX.length(), PREFIX.length() + 12);
  }
}

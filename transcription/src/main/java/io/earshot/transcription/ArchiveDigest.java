package io.earshot.transcription;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file is known by.
 *
 * @param sha256 its SHA-256 in hexadecimal
 * @param md5 its MD5 in hexadecimal
 * @param sizeBytes its size
 */
record ArchiveDigest(String sha256, String md5, long sizeBytes) {
  private static final int READ_AT_ONCE = 1 << 16;

  static ArchiveDigest of(Path file) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    long size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[READ_AT_ONCE];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        sha256.update(bytes, 0, count);
        md5.update(bytes, 0, count);
        size += count;
      }
    }
    HexFormat hex = HexFormat.of();
    return new ArchiveDigest(hex.formatHex(sha256.digest()), hex.formatHex(md5.digest()), size);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has both
    }
  }
}

package io.earshot.indexers.internal.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes uuencoded content (POSIX, the encoding of the {@code uuencode} program). */
final class Uuencode {
  private Uuencode() {}

  /** The content between the lines "begin" and "end"; the input itself if it has no "begin". */
  static byte[] decode(byte[] in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    boolean begun = false;
    for (String line : new String(in, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
      if (!begun) {
        begun = line.matches("begin [0-7]{3,4}.*");
      } else if (line.equals("end")) {
        break;
      } else {
        line(line, out);
      }
    }
    return begun ? out.toByteArray() : in;
  }

  private static void line(String line, ByteArrayOutputStream out) {
    int left = line.isEmpty() ? 0 : line.charAt(0) - ' ' & 63;
    for (int i = 1; left > 0 && i < line.length(); i += 4) {
      int bits = sixBits(line, i) << 18 | sixBits(line, i + 1) << 12;
      bits |= sixBits(line, i + 2) << 6 | sixBits(line, i + 3);
      for (int shift = 16; shift >= 0 && left > 0; shift -= 8, left--) {
        out.write(bits >> shift);
      }
    }
  }

  private static int sixBits(String line, int at) {
    return at < line.length() ? line.charAt(at) - ' ' & 63 : 0;
  }
}

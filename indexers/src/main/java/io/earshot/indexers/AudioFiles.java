package io.earshot.indexers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Tells recordings from other files, by their first bytes or their name. */
final class AudioFiles {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "wav", "wave", "mp3", "mp2", "ogg", "oga", "opus", "spx", "flac", "m4a", "mp4", "m4b",
          "3gp", "amr", "awb", "webm", "mka", "aac", "wma", "aif", "aiff", "aifc", "au", "snd",
          "caf", "gsm", "g722", "vox", "w64");

  /** The beginning of an ASF file, which WMA is: a GUID. */
  private static final byte[] ASF = {0x30, 0x26, (byte) 0xB2, 0x75, (byte) 0x8E, 0x66, (byte) 0xCF};

  private static final byte[] EBML = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};

  private AudioFiles() {}

  /** By the first bytes; by the name alone where a damaged or headerless recording bears it. */
  static boolean isAudio(InputFile input) {
    return hasMagic(input.head()) || EXTENSIONS.contains(input.extension());
  }

  /** Whether a file of that name is taken for a recording. */
  static boolean isAudioName(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static boolean hasMagic(byte[] head) {
    return (at(head, 8, "WAVE") && (at(head, 0, "RIFF") || at(head, 0, "RF64")))
        || at(head, 0, "OggS")
        || at(head, 0, "fLaC")
        || at(head, 0, "ID3")
        || at(head, 4, "ftypM4A")
        || at(head, 0, "#!AMR")
        || at(head, 0, "caff")
        || at(head, 0, ".snd")
        || (at(head, 0, "FORM") && at(head, 8, "AIF"))
        || at(head, 0, ASF)
        || at(head, 0, EBML);
  }

  private static boolean at(byte[] head, int offset, String magic) {
    return at(head, offset, magic.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean at(byte[] head, int offset, byte[] magic) {
    return head.length >= offset + magic.length
        && Arrays.equals(head, offset, offset + magic.length, magic, 0, magic.length);
  }
}

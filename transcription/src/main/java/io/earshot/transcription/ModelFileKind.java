package io.earshot.transcription;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file of a model holds, told by how it begins.
 *
 * <p>This finds what goes wrong when models are copied and downloaded: empty files, pages of a
 * server that had none, the beginning of a file without its end. It does not read a file whole.
 */
enum ModelFileKind {
  /** A network or another object of Kaldi's, in binary. */
  KALDI {
    @Override
    Optional<String> damage(Path file, String start) {
      return start.startsWith(BINARY) ? WHOLE : foreign(start, "Kaldi's");
    }
  },

  /** A matrix or vector of Kaldi's, in binary or as text. */
  MATRIX {
    @Override
    Optional<String> damage(Path file, String start) {
      return start.startsWith(BINARY) || start.strip().startsWith("[")
          ? WHOLE
          : foreign(start, "Kaldi's");
    }
  },

  /** A finite-state transducer of OpenFst's. */
  FST {
    @Override
    Optional<String> damage(Path file, String start) throws IOException {
      Optional<FstHeader> header = FstHeader.read(file);
      if (header.isEmpty()) {
        return foreign(start, "OpenFst's");
      }
      return Files.size(file) < header.get().leastBytes() ? CUT_SHORT : WHOLE;
    }
  },

  /** Options, one a line, such as {@code --beam=13}. */
  OPTIONS {
    @Override
    Optional<String> damage(Path file) throws IOException {
      return KaldiOptions.foreignLine(file)
          .map(line -> looksLikeWebPage(line) ? WEB_PAGE : "its line " + line + " is no option");
    }
  },

  /** Words with their numbers. */
  WORDS("\\S+\\s+\\d+"),

  /** A number on each line. */
  NUMBERS("\\d+"),

  /** Where in a word a phone may be. */
  WORD_POSITIONS("\\d+\\s+(nonword|begin|end|internal|singleton)"),

  /** A word's number and what the language model knows of the word. */
  WORD_FEATURES("\\d+(\\s+\\d+,\\S+)*");

  private static final int START_BYTES = 4_096;
  private static final String BINARY = "\0B";
  private static final String WEB_PAGE = "a web page is in it";
  private static final Optional<String> WHOLE = Optional.empty();
  private static final Optional<String> CUT_SHORT = Optional.of("it is cut short");

  private final Pattern line;

  ModelFileKind() {
    this("");
  }

  ModelFileKind(String line) {
    this.line = Pattern.compile(line);
  }

  /** What is wrong with a file, if anything is. */
  Optional<String> damage(Path file) throws IOException {
    String start = start(file);
    return start.isEmpty() ? Optional.of("it is empty") : damage(file, start);
  }

  /** For files of text: Kaldi's tools end each line of them, the last one, too. */
  Optional<String> damage(Path file, String start) throws IOException {
    String first = start.lines().findFirst().orElse("").strip();
    if (!line.matcher(first).matches()) {
      return foreign(start, "such");
    }
    return lastByte(file) == '\n' ? WHOLE : CUT_SHORT;
  }

  private static Optional<String> foreign(String start, String whose) {
    return Optional.of(
        looksLikeWebPage(start) ? WEB_PAGE : "it does not begin as " + whose + " files do");
  }

  private static boolean looksLikeWebPage(String start) {
    String text = start.strip().toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml");
  }

  private static String start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
    }
  }

  private static byte lastByte(Path file) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      in.position(in.size() - 1).read(last);
      return last.get(0);
    }
  }
}

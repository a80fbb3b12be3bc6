package io.earshot.evaluation;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a file of UTF-8 line by line, and names the line that cannot be used. */
final class Lines implements AutoCloseable {
  private final Path file;
  private final InputStream in;
  private String text = "";
  private int number;

  private Lines(Path file) throws IOException {
    this.file = file;
    in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  static Lines of(Path file) throws IOException {
    return new Lines(file);
  }

  /** Goes to the next line that is not blank; false if there is none. */
  boolean next() throws IOException {
    do {
      if (!read()) {
        return false;
      }
    } while (text.isBlank());
    return true;
  }

  /** Goes to the next line, blank or not; false if there is none. */
  boolean read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return false;
    }
    while (next >= 0 && next != '\n') {
      bytes.write(next);
      next = in.read();
    }
    number++;
    text = decoded(bytes.toByteArray());
    return true;
  }

  private String decoded(byte[] bytes) {
    try {
      String line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String unmarked = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
      return unmarked.endsWith("\r") ? unmarked.substring(0, unmarked.length() - 1) : unmarked;
    } catch (CharacterCodingException e) {
      throw refused("not UTF-8");
    }
  }

  String text() {
    return text;
  }

  int number() {
    return number;
  }

  /** The line's fields, split at white space. */
  List<String> fields() {
    return List.of(text.strip().split("\\s+", -1));
  }

  /** What is wrong with this line. */
  InvalidCollectionException refused(String what) {
    return InvalidCollectionException.at(file, number, what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * A file to read interactions from, with its first bytes at hand so that its format can be told.
 *
 * <p>Immutable; the file itself may change.
 */
public final class InputFile {
  private static final int HEAD_BYTES = 8192;

  private final Path path;
  private final byte[] head;
  private final long size;
  private final Instant modified;

  private InputFile(Path path, byte[] head, long size, Instant modified) {
    this.path = path;
    this.head = head;
    this.size = size;
    this.modified = modified;
  }

  /**
   * Looks at a file.
   *
   * @throws IOException if it cannot be read
   */
  public static InputFile of(Path path) throws IOException {
    requireNonNull(path, "path");
    try (InputStream in = Files.newInputStream(path)) {
      return new InputFile(
          path,
          in.readNBytes(HEAD_BYTES),
          Files.size(path),
          Files.getLastModifiedTime(path).toInstant());
    }
  }

  /** Where the file lies. */
  public Path path() {
    return path;
  }

  /** The path as given, with forward slashes: what {@code source.uri} begins with. */
  public String uri() {
    return path.toString().replace('\\', '/');
  }

  /** The file's name, without its folder. */
  public String name() {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** The name's part after the last dot, in lower case; empty if it has none. */
  public String extension() {
    int dot = name().lastIndexOf('.');
    return dot < 0 ? "" : name().substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Up to the first 8,192 bytes. */
  public byte[] head() {
    return head.clone();
  }

  /** The first bytes as text, one character a byte. */
  public String headText() {
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  /** Size in bytes when it was looked at. */
  public long size() {
    return size;
  }

  /** Time of its last change when it was looked at. */
  public Instant modified() {
    return modified;
  }

  /**
   * Opens the file; the caller closes the stream.
   *
   * @throws IOException if it cannot be opened
   */
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  @Override
  public String toString() {
    return uri();
  }
}

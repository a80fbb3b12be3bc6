package io.earshot.transcription;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived of a file, with a note beside it of what the file is, so that another process
 * can go on.
 *
 * <p>Not thread-safe; one process at a time.
 */
final class PartFile implements AutoCloseable {
  static final long UNKNOWN = -1;

  private final Path path;
  private final Path note;
  private final URI uri;
  private Optional<String> validator = Optional.empty();
  private long total = UNKNOWN;
  private @Nullable FileChannel out;

  /** Takes up what is there, if it is of that address; else nothing has arrived yet. */
  PartFile(Path path, URI uri) throws DownloadException {
    this.path = path;
    this.note = path.resolveSibling(path.getFileName() + ".json");
    this.uri = uri;
    Map<String, String> fields = JsonNote.read(note);
    if (uri.toString().equals(fields.get("url"))) {
      validator = Optional.ofNullable(fields.get("validator"));
      total = number(fields.getOrDefault("total", ""));
    } else {
      delete();
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }

  Path path() {
    return path;
  }

  /** Bytes that have arrived. */
  long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /** Bytes of the whole file, or {@link #UNKNOWN}. */
  long total() {
    return total;
  }

  boolean isWhole() throws IOException {
    return total != UNKNOWN && size() == total;
  }

  /** By which the server can tell whether the file has changed. */
  Optional<String> validator() {
    return validator;
  }

  /** A file begins to arrive; what was there is of another. */
  void begin(Optional<String> newValidator, long newTotal) throws DownloadException {
    delete();
    validator = newValidator;
    total = newTotal;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("url", uri);
    newValidator.ifPresent(value -> fields.put("validator", value));
    if (newTotal != UNKNOWN) {
      fields.put("total", newTotal);
    }
    try {
      JsonNote.write(note, fields);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** More has arrived. */
  void append(ByteBuffer piece) throws DownloadException {
    try {
      if (out == null) {
        out = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      while (piece.hasRemaining()) {
        out.write(piece);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private DownloadException unwritable(IOException e) {
    return new DownloadException(
        DownloadException.Kind.UNWRITABLE, "cannot write " + path + ": " + e.getMessage(), e);
  }

  /** Nothing has arrived. */
  void delete() throws DownloadException {
    try {
      close();
      Files.deleteIfExists(path); // first, since without its note it would be of no use
      Files.deleteIfExists(note);
    } catch (IOException e) {
      throw unwritable(e);
    }
    validator = Optional.empty();
    total = UNKNOWN;
  }

  /** What has arrived stays; more may be appended. */
  @Override
  public void close() throws IOException {
    FileChannel open = out;
    out = null;
    if (open != null) {
      open.close();
    }
  }
}

package io.earshot.transcription;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zipped model, unpacked without trust: nobody checks what a list offers. */
final class ModelArchive {
  private static final int MOST_ENTRIES = 10_000;

  /** Vosk's graphs, which shrink most, shrink to a sixth. */
  private static final long MOST_GROWTH = 20;

  private static final int COPIED_AT_ONCE = 1 << 16;

  /** Names of files and folders as models have them, which no system takes for anything else. */
  private static final Pattern PLAIN_NAME =
      Pattern.compile(
          "(?:(?!\\.{1,2}(?:/|$))[^/\\\\:\\p{Cntrl}]+/)*(?!\\.{1,2}$)[^/\\\\:\\p{Cntrl}]+/?");

  /** What Macs put beside a folder that they zip. */
  private static final Set<String> ODDITIES = Set.of("__MACOSX", ".DS_Store");

  private final Path archive;
  private final long most;
  private long unpacked;

  private ModelArchive(Path archive) throws IOException {
    this.archive = archive;
    this.most = MOST_GROWTH * Files.size(archive);
  }

  /**
   * Unpacks an archive. Files and folders are made, and never a link.
   *
   * @param into an empty folder
   * @param space the bytes that may be written
   * @return the model's folder: the one that all else lies in, if there is one
   * @throws SpeechModelException if it is no sound archive
   * @throws DownloadException if there is no room for it
   */
  static Path unpack(Path archive, Path into, long space) throws IOException {
    new ModelArchive(archive).unpackInto(into, space);
    try (Stream<Path> files = Files.list(into)) {
      List<Path> top =
          files.filter(file -> !ODDITIES.contains(file.getFileName().toString())).toList();
      return top.size() == 1 && Files.isDirectory(top.getFirst()) ? top.getFirst() : into;
    }
  }

  private void unpackInto(Path into, long space) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      check(entries, space);
      for (ZipEntry entry : entries) {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) { // the name was plain, so this is never so
          throw refused(entry.getName() + " leads elsewhere");
        }
        unpack(zip, entry, file);
      }
    } catch (ZipException e) {
      throw new SpeechModelException(
          "EARSHOT-226: "
              + archive
              + " is no whole zip archive: "
              + e.getMessage()
              + ". The list may be out of date; name another one with --from.",
          e);
    }
  }

  /** All that can be told before anything is written. */
  private void check(List<? extends ZipEntry> entries, long space) throws IOException {
    if (entries.size() > MOST_ENTRIES) {
      throw refused(String.format(Locale.ROOT, "it has %,d entries", entries.size()));
    }
    long announced = 0;
    for (ZipEntry entry : entries) {
      if (!PLAIN_NAME.matcher(entry.getName()).matches()) {
        throw refused("an entry has no plain name: " + printable(entry.getName()));
      }
      announced += Math.max(0, entry.getSize());
    }
    throwIfFarTooMuch(announced);
    if (announced > space) {
      throw noRoom(archive, announced, space);
    }
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  private void unpack(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    try {
      if (entry.isDirectory()) {
        Files.createDirectories(file);
      } else {
        Files.createDirectories(file.getParent());
        copy(zip, entry, file);
      }
    } catch (FileAlreadyExistsException e) {
      throw refused(entry.getName() + " is in it twice");
    }
  }

  private void copy(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      byte[] bytes = new byte[COPIED_AT_ONCE];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        unpacked += count; // an entry may be longer than it says
        throwIfFarTooMuch(unpacked);
        out.write(bytes, 0, count);
      }
    }
  }

  private void throwIfFarTooMuch(long bytes) throws SpeechModelException {
    if (bytes > most) {
      throw refused("it unpacks to far more than a model does");
    }
  }

  private SpeechModelException refused(String reason) {
    return new SpeechModelException(
        "EARSHOT-226: the archive " + archive + " is refused: " + reason + ".");
  }

  static DownloadException noRoom(Path at, long needed, long free) {
    return new DownloadException(
        DownloadException.Kind.UNWRITABLE,
        String.format(
            Locale.ROOT,
            "there is no room for %s: %.1f MB are needed, and %.1f MB are free",
            at,
            needed / 1e6,
            free / 1e6));
  }
}

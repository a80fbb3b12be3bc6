package io.earshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Opens an index's files, and refuses what is not one of ours.
 *
 * <p>The format's version stands in the user data of every commit, so that it is read before
 * anything else is.
 */
final class IndexFormat {
  /** Version of the layout that this code reads and writes; raise it with every change of it. */
  static final int VERSION = 5;

  private static final String KEY = "earshot.format";
  private static final String LANGUAGE = "earshot.language";
  private static final String IDENTITY = "earshot.id";
  private static final String ENGLISH = "en";

  private IndexFormat() {}

  /**
   * Opens the files in a folder, once it is certain that they are an index of ours, or none yet.
   */
  static Directory openDirectory(Path path, boolean mustExist) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new EarshotException(
          "EARSHOT-102", path + " is a file, not a folder; give the folder of an index");
    }
    if (mustExist && !Files.isDirectory(path)) {
      throw thereIsNone(path.toString());
    }
    try {
      FSDirectory directory = FSDirectory.open(path);
      try {
        if (DirectoryReader.indexExists(directory)) {
          check(directory, path.toString());
        } else if (mustExist) {
          throw thereIsNone(path.toString());
        } else {
          requireNoForeignFiles(path);
        }
        return directory;
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    } catch (IOException e) {
      throw cannotOpen(path.toString(), e);
    }
  }

  /** Opens a writer; an index that is new has its first commit before this returns. */
  static IndexWriter openWriter(
      Directory directory, IndexWriterConfig config, String name, Optional<String> language)
      throws IOException {
    try {
      IndexWriter writer = new IndexWriter(directory, config);
      try {
        if (!DirectoryReader.indexExists(directory)) {
          writer.setLiveCommitData(
              Map.of(
                      KEY,
                      Integer.toString(VERSION),
                      LANGUAGE,
                      language.orElse(ENGLISH),
                      IDENTITY,
                      UUID.randomUUID().toString())
                  .entrySet());
          writer.commit(); // from here on every commit carries them
        }
        return writer;
      } catch (IOException | RuntimeException e) {
        writer.rollback();
        throw e;
      }
    } catch (LockObtainFailedException e) {
      throw new EarshotException(
          "EARSHOT-105",
          "another process (or this one) is writing to the index at %s: it holds %s. Wait until it has ended, or open the index with readOnly() to search it"
              .formatted(name, IndexWriter.WRITE_LOCK_NAME),
          e);
    }
  }

  /** Version of the format of the index that the directory holds. */
  static int check(Directory directory, String name) throws IOException {
    SegmentInfos infos;
    try {
      infos = SegmentInfos.readLatestCommit(directory);
    } catch (IndexFormatTooNewException e) {
      throw tooNew(name, String.valueOf(e.getMessage()));
    } catch (IndexFormatTooOldException e) {
      throw new EarshotException(
          "EARSHOT-103", name + " is an index of an older Lucene: " + e.getMessage(), e);
    } catch (CorruptIndexException e) {
      throw damaged(name, e);
    }
    Optional<String> version = Optional.ofNullable(infos.getUserData().get(KEY));
    if (version.isEmpty() || !version.get().matches("\\d{1,9}")) {
      throw new EarshotException(
          "EARSHOT-103",
          name + " holds a Lucene index that Earshot did not make; give another folder");
    }
    int format = Integer.parseInt(version.get());
    if (format > VERSION) {
      throw tooNew(name, "its format is %d, this version knows %d".formatted(format, VERSION));
    }
    if (format < VERSION) {
      throw new EarshotException(
          "EARSHOT-103",
          "the index at %s was made by an older version of Earshot (its format is %d, this version reads %d): index again into a new folder"
              .formatted(name, format, VERSION));
    }
    return format;
  }

  /** The default language that the index was made with; its stems are of that language. */
  static String language(Directory directory, String name, Optional<String> asked)
      throws IOException {
    String made =
        SegmentInfos.readLatestCommit(directory).getUserData().getOrDefault(LANGUAGE, ENGLISH);
    if (asked.isPresent() && !asked.get().equals(made)) {
      throw new EarshotException(
          "EARSHOT-111",
          "the index at %s was made with the default language \"%s\", not \"%s\": open it without defaultLanguage(...), or index again into another folder"
              .formatted(name, made, asked.get()));
    }
    return made;
  }

  /** What tells this index from every other, and stays as long as the index does. */
  static byte[] identity(Directory directory) throws IOException {
    return SegmentInfos.readLatestCommit(directory)
        .getUserData()
        .getOrDefault(IDENTITY, "")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static EarshotException damaged(String name, IOException cause) {
    return new EarshotException(
        "EARSHOT-108",
        "the index at %s is damaged and cannot be opened: %s. Restore a backup, or index again into another folder"
            .formatted(name, cause.getMessage()),
        cause);
  }

  private static EarshotException thereIsNone(String name) {
    return new EarshotException(
        "EARSHOT-101",
        "there is no index at " + name + "; make one with \"earshot index\", or give its folder");
  }

  private static EarshotException tooNew(String name, String detail) {
    return new EarshotException(
        "EARSHOT-104",
        "the index at %s was made by a newer version of Earshot (%s): update Earshot, or index again into another folder"
            .formatted(name, detail));
  }

  private static void requireNoForeignFiles(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      Optional<Path> foreign =
          files.filter(file -> !isLeftOver(file.getFileName().toString())).findFirst();
      if (foreign.isPresent()) {
        throw new EarshotException(
            "EARSHOT-102",
            "%s holds other files (such as %s) and no index; give an empty or a new folder"
                .formatted(path, foreign.get().getFileName()));
      }
    }
  }

  /** What an index leaves behind that was killed before its first commit. */
  private static boolean isLeftOver(String name) {
    return name.equals(IndexWriter.WRITE_LOCK_NAME) || name.startsWith("pending_segments");
  }

  /** An error that says why an index could not be opened. */
  static RuntimeException cannotOpen(String name, IOException cause) {
    if (cause instanceof AccessDeniedException denied) {
      return new EarshotException(
          "EARSHOT-106",
          "the index at %s cannot be opened: no permission for %s. Give this user the right to write there, or open it with readOnly()"
              .formatted(name, denied.getFile()),
          cause);
    }
    if (cause instanceof NoSuchFileException missing) {
      return new EarshotException(
          "EARSHOT-106",
          "the index at %s cannot be opened: %s is missing".formatted(name, missing.getFile()),
          cause);
    }
    if (cause instanceof CorruptIndexException) {
      return damaged(name, cause);
    }
    if (cause.getCause() instanceof ReadOnlyFileSystemException) {
      return new EarshotException(
          "EARSHOT-106", "the index at " + name + " lies on a read-only file system", cause);
    }
    return new UncheckedIOException("the index at " + name + " cannot be opened: " + cause, cause);
  }
}

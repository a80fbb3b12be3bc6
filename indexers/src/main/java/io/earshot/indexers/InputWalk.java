package io.earshot.indexers;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the inputs below files and folders, sorted by name within each folder.
 *
 * <p>Links are followed; a folder that was seen is not entered again, so that links in a circle
 * end. A file that somebody names is always an input, unless another file already speaks for it.
 * Not thread-safe: one walk, one object.
 */
final class InputWalk {
  /** What is no customer's word, whatever folder it lies in. */
  private static final Pattern NO_INPUT =
      Pattern.compile(
          "thumbs\\.db|desktop\\.ini|(?:readme|licen[cs]e|notice|changelog|sources)(?:\\.(?:md|txt|rst))?"
              + "|(?:sha|md5)\\w{0,5}sums?(?:\\.txt)?|.*\\.(?:sha256|sha512|md5)");

  private final Visitor visitor;
  private final Set<Path> seenFolders = new HashSet<>();
  private @Nullable Path lastFolder;
  private Set<String> lastNames = Set.of();

  InputWalk(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Is told what is found. */
  interface Visitor {
    /** A file to read. */
    void input(Path file) throws IOException;

    /** A file or folder that is left out. */
    void ignored(Path path, String kind);

    /** A manifest, and the names of the files beside it. */
    void manifest(Path file, Set<String> siblings);

    /** A file or folder that cannot be looked at. */
    void unreadable(Path path, String reason);
  }

  void walk(List<Path> paths) throws IOException {
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        folder(path);
      } else {
        file(path, true, siblings(path));
      }
    }
  }

  private void folder(Path folder) throws IOException {
    List<Path> entries;
    try {
      if (!seenFolders.add(folder.toRealPath())) {
        visitor.ignored(folder, "visited");
        return;
      }
      entries = entries(folder);
    } catch (IOException e) {
      visitor.unreadable(folder, Problems.of(e));
      return;
    }
    Set<String> names = new HashSet<>();
    entries.forEach(entry -> names.add(name(entry)));
    for (Path entry : entries) {
      if (name(entry).startsWith(".")) {
        visitor.ignored(entry, "hidden");
      } else if (Files.isDirectory(entry)) {
        folder(entry);
      } else {
        file(entry, false, names);
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(InputWalk::name));
    return entries;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** The names that decide whether a named file belongs to a recording beside it. */
  private Set<String> siblings(Path file) {
    String name = name(file);
    boolean mayBelong = name.endsWith(".json") || name.equals(CallManifest.NAME);
    Path folder = file.toAbsolutePath().getParent();
    if (!mayBelong || folder == null) {
      return Set.of();
    }
    if (!folder.equals(lastFolder)) { // thousands of files may be named, all of one folder
      Set<String> names = new HashSet<>();
      try {
        entries(folder).forEach(entry -> names.add(name(entry)));
      } catch (IOException e) {
        names.clear(); // the file can be read all the same
      }
      lastFolder = folder;
      lastNames = names;
    }
    return lastNames;
  }

  private void file(Path file, boolean named, Set<String> siblings) throws IOException {
    String name = name(file);
    if (name.endsWith(".ref.json")) {
      visitor.ignored(file, "reference");
    } else if (name.endsWith(".json") && isSideCar(name, siblings)) {
      visitor.ignored(file, "side-car");
    } else if (name.equals(CallManifest.NAME)) {
      visitor.manifest(file, siblings);
    } else if (!named && NO_INPUT.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      visitor.ignored(file, "other");
    } else if (name.endsWith(".csv") && CustomerDirectory.looksLikeOne(file)) {
      visitor.ignored(file, "customers");
    } else if (!Files.exists(file)) {
      visitor.unreadable(file, Problems.of(new NoSuchFileException(name)));
    } else if (!Files.isRegularFile(file)) {
      visitor.unreadable(file, Problems.NO_PLAIN_FILE); // reading a pipe would wait for ever
    } else {
      visitor.input(file);
    }
  }

  private static boolean isSideCar(String name, Set<String> siblings) {
    return siblings.stream()
        .anyMatch(
            sibling -> AudioFiles.isAudioName(sibling) && CallReader.sideCar(sibling).equals(name));
  }
}

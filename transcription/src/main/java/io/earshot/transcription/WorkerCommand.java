package io.earshot.transcription;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a worker process is started.
 *
 * @param mainClass its program
 * @param classPath its classes and libraries; empty for the host's own
 * @param options further options for its JVM
 */
record WorkerCommand(String mainClass, List<Path> classPath, List<String> options) {
  static final WorkerCommand DEFAULT =
      new WorkerCommand(TranscriptionWorker.class.getName(), List.of(), List.of());

  WorkerCommand {
    classPath = List.copyOf(classPath);
    options = List.copyOf(options);
  }

  WorkerCommand withClassPath(List<Path> newClassPath) {
    return new WorkerCommand(mainClass, newClassPath, options);
  }

  /** A process that is not started yet, with that much heap. */
  ProcessBuilder process(long heapBytes) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(heapBytes));
    // Relative paths mean the same there, and their names in messages are as they were given.
    builder.directory(Path.of("").toAbsolutePath().toFile());
    // Meant for the host: an agent or a debugger's port of its own would end the worker.
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    // One worker is one core: OpenBLAS would start a thread for each core in each worker.
    builder.environment().putIfAbsent("OPENBLAS_NUM_THREADS", "1");
    builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
    return builder;
  }

  private List<String> command(long heapBytes) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", isWindows() ? "java.exe" : "java");
    if (!Files.isExecutable(java)) {
      throw new IOException("there is no program " + java);
    }
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-Xmx" + Math.max(1, heapBytes >> 20) + "m");
    command.add("-XX:+UseSerialGC"); // one core, and the smallest of the collectors
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-UsePerfData"); // files in the temporary folder
    // Nearly all of the work is native: compiling Java better costs the other workers more.
    command.add("-XX:TieredStopAtLevel=1");
    // What the JVM says goes where it is read, and no file is left of a crash: it holds memory.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + (isWindows() ? "NUL" : "/dev/null"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.awt.headless=true");
    System.getProperties()
        .forEach(
            (name, value) -> {
              if (isForWorkers(String.valueOf(name))) {
                command.add("-D" + name + "=" + value);
              }
            });
    command.addAll(options);
    command.add("-cp");
    command.add(joined(classPath.isEmpty() ? hostsClassPath() : strings(classPath)));
    command.add(mainClass);
    return command;
  }

  /** Where native libraries are unpacked and found. */
  private static boolean isForWorkers(String property) {
    return property.equals("java.io.tmpdir")
        || property.equals("java.library.path")
        || property.startsWith("jna.")
        || property.startsWith("org.bytedeco.");
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  private static Set<String> strings(List<Path> paths) {
    Set<String> strings = new LinkedHashSet<>();
    paths.forEach(path -> strings.add(path.toString()));
    return strings;
  }

  private static String joined(Set<String> entries) {
    return String.join(File.pathSeparator, entries);
  }

  /** The host's class path, its module path, and where our own classes were loaded from. */
  private static Set<String> hostsClassPath() throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    for (String path : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      if (!path.isEmpty()) {
        entries.add(path);
      }
    }
    for (String path : System.getProperty("jdk.module.path", "").split(File.pathSeparator, -1)) {
      addModules(path, entries);
    }
    CodeSource source = WorkerCommand.class.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location != null && location.getProtocol().equals("file")) {
      try {
        entries.add(Path.of(location.toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IOException("a class path entry has no usable name", e);
      }
    }
    return entries;
  }

  private static void addModules(String path, Set<String> entries) throws IOException {
    if (path.isEmpty()) {
      return;
    }
    Path folder = Path.of(path);
    entries.add(path);
    if (Files.isDirectory(folder) && !Files.exists(folder.resolve("module-info.class"))) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
        jars.forEach(jar -> entries.add(jar.toString()));
      }
    }
  }
}

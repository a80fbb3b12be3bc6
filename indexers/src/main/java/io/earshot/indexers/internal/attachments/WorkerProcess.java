package io.earshot.indexers.internal.attachments;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.tika.parser.AutoDetectParser;
import org.jspecify.annotations.Nullable;

/**
 * A running {@link AttachmentWorker}, with the limits that hold for it.
 *
 * <p>Not thread-safe, but {@link #close()} may be called by any thread.
 */
public final class WorkerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** Tika spools to temporary files: kept in memory where the system has a file system for it. */
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private static final long MIN_SHARED_MEMORY = 256L << 20;

  private final Process process;
  private final Path temporary;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final ScheduledExecutorService clock;
  private volatile boolean timedOut;

  /**
   * Starts a process and waits until it is ready.
   *
   * @param heapBytes most heap it may use
   * @param clock runs what ends it when it takes too long
   * @throws IOException if it cannot be started
   */
  public WorkerProcess(long heapBytes, ScheduledExecutorService clock) throws IOException {
    this.clock = clock;
    temporary = temporaryFolder();
    try {
      process =
          new ProcessBuilder(command(heapBytes, temporary))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      delete(temporary);
      throw e;
    }
    in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    ScheduledFuture<?> limit = killAfter(START_LIMIT);
    try {
      if (in.readInt() != AttachmentWorker.HELLO) {
        throw new IOException("the attachment process speaks another language");
      }
    } catch (IOException e) {
      close();
      throw new IOException("the attachment process did not start", e);
    } finally {
      limit.cancel(false);
    }
  }

  /**
   * What the process made of a file.
   *
   * @param ok whether the text is the file's; else it says what went wrong
   * @param cut whether the file holds more words than that
   * @param broken whether the file broke off after these words
   * @param text the words, or what went wrong
   */
  public record Answer(boolean ok, boolean cut, boolean broken, String text) {}

  /**
   * Has a file read.
   *
   * @throws WorkerLostException if it took longer than that, or the process ended; this object is
   *     of no use any more
   */
  public Answer read(byte[] content, String name, String mediaType, int maxChars, Duration timeout)
      throws WorkerLostException {
    ScheduledFuture<?> limit = killAfter(timeout);
    try {
      out.writeUTF(shortened(name));
      out.writeUTF(shortened(mediaType));
      out.writeInt(maxChars);
      out.writeInt(content.length);
      out.write(content);
      out.flush();
      byte status = in.readByte();
      int length = in.readInt();
      if (status < AttachmentWorker.OK
          || status > AttachmentWorker.PARTIAL
          || length < 0
          || length > 4L * maxChars + 1000) {
        throw new IOException("garbage");
      }
      String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      return new Answer(
          status != AttachmentWorker.FAILED,
          status == AttachmentWorker.CUT,
          status == AttachmentWorker.PARTIAL,
          text);
    } catch (IOException e) {
      close();
      throw new WorkerLostException(timedOut);
    } finally {
      limit.cancel(false);
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), 255));
  }

  private ScheduledFuture<?> killAfter(Duration time) {
    return clock.schedule(
        () -> {
          timedOut = true;
          process.destroyForcibly();
        },
        time.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Ends the process and removes its temporary files; a second call does nothing. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      // Its files can only be removed for good when it cannot write them any more.
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delete(temporary);
  }

  private static List<String> command(long heapBytes, Path temporary) throws IOException {
    boolean windows = File.separatorChar == '\\';
    Path java = Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-Xmx" + Math.max(1, heapBytes >> 20) + "m");
    command.add("-Xss1m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    // A crash would otherwise leave the file's words behind on the disk.
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + temporary.resolve("crash.log"));
    command.add("-Djava.awt.headless=true");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-cp");
    command.add(classPath());
    command.add(AttachmentWorker.class.getName());
    return command;
  }

  /** The host's class path, its module path, and where the classes needed were loaded from. */
  private static String classPath() throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    for (String path : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      if (!path.isEmpty()) {
        entries.add(path);
      }
    }
    for (String path : System.getProperty("jdk.module.path", "").split(File.pathSeparator, -1)) {
      addModules(path, entries);
    }
    for (Class<?> needed : List.of(AttachmentWorker.class, AutoDetectParser.class)) {
      CodeSource source = needed.getProtectionDomain().getCodeSource();
      URL location = source == null ? null : source.getLocation();
      if (location != null && location.getProtocol().equals("file")) {
        try {
          entries.add(Path.of(location.toURI()).toString());
        } catch (URISyntaxException e) {
          throw new IOException("a class path entry has no usable name", e);
        }
      }
    }
    return String.join(File.pathSeparator, entries);
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

  private static Path temporaryFolder() throws IOException {
    try {
      if (Files.isWritable(SHARED_MEMORY)
          && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= MIN_SHARED_MEMORY) {
        return Files.createTempDirectory(SHARED_MEMORY, "earshot-attachments-");
      }
    } catch (IOException | SecurityException e) {
      // The ordinary place will do.
    }
    return Files.createTempDirectory("earshot-attachments-");
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException | UncheckedIOException e) {
      // Gone already, or held by a dying process: the system's own clean-up takes it.
    }
  }
}

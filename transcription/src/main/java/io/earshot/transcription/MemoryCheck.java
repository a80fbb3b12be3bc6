package io.earshot.transcription;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Compares the memory that a model needs with what is there, before it is loaded: else the kernel
 * may end the whole process, or the machine may come to a stand.
 *
 * <p>What is needed is an estimate, from the size of the files that Vosk loads. Few have reported
 * figures, and they give the size of the download; it is taken for two thirds of that of the files,
 * as it is of the tiny model's:
 *
 * <ol>
 *   <li>Without a neural language model: about 4 GB for a download of 1.4 GB (vosk-api #278).
 *   <li>With one: 16 GB asked for 1.9 GB (vosk-api #779), 12 GB too little and 14 GB enough for 1.5
 *       GB (vosk-server #153), 13 GB seen with 1.8 GB (mp4grep #23). Vosk makes a table of all
 *       words of it, twice for a while.
 * </ol>
 *
 * <p>What is there: on Linux what the kernel calls available, without swap, or what the limits of
 * the control groups leave, if that is less. On Windows free memory and free swap. Elsewhere all
 * the memory that is built in, since what is free there is mostly cache and nobody tells how much.
 *
 * <p>Immutable.
 */
final class MemoryCheck {
  /** How the files of a version of control groups are called. */
  private record Version(String limit, String used, String inactiveFile, String activeFile) {}

  private static final Version VERSION_1 =
      new Version(
          "memory.limit_in_bytes",
          "memory.usage_in_bytes",
          "total_inactive_file",
          "total_active_file");
  private static final Version VERSION_2 =
      new Version("memory.max", "memory.current", "inactive_file", "active_file");

  /** Models that need less are loaded without a look. */
  private static final long SMALL_BYTES = 256L * 1_024 * 1_024;

  /** Memory for each byte of the files; see the class for where this is from. */
  private static final int FACTOR = 2;

  private static final int FACTOR_WITH_RNNLM = 5;

  /** Without a limit, version 1 of control groups says the greatest number of whole pages. */
  private static final long NO_LIMIT = Long.MAX_VALUE / 2;

  private final Path root;
  private final Supplier<OptionalLong> elsewhere;

  /**
   * For tests.
   *
   * @param root where Linux's {@code proc} and {@code sys} lie
   * @param elsewhere the memory that is there if they do not
   */
  MemoryCheck(Path root, Supplier<OptionalLong> elsewhere) {
    this.root = root;
    this.elsewhere = elsewhere;
  }

  static MemoryCheck ofThisMachine() {
    return new MemoryCheck(Path.of("/"), MemoryCheck::ofOperatingSystem);
  }

  /**
   * Memory that is there.
   *
   * @param bytes how much, if that is known
   * @param limited whether a control group's limit says so
   */
  record Available(OptionalLong bytes, boolean limited) {}

  /** An estimate of the memory that Vosk takes for a model, in bytes. */
  static long needed(ModelFolder model) {
    return model.fileBytes() * (model.rnnlm() ? FACTOR_WITH_RNNLM : FACTOR);
  }

  /**
   * Refuses a model that does not fit.
   *
   * @throws SpeechModelException with what is needed, what is there, and what to do
   */
  void check(ModelFolder model) throws SpeechModelException {
    long needed = needed(model);
    if (needed <= SMALL_BYTES) {
      return;
    }
    Available available = available();
    if (available.bytes.isPresent() && needed > available.bytes.getAsLong()) {
      throw new SpeechModelException(
          "EARSHOT-229: the model in "
              + model.path()
              + " needs about "
              + gigabytes(needed)
              + " of memory, and "
              + there(available)
              + ". Take a smaller model, or "
              + (available.limited ? "raise the limit" : "a machine with more")
              + (model.rnnlm()
                  ? ", or delete its folder rnnlm, which takes most and saves about one error in"
                      + " twenty"
                  : "")
              + ". If you know better, load it with checkMemory(false), on the command line with"
              + " --no-memory-check.");
    }
  }

  private static String there(Available available) {
    String bytes = gigabytes(available.bytes.orElse(0));
    return available.limited
        ? "the limit of this container or service leaves " + bytes
        : "this machine has " + bytes + " available";
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  Available available() {
    OptionalLong machine = valueOf("MemAvailable:", root.resolve("proc/meminfo"));
    if (machine.isEmpty()) {
      return new Available(elsewhere.get(), false);
    }
    long bytes = machine.getAsLong() * 1_024;
    long limit = leftByControlGroups();
    return limit < bytes
        ? new Available(OptionalLong.of(limit), true)
        : new Available(OptionalLong.of(bytes), false);
  }

  /** What the tightest limit leaves: a group's own, or that of a group it is in. */
  private long leftByControlGroups() {
    long least = Long.MAX_VALUE;
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      List<String> parts = List.of(line.split(":", 3));
      if (parts.size() == 3 && parts.get(1).isEmpty()) {
        least = Math.min(least, left(root.resolve("sys/fs/cgroup"), parts.get(2), VERSION_2));
      } else if (parts.size() == 3 && List.of(parts.get(1).split(",")).contains("memory")) {
        least =
            Math.min(least, left(root.resolve("sys/fs/cgroup/memory"), parts.get(2), VERSION_1));
      }
    }
    return least;
  }

  private static long left(Path top, String group, Version version) {
    long least = Long.MAX_VALUE;
    Path folder = top.resolve(group.replaceFirst("^/+", "")).normalize();
    for (Path each = folder; each != null && each.startsWith(top); each = each.getParent()) {
      OptionalLong limit = number(each.resolve(version.limit));
      OptionalLong used = number(each.resolve(version.used));
      if (limit.isPresent() && used.isPresent() && limit.getAsLong() < NO_LIMIT) {
        Path figures = each.resolve("memory.stat");
        long cached =
            valueOf(version.inactiveFile, figures).orElse(0)
                + valueOf(version.activeFile, figures).orElse(0);
        long left = limit.getAsLong() - Math.max(0, used.getAsLong() - cached);
        least = Math.min(least, Math.max(0, left));
      }
    }
    return least;
  }

  /** The number behind a name at the beginning of a line. */
  private static OptionalLong valueOf(String name, Path file) {
    for (String line : lines(file)) {
      List<String> words = List.of(line.strip().split("\\s+"));
      if (words.size() > 1 && words.getFirst().equals(name)) {
        return number(words.get(1));
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong number(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? OptionalLong.empty() : number(lines.getFirst().strip());
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) { // "max", or nothing
      return OptionalLong.empty();
    }
  }

  /** None of a file that is not there or may not be read. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static OptionalLong ofOperatingSystem() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      boolean windows = System.getProperty("os.name", "").startsWith("Windows");
      return OptionalLong.of(
          windows
              ? system.getFreeMemorySize() + system.getFreeSwapSpaceSize()
              : system.getTotalMemorySize());
    }
    return OptionalLong.empty();
  }
}

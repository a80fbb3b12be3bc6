package io.earshot.transcription;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What the operating system tells of memory. Linux tells it in files; of others nothing is known.
 */
final class SystemMemory {
  private SystemMemory() {}

  /** Resident memory of a process in bytes. */
  static OptionalLong residentBytes(long pid) {
    return kilobytes(Path.of("/proc/" + pid + "/status"), "VmRSS:");
  }

  /** Memory that a new process can have in bytes, without anything being swapped. */
  static OptionalLong availableBytes() {
    return kilobytes(Path.of("/proc/meminfo"), "MemAvailable:");
  }

  private static OptionalLong kilobytes(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(name)) {
          String digits = line.substring(name.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(digits) << 10);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // no Linux, or the process has ended
    }
    return OptionalLong.empty();
  }
}

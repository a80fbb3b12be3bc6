package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes: what it said was committed is there, and the index is whole. */
class CrashTest {
  @TempDir private Path folder;

  /** The process that is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      InteractionIndex index = InteractionIndex.open(Path.of(args[0]));
      for (int i = 0; ; i++) {
        index.add(chat("" + i, "c-" + i % 7, MAY, "kettle number " + i));
        index.add(chat("rewritten", "c-1", MAY, "kettle number " + i));
        if (i % 10 == 9) {
          index.commit();
          System.out.println(i + 1); // these are promised
        }
      }
    }
  }

  @RepeatedTest(3)
  void commit_processKilledLater_nothingAcknowledgedIsLost() throws Exception {
    long seed = Long.getLong("test.seed", System.nanoTime());
    int enough = 20 + new Random(seed).nextInt(400);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int promised = 0;

    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine();
          line != null && promised < enough;
          line = lines.readLine()) {
        promised = Integer.parseInt(line);
      }
      process.destroyForcibly().waitFor();
    }

    assertThat(promised).as("rerun with -Dtest.seed=%d", seed).isGreaterThanOrEqualTo(enough);
    assertThat(InteractionIndex.check(folder).problems()).isEmpty();
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      for (int i = 0; i < promised; i++) {
        assertThat(index.get("" + i)).as("number %d, seed %d", i, seed).isPresent();
      }
      assertThat(index.everyone().search("\"kettle number\"").total())
          .isEqualTo(index.size())
          .isGreaterThan(promised);
      index.add(chat("after", "c-1", MAY, "kettle"));
      assertThat(index.get("after")).isPresent();
    }
  }
}

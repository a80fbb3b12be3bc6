package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MemoryCheckTest {
  private static final long GB = 1_000_000_000;

  /** The top of a file system with Linux's files about memory. */
  @TempDir private Path root;

  @TempDir private Path folder;

  private MemoryCheck check;

  @BeforeEach
  void machineWithEightGigabytesFree() throws IOException {
    check = new MemoryCheck(root, OptionalLong::empty);
    write("proc/meminfo", "MemTotal: 16000000 kB\nMemFree: 1000 kB\nMemAvailable: 8000000 kB\n");
    write("proc/self/cgroup", "0::/\n");
  }

  private void write(String name, String text) throws IOException {
    TestModels.write(root, name, text);
  }

  private static ModelFolder model(long fileBytes, boolean rnnlm) {
    return new ModelFolder(
        Path.of("models", "vosk-model-xx"), 16_000, 0.03, false, rnnlm, fileBytes);
  }

  @Test
  void available_linux_whatTheKernelSays() throws IOException {
    assertThat(check.available().bytes()).hasValue(8_000_000L * 1_024);
  }

  @Test
  void available_controlGroupVersion2_itsLimitLessWhatCannotBeGivenBack() throws IOException {
    write("proc/self/cgroup", "0::/kubepods/pod1\n");
    write("sys/fs/cgroup/kubepods/pod1/memory.max", "4000000000\n");
    write("sys/fs/cgroup/kubepods/pod1/memory.current", "2500000000\n");
    write(
        "sys/fs/cgroup/kubepods/pod1/memory.stat",
        "anon 1\nfile 9\ninactive_file 700000000\nactive_file 300000000\n");

    assertThat(check.available().bytes()).hasValue(2_500_000_000L);
  }

  @Test
  void available_parentsLimitIsTighter_thatCounts() throws IOException {
    write("proc/self/cgroup", "0::/a/b\n");
    write("sys/fs/cgroup/a/b/memory.max", "max\n");
    write("sys/fs/cgroup/a/b/memory.current", "5\n");
    write("sys/fs/cgroup/a/memory.max", "3000000000\n");
    write("sys/fs/cgroup/a/memory.current", "1000000000\n");

    assertThat(check.available().bytes()).hasValue(2_000_000_000L);
  }

  @Test
  void available_containerThatSeesOnlyItsOwnGroup_itsLimit() throws IOException {
    write("proc/self/cgroup", "0::/docker/0123abcd\n"); // a path of the host
    write("sys/fs/cgroup/memory.max", "2000000000\n");
    write("sys/fs/cgroup/memory.current", "500000000\n");

    assertThat(check.available().bytes()).hasValue(1_500_000_000L);
  }

  @Test
  void available_controlGroupVersion1_itsLimit() throws IOException {
    write("proc/self/cgroup", "12:cpu,cpuacct:/x\n5:memory:/docker/0123abcd\n0::/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "2000000000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1900000000\n");
    write(
        "sys/fs/cgroup/memory/memory.stat",
        "total_inactive_file 300000000\ntotal_active_file 100000000\n");

    assertThat(check.available().bytes()).hasValue(500_000_000L);
  }

  @Test
  void available_moreUsedThanAllowed_nothing() throws IOException {
    write("sys/fs/cgroup/memory.max", "1000\n");
    write("sys/fs/cgroup/memory.current", "2000\n");

    assertThat(check.available().bytes()).hasValue(0);
  }

  @Test
  void available_noLimitOfVersion1_notTakenForOne() throws IOException {
    write("proc/self/cgroup", "5:memory:/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1\n");

    assertThat(check.available().bytes()).hasValue(8_000_000L * 1_024);
  }

  @Test
  void available_filesThatSayNothing_passedOver() throws IOException {
    write("proc/meminfo", "MemAvailable: lots kB\n");
    write("proc/self/cgroup", "nonsense\n0::\n");
    write("sys/fs/cgroup/memory.max", "\n");

    assertThat(check.available().bytes()).isEmpty();
  }

  @Test
  void available_noLinux_whatTheSystemSays() throws IOException {
    MemoryCheck elsewhere = new MemoryCheck(root.resolve("nothing"), () -> OptionalLong.of(5 * GB));

    assertThat(elsewhere.available().bytes()).hasValue(5 * GB);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC, OS.WINDOWS})
  void available_thisMachine_something() throws IOException {
    assertThat(MemoryCheck.ofThisMachine().available().bytes().orElseThrow()).isPositive();
  }

  @Test
  void needed_filesTimesTheFactor() {
    assertThat(MemoryCheck.needed(model(GB, false))).isEqualTo(2 * GB);
    assertThat(MemoryCheck.needed(model(GB, true))).isEqualTo(5 * GB);
  }

  @Test
  void check_fits_accepted() {
    assertThatCode(() -> check.check(model(4 * GB, false))).doesNotThrowAnyException();
  }

  @Test
  void check_doesNotFit_saysHowMuchIsNeededAndThere() {
    assertThatThrownBy(() -> check.check(model(5 * GB, false)))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith(
            "EARSHOT-229: the model in "
                + Path.of("models", "vosk-model-xx")
                + " needs about 10.0 GB of memory, and this machine has 8.2 GB available.")
        .hasMessageContaining("Take a smaller model, or ")
        .hasMessageContaining("checkMemory(false)")
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("rnnlm"));
  }

  @Test
  void check_withNeuralLanguageModel_saysThatItMayBeDeleted() {
    assertThatThrownBy(() -> check.check(model(2 * GB, true)))
        .hasMessageContaining("needs about 10.0 GB")
        .hasMessageContaining("delete its folder rnnlm");
  }

  @Test
  void check_limitOfAControlGroup_namedAsSuch() throws IOException {
    write("sys/fs/cgroup/memory.max", "1000000000\n");
    write("sys/fs/cgroup/memory.current", "0\n");

    assertThatThrownBy(() -> check.check(model(GB, false)))
        .hasMessageContaining(
            "needs about 2.0 GB of memory, and the limit of this container or service leaves 1.0"
                + " GB.");
  }

  @Test
  void check_smallModel_neverRefused() throws IOException {
    write("proc/meminfo", "MemAvailable: 0 kB\n");

    assertThatCode(() -> check.check(model(100_000_000, false))).doesNotThrowAnyException();
  }

  @Test
  void check_nobodyKnowsWhatIsThere_accepted() {
    MemoryCheck blind = new MemoryCheck(root.resolve("nothing"), OptionalLong::empty);

    assertThatCode(() -> blind.check(model(100 * GB, true))).doesNotThrowAnyException();
  }

  @Test
  void open_doesNotFit_refusedUnlessToldNotToCheck() throws IOException {
    write("proc/meminfo", "MemAvailable: 100000 kB\n");
    TestModels.writeBig(folder);
    try (var large = new RandomAccessFile(folder.resolve("am/final.mdl").toFile(), "rw")) {
      large.setLength(GB); // takes no room on the disk
    }

    assertThatThrownBy(() -> builder().open())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-229");
    try (VoskTranscriber opened = builder().checkMemory(false).open()) {
      assertThat(opened.model()).isEqualTo(folder.getFileName().toString());
    }
  }

  private VoskTranscriber.Builder builder() {
    return VoskTranscriber.builder().model(folder).memory(check).vosk(new FakeVosk());
  }

  @Test
  void open_tinyModel_fitsHere() throws IOException {
    assertThat(Files.exists(TestCalls.MODEL)).isTrue();
    assertThatCode(() -> MemoryCheck.ofThisMachine().check(ModelFolder.check(TestCalls.MODEL)))
        .doesNotThrowAnyException();
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkerFrameTest {
  private static byte[] bytes(WorkerFrame frame) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    frame.write(out);
    return out.toByteArray();
  }

  private static WorkerFrame read(byte[] bytes) throws IOException {
    return WorkerFrame.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static WorkerFrame sent(WorkerFrame frame) throws IOException {
    return read(bytes(frame));
  }

  @Test
  void settings_sent_theSame() throws IOException {
    EngineSettings plain =
        new EngineSettings(
            Path.of("models/tiny"), Optional.empty(), true, OptionalInt.empty(), List.of(), true);
    EngineSettings all =
        new EngineSettings(
            Path.of("/модель"),
            Optional.of(Path.of("speakers")),
            false,
            OptionalInt.of(1),
            List.of("Earshot", "kettle two thousand"),
            false);

    assertThat(sent(WorkerFrame.settings(plain)).settings()).isEqualTo(plain);
    assertThat(sent(WorkerFrame.settings(all)).settings()).isEqualTo(all);
  }

  @Test
  void messages_sent_theSame() throws IOException {
    WorkerFrame.Ready ready = new WorkerFrame.Ready("vosk", "0.3.45", "tiny");
    WorkerFrame.Job job = new WorkerFrame.Job(7, Path.of("a folder", "звонок.wav"));
    WorkerFrame.Progress progress = new WorkerFrame.Progress(1_200, 34_333);
    Transcript transcript = Transcript.builder("звонок.wav").durationMs(9).build();

    assertThat(sent(WorkerFrame.ready(ready)).ready()).isEqualTo(ready);
    assertThat(sent(WorkerFrame.job(job)).job()).isEqualTo(job);
    assertThat(sent(WorkerFrame.cancel(7)).cancelledNumber()).isEqualTo(7);
    assertThat(sent(WorkerFrame.progress(progress)).progress()).isEqualTo(progress);
    assertThat(sent(WorkerFrame.result(transcript)).result()).isEqualTo(transcript);
    assertThat(sent(WorkerFrame.cancelled()).kind()).isEqualTo(WorkerFrame.Kind.CANCELLED);
  }

  @Test
  void error_sent_theSameExceptionWithItsMessage() throws IOException {
    for (Exception error :
        List.of(
            new AudioFormatException("EARSHOT-202: cannot decode a.wav: it looks like text"),
            new SpeechModelException("EARSHOT-207: cannot load"),
            new TranscriptionException("EARSHOT-236: failed"),
            new NoSuchFileException("a.wav"),
            new AccessDeniedException("a.wav", null, "not yours"),
            new FileSystemException("a.wav", "b.wav", "too far away"),
            new IOException("EARSHOT-203: cannot read a.wav"))) {
      Exception arrived = sent(WorkerFrame.error(error)).error();

      assertThat(arrived).hasSameClassAs(error).hasMessage(error.getMessage());
      if (error instanceof FileSystemException file) {
        assertThat(((FileSystemException) arrived).getFile()).isEqualTo(file.getFile());
        assertThat(((FileSystemException) arrived).getReason()).isEqualTo(file.getReason());
      }
    }
    assertThat(sent(WorkerFrame.error(new StackOverflowError())).error())
        .isInstanceOf(WorkerFrame.FailureException.class)
        .hasMessage("java.lang.StackOverflowError");
  }

  @Test
  void read_cutAnywhere_theOtherSideHasGone() throws IOException {
    byte[] whole = bytes(WorkerFrame.ready(new WorkerFrame.Ready("vosk", "1", "tiny")));

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void read_printedAmongMessages_breach() {
    assertThatThrownBy(() -> read("LOG (VoskAPI) all is well".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WorkerFrame.BreachException.class)
        .hasMessageContaining("4c4f4720");
  }

  @Test
  void read_anyBytesWithinAMessage_exceptionAndNoLargeMemory() throws IOException {
    long seed = Long.getLong("test.seed", System.nanoTime());
    Random random = new Random(seed);
    List<WorkerFrame> frames =
        List.of(
            WorkerFrame.ready(new WorkerFrame.Ready("vosk", "1", "tiny")),
            WorkerFrame.error(new AccessDeniedException("a.wav", null, "not yours")),
            WorkerFrame.result(Transcript.builder("a.wav").build()));
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = bytes(frames.get(i % frames.size()));
      bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
      try {
        WorkerFrame frame = read(bytes);
        switch (frame.kind()) {
          case READY -> frame.ready();
          case ERROR -> frame.error();
          case RESULT -> frame.result();
          case SETTINGS -> frame.settings();
          case JOB -> frame.job();
          case PROGRESS -> frame.progress();
          case CANCEL -> frame.cancelledNumber();
          case CANCELLED -> {}
        }
      } catch (IOException e) {
        // BreachException or the end: what is to be
      } catch (RuntimeException e) {
        throw new AssertionError("rerun with -Dtest.seed=" + seed, e);
      }
    }
  }
}

package io.earshot.transcription;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker that goes wrong in the way that a recording's name says, half a second into it. All
 * other recordings it transcribes as a worker does.
 */
final class FaultyWorker {
  /** A file: a line is added for each start, and the process dies if its first line is "die". */
  static final String STARTS = "earshot.test.starts";

  private final OutputStream out;
  private final Transcriber real;
  private final List<Object> kept = new ArrayList<>();

  private FaultyWorker(OutputStream out, Transcriber real) {
    this.out = out;
    this.real = real;
  }

  static WorkerCommand command(String... options) {
    return new WorkerCommand(FaultyWorker.class.getName(), List.of(), List.of(options));
  }

  public static void main(String[] arguments) {
    OutputStream out = TranscriptionWorker.takeStandardOutput();
    TranscriptionWorker.serve(
        out,
        settings -> {
          start();
          FaultyWorker faulty =
              new FaultyWorker(out, VoskTranscriber.builder().settings(settings).open());
          return new Faulty(faulty);
        });
  }

  private static void start() throws IOException {
    String starts = System.getProperty(STARTS);
    if (starts != null) {
      Path file = Path.of(starts);
      Files.writeString(file, "started\n", StandardOpenOption.APPEND);
      List<String> lines = Files.readAllLines(file);
      boolean isFirst = lines.size() == 2;
      if (lines.getFirst().equals("die") || (isFirst && lines.getFirst().equals("die once"))) {
        Runtime.getRuntime().halt(9);
      }
    }
  }

  /** Does what the recording's name says; returns if that is nothing. */
  private void go(Path audio, TranscriptionProgress progress) {
    String fault = audio.getFileName().toString().replaceFirst("[-.].*", "");
    try {
      switch (fault) {
        case "abort" -> signal("ABRT");
        case "kill" -> signal("KILL");
        case "segv" -> kept.add(new Pointer(16).getInt(0));
        case "exit" -> Runtime.getRuntime().halt(7);
        case "hang" -> Thread.sleep(Long.MAX_VALUE);
        case "endless" -> endless(progress);
        case "heap" -> heap();
        case "grow" -> grow();
        case "leak" -> leak();
        case "garbage" -> write("What a nice day it is.".getBytes(StandardCharsets.UTF_8));
        case "partial" -> partial();
        case "prints" -> print();
        case "bug" -> throw new IllegalStateException("a bug");
        case "once" -> once(audio);
        default -> {}
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void endless(TranscriptionProgress progress) throws InterruptedException {
    for (long ms = 1_000; ms < Long.MAX_VALUE; ms++) {
      progress.at(ms, 0);
      Thread.sleep(1);
    }
  }

  private void heap() {
    while (true) {
      kept.add(new byte[8 << 20]);
    }
  }

  private void grow() throws InterruptedException {
    while (true) {
      leak();
      Thread.sleep(20);
    }
  }

  private void leak() {
    Memory memory = new Memory(32 << 20);
    memory.setMemory(0, memory.size(), (byte) 1);
    kept.add(memory);
  }

  private void partial() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    WorkerFrame.progress(new WorkerFrame.Progress(1, 1)).write(whole);
    write(whole.toByteArray(), 12);
    Runtime.getRuntime().halt(1);
  }

  private void write(byte[] bytes) throws IOException, InterruptedException {
    write(bytes, bytes.length);
    Thread.sleep(Long.MAX_VALUE);
  }

  private void write(byte[] bytes, int length) throws IOException {
    synchronized (out) {
      out.write(bytes, 0, length);
      out.flush();
    }
  }

  /** As a library does, in Java and in C. */
  private static void print() {
    System.out.println("Java prints to standard output");
    Function puts = NativeLibrary.getProcess().getFunction("puts");
    puts.invokeInt(new Object[] {"C prints to standard output"});
    NativeLibrary.getProcess().getFunction("fflush").invokeInt(new Object[] {Pointer.NULL});
  }

  private static void once(Path audio) throws IOException {
    Path mark = audio.resolveSibling(audio.getFileName() + ".tried");
    if (!Files.exists(mark)) {
      Files.createFile(mark);
      Runtime.getRuntime().halt(1);
    }
  }

  private record Faulty(FaultyWorker worker) implements Transcriber {
    @Override
    public String engine() {
      return worker.real.engine();
    }

    @Override
    public String version() {
      return worker.real.version();
    }

    @Override
    public String model() {
      return worker.real.model();
    }

    @Override
    public Transcript transcribe(Path audio, TranscriptionProgress progress) throws IOException {
      boolean[] gone = new boolean[1];
      return worker.real.transcribe(
          audio,
          (doneMs, totalMs) -> {
            progress.at(doneMs, totalMs);
            if (!gone[0] && doneMs >= 500) {
              gone[0] = true;
              worker.go(audio, progress);
            }
          });
    }

    @Override
    public void close() {
      worker.real.close();
    }
  }
}

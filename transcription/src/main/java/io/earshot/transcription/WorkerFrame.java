package io.earshot.transcription;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One message between a host and its worker process.
 *
 * <p>On the wire: the int {@link #MAGIC}, whose last byte is the protocol's version, a byte for the
 * kind, the payload's length as an int, and the payload; in the form of {@link java.io.DataOutput}.
 *
 * <p>The worker reads hostile files with native code, so nothing that it sends is trusted: no Java
 * serialisation, and a length is only believed as far as bytes arrive.
 *
 * <ol>
 *   <li>The host sends {@link Kind#SETTINGS}; the worker loads the model and answers {@link
 *       Kind#READY}, or {@link Kind#ERROR} and ends.
 *   <li>The host sends {@link Kind#JOB}; the worker tells {@link Kind#PROGRESS} and ends with
 *       {@link Kind#RESULT}, {@link Kind#ERROR} or, after {@link Kind#CANCEL}, {@link
 *       Kind#CANCELLED}. Then the next.
 *   <li>The worker ends when its standard input does.
 * </ol>
 */
// Handed from one thread to another and never compared.
@SuppressWarnings("ArrayRecordComponent")
record WorkerFrame(Kind kind, byte[] payload) {
  private static final int MAGIC = 0x4541_5201;
  private static final int MAX_LENGTH = 1 << 30;
  private static final int MAX_TEXT_BYTES = 1 << 20;

  /** What a message is. */
  enum Kind {
    SETTINGS('S'),
    JOB('J'),
    CANCEL('C'),
    READY('R'),
    PROGRESS('P'),
    RESULT('T'),
    CANCELLED('X'),
    ERROR('E');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    static Optional<Kind> of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /** Bytes that are no message: something printed among them, or an error of ours. */
  static final class BreachException extends IOException {
    private static final long serialVersionUID = 1L;

    BreachException(String message) {
      super(message);
    }
  }

  /**
   * Reads the next one.
   *
   * @throws BreachException if what arrives is none
   * @throws EOFException if the other side has gone
   */
  static WorkerFrame read(DataInputStream in) throws IOException {
    int magic = in.readInt();
    int code = in.readUnsignedByte();
    int length = in.readInt();
    Optional<Kind> kind = Kind.of(code);
    if (magic != MAGIC || kind.isEmpty() || length < 0 || length > MAX_LENGTH) {
      throw new BreachException("%08x %02x %08x is no message".formatted(magic, code, length));
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException();
    }
    return new WorkerFrame(kind.get(), payload);
  }

  /** Writes this, and flushes. Whoever shares the stream between threads locks it. */
  void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(MAGIC);
    data.writeByte(kind.code);
    data.writeInt(payload.length);
    data.write(payload);
    data.flush();
  }

  /** Reads a payload. */
  interface Reading<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** Writes a payload. */
  private interface Writing {
    void write(DataOutputStream out) throws IOException;
  }

  private static WorkerFrame of(Kind kind, Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return new WorkerFrame(kind, bytes.toByteArray());
  }

  private <T> T read(Reading<T> reading) throws IOException {
    InputStream bytes = new ByteArrayInputStream(payload);
    try {
      T value = reading.read(new DataInputStream(bytes));
      if (bytes.available() == 0) {
        return value;
      }
    } catch (EOFException | IllegalArgumentException e) {
      throw new BreachException("a message of the kind %s is broken: %s".formatted(kind, e));
    }
    throw new BreachException("a message of the kind %s is too long".formatted(kind));
  }

  static WorkerFrame settings(EngineSettings settings) {
    return of(
        Kind.SETTINGS,
        out -> {
          writeText(out, settings.model().toString());
          writeText(out, settings.speakerModel().map(Path::toString).orElse(""));
          out.writeBoolean(settings.skipsSilence());
          out.writeInt(settings.agentChannel().orElse(-1));
          out.writeInt(settings.vocabulary().size());
          for (String phrase : settings.vocabulary()) {
            writeText(out, phrase);
          }
          out.writeBoolean(settings.checksMemory());
        });
  }

  EngineSettings settings() throws IOException {
    return read(
        in -> {
          Path model = Path.of(readText(in));
          String speakerModel = readText(in);
          boolean skipsSilence = in.readBoolean();
          int agentChannel = in.readInt();
          List<String> vocabulary = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            vocabulary.add(readText(in));
          }
          return new EngineSettings(
              model,
              speakerModel.isEmpty() ? Optional.empty() : Optional.of(Path.of(speakerModel)),
              skipsSilence,
              agentChannel < 0 ? OptionalInt.empty() : OptionalInt.of(agentChannel),
              vocabulary,
              in.readBoolean());
        });
  }

  /**
   * What a worker says once it has loaded the model.
   *
   * @param engine the engine's name
   * @param version its version
   * @param model the model's name
   */
  record Ready(String engine, String version, String model) {}

  static WorkerFrame ready(Ready ready) {
    return of(
        Kind.READY,
        out -> {
          writeText(out, ready.engine);
          writeText(out, ready.version);
          writeText(out, ready.model);
        });
  }

  Ready ready() throws IOException {
    return read(in -> new Ready(readText(in), readText(in), readText(in)));
  }

  /**
   * A recording to transcribe.
   *
   * @param number counts them, so that a late {@link Kind#CANCEL} ends no other
   * @param audio the recording
   */
  record Job(long number, Path audio) {}

  static WorkerFrame job(Job job) {
    return of(
        Kind.JOB,
        out -> {
          out.writeLong(job.number);
          writeText(out, job.audio.toString());
        });
  }

  Job job() throws IOException {
    return read(in -> new Job(in.readLong(), Path.of(readText(in))));
  }

  static WorkerFrame cancel(long number) {
    return of(Kind.CANCEL, out -> out.writeLong(number));
  }

  long cancelledNumber() throws IOException {
    return read(DataInputStream::readLong);
  }

  /**
   * How far a recording is.
   *
   * @param doneMs milliseconds that were transcribed
   * @param totalMs its length as its header tells, 0 if it does not
   */
  record Progress(long doneMs, long totalMs) {}

  static WorkerFrame progress(Progress progress) {
    return of(
        Kind.PROGRESS,
        out -> {
          out.writeLong(progress.doneMs);
          out.writeLong(progress.totalMs);
        });
  }

  Progress progress() throws IOException {
    return read(in -> new Progress(in.readLong(), in.readLong()));
  }

  static WorkerFrame result(Transcript transcript) {
    return new WorkerFrame(
        Kind.RESULT, TranscriptFormat.JSON.format(transcript).getBytes(StandardCharsets.UTF_8));
  }

  Transcript result() throws IOException {
    try {
      return TranscriptJson.read(payload);
    } catch (IOException e) {
      throw new BreachException("a transcript is broken: " + e.getMessage());
    }
  }

  static WorkerFrame cancelled() {
    return of(Kind.CANCELLED, out -> {});
  }

  /** What went wrong with a recording, or with loading the model. */
  static WorkerFrame error(Throwable error) {
    return of(
        Kind.ERROR,
        out -> {
          String message = error.getMessage() == null ? error.toString() : error.getMessage();
          switch (error) {
            case AudioFormatException e -> writeTexts(out, "audio", message);
            case SpeechModelException e -> writeTexts(out, "model", message);
            case TranscriptionException e -> writeTexts(out, "transcription", message);
            case FileSystemException e ->
                writeTexts(
                    out,
                    fileProblem(e),
                    String.valueOf(e.getFile()),
                    e.getOtherFile() == null ? "" : e.getOtherFile(),
                    e.getReason() == null ? "" : e.getReason());
            case IOException e -> writeTexts(out, "io", message);
            default -> writeTexts(out, "failure", error.toString());
          }
        });
  }

  private static String fileProblem(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException none -> "no-file";
      case AccessDeniedException denied -> "denied";
      default -> "file";
    };
  }

  /** What went wrong, as the exception that it was; a failure of ours as a RuntimeException. */
  Exception error() throws IOException {
    return read(
        in -> {
          String kind = readText(in);
          String text = readText(in);
          return switch (kind) {
            case "audio" -> new AudioFormatException(text);
            case "model" -> new SpeechModelException(text);
            case "transcription" -> new TranscriptionException(text);
            case "no-file", "denied", "file" -> fileError(kind, text, in);
            case "io" -> new IOException(text);
            case "failure" -> new FailureException(text);
            default -> throw new BreachException("there is no error of the kind " + kind);
          };
        });
  }

  /** An exception in the worker that nobody expected: a fault of ours, or memory that is out. */
  static final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailureException(String message) {
      super(message);
    }
  }

  private static FileSystemException fileError(String kind, String file, DataInputStream in)
      throws IOException {
    String other = textOrNull(in);
    String why = textOrNull(in);
    return switch (kind) {
      case "no-file" -> new NoSuchFileException(file, other, why);
      case "denied" -> new AccessDeniedException(file, other, why);
      default -> new FileSystemException(file, other, why);
    };
  }

  private static @Nullable String textOrNull(DataInputStream in) throws IOException {
    String text = readText(in);
    return text.isEmpty() ? null : text;
  }

  private static void writeTexts(DataOutputStream out, String... texts) throws IOException {
    for (String text : texts) {
      writeText(out, text);
    }
  }

  /** Not writeUTF, which refuses long texts; UTF-16, since a file's name may be any. */
  private static void writeText(DataOutputStream out, String text) throws IOException {
    int length = Math.min(text.length(), MAX_TEXT_BYTES / 2);
    out.writeInt(length);
    out.writeChars(text.substring(0, length));
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_TEXT_BYTES / 2) {
      throw new BreachException("a text of %d characters is too long".formatted(length));
    }
    byte[] bytes = in.readNBytes(2 * length);
    if (bytes.length < 2 * length) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(bytes).asCharBuffer().toString(); // keeps what a charset would replace
  }
}

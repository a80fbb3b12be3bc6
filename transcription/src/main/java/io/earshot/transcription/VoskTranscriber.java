package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Pointer;
import io.earshot.written.WrittenForms;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Transcribes with Vosk, offline.
 *
 * <pre>{@code
 * try (Transcriber transcriber = VoskTranscriber.open(Path.of("models/vosk-model-en-us-0.22"))) {
 *   Transcript transcript = transcriber.transcribe(Path.of("call.wav"));
 * }
 * }</pre>
 *
 * <p>The channels of a recording are separate speakers. Which of two is the agent's is configured,
 * or guessed and marked as a guess. With any other number of channels, and where both carry the
 * same, roles are {@link SpeakerRole#UNKNOWN}.
 *
 * <p>What is silence, a tone or music is left out. Times are those of the recording all the same.
 *
 * <p>A word outside the model's vocabulary may come as {@code [unk]}: it stays among {@link
 * Utterance#words()}, and is left out of {@link Utterance#text()}.
 *
 * <p>Thread-safe: the model is loaded once and shared, a transcription runs in the calling thread
 * and uses one core. To use more, transcribe several recordings at a time.
 */
public final class VoskTranscriber implements Transcriber {
  /** The version of the library this is built with; it does not tell its own. */
  static final String VERSION = "0.3.45";

  private final ModelFolder folder;
  private final WrittenForms writtenForms;
  private final LoadedModel model;
  private final EngineSettings settings;

  /** Read by each transcription, written to close: so closing waits until none runs. */
  private final ReentrantReadWriteLock running = new ReentrantReadWriteLock();

  private volatile boolean closed;
  private boolean freed; // guarded by the write lock

  private VoskTranscriber(
      ModelFolder folder, EngineSettings settings, WrittenForms writtenForms, LoadedModel model) {
    this.folder = folder;
    this.settings = settings;
    this.writtenForms = writtenForms;
    this.model = model;
  }

  /**
   * Loads a model; texts show words as they were heard.
   *
   * @param modelFolder the folder that holds {@code am/}, {@code conf/} and {@code graph/}, or the
   *     older layout without these
   * @throws SpeechModelException if that is no Vosk model, naming what is missing; or Vosk does not
   *     exist for this platform
   * @throws IOException if it cannot be read
   */
  public static VoskTranscriber open(Path modelFolder) throws IOException {
    return builder().model(modelFolder).open();
  }

  /** For settings beyond the model. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String engine() {
    return "vosk";
  }

  @Override
  public String version() {
    return VERSION;
  }

  /** The name of the model's folder. */
  @Override
  public String model() {
    return folder.name();
  }

  /**
   * {@inheritDoc}
   *
   * <p>An exception thrown by {@code progress} ends the transcription and reaches the caller.
   *
   * @throws InterruptedIOException if the thread was interrupted before it began, which it stays
   */
  @Override
  public Transcript transcribe(Path audio, TranscriptionProgress progress) throws IOException {
    requireNonNull(audio, "audio");
    requireNonNull(progress, "progress");
    throwIfClosed(); // before the lock, so as not to wait for others to end
    running.readLock().lock();
    try {
      throwIfClosed();
      try (AudioDecoder decoder = AudioDecoder.open(audio, folder.sampleRateHz())) {
        return transcribe(audio, decoder, progress);
      } catch (ClosedByInterruptException e) {
        InterruptedIOException interrupted =
            new InterruptedIOException(
                "EARSHOT-238: the transcription of " + audio + " was interrupted.");
        interrupted.initCause(e);
        throw interrupted;
      }
    } finally {
      running.readLock().unlock();
    }
  }

  private Transcript transcribe(Path audio, AudioDecoder decoder, TranscriptionProgress progress)
      throws IOException {
    try (CallRecognizer call =
        new CallRecognizer(model, decoder.channels(), settings.skipsSilence())) {
      decoder.decode(new Feed(call, decoder, progress));
      Transcript.Builder transcript =
          new TranscriptAssembler(call, settings, writtenForms).assemble(audio.toString());
      List<String> warnings = new ArrayList<>(decoder.warnings());
      warnings.addAll(transcript.build().warnings());
      return transcript
          .engine(engine(), version())
          .model(model())
          .durationMs(decoder.positionMs())
          .incomplete(decoder.isIncomplete())
          .warnings(warnings)
          .build();
    }
  }

  /**
   * Begins a live call.
   *
   * @param source what the transcript is to be called
   */
  public LiveTranscription.Builder live(String source) {
    return new LiveTranscription.Builder(this, source);
  }

  /**
   * Has {@code work} done with recognisers for a live call. The model stays loaded until it
   * returns: it is a transcription that runs.
   *
   * @throws IllegalStateException if this is closed
   */
  void recognizeLive(int channels, LiveWork work) throws IOException {
    throwIfClosed(); // before the lock, so as not to wait for others to end
    running.readLock().lock();
    try {
      throwIfClosed();
      try (CallRecognizer call =
          new CallRecognizer(model, channels, settings.skipsSilence(), true)) {
        work.run(call);
      }
    } finally {
      running.readLock().unlock();
    }
  }

  /** What is done with recognisers for a live call. */
  interface LiveWork {
    void run(CallRecognizer call) throws IOException;
  }

  /** The rate of the audio that is recognised. */
  int sampleRateHz() {
    return folder.sampleRateHz();
  }

  EngineSettings settings() {
    return settings;
  }

  WrittenForms writtenForms() {
    return writtenForms;
  }

  private void throwIfClosed() {
    if (closed) {
      throw new IllegalStateException(
          "EARSHOT-208: the transcriber with the model " + model() + " is closed; open another.");
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A live call runs until it is finished or closed: this waits for that, too.
   *
   * @throws IllegalStateException if called from within {@link TranscriptionProgress} or {@link
   *     LiveListener}: it would wait for itself
   */
  @Override
  public void close() {
    if (running.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          "EARSHOT-209: a transcriber cannot be closed by its own progress report or live listener;"
              + " close it after transcribe(...) or finish() has returned.");
    }
    closed = true;
    running.writeLock().lock();
    try {
      if (!freed) {
        freed = true;
        model.close();
      }
    } finally {
      running.writeLock().unlock();
    }
  }

  /** Hands decoded audio on, and tells how far it is. */
  private record Feed(PcmSink next, AudioDecoder decoder, TranscriptionProgress progress)
      implements PcmSink {
    @Override
    public void samples(short[][] samples, int length) throws IOException {
      next.samples(samples, length);
      progress.at(decoder.positionMs(), decoder.headerDurationMs());
    }

    @Override
    public void gap(long samples) throws IOException {
      next.gap(samples);
      progress.at(decoder.positionMs(), decoder.headerDurationMs());
    }

    @Override
    public void end() throws IOException {
      next.end();
    }
  }

  /**
   * Settings of a {@link VoskTranscriber}.
   *
   * <p>Not thread-safe; what it makes is.
   */
  public static final class Builder {
    private @Nullable Path model;
    private @Nullable Path speakerModel;
    private boolean skipsSilence = true;
    private OptionalInt agentChannel = OptionalInt.empty();
    private List<String> vocabulary = List.of();
    private WrittenForms writtenForms = WrittenForms.asHeard();
    private @Nullable Vosk vosk;
    private boolean checkMemory = true;
    private MemoryCheck memory = MemoryCheck.ofThisMachine();

    private Builder() {}

    /** The model's folder. There is no default. */
    public Builder model(Path folder) {
      model = requireNonNull(folder, "folder");
      return this;
    }

    /**
     * The folder of Vosk's speaker model, {@code vosk-model-spk-*}: the voices on a recording of
     * one channel are told apart by it. By default, none: they are one {@link SpeakerRole#UNKNOWN}.
     */
    public Builder speakerModel(Path folder) {
      speakerModel = requireNonNull(folder, "folder");
      return this;
    }

    /**
     * Whether silence, tones and music are left out: faster, and nothing is heard in them that
     * nobody said. By default, they are.
     */
    public Builder skipSilence(boolean skip) {
      skipsSilence = skip;
      return this;
    }

    /**
     * The representative's channel, 0 or 1, in recordings of two channels. By default, it is
     * guessed by what is said: see {@link Transcript#rolesGuessed()}.
     */
    public Builder agentChannel(int channel) {
      if (channel < 0 || channel > 1) {
        throw new IllegalArgumentException("agentChannel must be 0 or 1, got " + channel);
      }
      agentChannel = OptionalInt.of(channel);
      return this;
    }

    /**
     * Words and phrases that are expected, such as names of products and people, in any case: they
     * are put in where something much like them is heard. By default, none.
     */
    public Builder vocabulary(List<String> phrases) {
      vocabulary = List.copyOf(phrases);
      return this;
    }

    /** How {@link Utterance#text()} is written. By default, {@link WrittenForms#asHeard()}. */
    public Builder writtenForms(WrittenForms forms) {
      writtenForms = requireNonNull(forms, "forms");
      return this;
    }

    /** All but what cannot be handed to another process. */
    EngineSettings settings() {
      if (model == null) {
        throw new IllegalStateException("give the model's folder: builder().model(folder)");
      }
      return new EngineSettings(
          model,
          Optional.ofNullable(speakerModel),
          skipsSilence,
          agentChannel,
          vocabulary,
          checkMemory);
    }

    /** Takes over settings that came from another process. */
    Builder settings(EngineSettings settings) {
      model = settings.model();
      speakerModel = settings.speakerModel().orElse(null);
      skipsSilence = settings.skipsSilence();
      agentChannel = settings.agentChannel();
      vocabulary = settings.vocabulary();
      checkMemory = settings.checksMemory();
      return this;
    }

    /** How texts are written. */
    WrittenForms writtenForms() {
      return writtenForms;
    }

    /**
     * Whether a large model is refused if it probably does not fit into the memory there: the
     * system might end the process while it is loaded. What it needs is an estimate. By default,
     * true.
     */
    public Builder checkMemory(boolean check) {
      checkMemory = check;
      return this;
    }

    /** For tests, instead of this machine's. */
    Builder memory(MemoryCheck other) {
      memory = other;
      return this;
    }

    /** For tests, instead of the native library. */
    Builder vosk(Vosk other) {
      vosk = other;
      return this;
    }

    /**
     * Loads the model.
     *
     * @throws SpeechModelException if that is no Vosk model, naming what is missing; or it does not
     *     fit into memory; or Vosk does not exist for this platform
     * @throws IOException if it cannot be read
     * @throws IllegalStateException if no model was given
     */
    public VoskTranscriber open() throws IOException {
      EngineSettings settings = settings();
      ModelFolder folder = ModelFolder.check(settings.model());
      if (settings.speakerModel().isPresent()) {
        SpeakerModelFolder.check(settings.speakerModel().get());
      }
      if (checkMemory) {
        memory.check(folder);
      }
      Vosk library = vosk == null ? JnaVosk.load() : vosk;
      Pointer model = library.newModel(folder.path().toString());
      if (model == null) {
        throw notLoadable(folder.path());
      }
      Pointer speakers = null;
      if (settings.speakerModel().isPresent()) {
        speakers = library.newSpeakerModel(settings.speakerModel().get().toString());
        if (speakers == null) {
          library.freeModel(model);
          throw notLoadable(settings.speakerModel().get());
        }
      }
      LoadedModel loaded =
          new LoadedModel(
              library,
              model,
              speakers,
              folder.sampleRateHz(),
              folder.frameSeconds(),
              new Vocabulary(settings.vocabulary()));
      return new VoskTranscriber(folder, settings, writtenForms, loaded);
    }

    private static SpeechModelException notLoadable(Path folder) {
      return new SpeechModelException(
          "EARSHOT-207: Vosk cannot load the model in "
              + folder
              + ": a file in it is damaged, or made for another version than "
              + VERSION
              + ". Get the model again.");
    }
  }
}

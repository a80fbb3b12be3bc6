package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Pointer;
import io.earshot.written.WrittenForm;
import io.earshot.written.WrittenForms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
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
 * <p>The channels of a recording are separate speakers. Of two channels the first, on the left, is
 * taken for the agent's and the second for the customer's; a host that records them the other way
 * round overrides the roles. With any other number of channels they are {@link
 * SpeakerRole#UNKNOWN}.
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

  private static final String UNKNOWN_WORD = "[unk]";
  private static final double HEARD = 0.5;

  private final ModelFolder folder;
  private final WrittenForms writtenForms;
  private final Vosk vosk;
  private final Pointer model;

  /** Read by each transcription, written to close: so closing waits until none runs. */
  private final ReentrantReadWriteLock running = new ReentrantReadWriteLock();

  private volatile boolean closed;
  private boolean freed; // guarded by the write lock

  private VoskTranscriber(ModelFolder folder, WrittenForms writtenForms, Vosk vosk, Pointer model) {
    this.folder = folder;
    this.writtenForms = writtenForms;
    this.vosk = vosk;
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
      }
    } finally {
      running.readLock().unlock();
    }
  }

  private Transcript transcribe(Path audio, AudioDecoder decoder, TranscriptionProgress progress)
      throws IOException {
    List<ChannelRecognizer> channels = new ArrayList<>();
    try {
      for (int i = 0; i < decoder.channels(); i++) {
        channels.add(new ChannelRecognizer(vosk, model, folder.sampleRateHz()));
      }
      Feed feed = new Feed(channels, decoder, progress);
      decoder.decode(CrosstalkGate.before(feed, channels.size(), folder.sampleRateHz()));
    } finally {
      channels.forEach(ChannelRecognizer::close);
    }
    List<Utterance> utterances = utterances(channels);
    return new Transcript(
        audio.toString(),
        engine(),
        model(),
        version(),
        decoder.positionMs(),
        decoder.channels(),
        coverage(utterances),
        decoder.isIncomplete(),
        decoder.warnings(),
        utterances);
  }

  private List<Utterance> utterances(List<ChannelRecognizer> channels) {
    List<Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      SpeakerRole role = role(i, channels.size());
      for (List<TranscribedWord> words : channels.get(i).utterances()) {
        utterances.add(
            new Utterance(
                i, role, words.getFirst().startMs(), words.getLast().endMs(), text(words), words));
      }
    }
    utterances.sort(
        Comparator.comparingLong(Utterance::startMs).thenComparingInt(Utterance::channel));
    return utterances;
  }

  private static SpeakerRole role(int channel, int channels) {
    if (channels != 2) {
      return SpeakerRole.UNKNOWN;
    }
    return channel == 0 ? SpeakerRole.AGENT : SpeakerRole.CUSTOMER;
  }

  private String text(List<TranscribedWord> words) {
    List<String> known =
        words.stream()
            .map(TranscribedWord::text)
            .filter(word -> !word.equals(UNKNOWN_WORD))
            .toList();
    return writtenForms.write(known).stream()
        .map(WrittenForm::text)
        .collect(Collectors.joining(" "));
  }

  /** By time, since a long word that was not understood hides more than a short one. */
  private static double coverage(List<Utterance> utterances) {
    long heardMs = 0;
    long spokenMs = 0;
    for (Utterance utterance : utterances) {
      for (TranscribedWord word : utterance.words()) {
        long lengthMs = word.endMs() - word.startMs();
        spokenMs += lengthMs;
        if (word.confidence() >= HEARD && !word.text().equals(UNKNOWN_WORD)) {
          heardMs += lengthMs;
        }
      }
    }
    return spokenMs == 0 ? 1 : (double) heardMs / spokenMs;
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
   * @throws IllegalStateException if called from within {@link TranscriptionProgress}: it would
   *     wait for itself
   */
  @Override
  public void close() {
    if (running.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          "EARSHOT-209: a transcriber cannot be closed by its own progress report; close it after"
              + " transcribe(...) has returned.");
    }
    closed = true;
    running.writeLock().lock();
    try {
      if (!freed) {
        freed = true;
        vosk.freeModel(model);
      }
    } finally {
      running.writeLock().unlock();
    }
  }

  /** Hands decoded audio to the channels' recognisers. */
  private record Feed(
      List<ChannelRecognizer> channels, AudioDecoder decoder, TranscriptionProgress progress)
      implements PcmSink {
    @Override
    public void samples(short[][] samples, int length) throws IOException {
      for (int i = 0; i < samples.length; i++) {
        channels.get(i).accept(samples[i], length);
      }
      progress.at(decoder.positionMs(), decoder.headerDurationMs());
    }

    @Override
    public void gap(long samples) throws IOException {
      for (ChannelRecognizer channel : channels) {
        channel.skip(samples);
      }
      progress.at(decoder.positionMs(), decoder.headerDurationMs());
    }

    @Override
    public void end() throws IOException {
      for (ChannelRecognizer channel : channels) {
        channel.finish();
      }
    }
  }

  /**
   * Settings of a {@link VoskTranscriber}.
   *
   * <p>Not thread-safe; what it makes is.
   */
  public static final class Builder {
    private @Nullable Path model;
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

    /** How {@link Utterance#text()} is written. By default, {@link WrittenForms#asHeard()}. */
    public Builder writtenForms(WrittenForms forms) {
      writtenForms = requireNonNull(forms, "forms");
      return this;
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
      if (model == null) {
        throw new IllegalStateException("give the model's folder: builder().model(folder)");
      }
      ModelFolder folder = ModelFolder.check(model);
      if (checkMemory) {
        memory.check(folder);
      }
      Vosk library = vosk == null ? JnaVosk.load() : vosk;
      Pointer loaded = library.newModel(folder.path().toString());
      if (loaded == null) {
        throw new SpeechModelException(
            "EARSHOT-207: Vosk cannot load the model in "
                + folder.path()
                + ": a file in it is damaged, or made for another version than "
                + VERSION
                + ". Get the model again.");
      }
      return new VoskTranscriber(folder, writtenForms, library, loaded);
    }
  }
}

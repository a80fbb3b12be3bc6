package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What was said in one recording, and how well it could be heard.
 *
 * <p>Immutable; equal to another with the same content.
 */
public final class Transcript {
  private final String source;
  private final String engine;
  private final String model;
  private final String version;
  private final long durationMs;
  private final int channels;
  private final List<AudioChannel> audioChannels;
  private final boolean rolesGuessed;
  private final double coverage;
  private final boolean incomplete;
  private final List<String> warnings;
  private final List<Utterance> utterances;

  private Transcript(Builder builder) {
    source = builder.source;
    engine = builder.engine;
    model = builder.model;
    version = builder.version;
    durationMs = builder.durationMs;
    channels = builder.channels;
    audioChannels = builder.audioChannels;
    rolesGuessed = builder.rolesGuessed;
    coverage = builder.coverage;
    incomplete = builder.incomplete;
    warnings = builder.warnings;
    utterances = builder.utterances;
  }

  /**
   * Begins a transcript.
   *
   * @param source the recording
   */
  public static Builder builder(String source) {
    return new Builder(source);
  }

  /** A builder that holds all of this. */
  public Builder toBuilder() {
    Builder builder = new Builder(source);
    builder.engine = engine;
    builder.model = model;
    builder.version = version;
    builder.durationMs = durationMs;
    builder.channels = channels;
    builder.audioChannels = audioChannels;
    builder.rolesGuessed = rolesGuessed;
    builder.coverage = coverage;
    builder.incomplete = incomplete;
    builder.warnings = warnings;
    builder.utterances = utterances;
    return builder;
  }

  /** The recording: its path as it was given. */
  public String source() {
    return source;
  }

  /** The recogniser, such as {@code vosk}. */
  public String engine() {
    return engine;
  }

  /** The model's name. */
  public String model() {
    return model;
  }

  /** The engine's version. */
  public String version() {
    return version;
  }

  /** Length of the decoded audio in milliseconds. */
  public long durationMs() {
    return durationMs;
  }

  /** Number of audio channels. */
  public int channels() {
    return channels;
  }

  /** What could be heard on each channel, in their order; empty if the engine does not tell. */
  public List<AudioChannel> audioChannels() {
    return audioChannels;
  }

  /** Whether the utterances' roles were only guessed; a host that knows better overrides them. */
  public boolean rolesGuessed() {
    return rolesGuessed;
  }

  /** Share of the speech that was heard with confidence, 0 to 1; 1 if nobody speaks. */
  public double coverage() {
    return coverage;
  }

  /** Whether audio is missing: the file was damaged or cut short. */
  public boolean incomplete() {
    return incomplete;
  }

  /** What was odd about the recording. */
  public List<String> warnings() {
    return warnings;
  }

  /** What was said, ordered by start time. */
  public List<Utterance> utterances() {
    return utterances;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Transcript that && values().equals(that.values()));
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private List<Object> values() {
    return List.of(
        source,
        engine,
        model,
        version,
        durationMs,
        channels,
        audioChannels,
        rolesGuessed,
        coverage,
        incomplete,
        warnings,
        utterances);
  }

  @Override
  public String toString() {
    return "Transcript[%s, %d utterances, %s %s]"
        .formatted(source, utterances.size(), engine, model);
  }

  /**
   * Collects a transcript.
   *
   * <p>Not thread-safe; what it makes is immutable.
   */
  public static final class Builder {
    private final String source;
    private String engine = "";
    private String model = "";
    private String version = "";
    private long durationMs;
    private int channels = 1;
    private List<AudioChannel> audioChannels = List.of();
    private boolean rolesGuessed;
    private double coverage = 1;
    private boolean incomplete;
    private List<String> warnings = List.of();
    private List<Utterance> utterances = List.of();

    private Builder(String source) {
      this.source = requireNonNull(source, "source");
    }

    /** What made it. By default, empty: not known. */
    public Builder engine(String name, String version) {
      engine = requireNonNull(name, "name");
      this.version = requireNonNull(version, "version");
      return this;
    }

    /** The model's name. By default, empty: not known. */
    public Builder model(String name) {
      model = requireNonNull(name, "name");
      return this;
    }

    /** Length of the audio in milliseconds. By default, 0. */
    public Builder durationMs(long milliseconds) {
      if (milliseconds < 0) {
        throw new IllegalArgumentException("durationMs must not be negative, got " + milliseconds);
      }
      durationMs = milliseconds;
      return this;
    }

    /** Number of audio channels. By default, 1. */
    public Builder channels(int count) {
      if (count < 0) {
        throw new IllegalArgumentException("channels must not be negative, got " + count);
      }
      channels = count;
      return this;
    }

    /** What could be heard on each channel; sets their number. By default, none are told. */
    public Builder audioChannels(List<AudioChannel> each) {
      audioChannels = List.copyOf(each);
      return channels(audioChannels.size());
    }

    /** Whether the roles were only guessed. By default, not. */
    public Builder rolesGuessed(boolean guessed) {
      rolesGuessed = guessed;
      return this;
    }

    /** Share of the speech that was heard with confidence, 0 to 1. By default, 1. */
    public Builder coverage(double share) {
      if (!(share >= 0 && share <= 1)) { // written so that NaN fails too
        throw new IllegalArgumentException("coverage must be in [0, 1], got " + share);
      }
      coverage = share;
      return this;
    }

    /** Whether audio is missing. By default, not. */
    public Builder incomplete(boolean missing) {
      incomplete = missing;
      return this;
    }

    /** What was odd about the recording. By default, nothing. */
    public Builder warnings(List<String> each) {
      warnings = List.copyOf(each);
      return this;
    }

    /** What was said, ordered by start time. By default, nothing. */
    public Builder utterances(List<Utterance> each) {
      utterances = List.copyOf(each);
      return this;
    }

    /** The transcript. */
    public Transcript build() {
      return new Transcript(this);
    }
  }
}

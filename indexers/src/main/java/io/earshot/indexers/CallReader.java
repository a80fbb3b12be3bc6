package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.Channel;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Recording;
import io.earshot.Role;
import io.earshot.Source;
import io.earshot.Turn;
import io.earshot.transcription.AudioFormatException;
import io.earshot.transcription.Transcriber;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptionProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads recorded calls: an audio file, and what is known of the call beside it.
 *
 * <p>That is the side-car {@code NAME.json} of a recording {@code NAME.wav}, else its line in the
 * folder's {@code manifest.csv}. The side-car has {@code id}, {@code customer} (an id, a list of
 * ids, or an object of id, name and address), {@code startedAt} (ISO-8601 with offset), {@code
 * direction}, {@code agentChannel} (0 or 1), {@code agent}, {@code participants}, {@code subject},
 * {@code thread}, {@code language}, {@code tags} and {@code attributes}; other fields become
 * attributes, with a warning. The manifest has a header with {@code file} and any of {@code id},
 * {@code customer}, {@code customerName}, {@code customerAddress}, {@code agentId}, {@code
 * agentName}, {@code startedAt}, {@code direction}, {@code agentChannel}, {@code subject}, {@code
 * thread}, {@code language} and {@code tags} (separated by semicolons); other columns are
 * attributes. Metadata is checked before the audio is touched, and a call whose metadata is broken
 * is rejected. Without metadata the id is the file's name and a digest, the start the file's time,
 * the customer unknown, with a warning.
 *
 * <p>Each utterance is a turn. In a two-channel recording the agent speaks on {@code agentChannel};
 * where that is not given, on the channel that the recogniser took for the agent's, else on channel
 * 0, and {@code attributes.agentChannelGuessed} says so. A one-channel recording, and a mono one
 * that was made stereo, has one participant {@code speaker} of role OTHER, or the customer where
 * the metadata names nobody else; if voices were told apart, {@code speaker-1}, {@code speaker-2}
 * and so on, and {@code attributes.voices} has their number.
 *
 * <p>Thread-safe. The last folder's manifest is remembered.
 */
public final class CallReader implements InteractionReader {
  static final String FORMAT = "call";

  private final Supplier<? extends Transcriber> supplier;
  private final AtomicReference<@Nullable Listing> lastListing = new AtomicReference<>();
  private @Nullable Transcriber transcriber; // guarded by this
  private @Nullable String whyNone; // guarded by this

  /**
   * A reader that transcribes with what the supplier makes.
   *
   * @param transcriber asked once, when the first call needs it; what it makes the caller closes.
   *     If it throws, every call is rejected with its message
   */
  public CallReader(Supplier<? extends Transcriber> transcriber) {
    this.supplier = requireNonNull(transcriber, "transcriber");
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public boolean reads(InputFile input) {
    return AudioFiles.isAudio(input);
  }

  @Override
  public void read(InputFile input, Sink sink) throws IOException {
    Optional<Call> call = examine(input, sink);
    if (call.isPresent()) {
      transcribe(call.get(), sink).ifPresent(sink::interaction);
    }
  }

  /**
   * A call before it is heard.
   *
   * @param input its recording
   * @param metadata what is known of it
   * @param id its id
   * @param startedAt when it began
   * @param checksum digest of the recording
   */
  record Call(
      InputFile input, CallMetadata metadata, String id, Instant startedAt, String checksum) {}

  /** Checks a call's metadata and names the call; empty if it was rejected. */
  Optional<Call> examine(InputFile input, Sink sink) throws IOException {
    requireNonNull(sink, "sink");
    Optional<CallMetadata> found = metadata(input, sink);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    CallMetadata metadata = found.get();
    if (input.size() == 0) {
      sink.rejected("", Problems.EMPTY);
      return Optional.empty();
    }
    metadata.warnings().forEach(warning -> sink.warning("", warning));
    if (metadata.startedAt().isEmpty()) {
      sink.warning("", Problems.NO_START);
    }
    String checksum = Digests.checksum(input);
    String id =
        metadata.id().orElseGet(() -> baseName(input.name()) + "-" + Digests.abbreviated(checksum));
    Instant startedAt = metadata.startedAt().orElse(input.modified());
    return Optional.of(new Call(input, metadata, id, startedAt, checksum));
  }

  /** The name of a recording's side-car. */
  static String sideCar(String audioName) {
    return baseName(audioName) + ".json";
  }

  private static String baseName(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private Optional<CallMetadata> metadata(InputFile input, Sink sink) throws IOException {
    String sideCarName = sideCar(input.name());
    Path sideCar = input.path().resolveSibling(sideCarName);
    Path manifest = input.path().resolveSibling(CallManifest.NAME);
    if (Files.exists(sideCar)) {
      return sideCar(sideCar, sideCarName, sink);
    }
    if (Files.exists(manifest)) {
      Listing listing = listing(manifest);
      if (listing.manifest() == null) {
        return reject(sink, CallManifest.NAME, listing.problem());
      }
      Optional<CallManifest.Row> row = listing.manifest().row(input.name());
      if (row.isPresent()) {
        String position = "%s, line %d".formatted(CallManifest.NAME, row.get().line());
        return checked(() -> CallMetadata.of(row.get().values()), position, sink);
      }
    }
    sink.warning("", Problems.NOT_LISTED.formatted(sideCarName));
    return Optional.of(CallMetadata.NONE);
  }

  private static Optional<CallMetadata> sideCar(Path path, String name, Sink sink) {
    try (InputStream in = CsvFiles.withoutMark(Files.newInputStream(path))) {
      var values = JsonText.object(in);
      return checked(() -> CallMetadata.of(values), name, sink);
    } catch (IOException e) {
      return reject(sink, name, e);
    }
  }

  private static Optional<CallMetadata> checked(
      Supplier<CallMetadata> made, String position, Sink sink) {
    try {
      return Optional.of(made.get());
    } catch (CallMetadata.InvalidException e) {
      return reject(sink, position, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<CallMetadata> reject(Sink sink, String position, IOException e) {
    // A file system's exception says nothing but the path.
    boolean plain = e.getClass() == IOException.class && e.getMessage() != null;
    return reject(sink, position, plain ? String.valueOf(e.getMessage()) : Problems.of(e));
  }

  private static Optional<CallMetadata> reject(Sink sink, String position, String reason) {
    sink.rejected(position, Problems.BROKEN_METADATA.formatted(reason, position));
    return Optional.empty();
  }

  /** A manifest that was read, or why it could not be. */
  private record Listing(
      Path path, FileTime modified, @Nullable CallManifest manifest, String problem) {}

  private Listing listing(Path path) throws IOException {
    FileTime modified = Files.getLastModifiedTime(path);
    Listing last = lastListing.get();
    if (last != null && last.path().equals(path) && last.modified().equals(modified)) {
      return last;
    }
    Listing listing;
    try {
      listing = new Listing(path, modified, CallManifest.read(path), "");
    } catch (IOException e) {
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      listing = new Listing(path, modified, null, message);
    }
    lastListing.set(listing);
    return listing;
  }

  /** Transcribes a call; empty if it was rejected. */
  Optional<Interaction> transcribe(Call call, Sink sink) throws IOException {
    return transcribe(call, sink, (doneMs, totalMs) -> {});
  }

  Optional<Interaction> transcribe(Call call, Sink sink, TranscriptionProgress progress)
      throws IOException {
    Transcriber engine = transcriber().orElse(null);
    if (engine == null) {
      sink.rejected("", noTranscriber());
      return Optional.empty();
    }
    Transcript transcript;
    try {
      transcript = engine.transcribe(call.input().path(), progress);
    } catch (AudioFormatException e) {
      sink.rejected("", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    transcript.warnings().forEach(warning -> sink.warning("", warning));
    return Optional.of(interaction(call, HeardCall.of(transcript, call.input().uri())));
  }

  /**
   * The call with what was heard in it earlier, if the same model would hear the same recording
   * again; also if there is no model to hear it with.
   */
  Optional<Interaction> heardBefore(Call call, Interaction stored) {
    boolean sameRecording =
        stored.source().flatMap(Source::checksum).equals(Optional.of(call.checksum()));
    if (!sameRecording || stored.transcript().isEmpty()) {
      return Optional.empty();
    }
    Transcriber engine = transcriber().orElse(null);
    boolean otherEngine =
        engine != null
            && !(engine.model().equals(stored.transcript().get().model())
                && engine.engine().equals(stored.transcript().get().engine()));
    return otherEngine
        ? Optional.empty()
        : HeardCall.of(stored).map(heard -> interaction(call, heard));
  }

  private synchronized Optional<Transcriber> transcriber() {
    if (transcriber == null && whyNone == null) {
      try {
        transcriber = requireNonNull(supplier.get(), "the supplied transcriber");
      } catch (UncheckedIOException e) {
        whyNone = message(e.getCause() == null ? e : e.getCause());
      } catch (RuntimeException | LinkageError e) {
        whyNone = message(e);
      }
    }
    return Optional.ofNullable(transcriber);
  }

  private synchronized String noTranscriber() {
    return requireNonNull(whyNone, "whyNone");
  }

  private static String message(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.startsWith("EARSHOT-") ? message : Problems.NO_MODEL.formatted(message);
  }

  private static Interaction interaction(Call call, HeardCall heard) {
    CallMetadata metadata = call.metadata();
    Recording recording =
        new Recording(
            call.input().uri(),
            heard.recording().durationMs(),
            heard.recording().channels(),
            heard.recording().incomplete());
    List<Participant> speakers = speakers(metadata, heard);
    Interaction.Builder builder =
        Interaction.builder(call.id(), Channel.CALL, call.startedAt())
            .participants(withSilent(speakers, metadata))
            .turns(turns(call, heard, speakers))
            .recording(recording)
            .transcript(heard.transcript())
            .tags(metadata.tags())
            .source(
                new Source(
                    call.input().uri(),
                    Optional.of(FORMAT),
                    Optional.of(call.checksum()),
                    List.of()));
    if (recording.durationMs() > 0) {
      builder.endedAt(call.startedAt().plusMillis(recording.durationMs()));
    }
    if (!metadata.customers().isEmpty()) {
      builder.customers(metadata.customers());
    }
    metadata.direction().ifPresent(builder::direction);
    metadata.subject().ifPresent(builder::subject);
    metadata.thread().ifPresent(builder::thread);
    metadata.language().ifPresent(builder::language);
    metadata.attributes().forEach(builder::attribute);
    if (heard.apart()) {
      builder.attribute(HeardCall.AGENT_CHANNEL, Integer.toString(agentChannel(metadata, heard)));
      if (metadata.agentChannel().isEmpty() && heard.agentGuessed()) {
        builder.attribute(HeardCall.AGENT_GUESSED, "true");
      }
    } else if (recording.channels() > 1 || heard.voices() > 1) {
      builder.attribute(HeardCall.VOICES, Integer.toString(heard.voices()));
    }
    return builder.build();
  }

  private static List<Turn> turns(Call call, HeardCall heard, List<Participant> speakers) {
    List<Turn> turns = new ArrayList<>();
    for (Turn said : heard.turns()) {
      long startMs = said.startMs().orElseThrow();
      turns.add(
          Turn.builder(speakers.get(HeardCall.voice(said)).id())
              .at(call.startedAt().plusMillis(startMs))
              .audio(startMs, said.endMs().orElseThrow())
              .text(said.text())
              .words(said.words())
              .build());
    }
    return turns;
  }

  private static int agentChannel(CallMetadata metadata, HeardCall heard) {
    OptionalInt heardOn = heard.agentChannel();
    return metadata.agentChannel().orElse(heardOn.orElse(0));
  }

  /** Who speaks, in the voices' order. */
  private static List<Participant> speakers(CallMetadata metadata, HeardCall heard) {
    int channels = heard.voices();
    if (!heard.apart() && channels > 1) {
      return IntStream.rangeClosed(1, channels)
          .mapToObj(voice -> Participant.of("speaker-" + voice, Role.OTHER))
          .toList();
    }
    if (!heard.apart()) {
      boolean customerAlone = metadata.agent().isEmpty() && metadata.others().isEmpty();
      return List.of(
          metadata
              .customer()
              .filter(customer -> customerAlone)
              .orElse(Participant.of("speaker", Role.OTHER)));
    }
    int agentChannel = agentChannel(metadata, heard);
    List<Participant> speakers = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      if (channel == agentChannel) {
        speakers.add(metadata.agent().orElse(Participant.of("agent", Role.AGENT)));
      } else if (channels == 2) {
        speakers.add(metadata.customer().orElse(Participant.of("customer", Role.CUSTOMER)));
      } else {
        speakers.add(Participant.of("channel-" + channel, Role.OTHER));
      }
    }
    return speakers;
  }

  /** The speakers, then those whom the metadata names and no channel carries alone. */
  private static List<Participant> withSilent(List<Participant> speakers, CallMetadata metadata) {
    List<Participant> all = new ArrayList<>(speakers);
    List<Participant> named = new ArrayList<>(metadata.others());
    metadata.agent().ifPresent(named::add);
    metadata.customer().ifPresent(named::add);
    for (Participant participant : named) {
      if (all.stream().noneMatch(known -> known.id().equals(participant.id()))) {
        all.add(participant);
      }
    }
    return all;
  }
}

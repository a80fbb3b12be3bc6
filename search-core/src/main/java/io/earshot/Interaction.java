package io.earshot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One e-mail message, one chat conversation, one call, one ticket, one post or one note.
 *
 * <p>Immutable. {@link InteractionJson} reads and writes it.
 */
public final class Interaction {
  /** The customer of interactions that nobody could be found for. */
  public static final String UNKNOWN_CUSTOMER = "unknown";

  private final String id;
  private final List<String> customers;
  private final Channel channel;
  private final Instant startedAt;
  private final @Nullable Direction direction;
  private final @Nullable Instant endedAt;
  private final @Nullable String subject;
  private final @Nullable String thread;
  private final @Nullable String language;
  private final @Nullable Source source;
  private final @Nullable String messageId;
  private final @Nullable String inReplyTo;
  private final @Nullable Recording recording;
  private final @Nullable TranscriptInfo transcript;
  private final List<Participant> participants;
  private final List<Turn> turns;
  private final List<Attachment> attachments;
  private final List<String> tags;
  private final List<String> references;
  private final Map<String, String> attributes;

  private Interaction(Builder builder) {
    id = builder.id;
    customers = builder.customers;
    channel = builder.channel;
    startedAt = builder.startedAt;
    direction = builder.direction;
    endedAt = builder.endedAt;
    subject = builder.subject;
    thread = builder.thread;
    language = builder.language;
    source = builder.source;
    messageId = builder.messageId;
    inReplyTo = builder.inReplyTo;
    recording = builder.recording;
    transcript = builder.transcript;
    participants = builder.participants;
    turns = builder.turns;
    attachments = builder.attachments;
    tags = builder.tags;
    references = builder.references;
    attributes = Collections.unmodifiableMap(new TreeMap<>(builder.attributes));
  }

  /**
   * Starts an interaction.
   *
   * @param id what names it for good: the same id again replaces it
   * @param channel how it took place
   * @param startedAt when it began
   */
  public static Builder builder(String id, Channel channel, Instant startedAt) {
    return new Builder(id, channel, startedAt);
  }

  /** What names it for good: indexing the same id again replaces it. */
  public String id() {
    return id;
  }

  /**
   * Whose history it belongs to, at least one; {@value #UNKNOWN_CUSTOMER} where nobody was found.
   */
  public List<String> customers() {
    return customers;
  }

  /** How it took place. */
  public Channel channel() {
    return channel;
  }

  /** When it began. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Who began it. */
  public Optional<Direction> direction() {
    return Optional.ofNullable(direction);
  }

  /** When it ended. */
  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  /** Its subject line. */
  public Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  /** What holds it together with others: a mail thread, a chat channel's name. */
  public Optional<String> thread() {
    return Optional.ofNullable(thread);
  }

  /** BCP 47 tag of its main language. */
  public Optional<String> language() {
    return Optional.ofNullable(language);
  }

  /** Where it was read from. */
  public Optional<Source> source() {
    return Optional.ofNullable(source);
  }

  /** An e-mail's Message-ID, without angle brackets (RFC 5322, section 3.6.4). */
  public Optional<String> messageId() {
    return Optional.ofNullable(messageId);
  }

  /** The Message-ID an e-mail answers, without angle brackets. */
  public Optional<String> inReplyTo() {
    return Optional.ofNullable(inReplyTo);
  }

  /** A call's recording. */
  public Optional<Recording> recording() {
    return Optional.ofNullable(recording);
  }

  /** What made a call's transcript. */
  public Optional<TranscriptInfo> transcript() {
    return Optional.ofNullable(transcript);
  }

  /** Who took part. */
  public List<Participant> participants() {
    return participants;
  }

  /** What was written or said, in order. */
  public List<Turn> turns() {
    return turns;
  }

  /** The files that came with it. */
  public List<Attachment> attachments() {
    return attachments;
  }

  /** Labels of the host or of the source. */
  public List<String> tags() {
    return tags;
  }

  /** The Message-IDs of an e-mail's thread, oldest first, without angle brackets. */
  public List<String> references() {
    return references;
  }

  /** Whatever else is known, by name; in the order of the names. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** The first participant with that {@link Participant#id()}. */
  public Optional<Participant> participant(String participantId) {
    return participants.stream().filter(p -> p.id().equals(participantId)).findFirst();
  }

  /**
   * The same interaction in the history of that customer alone.
   *
   * @throws IllegalArgumentException if the id is blank
   */
  public Interaction withCustomer(String customer) {
    return toBuilder().customers(List.of(customer)).build();
  }

  /** A builder that holds this interaction's values. */
  public Builder toBuilder() {
    Builder builder = new Builder(id, channel, startedAt);
    builder.customers = customers;
    builder.direction = direction;
    builder.endedAt = endedAt;
    builder.subject = subject;
    builder.thread = thread;
    builder.language = language;
    builder.source = source;
    builder.messageId = messageId;
    builder.inReplyTo = inReplyTo;
    builder.recording = recording;
    builder.transcript = transcript;
    builder.participants = participants;
    builder.turns = turns;
    builder.attachments = attachments;
    builder.tags = tags;
    builder.references = references;
    builder.attributes.putAll(attributes);
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Interaction that
        && id.equals(that.id)
        && customers.equals(that.customers)
        && channel.equals(that.channel)
        && startedAt.equals(that.startedAt)
        && Objects.equals(direction, that.direction)
        && Objects.equals(endedAt, that.endedAt)
        && Objects.equals(subject, that.subject)
        && Objects.equals(thread, that.thread)
        && Objects.equals(language, that.language)
        && Objects.equals(source, that.source)
        && Objects.equals(messageId, that.messageId)
        && Objects.equals(inReplyTo, that.inReplyTo)
        && Objects.equals(recording, that.recording)
        && Objects.equals(transcript, that.transcript)
        && participants.equals(that.participants)
        && turns.equals(that.turns)
        && attachments.equals(that.attachments)
        && tags.equals(that.tags)
        && references.equals(that.references)
        && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, customers, channel, startedAt);
  }

  @Override
  public String toString() {
    return "Interaction[id=" + id + ", channel=" + channel + ", startedAt=" + startedAt + "]";
  }

  /** Makes an {@link Interaction}. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final Channel channel;
    private final Instant startedAt;
    private List<String> customers = List.of(UNKNOWN_CUSTOMER);
    private @Nullable Direction direction;
    private @Nullable Instant endedAt;
    private @Nullable String subject;
    private @Nullable String thread;
    private @Nullable String language;
    private @Nullable Source source;
    private @Nullable String messageId;
    private @Nullable String inReplyTo;
    private @Nullable Recording recording;
    private @Nullable TranscriptInfo transcript;
    private List<Participant> participants = List.of();
    private List<Turn> turns = List.of();
    private List<Attachment> attachments = List.of();
    private List<String> tags = List.of();
    private List<String> references = List.of();
    private final Map<String, String> attributes = new LinkedHashMap<>();

    private Builder(String id, Channel channel, Instant startedAt) {
      if (requireNonNull(id, "id").isBlank()) {
        throw new IllegalArgumentException("an interaction's id must not be blank");
      }
      this.id = id;
      this.channel = requireNonNull(channel, "channel");
      this.startedAt = requireNonNull(startedAt, "startedAt");
    }

    /**
     * Whose history it belongs to. By default {@value Interaction#UNKNOWN_CUSTOMER}.
     *
     * @throws IllegalArgumentException if there is none, or one is blank
     */
    public Builder customers(List<String> newCustomers) {
      Set<String> distinct = new LinkedHashSet<>(newCustomers);
      if (distinct.isEmpty() || distinct.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException(
            "an interaction needs a customer, and none may be blank (id=" + id + ")");
      }
      customers = distinct.stream().sorted().toList();
      return this;
    }

    /** Who began it. By default unknown. */
    public Builder direction(Direction newDirection) {
      direction = requireNonNull(newDirection, "direction");
      return this;
    }

    /** When it ended. By default unknown. */
    public Builder endedAt(Instant newEndedAt) {
      endedAt = requireNonNull(newEndedAt, "endedAt");
      return this;
    }

    /** Its subject line. By default unknown. */
    public Builder subject(String newSubject) {
      subject = requireNonNull(newSubject, "subject");
      return this;
    }

    /**
     * What holds it together with others: a mail thread, a chat channel's name. By default unknown.
     */
    public Builder thread(String newThread) {
      thread = requireNonNull(newThread, "thread");
      return this;
    }

    /** BCP 47 tag of its main language. By default unknown. */
    public Builder language(String newLanguage) {
      language = requireNonNull(newLanguage, "language");
      return this;
    }

    /** Where it was read from. By default unknown. */
    public Builder source(Source newSource) {
      source = requireNonNull(newSource, "source");
      return this;
    }

    /**
     * An e-mail's Message-ID, without angle brackets (RFC 5322, section 3.6.4). By default unknown.
     */
    public Builder messageId(String newMessageId) {
      messageId = requireNonNull(newMessageId, "messageId");
      return this;
    }

    /** The Message-ID an e-mail answers, without angle brackets. By default unknown. */
    public Builder inReplyTo(String newInReplyTo) {
      inReplyTo = requireNonNull(newInReplyTo, "inReplyTo");
      return this;
    }

    /** A call's recording. By default unknown. */
    public Builder recording(Recording newRecording) {
      recording = requireNonNull(newRecording, "recording");
      return this;
    }

    /** What made a call's transcript. By default unknown. */
    public Builder transcript(TranscriptInfo newTranscript) {
      transcript = requireNonNull(newTranscript, "transcript");
      return this;
    }

    /** Who took part. By default none. */
    public Builder participants(List<Participant> newParticipants) {
      participants = List.copyOf(newParticipants);
      return this;
    }

    /** What was written or said, in order. By default none. */
    public Builder turns(List<Turn> newTurns) {
      turns = List.copyOf(newTurns);
      return this;
    }

    /** The files that came with it. By default none. */
    public Builder attachments(List<Attachment> newAttachments) {
      attachments = List.copyOf(newAttachments);
      return this;
    }

    /** Labels of the host or of the source. By default none. */
    public Builder tags(List<String> newTags) {
      tags = List.copyOf(newTags);
      return this;
    }

    /**
     * The Message-IDs of an e-mail's thread, oldest first, without angle brackets. By default none.
     */
    public Builder references(List<String> newReferences) {
      references = List.copyOf(newReferences);
      return this;
    }

    /** Adds something else that is known; the same name again replaces its value. */
    public Builder attribute(String name, String value) {
      attributes.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
      return this;
    }

    /**
     * The interaction.
     *
     * @throws IllegalArgumentException if a turn's participant is not among the participants
     */
    public Interaction build() {
      Set<String> known = new LinkedHashSet<>();
      participants.forEach(participant -> known.add(participant.id()));
      for (int i = 0; i < turns.size(); i++) {
        if (!known.contains(turns.get(i).participant())) {
          throw new IllegalArgumentException(
              "turns[%d] names participant \"%s\", who is not among the participants (id=%s)"
                  .formatted(i, turns.get(i).participant(), id));
        }
      }
      return new Interaction(this);
    }
  }
}

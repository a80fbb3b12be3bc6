package io.earshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One interaction that answers a query.
 *
 * <p>Immutable.
 */
public final class Hit {
  private final String id;
  private final String customer;
  private final Channel channel;
  private final @Nullable Direction direction;
  private final Instant startedAt;
  private final @Nullable String subject;
  private final @Nullable String thread;
  private final double score;
  private final List<String> lacks;
  private final List<Passage> passages;
  private final List<String> explanation;
  private final @Nullable HitGroup group;

  private Hit(Builder builder) {
    id = builder.id;
    customer = builder.customer;
    channel = builder.channel;
    direction = builder.direction;
    startedAt = builder.startedAt;
    subject = builder.subject;
    thread = builder.thread;
    score = builder.score;
    lacks = builder.lacks;
    passages = builder.passages;
    explanation = builder.explanation;
    group = builder.group;
  }

  /** The {@link Interaction#id()}. */
  public String id() {
    return id;
  }

  /** In whose history it was found. */
  public String customer() {
    return customer;
  }

  /** How it took place. */
  public Channel channel() {
    return channel;
  }

  /** Who began it. */
  public Optional<Direction> direction() {
    return Optional.ofNullable(direction);
  }

  /** When it began. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Its subject line. */
  public Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  /** How well it matches; comparable within one answer only. 0 if the answer is sorted by time. */
  public double score() {
    return score;
  }

  /** The words of the query that it does not hold; empty unless the query was relaxed. */
  public List<String> lacks() {
    return lacks;
  }

  /** What holds it together with others. */
  public Optional<String> thread() {
    return Optional.ofNullable(thread);
  }

  /** What it stands for, where the request asked for a {@link Grouping}. */
  public Optional<HitGroup> group() {
    return Optional.ofNullable(group);
  }

  /** Why it was found, a line each; empty unless the request asked for it. */
  public List<String> explanation() {
    return explanation;
  }

  /** What in it answered the query. */
  public MatchedBy matchedBy() {
    return MatchedBy.WORDS;
  }

  /**
   * What to show of it, best first: each a turn, or a stretch of a long one, that holds what
   * matched. Never empty: a hit that no word was asked of shows its first turn, or else its
   * subject.
   */
  public List<Passage> passages() {
    return passages;
  }

  @Override
  public String toString() {
    return "Hit[id=" + id + ", customer=" + customer + ", score=" + score + "]";
  }

  /** The same hit, standing for a group. */
  Hit withGroup(HitGroup newGroup) {
    Builder builder = new Builder(id, customer, channel, startedAt);
    builder.direction = direction;
    builder.subject = subject;
    builder.thread = thread;
    builder.score = score;
    builder.lacks = lacks;
    builder.passages = passages;
    builder.explanation = explanation;
    builder.group = newGroup;
    return builder.build();
  }

  /** Makes a {@link Hit}. Not thread-safe. */
  static final class Builder {
    private final String id;
    private final String customer;
    private final Channel channel;
    private final Instant startedAt;
    private @Nullable Direction direction;
    private @Nullable String subject;
    private @Nullable String thread;
    private double score;
    private List<String> lacks = List.of();
    private List<Passage> passages = List.of();
    private List<String> explanation = List.of();
    private @Nullable HitGroup group;

    Builder(String id, String customer, Channel channel, Instant startedAt) {
      this.id = id;
      this.customer = customer;
      this.channel = channel;
      this.startedAt = startedAt;
    }

    Builder direction(@Nullable Direction newDirection) {
      direction = newDirection;
      return this;
    }

    Builder subject(@Nullable String newSubject) {
      subject = newSubject;
      return this;
    }

    Builder thread(@Nullable String newThread) {
      thread = newThread;
      return this;
    }

    Builder score(double newScore) {
      score = newScore;
      return this;
    }

    Builder lacks(List<String> newLacks) {
      lacks = List.copyOf(newLacks);
      return this;
    }

    Builder passages(List<Passage> newPassages) {
      passages = List.copyOf(newPassages);
      return this;
    }

    Builder explanation(List<String> newExplanation) {
      explanation = List.copyOf(newExplanation);
      return this;
    }

    Hit build() {
      return new Hit(this);
    }
  }
}

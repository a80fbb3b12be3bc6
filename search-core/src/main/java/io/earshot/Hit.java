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
  private final double score;
  private final List<Passage> passages;

  Hit(
      String id,
      String customer,
      Channel channel,
      @Nullable Direction direction,
      Instant startedAt,
      @Nullable String subject,
      double score,
      List<Passage> passages) {
    this.id = id;
    this.customer = customer;
    this.channel = channel;
    this.direction = direction;
    this.startedAt = startedAt;
    this.subject = subject;
    this.score = score;
    this.passages = List.copyOf(passages);
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
    return List.of();
  }

  /** What in it answered the query. */
  public MatchedBy matchedBy() {
    return MatchedBy.WORDS;
  }

  /**
   * What to show of it, best first; never empty: a hit that no word was asked of shows its first
   * turn, or else its subject.
   */
  public List<Passage> passages() {
    return passages;
  }

  @Override
  public String toString() {
    return "Hit[id=" + id + ", customer=" + customer + ", score=" + score + "]";
  }
}

package io.earshot;

import static java.util.Objects.requireNonNull;

import io.earshot.internal.Fields;
import io.earshot.internal.Ranking;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What hits are ranked by, for hosts that know better what counts with them.
 *
 * <p>A profile changes the order of hits and their scores, never which there are. {@code
 * docs/ranking.md} has the formula, what each setting does, and how to find out whether a change
 * helps ({@code earshot evaluate --ranking}).
 *
 * <p>Immutable.
 */
public final class RankingProfile {
  private static final RankingProfile STANDARD = builder().build();

  /** Where it comes from how rare a word is. Never from other customers' interactions. */
  public enum Rarity {
    /** From the interactions in scope alone. */
    SCOPE,
    /** From a fixed table alone: everyday words are frequent, all others rare. */
    BACKGROUND,
    /**
     * From both: the scope counts as if it held some interactions more, in which words are as
     * frequent as the table says. The smaller the scope, the more the table tells.
     */
    BLENDED
  }

  private final Ranking ranking;

  private RankingProfile(Ranking ranking) {
    this.ranking = ranking;
  }

  /** As Earshot comes. */
  public static RankingProfile standard() {
    return STANDARD;
  }

  /** Starts a profile, with every setting as Earshot comes. */
  public static Builder builder() {
    return new Builder();
  }

  Ranking ranking() {
    return ranking;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankingProfile that && ranking.equals(that.ranking);
  }

  @Override
  public int hashCode() {
    return ranking.hashCode();
  }

  /** Every setting and its value. */
  @Override
  public String toString() {
    return ranking.toString();
  }

  /** Makes a {@link RankingProfile}. Not thread-safe. */
  public static final class Builder {
    private static final double MOST = 1_000;

    private double turns = 1;
    private double subject = 1.5;
    private double attachments = 0.6;
    private double quotes = 0.1;
    private double otherFields = 0.3;
    private double saturation = 1.2;
    private double lengthNormalization = 0.5;
    private double stem = 0.8;
    private double passage = 2;
    private double phrase = 0.2;
    private double recency = 0.1;
    private Duration halfLife = Duration.ofDays(180);
    private final Map<String, Float> channels = new HashMap<>();
    private Rarity rarity = Rarity.BLENDED;

    private Builder() {}

    /** What a word counts that was newly written or said. By default 1. */
    public Builder turns(double weight) {
      turns = checked("turns", weight, MOST);
      return this;
    }

    /** What a word counts in the subject. */
    public Builder subject(double weight) {
      subject = checked("subject", weight, MOST);
      return this;
    }

    /** What a word counts in an attachment or its name. */
    public Builder attachments(double weight) {
      attachments = checked("attachments", weight, MOST);
      return this;
    }

    /** What a word counts in a quotation, a signature or a disclaimer. */
    public Builder quotes(double weight) {
      quotes = checked("quotes", weight, MOST);
      return this;
    }

    /** Which share of its score a word adds in fields other than the one where it scores most. */
    public Builder otherFields(double share) {
      otherFields = checked("otherFields", share, 1);
      return this;
    }

    /** How soon it counts no more that a word is there again: BM25's k1, in [0, 1000]. */
    public Builder saturation(double k1) {
      saturation = checked("saturation", k1, MOST);
      return this;
    }

    /** How much a long interaction loses: BM25's b, in [0, 1]. */
    public Builder lengthNormalization(double b) {
      lengthNormalization = checked("lengthNormalization", b, 1);
      return this;
    }

    /** What a word counts that stands there in another inflection, in [0, 1]. */
    public Builder stem(double weight) {
      stem = checked("stem", weight, 1);
      return this;
    }

    /** What it counts that a hit's words stand together: so much of its score more at most. */
    public Builder passage(double share) {
      passage = checked("passage", share, MOST);
      return this;
    }

    /** What it counts that words stand there as they were typed: so much of its score more. */
    public Builder phrase(double share) {
      phrase = checked("phrase", share, MOST);
      return this;
    }

    /**
     * What the newest interaction gains: so much of its score more. One that is older by the
     * half-life gains half as much.
     *
     * @throws IllegalArgumentException unless the half-life is positive
     */
    public Builder recency(double share, Duration newHalfLife) {
      requireNonNull(newHalfLife, "halfLife");
      if (newHalfLife.isNegative() || newHalfLife.isZero()) {
        throw new IllegalArgumentException("halfLife must be positive, got " + newHalfLife);
      }
      recency = checked("recency", share, MOST);
      halfLife = newHalfLife;
      return this;
    }

    /** What interactions of a channel count: their scores are multiplied by it. By default 1. */
    public Builder channel(Channel channel, double weight) {
      channels.put(
          requireNonNull(channel, "channel").name(), (float) checked("channel", weight, MOST));
      return this;
    }

    /** Where it comes from how rare a word is. */
    public Builder rarity(Rarity newRarity) {
      rarity = requireNonNull(newRarity, "rarity");
      return this;
    }

    /** The profile. */
    public RankingProfile build() {
      return new RankingProfile(
          new Ranking(
              Map.of(
                  Fields.TEXT,
                  (float) turns,
                  Fields.SUBJECT,
                  (float) subject,
                  Fields.ATTACHMENT,
                  (float) attachments,
                  Fields.QUOTED,
                  (float) quotes),
              (float) otherFields,
              (float) saturation,
              (float) lengthNormalization,
              (float) stem,
              (float) passage,
              (float) phrase,
              (float) recency,
              (halfLife.toSeconds() + halfLife.toNanosPart() / 1e9) / 86_400,
              channels,
              Ranking.Statistics.valueOf(rarity.name())));
    }

    private static double checked(String name, double value, double most) {
      if (!(value >= 0 && value <= most)) { // written so that NaN fails too
        throw new IllegalArgumentException(
            "%s must be in [0, %s], got %s".formatted(name, most, value));
      }
      return value;
    }
  }
}

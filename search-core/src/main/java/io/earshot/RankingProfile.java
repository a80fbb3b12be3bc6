package io.earshot;

import static java.util.Objects.requireNonNull;

import io.earshot.internal.Fields;
import io.earshot.internal.Ranking;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
  private static final double MOST = 1_000;
  private static final double SECONDS_OF_A_DAY = 86_400;
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

  /** The settings that are numbers, each with its usual value and the greatest it may have. */
  enum Setting {
    TURNS("turns", 1, MOST),
    SUBJECT("subject", 1.5, MOST),
    ATTACHMENTS("attachments", 0.6, MOST),
    QUOTES("quotes", 0.1, MOST),
    OTHER_FIELDS("otherFields", 0.3, 1),
    SATURATION("saturation", 1.2, MOST),
    LENGTH_NORMALIZATION("lengthNormalization", 0.5, 1),
    STEM("stem", 0.8, 1),
    PASSAGE("passage", 2, MOST),
    PHRASE("phrase", 0.2, MOST),
    RECENCY("recency", 0.1, MOST);

    private final String label;
    private final double standard;
    private final double most;

    Setting(String label, double standard, double most) {
      this.label = label;
      this.standard = standard;
      this.most = most;
    }

    /** What it is called in Java and in files. */
    String label() {
      return label;
    }
  }

  private final Map<Setting, Double> numbers;
  private final Duration halfLife;
  private final Map<Channel, Double> channels;
  private final Rarity rarity;
  private final Ranking ranking;

  private RankingProfile(Builder builder) {
    numbers = Collections.unmodifiableMap(new EnumMap<>(builder.numbers));
    halfLife = builder.halfLife;
    channels = Collections.unmodifiableMap(new LinkedHashMap<>(builder.channels));
    rarity = builder.rarity;
    ranking =
        new Ranking(
            Map.of(
                Fields.TEXT,
                number(Setting.TURNS),
                Fields.SUBJECT,
                number(Setting.SUBJECT),
                Fields.ATTACHMENT,
                number(Setting.ATTACHMENTS),
                Fields.QUOTED,
                number(Setting.QUOTES)),
            number(Setting.OTHER_FIELDS),
            number(Setting.SATURATION),
            number(Setting.LENGTH_NORMALIZATION),
            number(Setting.STEM),
            number(Setting.PASSAGE),
            number(Setting.PHRASE),
            number(Setting.RECENCY),
            (halfLife.getSeconds() + halfLife.getNano() / 1e9) / SECONDS_OF_A_DAY,
            channels.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        weight -> weight.getKey().name(),
                        weight -> weight.getValue().floatValue())),
            Ranking.Statistics.valueOf(rarity.name()));
  }

  /** As Earshot comes. */
  public static RankingProfile standard() {
    return STANDARD;
  }

  /** Starts a profile, with every setting as Earshot comes. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a profile from a file of JSON in UTF-8; {@code docs/ranking.md} has its fields. What it
   * does not name is as Earshot comes.
   *
   * @throws IOException if the file cannot be read
   * @throws EarshotException if it holds something else, number EARSHOT-115; names file and line
   */
  public static RankingProfile read(Path file) throws IOException {
    return RankingProfileJson.read(requireNonNull(file, "file"));
  }

  /**
   * Reads a profile from JSON, as {@link #toJson()} writes it. What it does not name is as Earshot
   * comes.
   *
   * @throws EarshotException if it is something else, number EARSHOT-115; names the line
   */
  public static RankingProfile parse(String json) {
    return RankingProfileJson.parse(requireNonNull(json, "json"), "");
  }

  /** Every setting, as JSON with one on each line. */
  public String toJson() {
    return RankingProfileJson.write(this);
  }

  /** A builder that holds this profile's values. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.numbers.putAll(numbers);
    builder.halfLife = halfLife;
    builder.channels.putAll(channels);
    builder.rarity = rarity;
    return builder;
  }

  /** What a word counts that was newly written or said. */
  public double turns() {
    return value(Setting.TURNS);
  }

  /** What a word counts in the subject. */
  public double subject() {
    return value(Setting.SUBJECT);
  }

  /** What a word counts in an attachment or its name. */
  public double attachments() {
    return value(Setting.ATTACHMENTS);
  }

  /** What a word counts in a quotation, a signature or a disclaimer. */
  public double quotes() {
    return value(Setting.QUOTES);
  }

  /** Which share of its score a word adds in fields other than the one where it scores most. */
  public double otherFields() {
    return value(Setting.OTHER_FIELDS);
  }

  /** How soon it counts no more that a word is there again: BM25's k1. */
  public double saturation() {
    return value(Setting.SATURATION);
  }

  /** How much a long interaction loses: BM25's b. */
  public double lengthNormalization() {
    return value(Setting.LENGTH_NORMALIZATION);
  }

  /** What an occurrence counts in any inflection; one as it was typed counts 1 more. */
  public double stem() {
    return value(Setting.STEM);
  }

  /** What it counts that a hit's words stand together. */
  public double passage() {
    return value(Setting.PASSAGE);
  }

  /** What it counts that words stand there as they were typed. */
  public double phrase() {
    return value(Setting.PHRASE);
  }

  /** What the newest interaction gains, as a share of its score. */
  public double recency() {
    return value(Setting.RECENCY);
  }

  /** An interaction that is older than the newest by so much gains half of that. */
  public Duration halfLife() {
    return halfLife;
  }

  /** What a channel's interactions count, in order of the names; 1 if it is not there. */
  public Map<Channel, Double> channels() {
    return channels;
  }

  /** Where it comes from how rare a word is. */
  public Rarity rarity() {
    return rarity;
  }

  Ranking ranking() {
    return ranking;
  }

  double value(Setting setting) {
    return numbers.getOrDefault(setting, setting.standard);
  }

  private float number(Setting setting) {
    return (float) value(setting);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      settings.put(setting.label, value(setting));
    }
    settings.put("halfLife", halfLife);
    settings.put("channels", channels);
    settings.put("rarity", rarity.name().toLowerCase(Locale.ROOT));
    return settings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankingProfile that && settings().equals(that.settings());
  }

  @Override
  public int hashCode() {
    return settings().hashCode();
  }

  /** What is not as Earshot comes. */
  @Override
  public String toString() {
    Map<String, Object> others = settings();
    others.entrySet().removeAll(STANDARD.settings().entrySet());
    return others.isEmpty() ? "standard" : "standard but " + others;
  }

  /** Makes a {@link RankingProfile}. Not thread-safe. */
  public static final class Builder {
    private final Map<Setting, Double> numbers = new EnumMap<>(Setting.class);
    private Duration halfLife = Duration.ofDays(180);
    private final Map<Channel, Double> channels =
        new TreeMap<>((one, other) -> one.name().compareTo(other.name()));
    private Rarity rarity = Rarity.BLENDED;

    private Builder() {}

    Builder set(Setting setting, double value) {
      numbers.put(setting, checked(setting.label, value, setting.most));
      return this;
    }

    /** What a word counts that was newly written or said. By default 1. */
    public Builder turns(double weight) {
      return set(Setting.TURNS, weight);
    }

    /** What a word counts in the subject. By default 1.5. */
    public Builder subject(double weight) {
      return set(Setting.SUBJECT, weight);
    }

    /** What a word counts in an attachment or its name. By default 0.6. */
    public Builder attachments(double weight) {
      return set(Setting.ATTACHMENTS, weight);
    }

    /** What a word counts in a quotation, a signature or a disclaimer. By default 0.1. */
    public Builder quotes(double weight) {
      return set(Setting.QUOTES, weight);
    }

    /**
     * Which share of its score a word adds in fields other than the one where it scores most, in
     * [0, 1]. By default 0.3.
     */
    public Builder otherFields(double share) {
      return set(Setting.OTHER_FIELDS, share);
    }

    /**
     * How soon it counts no more that a word is there again: BM25's k1, in [0, 1000]. By default
     * 1.2.
     */
    public Builder saturation(double k1) {
      return set(Setting.SATURATION, k1);
    }

    /** How much a long interaction loses: BM25's b, in [0, 1]. By default 0.5. */
    public Builder lengthNormalization(double b) {
      return set(Setting.LENGTH_NORMALIZATION, b);
    }

    /**
     * What an occurrence counts in any inflection, in [0, 1]; one as it was typed counts 1 more. By
     * default 0.8.
     */
    public Builder stem(double weight) {
      return set(Setting.STEM, weight);
    }

    /**
     * What it counts that a hit's words stand together: so much of its score more at most. By
     * default 2.
     */
    public Builder passage(double share) {
      return set(Setting.PASSAGE, share);
    }

    /**
     * What it counts that words stand there as they were typed: so much of its score more at most.
     * By default 0.2.
     */
    public Builder phrase(double share) {
      return set(Setting.PHRASE, share);
    }

    /**
     * What the newest interaction gains: so much of its score more. One that is older by the
     * half-life gains half as much. By default 0.1, and 180 days.
     *
     * @throws IllegalArgumentException unless the half-life is positive
     */
    public Builder recency(double share, Duration newHalfLife) {
      return set(Setting.RECENCY, share).halfLife(newHalfLife);
    }

    Builder halfLife(Duration newHalfLife) {
      requireNonNull(newHalfLife, "halfLife");
      if (newHalfLife.isNegative() || newHalfLife.isZero()) {
        throw new IllegalArgumentException("halfLife must be positive, got " + newHalfLife);
      }
      halfLife = newHalfLife;
      return this;
    }

    /** What interactions of a channel count: their scores are multiplied by it. By default 1. */
    public Builder channel(Channel channel, double weight) {
      requireNonNull(channel, "channel");
      channels.put(channel, checked("channel " + channel, weight, MOST));
      return this;
    }

    /** Where it comes from how rare a word is. By default from both scope and table. */
    public Builder rarity(Rarity newRarity) {
      rarity = requireNonNull(newRarity, "rarity");
      return this;
    }

    /** The profile. */
    public RankingProfile build() {
      return new RankingProfile(this);
    }

    private static double checked(String name, double value, double most) {
      if (!(value >= 0 && value <= most)) { // written so that NaN fails too
        throw new IllegalArgumentException(
            "%s must be in [0, %s], got %s".formatted(name, most, value));
      }
      return value + 0.0; // of two zeros the positive one
    }
  }
}

package io.earshot.internal;

import java.util.List;

/** Names of the index's fields; one place, since writing and asking must agree. */
public final class Fields {
  /** Searched, in order of weight: what was newly written or said, then what stands around it. */
  public static final String TEXT = "text";

  public static final String SUBJECT = "subject";
  public static final String ATTACHMENT = "attachment";
  public static final String QUOTED = "quoted";

  /** Exact terms, and sort keys of the index. */
  public static final String CUSTOMER = "customer";

  public static final String ID = "id";
  public static final String STARTED_AT = "startedAt";

  /** What a list of hits shows. */
  public static final String CHANNEL = "channel";

  public static final String DIRECTION = "direction";
  public static final String COVERAGE = "coverage";

  /** Where in which turn each position stands; see {@link MomentMap}. */
  public static final String MOMENTS = "moments";

  /** The whole interaction, stored. */
  public static final String JSON = "json";

  private static final List<Searched> SEARCHED =
      List.of(
          new Searched(TEXT, 1.0f, 120),
          new Searched(SUBJECT, 1.5f, 8),
          new Searched(ATTACHMENT, 0.5f, 300),
          new Searched(QUOTED, 0.3f, 120));

  private Fields() {}

  /**
   * A field that words are searched in.
   *
   * @param name the field
   * @param weight what a match in it counts
   * @param averageLength its average length in positions; a fixed background figure, because a true
   *     average would let other customers' documents move a customer's scores
   */
  public record Searched(String name, float weight, int averageLength) {}

  /** The fields that words are searched in. */
  public static List<Searched> searched() {
    return SEARCHED;
  }
}

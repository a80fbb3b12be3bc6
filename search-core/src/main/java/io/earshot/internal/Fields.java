package io.earshot.internal;

import java.util.List;

/** Names of the index's fields; one place, since writing and asking must agree. */
public final class Fields {
  /**
   * Searched, in order of their usual weight: what was newly written or said, then what stands
   * around it.
   */
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

  /** Milliseconds from its begin to its end, a doc value; absent where it is unknown. */
  public static final String DURATION = "duration";

  /** BCP 47 tag in lower case: a term, and a sorted doc value. */
  public static final String LANGUAGE = "language";

  /** A term, and a sorted doc value, both cut by {@link Analysis#cut}. */
  public static final String THREAD = "thread";

  /** Terms: folded and cut; doc values, a sorted set: as written and cut. */
  public static final String TAG = "tag";

  /** Terms: "attachment" and the like, and folded names of attributes. */
  public static final String HAS = "has";

  /**
   * Terms: folded name, {@link #SEPARATOR}, folded value, both cut; doc values, a sorted set: name,
   * separator, value as written, for name and value of up to 200 bytes each. A document of whose
   * attributes none is that short has one empty doc value.
   */
  public static final String ATTRIBUTE = "attribute";

  /**
   * Terms: codes of the languages that searched words were stemmed in, as {@link Analysis#code}
   * gives them; the empty one for words without.
   */
  public static final String STEMMED_IN = "stemmedIn";

  /** Words of those who sent it, a segment for each name, address and id. */
  public static final String FROM = "from";

  /** Likewise of the agents; doc values, a sorted set: what to call them. */
  public static final String AGENT = "agent";

  /** Words of attachments' names, a segment each. */
  public static final String FILENAME = "filename";

  /**
   * Every exact form of every searched field, a sorted set of doc values: suggestions, spelling and
   * episodes come of it.
   */
  public static final String WORDS = "words";

  /** Names and addresses of those who took part, as written: a sorted set of doc values. */
  public static final String PEOPLE = "people";

  /** Terms: canonical form; doc values, a sorted set: as written. See {@link Identifiers}. */
  public static final String IDENTIFIER = "identifier";

  /** Of what was newly written or said, a doc value; see {@link Vocabulary#digest}. */
  public static final String DIGEST = "digest";

  /** The searched texts as they are; see {@link Texts} and {@link LongValue}. */
  public static final String TEXTS = "texts";

  /** Where in which turn each position stands; see {@link MomentMap} and {@link LongValue}. */
  public static final String MOMENTS = "moments";

  /** The whole interaction, stored. */
  public static final String JSON = "json";

  /** Stands between an attribute's name and its value. */
  public static final char SEPARATOR = '\u001f';

  private static final List<Searched> SEARCHED =
      List.of(
          new Searched(TEXT, 120),
          new Searched(SUBJECT, 8),
          new Searched(ATTACHMENT, 300),
          new Searched(QUOTED, 120));

  private Fields() {}

  /**
   * A field that words are searched in.
   *
   * @param name the field
   * @param averageLength its average length in positions; a fixed background figure, because a true
   *     average would let other customers' documents move a customer's scores
   */
  public record Searched(String name, int averageLength) {}

  /** The fields that words are searched in. */
  public static List<Searched> searched() {
    return SEARCHED;
  }
}

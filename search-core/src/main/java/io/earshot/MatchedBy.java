package io.earshot;

/** What in a hit answered the query. */
public enum MatchedBy {
  /** The words as typed, their stems, their {@link Synonyms}, or their written or spoken forms. */
  WORDS,
  /** Another reading that the recogniser considered. */
  ALTERNATIVE,
  /** Words that sound alike. */
  SOUND,
  /** Words of the same meaning. */
  MEANING
}

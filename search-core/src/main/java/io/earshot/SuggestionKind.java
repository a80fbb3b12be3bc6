package io.earshot;

/** What a {@link Suggestion} is. */
public enum SuggestionKind {
  /** A word that was written or said. */
  WORD,
  /** Words that were written or said side by side. */
  PHRASE,
  /** Somebody who took part. */
  PERSON,
  /** An order number, an e-mail address, a telephone number or the like. */
  IDENTIFIER
}

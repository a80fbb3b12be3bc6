package io.earshot;

/** What comes first in an answer; ties: newest first, then by id. */
public enum SortOrder {
  /** The best match. */
  RELEVANCE,
  /** The newest interaction. */
  NEWEST,
  /** The oldest interaction. */
  OLDEST
}

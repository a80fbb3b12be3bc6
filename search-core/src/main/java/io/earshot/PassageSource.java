package io.earshot;

/** Which part of an interaction a passage is from. */
public enum PassageSource {
  /** What was written or said. */
  TURN,
  /**
   * What an e-mail repeats of earlier ones, or its signature: perhaps somebody else's words, so its
   * passage names no speaker.
   */
  QUOTED,
  /** The subject line. */
  SUBJECT,
  /** An attachment's name or text. */
  ATTACHMENT
}

package io.earshot;

/** Which part of an interaction a passage is from. */
public enum PassageSource {
  /** What was written or said, or what an e-mail repeats of it. */
  TURN,
  /** The subject line. */
  SUBJECT,
  /** An attachment's name or text. */
  ATTACHMENT
}

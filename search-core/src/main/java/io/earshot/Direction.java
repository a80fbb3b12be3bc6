package io.earshot;

/** Who began an interaction, seen from the company. */
public enum Direction {
  /** The customer wrote or called. */
  INBOUND,
  /** The company wrote or called. */
  OUTBOUND,
  /** Among colleagues; the customer took no part. */
  INTERNAL
}

package io.earshot.transcription;

/** Whose voice an audio channel carries. */
public enum SpeakerRole {
  /** The company's representative. */
  AGENT,
  /** The customer. */
  CUSTOMER,
  /** Not known, or several people on one channel. */
  UNKNOWN
}

package io.earshot;

/** The header of an e-mail in which a participant stands (RFC 5322, section 3.6). */
public enum AddressField {
  /** The author. */
  FROM,
  /** A primary recipient. */
  TO,
  /** A recipient of a copy. */
  CC,
  /** A recipient of a blind copy. */
  BCC,
  /** Where replies are asked to go. */
  REPLY_TO
}

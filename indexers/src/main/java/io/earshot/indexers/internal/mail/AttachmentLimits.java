package io.earshot.indexers.internal.mail;

/** Limits that hold for every attachment, however its words are found. */
public final class AttachmentLimits {
  /** Most characters kept of one attachment; a warning says when more were left out. */
  public static final int MAX_CHARS = 1_000_000;

  private AttachmentLimits() {}
}

package io.earshot.indexers;

/**
 * Is told how an ingest run goes.
 *
 * <p>Called by one thread at a time, though not always the same; a method that takes long holds up
 * the run. Every method does nothing by default.
 */
public interface IngestListener {
  /**
   * The inputs were counted, before the first is read.
   *
   * @param inputs number of files
   * @param bytes their sizes together
   */
  default void found(long inputs, long bytes) {}

  /** An input is being read. */
  default void started(String uri) {}

  /**
   * An input was dealt with.
   *
   * @param uri the input
   * @param inputs number of files dealt with so far
   * @param bytes their sizes together
   */
  default void finished(String uri, long inputs, long bytes) {}

  /** An input, or a part of one, could not be read. */
  default void quarantined(IngestReport.Quarantined entry) {}

  /** A file was left out on purpose; {@link IngestReport#ignored()} has the kinds. */
  default void ignored(String uri, String kind) {}

  /**
   * Something odd was mended or kept.
   *
   * @param uri the input
   * @param position the part of it; may be empty
   * @param message what was odd, without a customer's words
   */
  default void warning(String uri, String position, String message) {}
}

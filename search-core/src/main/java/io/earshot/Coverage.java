package io.earshot;

/**
 * How much of what was said could be heard: what a search may have missed.
 *
 * @param calls calls in scope
 * @param poorlyHeard calls of which less than {@value #POORLY_HEARD_BELOW} of the speech was heard
 *     with confidence
 */
public record Coverage(long calls, long poorlyHeard) {
  /** Coverage of a transcript below which a call counts as poorly heard. */
  public static final double POORLY_HEARD_BELOW = 0.6;
}

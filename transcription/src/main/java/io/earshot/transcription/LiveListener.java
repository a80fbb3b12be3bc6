package io.earshot.transcription;

/**
 * Is told what is heard on a live call.
 *
 * <p>Called on the thread that recognises the call, in the order in which things are heard: what it
 * does must be quick, since the call is not heard meanwhile.
 */
public interface LiveListener {
  /** One that does nothing, for those who want the transcript only. */
  LiveListener NONE = new LiveListener() {};

  /**
   * What is being said on a channel has changed. It may change again; an utterance takes its place,
   * and an empty text takes it back.
   *
   * @param channel from 0
   * @param text all that is heard of the utterance so far, as heard
   * @param atMs how much of the call had been heard by then, in milliseconds from its start
   */
  default void partial(int channel, String text, long atMs) {}

  /**
   * Somebody made a pause: words, times and confidences of this are final.
   *
   * <p>The role is {@link SpeakerRole#UNKNOWN} unless the agent's channel is configured, since it
   * is guessed by the whole call; for the same reason words that were heard in the beginning of a
   * tone or of music are here, and not in the transcript.
   */
  default void utterance(Utterance utterance) {}
}

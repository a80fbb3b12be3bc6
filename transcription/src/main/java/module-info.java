/**
 * Turns call audio into a transcript with the time of every word.
 *
 * <p>Start at {@link io.earshot.transcription.Transcriber}. Knows nothing of the search index.
 */
@org.jspecify.annotations.NullMarked
module io.earshot.transcription {
  requires static transitive org.jspecify;
  requires transitive io.earshot.written;
  requires com.fasterxml.jackson.core;
  requires com.sun.jna;
  requires java.net.http;
  requires jdk.management;
  requires libfvad.jni;
  requires org.apache.commons.codec;
  requires org.bytedeco.ffmpeg;
  requires org.bytedeco.javacpp;
  requires org.slf4j;
  requires vosk;

  exports io.earshot.transcription;
}

package io.earshot.indexers;

import io.earshot.transcription.Transcriber;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptionProgress;
import java.io.IOException;
import java.nio.file.Path;

/** Does something before each recording is transcribed. */
record DelegatingTranscriber(Transcriber delegate, Before before) implements Transcriber {
  interface Before {
    void run() throws InterruptedException;
  }

  @Override
  public String engine() {
    return delegate.engine();
  }

  @Override
  public String version() {
    return delegate.version();
  }

  @Override
  public String model() {
    return delegate.model();
  }

  @Override
  public Transcript transcribe(Path audio, TranscriptionProgress progress) throws IOException {
    try {
      before.run();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return delegate.transcribe(audio, progress);
  }

  @Override
  public void close() {
    delegate.close();
  }
}

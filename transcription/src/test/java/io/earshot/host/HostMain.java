package io.earshot.host;

import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptionService;
import io.earshot.transcription.VoskTranscriber;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A host of its own, which uses what is public only: on the class path or the module path. */
public final class HostMain {
  private HostMain() {}

  /**
   * Transcribes a recording, or begins with it and waits to be killed.
   *
   * @param arguments {@code whole} or {@code begin}, the model and the recording
   */
  public static void main(String[] arguments) throws Exception {
    try (TranscriptionService service =
        TranscriptionService.builder(VoskTranscriber.builder().model(Path.of(arguments[1])))
            .workers(1)
            .start()) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Transcript> call =
          service.submit(Path.of(arguments[2]), (doneMs, totalMs) -> begun.countDown());
      begun.await();
      System.out.println(TranscriptionService.class.getModule().isNamed());
      ProcessHandle.current().children().forEach(child -> System.out.println(child.pid()));
      System.out.println("begun");
      if (arguments[0].equals("begin")) {
        Thread.sleep(Long.MAX_VALUE);
      }
      System.out.println("heard " + call.join().utterances().size() + " utterances");
    }
  }
}

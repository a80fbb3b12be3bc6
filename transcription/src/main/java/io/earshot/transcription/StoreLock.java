package io.earshot.transcription;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps other processes from downloading the same model at the same time. The system lets go of it
 * when the process ends, however that happens. The file stays: who deletes it may delete another's
 * lock.
 */
final class StoreLock implements AutoCloseable {
  private final FileChannel file;

  private StoreLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the lock of a model.
   *
   * @throws SpeechModelException if somebody else has it
   */
  static StoreLock take(Path store, String name) throws IOException {
    Path path = store.resolve("." + name + ".lock");
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return new StoreLock(file);
      }
    } catch (OverlappingFileLockException e) {
      // held in this very process
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.close();
    throw new SpeechModelException(
        "EARSHOT-227: another earshot is downloading "
            + name
            + " already; wait until it has ended (it holds "
            + path
            + ").");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

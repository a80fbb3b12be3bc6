package io.earshot.transcription;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.github.givimad.libfvadjni.VoiceActivityDetector;
import java.io.File;
import java.io.IOException;

/**
 * libfvad's own functions, bound through JNA.
 *
 * <p>Not the methods that come with them: these keep the copy of every frame for ever (116 MB for
 * an hour of a channel, measured), and all detectors in one map without a lock. On Windows the
 * library shows nothing else, so there is none.
 *
 * <p>Thread-safe. Whoever makes a detector frees it once and uses it no more.
 */
final class Fvad {
  private final Function make;
  private final Function setSampleRate;
  private final Function setMode;
  private final Function process;
  private final Function free;

  private Fvad(NativeLibrary library) {
    make = library.getFunction("fvad_new");
    setSampleRate = library.getFunction("fvad_set_sample_rate");
    setMode = library.getFunction("fvad_set_mode");
    process = library.getFunction("fvad_process");
    free = library.getFunction("fvad_free");
  }

  /**
   * The library, unpacked and loaded on first use.
   *
   * @throws LinkageError if there is none for this platform
   */
  static Fvad load() {
    return Holder.INSTANCE;
  }

  /** A detector for audio of that rate, the stricter the higher its mode, from 0 to 3. */
  Pointer make(int sampleRateHz, int mode) {
    Pointer detector = make.invokePointer(new Object[] {});
    setSampleRate.invokeInt(new Object[] {detector, sampleRateHz});
    setMode.invokeInt(new Object[] {detector, mode});
    return detector;
  }

  /** 1 for speech, 0 for none, -1 for a frame of a length that it does not take. */
  int process(Pointer detector, short[] frame) {
    return process.invokeInt(new Object[] {detector, frame, (long) frame.length});
  }

  void free(Pointer detector) {
    free.invokeVoid(new Object[] {detector});
  }

  private static final class Holder {
    static final Fvad INSTANCE = bind();

    private static Fvad bind() {
      try {
        File unpacked =
            Native.extractFromResourcePath(
                resource(), VoiceActivityDetector.class.getClassLoader());
        try {
          return new Fvad(NativeLibrary.getInstance(unpacked.getAbsolutePath()));
        } finally {
          unpacked.delete(); // loaded, or of no use
        }
      } catch (IOException e) {
        throw new LinkageError("libfvad cannot be unpacked", e);
      }
    }

    private static String resource() {
      String processor = Platform.isARM() ? "arm64" : "amd64";
      return Platform.isMac()
          ? "/macos-" + processor + "/liblibfvad-jni.dylib"
          : "/debian-" + processor + "/liblibfvad-jni.so";
    }
  }
}

package io.earshot.transcription;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vosk.LibVosk;

/** Vosk's native library, bound through JNA. */
final class JnaVosk implements Vosk {
  /** Kaldi's severities below this are dropped; a failed assertion, its last words, is not. */
  private static final int ONLY_FAILED_ASSERTIONS = -3;

  /** More readings change nothing but the time it takes: see {@link ConfusionNetwork}. */
  private static final int ALTERNATIVES = 20;

  private final Function newModel;
  private final Function freeModel;
  private final Function newSpeakerModel;
  private final Function freeSpeakerModel;
  private final Function newRecognizer;
  private final Function setSpeakerModel;
  private final Function setMaxAlternatives;
  private final Function setWords;
  private final Function accept;
  private final Function partialResult;
  private final Function result;
  private final Function finalResult;
  private final Function freeRecognizer;

  private JnaVosk(NativeLibrary library) {
    newModel = library.getFunction("vosk_model_new");
    freeModel = library.getFunction("vosk_model_free");
    newSpeakerModel = library.getFunction("vosk_spk_model_new");
    freeSpeakerModel = library.getFunction("vosk_spk_model_free");
    newRecognizer = library.getFunction("vosk_recognizer_new");
    setSpeakerModel = library.getFunction("vosk_recognizer_set_spk_model");
    setMaxAlternatives = library.getFunction("vosk_recognizer_set_max_alternatives");
    setWords = library.getFunction("vosk_recognizer_set_words");
    accept = library.getFunction("vosk_recognizer_accept_waveform_s");
    partialResult = library.getFunction("vosk_recognizer_partial_result");
    result = library.getFunction("vosk_recognizer_result");
    finalResult = library.getFunction("vosk_recognizer_final_result");
    freeRecognizer = library.getFunction("vosk_recognizer_free");
    library.getFunction("vosk_set_log_level").invokeVoid(new Object[] {ONLY_FAILED_ASSERTIONS});
  }

  /**
   * The library, unpacked and loaded on first use.
   *
   * @throws SpeechModelException if there is none for this platform
   */
  static Vosk load() throws SpeechModelException {
    try {
      return Holder.INSTANCE;
    } catch (
        LinkageError e) { // an initialiser that failed once fails again as another LinkageError
      throw new SpeechModelException(
          "EARSHOT-204: Vosk's native library does not load on "
              + Platform.RESOURCE_PREFIX
              + ". It exists for Linux, macOS and Windows on x86-64 with glibc; transcribe there,"
              + " and index the transcripts here.",
          e);
    }
  }

  @Override
  public @Nullable Pointer newModel(String folder) {
    return newModel.invokePointer(new Object[] {utf8(folder)});
  }

  @Override
  public void freeModel(Pointer model) {
    freeModel.invokeVoid(new Object[] {model});
  }

  @Override
  public @Nullable Pointer newSpeakerModel(String folder) {
    return newSpeakerModel.invokePointer(new Object[] {utf8(folder)});
  }

  @Override
  public void freeSpeakerModel(Pointer model) {
    freeSpeakerModel.invokeVoid(new Object[] {model});
  }

  @Override
  public @Nullable Pointer newRecognizer(Pointer model, int sampleRateHz) {
    Pointer recognizer = newRecognizer.invokePointer(new Object[] {model, (float) sampleRateHz});
    if (recognizer != null) {
      setMaxAlternatives.invokeVoid(new Object[] {recognizer, ALTERNATIVES});
      setWords.invokeVoid(new Object[] {recognizer, 1});
    }
    return recognizer;
  }

  @Override
  public void setSpeakerModel(Pointer recognizer, Pointer speakerModel) {
    setSpeakerModel.invokeVoid(new Object[] {recognizer, speakerModel});
  }

  @Override
  public int accept(Pointer recognizer, short[] samples, int length) {
    if (length < 0 || length > samples.length) { // native code reads beyond the array
      throw new IndexOutOfBoundsException(
          "length must be in [0, " + samples.length + "], got " + length);
    }
    return accept.invokeInt(new Object[] {recognizer, samples, length});
  }

  @Override
  public String partialResult(Pointer recognizer) {
    return utf8(partialResult.invokePointer(new Object[] {recognizer}));
  }

  @Override
  public String result(Pointer recognizer) {
    return utf8(result.invokePointer(new Object[] {recognizer}));
  }

  @Override
  public String finalResult(Pointer recognizer) {
    return utf8(finalResult.invokePointer(new Object[] {recognizer}));
  }

  @Override
  public void freeRecognizer(Pointer recognizer) {
    freeRecognizer.invokeVoid(new Object[] {recognizer});
  }

  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /** The text at a pointer; JNA itself would decode it by the platform's charset. */
  static String utf8(@Nullable Pointer text) {
    return text == null ? "" : text.getString(0, StandardCharsets.UTF_8.name());
  }

  private static final class Holder {
    static final Vosk INSTANCE = bind();

    private static Vosk bind() {
      String name = Platform.isWindows() ? "libvosk" : "vosk";
      try {
        // Its initialiser knows how to unpack the library and, on Windows, those beside it.
        Class.forName(LibVosk.class.getName(), true, LibVosk.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new NoClassDefFoundError(e.getMessage());
      }
      return new JnaVosk(NativeLibrary.getInstance(name, LibVosk.class.getClassLoader()));
    }
  }
}

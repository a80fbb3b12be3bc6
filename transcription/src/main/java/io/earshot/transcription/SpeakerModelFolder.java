package io.earshot.transcription;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a Vosk model of voices, checked before native code sees it.
 *
 * @param path the folder
 * @param sampleRateHz the rate of the audio the model was trained on
 */
record SpeakerModelFolder(Path path, int sampleRateHz) {
  private static final String NETWORK = "final.ext.raw";

  /** Whether a folder means to be one. */
  static boolean isMeant(Path path) {
    return Files.exists(path.resolve(NETWORK));
  }

  /**
   * Checks a folder.
   *
   * @throws SpeechModelException if it is no such model; names every file that is missing or
   *     visibly damaged
   */
  static SpeakerModelFolder check(Path path) throws IOException {
    ModelFiles files =
        ModelFiles.in(
            path,
            "Vosk speaker model",
            "give the folder that holds " + NETWORK + " and transform.mat");
    files.require("mfcc.conf", ModelFileKind.OPTIONS);
    files.require(NETWORK, ModelFileKind.KALDI);
    files.require("mean.vec", ModelFileKind.MATRIX);
    files.require("transform.mat", ModelFileKind.MATRIX);
    files.throwIfNotWhole();
    return new SpeakerModelFolder(
        path, ModelFolder.sampleRateHz(KaldiOptions.read(files.path("mfcc.conf"))));
  }
}

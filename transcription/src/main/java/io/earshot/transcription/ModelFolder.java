package io.earshot.transcription;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Vosk model's folder, checked before native code sees it: that code may end the process over a
 * file that is missing.
 *
 * @param path the folder
 * @param sampleRateHz the rate of the audio the model was trained on
 */
record ModelFolder(Path path, int sampleRateHz) {
  private static final int DEFAULT_SAMPLE_RATE_HZ = 16_000; // Kaldi's
  private static final String SAMPLE_RATE_OPTION = "--sample-frequency=";
  private static final List<String> IVECTOR_FILES =
      List.of(
          "ivector/splice.conf",
          "ivector/online_cmvn.conf",
          "ivector/final.mat",
          "ivector/global_cmvn.stats",
          "ivector/final.dubm");

  /** The model's name: its folder's. */
  String name() {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /**
   * Checks a folder.
   *
   * @throws SpeechModelException if it is no Vosk model; names every file that is missing
   */
  static ModelFolder check(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw notAModel(path, "there is no such folder");
    }
    if (!Files.isDirectory(path)) {
      throw notAModel(path, "it is a file");
    }
    boolean flat =
        !Files.exists(path.resolve("am"))
            && !Files.exists(path.resolve("conf"))
            && Files.exists(path.resolve("final.mdl"));
    List<String> missing = flat ? missingOfFlatLayout(path) : missingOfLayout(path);
    if (Files.exists(path.resolve("ivector/final.ie"))) {
      missing.addAll(unreadable(path, IVECTOR_FILES));
    }
    if (!missing.isEmpty()) {
      throw notAModel(
          path,
          String.join(", ", missing) + (missing.size() == 1 ? " is missing" : " are missing"));
    }
    return new ModelFolder(path, sampleRateHz(path.resolve(flat ? "mfcc.conf" : "conf/mfcc.conf")));
  }

  private static List<String> missingOfLayout(Path path) {
    List<String> missing =
        unreadable(path, List.of("am/final.mdl", "conf/mfcc.conf", "conf/model.conf"));
    missing.addAll(missingGraph(path, "graph/"));
    return missing;
  }

  private static List<String> missingOfFlatLayout(Path path) {
    List<String> missing = unreadable(path, List.of("final.mdl", "mfcc.conf"));
    missing.addAll(missingGraph(path, ""));
    return missing;
  }

  /** A graph is one file, or three that are composed at run time. */
  private static List<String> missingGraph(Path path, String prefix) {
    if (Files.isReadable(path.resolve(prefix + "HCLG.fst"))) {
      return List.of();
    }
    List<String> parts =
        List.of(prefix + "HCLr.fst", prefix + "Gr.fst", prefix + "disambig_tid.int");
    List<String> missing = unreadable(path, parts);
    return missing.size() == parts.size() ? List.of(prefix + "HCLG.fst") : missing;
  }

  private static List<String> unreadable(Path path, List<String> names) {
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      Path file = path.resolve(name);
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        missing.add(name);
      }
    }
    return missing;
  }

  private static int sampleRateHz(Path mfccConf) throws IOException {
    for (String line : Files.readAllLines(mfccConf)) {
      String option = line.replaceFirst("#.*", "").strip().replace('_', '-');
      if (option.startsWith(SAMPLE_RATE_OPTION)) {
        return parseSampleRateHz(mfccConf, option.substring(SAMPLE_RATE_OPTION.length()).strip());
      }
    }
    return DEFAULT_SAMPLE_RATE_HZ;
  }

  private static int parseSampleRateHz(Path mfccConf, String value) throws SpeechModelException {
    try {
      double rate = Double.parseDouble(value);
      if (rate >= 1_000 && rate <= 384_000 && rate == Math.rint(rate)) {
        return (int) rate;
      }
    } catch (NumberFormatException e) {
      // reported below, as a number out of range is
    }
    throw new SpeechModelException(
        "EARSHOT-201: "
            + mfccConf
            + " gives the sample rate "
            + value
            + ", which is not a whole number of Hz from 1000 to 384000. Get the model again.");
  }

  private static SpeechModelException notAModel(Path path, String reason) {
    return new SpeechModelException(
        "EARSHOT-201: "
            + path
            + " is no Vosk model: "
            + reason
            + "; give the folder that holds am/, conf/ and graph/.");
  }
}

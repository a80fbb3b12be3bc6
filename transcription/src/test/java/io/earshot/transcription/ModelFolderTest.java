package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
  private static final String WEB_PAGE =
      "<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n";

  @TempDir Path folder;

  @Test
  void check_tinyModel_whatItIs() throws IOException {
    ModelFolder model = ModelFolder.check(TestCalls.MODEL);

    assertThat(model.name()).isEqualTo("vosk-model-tiny-en-callcentre");
    assertThat(model.sampleRateHz()).isEqualTo(16_000);
    assertThat(model.frameSeconds()).isCloseTo(0.03, within(1e-9));
    assertThat(model.dynamicGraph()).isTrue();
    assertThat(model.rnnlm()).isFalse();
    assertThat(model.fileBytes()).isBetween(5_000_000L, 5_300_000L);
  }

  @Test
  void check_bigModel_whatItIs() throws IOException {
    TestModels.writeBig(folder);

    ModelFolder model = ModelFolder.check(folder);

    assertThat(model.dynamicGraph()).isFalse();
    assertThat(model.rnnlm()).isTrue();
  }

  @Test
  void check_noFolder_saysSo() {
    Path missing = folder.resolve("nowhere");

    assertThatThrownBy(() -> ModelFolder.check(missing))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-201: " + missing + " is no Vosk model: there is no such")
        .hasMessageContaining("give the folder that holds am/, conf/ and graph/");
  }

  @Test
  void check_file_saysSo() throws IOException {
    Path file = Files.createFile(folder.resolve("model.zip"));

    assertThatThrownBy(() -> ModelFolder.check(file))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("it is a file");
  }

  @Test
  void check_emptyFolder_namesEveryFile() {
    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining(
            "am/final.mdl, conf/mfcc.conf, conf/model.conf, graph/HCLG.fst are missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "am/final.mdl",
        "conf/mfcc.conf",
        "conf/model.conf",
        "graph/Gr.fst",
        "graph/HCLr.fst",
        "graph/disambig_tid.int",
        "graph/words.txt"
      })
  void check_oneFileMissing_namesIt(String name) throws IOException {
    TestModels.writeSmall(folder);
    Files.delete(folder.resolve(name));

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining(" is no Vosk model: " + name + " is missing;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "graph/words.txt",
        "ivector/final.ie",
        "ivector/final.dubm",
        "ivector/final.mat",
        "ivector/global_cmvn.stats",
        "ivector/splice.conf",
        "ivector/online_cmvn.conf",
        "rescore/G.fst",
        "rescore/G.carpa",
        "rnnlm/final.raw",
        "rnnlm/feat_embedding.final.mat",
        "rnnlm/special_symbol_opts.conf",
        "rnnlm/word_feats.txt"
      })
  void check_partOfABigModelMissing_namesIt(String name) throws IOException {
    TestModels.writeBig(folder);
    Files.delete(folder.resolve(name));

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining(" is no Vosk model: " + name + " is missing;");
  }

  @Test
  void check_rescoringIncomplete_saysThatItMayBeDeleted() throws IOException {
    TestModels.writeBig(folder);
    Files.delete(folder.resolve("rescore/G.carpa"));

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .hasMessageEndingWith(
            "rescore/G.carpa is missing; get the model again, or delete its folder rescore to do"
                + " without.");
  }

  @Test
  void check_speakerAdaptationIncomplete_namesAllThatIsMissing() throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(folder, "ivector/final.ie", TestModels.KALDI);
    TestModels.write(folder, "ivector/splice.conf", "");

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("ivector/online_cmvn.conf, ivector/final.mat");
  }

  @Test
  void check_optionalPartsAbsent_accepted() throws IOException {
    TestModels.writeBig(folder);
    for (String part : new String[] {"rescore", "rnnlm", "ivector"}) {
      try (var files = Files.list(folder.resolve(part))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.delete(folder.resolve("graph/phones/word_boundary.int"));

    assertThat(ModelFolder.check(folder).rnnlm()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"graph/Gr.fst", "graph/HCLG.fst"})
  void check_graphHoldsItsWords_noListOfThemNeeded(String graph) throws IOException {
    int outputSymbols = 2;
    TestModels.writeSmall(folder);
    TestModels.write(folder, graph, TestModels.fst("const", outputSymbols, 3, 5));
    Files.delete(folder.resolve("graph/words.txt"));

    assertThatCode(() -> ModelFolder.check(folder)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "am/final.mdl",
        "graph/HCLG.fst",
        "graph/words.txt",
        "graph/phones/word_boundary.int",
        "ivector/final.ie",
        "ivector/final.dubm",
        "ivector/final.mat",
        "ivector/global_cmvn.stats",
        "ivector/splice.conf",
        "rescore/G.fst",
        "rescore/G.carpa",
        "rnnlm/final.raw",
        "rnnlm/feat_embedding.final.mat",
        "rnnlm/special_symbol_opts.conf",
        "rnnlm/word_feats.txt",
        "conf/mfcc.conf",
        "conf/model.conf",
        "am/global_cmvn.stats",
        "conf/pitch.conf"
      })
  void check_webPageInstead_namesTheFile(String name) throws IOException {
    TestModels.writeBig(folder);
    TestModels.write(folder, name, WEB_PAGE);

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith(
            "EARSHOT-201: "
                + folder
                + " is no Vosk model: "
                + name
                + " is damaged (a web page is in it)")
        .hasMessageEndingWith("; get the model again.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "am/final.mdl",
        "graph/HCLr.fst",
        "graph/Gr.fst",
        "graph/words.txt",
        "graph/disambig_tid.int" // Vosk reads it, and ends the process at the first word
      })
  void check_emptyFile_namesIt(String name) throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(folder, name, "");

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining(name + " is damaged (it is empty); get the model again.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"graph/disambig_tid.int", "graph/words.txt"})
  void check_textCutShortInALine_namesIt(String name) throws IOException {
    TestModels.copy(TestCalls.MODEL, folder.resolve("cut"));
    Path file = folder.resolve("cut").resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 2));

    assertThatThrownBy(() -> ModelFolder.check(folder.resolve("cut")))
        .hasMessageContaining(name + " is damaged (it is cut short)");
  }

  @ParameterizedTest
  @CsvSource({"graph/HCLr.fst, 0.5", "graph/Gr.fst, 0.1", "graph/HCLr.fst, 0.001"})
  void check_graphCutShort_namesIt(String name, double share) throws IOException {
    TestModels.copy(TestCalls.MODEL, folder.resolve("cut"));
    Path file = folder.resolve("cut").resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (whole.length * share)));

    assertThatThrownBy(() -> ModelFolder.check(folder.resolve("cut")))
        .hasMessageContaining(name + " is damaged (it is cut short)");
  }

  @Test
  void check_severalThingsWrong_namesThemAll() throws IOException {
    TestModels.writeBig(folder);
    Files.delete(folder.resolve("am/final.mdl"));
    Files.delete(folder.resolve("rescore/G.fst"));
    TestModels.write(folder, "rnnlm/final.raw", WEB_PAGE);

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .hasMessageContaining("am/final.mdl, rescore/G.fst are missing; rnnlm/final.raw is damaged")
        .hasMessageEndingWith("; give the folder that holds am/, conf/ and graph/.");
  }

  @Test
  void check_bytesOfAnotherKind_namesTheFile() throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(folder, "am/final.mdl", new byte[1_000]);
    TestModels.write(folder, "graph/Gr.fst", TestModels.KALDI);

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .hasMessageContaining(
            "am/final.mdl is damaged (it does not begin as Kaldi's files do); graph/Gr.fst is"
                + " damaged (it does not begin as OpenFst's files do)");
  }

  @Test
  void check_flatLayout_understood() throws IOException {
    flat();
    TestModels.write(
        folder, "mfcc.conf", "--use-energy=false\n--sample-frequency=8000 # telephone\n");

    ModelFolder model = ModelFolder.check(folder);

    assertThat(model.sampleRateHz()).isEqualTo(8_000);
    assertThat(model.frameSeconds()).isCloseTo(0.03, within(1e-9)); // Vosk sets 3 frames itself
  }

  @Test
  void check_flatLayoutWithoutGraph_namesIt() throws IOException {
    flat();
    Files.delete(folder.resolve("HCLG.fst"));

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("HCLG.fst is missing");
  }

  @Test
  void check_otherFeatures_understood() throws IOException {
    TestModels.writeSmall(folder);
    Files.delete(folder.resolve("conf/mfcc.conf"));
    TestModels.write(folder, "conf/fbank.conf", "--sample-frequency=8000\n");

    assertThat(ModelFolder.check(folder).sampleRateHz()).isEqualTo(8_000);
  }

  @Test
  void check_noRateGiven_kaldisDefault() throws IOException {
    TestModels.writeSmall(folder);

    assertThat(ModelFolder.check(folder).sampleRateHz()).isEqualTo(16_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-8000", "fast", "16000.5", "NaN"})
  void check_impossibleRate_refused(String rate) throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(folder, "conf/mfcc.conf", "--sample-frequency=" + rate + "\n");

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("gives the sample rate " + rate);
  }

  /** As Vosk itself does: a model with one frame a step has 0.01 s for each. */
  @ParameterizedTest
  @CsvSource({
    "--frame-shift=10, --frame-subsampling-factor=3, 0.03",
    "--frame_shift=5, --frame_subsampling_factor=3, 0.015",
    "'', --frame-subsampling-factor=4 # slower, 0.04",
    "--frame-shift=12.5, '', 0.0125",
    "'', '', 0.01",
    "--frame-shift=5, '--frame-subsampling-factor=2\n--frame-subsampling-factor=3', 0.015"
  })
  void check_frames_theirLength(String ofFeatures, String ofModel, double seconds)
      throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(folder, "conf/mfcc.conf", ofFeatures + "\n");
    TestModels.write(folder, "conf/model.conf", "--endpoint.silence-phones=1:2\n" + ofModel + "\n");

    assertThat(ModelFolder.check(folder).frameSeconds()).isCloseTo(seconds, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "1.5", "three", "1000", ""})
  void check_impossibleSubsampling_refused(String factor) throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(
        folder,
        "conf/model.conf",
        "--endpoint.silence-phones=1\n--frame-subsampling-factor=" + factor + "\n");

    assertThatThrownBy(() -> ModelFolder.check(folder)) // 0 ends the process
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("gives the frame subsampling factor " + factor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-10", "NaN", "1000"})
  void check_impossibleFrameShift_refused(String shift) throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(folder, "conf/mfcc.conf", "--frame-shift=" + shift + "\n");

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("gives the frame shift " + shift);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--endpoint.silence-phones=\n", "--endpoint.silence-phones=SIL\n"})
  void check_noSilencePhones_refusedSinceVoskWouldEndTheProcess(String options) throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(folder, "conf/model.conf", options);

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining(
            "conf" + folder.getFileSystem().getSeparator() + "model.conf gives no silence phones");
  }

  @Test
  void check_latin1InOptions_read() throws IOException {
    TestModels.writeSmall(folder);
    TestModels.write(
        folder,
        "conf/mfcc.conf",
        "# für Telefone\n--sample-frequency=8000\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(ModelFolder.check(folder).sampleRateHz()).isEqualTo(8_000);
  }

  private void flat() throws IOException {
    TestModels.write(folder, "final.mdl", TestModels.KALDI);
    TestModels.write(folder, "mfcc.conf", "");
    TestModels.write(folder, "HCLG.fst", TestModels.fst("const", 0, 3, 5));
    TestModels.write(folder, "words.txt", "<eps> 0\n");
  }
}

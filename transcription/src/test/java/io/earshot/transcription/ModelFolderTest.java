package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
  @TempDir Path folder;

  @Test
  void check_tinyModel_itsNameAndRate() throws IOException {
    ModelFolder model = ModelFolder.check(TestCalls.MODEL);

    assertThat(model.name()).isEqualTo("vosk-model-tiny-en-callcentre");
    assertThat(model.sampleRateHz()).isEqualTo(16_000);
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
        "graph/disambig_tid.int"
      })
  void check_oneFileMissing_namesIt(String name) throws IOException {
    model();
    Files.delete(folder.resolve(name));

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining(" is no Vosk model: " + name + " is missing;");
  }

  @Test
  void check_speakerAdaptationIncomplete_namesWhatIsMissing() throws IOException {
    model();
    write("ivector/final.ie", "");
    write("ivector/splice.conf", "");

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("ivector/online_cmvn.conf, ivector/final.mat");
  }

  @Test
  void check_flatLayout_understood() throws IOException {
    write("final.mdl", "");
    write("mfcc.conf", "--use-energy=false\n--sample-frequency=8000 # telephone\n");
    write("HCLG.fst", "");

    assertThat(ModelFolder.check(folder).sampleRateHz()).isEqualTo(8_000);
  }

  @Test
  void check_flatLayoutWithoutGraph_namesIt() throws IOException {
    write("final.mdl", "");
    write("mfcc.conf", "");

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("HCLG.fst is missing");
  }

  @Test
  void check_noRateGiven_kaldisDefault() throws IOException {
    model();
    write("conf/mfcc.conf", "--use-energy=false\n");

    assertThat(ModelFolder.check(folder).sampleRateHz()).isEqualTo(16_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-8000", "fast", "16000.5", "NaN"})
  void check_impossibleRate_refused(String rate) throws IOException {
    model();
    write("conf/mfcc.conf", "--sample-frequency=" + rate + "\n");

    assertThatThrownBy(() -> ModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("gives the sample rate " + rate);
  }

  private void model() throws IOException {
    for (String name :
        new String[] {
          "am/final.mdl",
          "conf/mfcc.conf",
          "conf/model.conf",
          "graph/Gr.fst",
          "graph/HCLr.fst",
          "graph/disambig_tid.int"
        }) {
      write(name, "");
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

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

class SpeakerModelFolderTest {
  @TempDir Path folder;

  @Test
  void check_whole_itsRate() throws IOException {
    TestModels.writeSpeaker(folder);
    TestModels.write(folder, "mfcc.conf", "--sample-frequency=8000\n");

    SpeakerModelFolder model = SpeakerModelFolder.check(folder);

    assertThat(model.path()).isEqualTo(folder);
    assertThat(model.sampleRateHz()).isEqualTo(8_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mfcc.conf", "final.ext.raw", "mean.vec", "transform.mat"})
  void check_oneFileMissing_namesIt(String name) throws IOException {
    TestModels.writeSpeaker(folder);
    Files.delete(folder.resolve(name));

    assertThatThrownBy(() -> SpeakerModelFolder.check(folder))
        .isInstanceOf(SpeechModelException.class)
        .hasMessage(
            "EARSHOT-201: "
                + folder
                + " is no Vosk speaker model: "
                + name
                + " is missing; give the folder that holds final.ext.raw and transform.mat.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mfcc.conf", "final.ext.raw", "mean.vec", "transform.mat"})
  void check_webPageInstead_namesTheFile(String name) throws IOException {
    TestModels.writeSpeaker(folder);
    TestModels.write(folder, name, "<html>\n");

    assertThatThrownBy(() -> SpeakerModelFolder.check(folder))
        .hasMessageContaining(name + " is damaged (a web page is in it); get the model again.");
  }

  @Test
  void check_noFolder_saysSo() {
    assertThatThrownBy(() -> SpeakerModelFolder.check(folder.resolve("nowhere")))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("is no Vosk speaker model: there is no such folder");
  }

  @Test
  void check_modelOfWords_saysWhatIsMissing() {
    assertThatThrownBy(() -> SpeakerModelFolder.check(TestCalls.MODEL))
        .hasMessageContaining("mfcc.conf, final.ext.raw, mean.vec, transform.mat are missing");
  }
}

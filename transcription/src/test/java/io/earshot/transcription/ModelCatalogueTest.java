package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogueTest {
  private static final URI LIST = URI.create("https://models.example/vosk/model-list.json");

  private static List<AvailableModel> read(String json) throws IOException {
    return ModelCatalogue.read(json.getBytes(StandardCharsets.UTF_8), LIST);
  }

  /** As Vosk publishes it; "obsolete" is a text there. */
  @Test
  void read_vosksList_itsModels() throws IOException {
    List<AvailableModel> models =
        read(
            """
            [{"lang":"en-us","lang_text":"US English","md5":"09AB50CCD62B674CBAA231B825F9C1CB",
              "name":"vosk-model-small-en-us-0.15","obsolete":"false","size":41205931,
              "size_text":"39.3MiB","type":"small",
              "url":"https://models.example/vosk/vosk-model-small-en-us-0.15.zip","version":"0.15"},
             {"lang":"en-us","lang_text":"US English","md5":"x","name":"vosk-model-small-en-us-0.3",
              "obsolete":"true","size":37279669,"type":"small","url":"a.zip","version":"0.3"}]
            """);

    AvailableModel first = models.getFirst();
    assertThat(first.name()).isEqualTo("vosk-model-small-en-us-0.15");
    assertThat(first.language()).isEqualTo("en-us");
    assertThat(first.languageName()).isEqualTo("US English");
    assertThat(first.type()).isEqualTo("small");
    assertThat(first.version()).isEqualTo("0.15");
    assertThat(first.sizeBytes()).isEqualTo(41_205_931);
    assertThat(first.obsolete()).isFalse();
    assertThat(first.md5()).contains("09ab50ccd62b674cbaa231b825f9c1cb");
    assertThat(first.sha256()).isEmpty();
    assertThat(models.getLast().obsolete()).isTrue();
    assertThat(models.getLast().url()).hasToString("https://models.example/vosk/a.zip");
  }

  @Test
  void read_fieldsOfOtherKinds_whatCanBeUsed() throws IOException {
    List<AvailableModel> models =
        read(
            """
            [{"name":"a","url":"a.zip","obsolete":true,"size":"12","sha256":"AB","more":{"x":[1]},
              "md5":null,"lang":7},
             {"name":"../b","url":"b.zip"}, {"name":"c"}, {"name":"d","url":"not a url"}, 5, []]
            """);

    assertThat(models).hasSize(1);
    assertThat(models.getFirst().obsolete()).isTrue();
    assertThat(models.getFirst().sizeBytes()).isEqualTo(12);
    assertThat(models.getFirst().sha256()).contains("ab");
    assertThat(models.getFirst().md5()).isEmpty();
    assertThat(models.getFirst().language()).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>log in to the network</html>", "{\"models\":[]}", "[{\"name\""})
  void read_noList_saysSo(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-224: " + LIST + " is no list of models: ");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/list.json, https://a.example/list.json",
    "http://a.example/models/, http://a.example/models/model-list.json",
    "HTTPS://a.example/, HTTPS://a.example/model-list.json",
    "file:///srv/models/list.json, file:///srv/models/list.json"
  })
  void address_ofAList_taken(String text, String expected) {
    assertThat(ModelCatalogue.address(text)).hasToString(expected);
  }

  @Test
  void address_path_asFile() {
    assertThat(ModelCatalogue.address("lists/models.json").toString())
        .startsWith("file:///")
        .endsWith("/lists/models.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.example/",
        "https:a.example",
        "http://",
        "http://a b/",
        "",
        "file:///a?b",
        "file://host/a",
        "file:a",
        "\0"
      })
  void address_thatCannotBe_refused(String text) {
    assertThatThrownBy(() -> ModelCatalogue.address(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an http, https or file address, or a file");
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {
  private static final String TINY = "vosk-model-tiny-en-callcentre";

  @TempDir private Path folder;

  private ModelStore store() {
    return ModelStore.at(folder.resolve("models"));
  }

  private ModelStore standard(String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return ModelStore.standard(variables, folder, false);
  }

  private Path install(String name) throws IOException {
    Path model = folder.resolve("models").resolve(name);
    TestModels.copy(TestCalls.MODEL, Files.createDirectories(model.getParent()).resolve(name));
    return model;
  }

  @Test
  void folder_nothingSet_cacheOfTheUser() {
    assertThat(standard().folder()).isEqualTo(folder.resolve(".cache/earshot/models"));
  }

  @Test
  void folder_cacheSet_there() {
    Path cache = folder.resolve("elsewhere").toAbsolutePath();

    assertThat(standard("XDG_CACHE_HOME", cache.toString()).folder())
        .isEqualTo(cache.resolve("earshot").resolve("models"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "relative/folder"})
  void folder_cacheSetToNoAbsolutePath_passedOverAsTheStandardSays(String value) {
    assertThat(standard("XDG_CACHE_HOME", value).folder())
        .isEqualTo(folder.resolve(".cache/earshot/models"));
  }

  @Test
  void folder_windows_localData() {
    Path local = folder.resolve("AppData/Local").toAbsolutePath();
    Map<String, String> variables = Map.of("LOCALAPPDATA", local.toString());

    assertThat(ModelStore.standard(variables, folder, true).folder())
        .isEqualTo(local.resolve("earshot").resolve("models"));
    assertThat(ModelStore.standard(variables, folder, false).folder())
        .isEqualTo(folder.resolve(".cache/earshot/models"));
  }

  @Test
  void resolve_existingFolder_asItIs() throws IOException {
    assertThat(store().resolve(TestCalls.MODEL.toString())).isEqualTo(TestCalls.MODEL);
  }

  @Test
  void resolve_nameInTheStore_itsFolder() throws IOException {
    Path installed = install(TINY);

    assertThat(store().resolve(TINY)).isEqualTo(installed);
  }

  @Test
  void resolve_nameThatIsNoModel_saysWhatWasLookedForAndWhatToRun() {
    assertThatThrownBy(() -> store().resolve("vosk-model-xx-0.1"))
        .isInstanceOf(SpeechModelException.class)
        .hasMessage(
            "EARSHOT-220: there is no speech model vosk-model-xx-0.1: neither a folder of that name"
                + " here nor "
                + folder.resolve("models").resolve("vosk-model-xx-0.1")
                + ". Get it with: earshot models download vosk-model-xx-0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/no/such/folder", "no/such", "../nowhere", "a\0b", ".hidden", "C:\\x", ""})
  void resolve_pathThatIsNotThere_notTakenForAName(String path) throws IOException {
    install(".hidden");

    assertThatThrownBy(() -> store().resolve(path))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-220: there is no speech model ")
        .hasMessageContaining("give a model's folder, or a name that earshot models list shows")
        .satisfies(
            refused -> assertThat(refused.getMessage()).doesNotContain("earshot models download"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vosk.part", "vosk.json", ".vosk.unpacking", "vosk."})
  void resolve_whatADownloadLeaves_noModel(String name) throws IOException {
    install(name);

    assertThatThrownBy(() -> store().resolve(name)).isInstanceOf(SpeechModelException.class);
  }

  @Test
  void configured_nothingOrBlank_none() throws IOException {
    assertThat(standard().configured()).isEmpty();
    assertThat(standard("EARSHOT_MODEL", " ").configured()).isEmpty();
  }

  @Test
  void configured_folderOrName_resolved() throws IOException {
    Path cache = folder.resolve(".cache/earshot");
    TestModels.copy(
        TestCalls.MODEL, Files.createDirectories(cache.resolve("models")).resolve(TINY));

    assertThat(standard("EARSHOT_MODEL", TINY).configured())
        .contains(cache.resolve("models").resolve(TINY));
    assertThat(standard("EARSHOT_MODEL", TestCalls.MODEL.toString()).configured())
        .contains(TestCalls.MODEL);
  }

  @Test
  void configured_nameThatIsNoModel_saysWhereTheNameIsFrom() {
    assertThatThrownBy(() -> standard("EARSHOT_MODEL", "vosk-model-xx").configured())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("there is no speech model vosk-model-xx (EARSHOT_MODEL): ");
  }

  @Test
  void installed_noStore_none() throws IOException {
    assertThat(store().installed()).isEmpty();
  }

  @Test
  void installed_models_withSizeAndWhatIsWrong() throws IOException {
    install("b-model");
    Files.delete(install("a-model").resolve("am/final.mdl"));
    TestModels.writeSpeaker(folder.resolve("models/vosk-model-spk-0.4"));
    TestModels.write(folder, "models/.c.unpacking/am/final.mdl", "");
    TestModels.write(folder, "models/d.part", "");

    List<InstalledModel> models = store().installed();

    assertThat(models)
        .extracting(InstalledModel::name)
        .containsExactly("a-model", "b-model", "vosk-model-spk-0.4");
    InstalledModel damaged = models.getFirst();
    assertThat(damaged.problem().orElseThrow()).contains("EARSHOT-201", "am/final.mdl is missing");
    InstalledModel whole = models.get(1);
    assertThat(whole.path()).isEqualTo(folder.resolve("models/b-model"));
    assertThat(whole.sizeBytes()).isBetween(5_000_000L, 5_300_000L);
    assertThat(whole.problem()).isEmpty();
    assertThat(whole.speaker()).isFalse();
    assertThat(whole.origin()).isEmpty();
    assertThat(models.getLast().speaker()).isTrue();
    assertThat(models.getLast().problem()).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right on Windows")
  void installed_linkToAModelElsewhere_asIfItWereThere() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.createSymbolicLink(folder.resolve("models/linked"), TestCalls.MODEL.toAbsolutePath());

    InstalledModel model = store().installed().getFirst();

    assertThat(model.problem()).isEmpty();
    assertThat(model.sizeBytes()).isGreaterThan(5_000_000);
  }

  @Test
  void installed_noteOfADownload_itsOrigin() throws IOException {
    install(TINY);
    TestModels.write(
        folder,
        "models/" + TINY + ".json",
        """
        {"url":"https://models.example/tiny.zip","sha256":"%s","md5":"%s","size":3585344,
         "downloadedAt":"2026-11-22T20:00:00Z","language":"en","later":{"field":[1]}}
        """
            .formatted("ab".repeat(32), "cd".repeat(16)));

    ModelOrigin origin = store().installed().getFirst().origin().orElseThrow();

    assertThat(origin.url()).hasToString("https://models.example/tiny.zip");
    assertThat(origin.sha256()).isEqualTo("ab".repeat(32));
    assertThat(origin.md5()).contains("cd".repeat(16));
    assertThat(origin.sizeBytes()).isEqualTo(3_585_344);
    assertThat(origin.downloadedAt()).hasToString("2026-11-22T20:00:00Z");
    assertThat(origin.language()).contains("en");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"url\":\"not a url\"}", "{\"url\":\"http://x/\"}"})
  void installed_noteThatCannotBeRead_modelAllTheSame(String note) throws IOException {
    install(TINY);
    TestModels.write(folder, "models/" + TINY + ".json", note);

    assertThat(store().installed().getFirst().origin()).isEmpty();
  }

  @Test
  void find_nameInTheStore_theModel() throws IOException {
    install(TINY);

    assertThat(store().find(TINY).orElseThrow().name()).isEqualTo(TINY);
    assertThat(store().find("other")).isEmpty();
    assertThat(store().find("../models/" + TINY)).isEmpty();
  }
}

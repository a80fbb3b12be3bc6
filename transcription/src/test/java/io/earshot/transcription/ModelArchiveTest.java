package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArchiveTest {
  @TempDir private Path folder;

  private Path archive(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return Files.write(folder.resolve("archive.zip"), bytes.toByteArray());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path into() {
    return folder.resolve("into");
  }

  private Path unpack(Path archive) throws IOException {
    Files.createDirectories(into());
    return ModelArchive.unpack(archive, into(), Long.MAX_VALUE);
  }

  @Test
  void unpack_zippedFolder_thatFolder() throws IOException {
    Path model = unpack(archive(Map.of("vosk-model/am/final.mdl", bytes("x"))));

    assertThat(model).isEqualTo(into().resolve("vosk-model"));
    assertThat(model.resolve("am/final.mdl")).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"__MACOSX/x", ".DS_Store"})
  void unpack_whatMacsAddBesideTheFolder_passedOver(String odd) throws IOException {
    Path model = unpack(archive(Map.of("vosk-model/am/final.mdl", bytes("x"), odd, bytes("y"))));

    assertThat(model).isEqualTo(into().resolve("vosk-model"));
  }

  @Test
  void unpack_filesAtTheTop_allOfIt() throws IOException {
    assertThat(unpack(archive(Map.of("am/final.mdl", bytes("x"), "conf/mfcc.conf", bytes("y")))))
        .isEqualTo(into());
  }

  @Test
  void unpack_entriesOfFolders_made() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("m/", bytes(""));
    entries.put("m/empty/", bytes(""));
    entries.put("m/file", bytes("x"));

    assertThat(unpack(archive(entries)).resolve("empty")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "m/../../evil",
        "m/..",
        "/evil",
        "//evil",
        "..\\evil",
        "m\\evil",
        "C:/evil",
        "C:evil",
        "m/./evil",
        "m//evil",
        "m/evil\0",
        "m/\u0007evil"
      })
  void unpack_nameThatLeadsElsewhere_refusedAndNothingWritten(String name) throws IOException {
    Path archive = archive(Map.of(name, bytes("x")));

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-226: ")
        .hasMessageContaining("is refused: ")
        .hasMessageContaining("has no plain name");

    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder(
              folder.getFileName().toString(), "into", archive.getFileName().toString());
    }
  }

  @Test
  void unpack_symbolicLink_neverMade() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("m/link", bytes(outside.toString()));
    entries.put("m/link/evil", bytes("x"));
    Path archive = archive(entries);
    Files.write(archive, markedAsLink(Files.readAllBytes(archive), "m/link"));

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-226: ");

    assertThat(outside).isEmptyDirectory();
    Path link = into().resolve("m/link");
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS) && Files.isSymbolicLink(link))
        .isFalse();
  }

  /** Sets an entry's Unix mode in the directory at the archive's end. */
  private static byte[] markedAsLink(byte[] zip, String name) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < zip.length - 46; i++) {
      if (bytes.getInt(i) == 0x02014b50
          && new String(zip, i + 46, bytes.getShort(i + 28), StandardCharsets.UTF_8).equals(name)) {
        bytes.putShort(i + 4, (short) (3 << 8 | 20)); // made by Unix
        bytes.putInt(i + 38, 0120777 << 16);
        return zip;
      }
    }
    throw new AssertionError("no entry " + name);
  }

  @Test
  void unpack_nameTwiceInAnotherWay_refused() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("m/a", bytes("x"));
    entries.put("m/a/", bytes(""));
    Path archive = archive(entries);

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-226: ");
  }

  @Test
  void unpack_bomb_stopped() throws IOException {
    Path archive = archive(Map.of("m/zeros", new byte[20_000_000]));

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-226: ")
        .hasMessageContaining("unpacks to far more than a model does");
  }

  @Test
  void unpack_bombThatLiesAboutItsSize_stopped() throws IOException {
    Path archive = archive(Map.of("m/zeros", new byte[20_000_000]));
    byte[] zip = Files.readAllBytes(archive);
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < zip.length - 46; i++) {
      if (bytes.getInt(i) == 0x02014b50) {
        bytes.putInt(i + 24, 10);
      }
    }
    Files.write(archive, zip);

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-226: ");
    try (Stream<Path> files = Files.walk(into())) {
      assertThat(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum())
          .isLessThan(10_000_000);
    }
  }

  @Test
  void unpack_tooManyEntries_refused() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (int i = 0; i < 10_001; i++) {
      entries.put("m/" + i, bytes(""));
    }
    Path archive = archive(entries);

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("10,001 entries");
  }

  @Test
  void unpack_noRoom_refusedBeforeAnythingIsWritten() throws IOException {
    byte[] noise = new byte[1_000_000];
    new Random(7).nextBytes(noise);
    Path archive = archive(Map.of("m/file", noise));
    Files.createDirectories(into());

    assertThatThrownBy(() -> ModelArchive.unpack(archive, into(), 999_999))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("there is no room")
        .hasMessageContaining("1.0 MB are needed");
    assertThat(into()).isEmptyDirectory();
  }

  @Test
  void unpack_cutShort_refused() throws IOException {
    byte[] whole = TestModels.zip(TestCalls.MODEL, "m");
    Path archive =
        Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length - 1_000));

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-226: ")
        .hasMessageContaining("is no whole zip archive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Not Found</html>"})
  void unpack_noArchive_refused(String content) throws IOException {
    Path archive = Files.writeString(folder.resolve("page.zip"), content);

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("is no whole zip archive");
  }
}

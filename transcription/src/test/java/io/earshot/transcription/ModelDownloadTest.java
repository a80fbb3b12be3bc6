package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.transcription.TestServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a server that is told what to answer, into a store(). */
class ModelDownloadTest {
  private static final String TINY = "vosk-model-tiny-en-callcentre";
  private static final String SMALL = "vosk-model-small-xx-0.1";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private Mirror mirror;

  @BeforeEach
  void start() throws IOException {
    mirror = new Mirror();
    toClose.add(mirror.server);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
  }

  /** A site with a list and one model, which does much of what sites do wrong. */
  private static final class Mirror {
    final TestServer server = new TestServer(this::answer);
    byte[] zip = new byte[0];
    String list = "[]";
    String etag = "\"v1\"";
    int cuts;
    int cutAfter;

    Mirror() throws IOException {}

    URI list() {
      return server.uri("/vosk/model-list.json");
    }

    /** Offers a model, with the right checksum. */
    void offer(String name, byte[] bytes) {
      offer(name, bytes, "\"md5\":\"" + digest("MD5", bytes) + "\"");
    }

    /** Offers a model, with these further fields in its entry. */
    void offer(String name, byte[] bytes, String fields) {
      zip = bytes;
      list =
          "[{\"lang\":\"xx\",\"lang_text\":\"Xish\",\"name\":\"%s\",\"obsolete\":\"false\",\"size\":%d,\"type\":\"small\",\"url\":\"%s.zip\",\"version\":\"0.1\"%s}]"
              .formatted(name, bytes.length, name, fields.isEmpty() ? "" : "," + fields);
    }

    private void answer(Request request, OutputStream out) throws IOException {
      if (request.target().endsWith(".json")) {
        TestServer.answer(out, 200, list.getBytes(StandardCharsets.UTF_8));
        return;
      }
      int start =
          request.header("if-range").isEmpty() || request.header("if-range").equals(etag)
              ? request.rangeStart()
              : 0;
      TestServer.head(
          out,
          start > 0 ? 206 : 200,
          "ETag",
          etag,
          "Content-Length",
          zip.length - start,
          "Content-Range",
          "bytes " + start + "-" + (zip.length - 1) + "/" + zip.length);
      boolean cut = cuts-- > 0;
      out.write(zip, start, cut ? Math.min(cutAfter, zip.length - start) : zip.length - start);
    }

    List<Request> requestsOfModel() {
      return server.requests().stream()
          .filter(request -> request.target().endsWith(".zip"))
          .toList();
    }
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private ModelStore store() {
    return ModelStore.standard(environment, folder, false);
  }

  private ModelDownload download(String name) {
    return store()
        .download(name)
        .from(mirror.list().toString())
        .pause(time -> {})
        .clock(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private byte[] smallZip() throws IOException {
    return smallZip("x");
  }

  private byte[] smallZip(String difference) throws IOException {
    Path model = folder.resolve("made-" + difference);
    TestModels.writeSmall(model);
    byte[] noise = new byte[100_000]; // so that there is something to cut
    new Random(difference.hashCode()).nextBytes(noise);
    TestModels.write(model, "README", noise);
    return TestModels.zip(model, SMALL);
  }

  private List<String> inTheStore() throws IOException {
    if (!Files.exists(store().folder())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(store().folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".lock"))
          .sorted()
          .toList();
    }
  }

  @Test
  void run_tinyModel_installedAndTranscribes() throws IOException {
    mirror.offer(TINY, TestModels.zip(TestCalls.MODEL, "some-folder"));

    InstalledModel model = download(TINY).run();

    assertThat(model.name()).isEqualTo(TINY);
    assertThat(model.path()).isEqualTo(store().folder().resolve(TINY));
    assertThat(model.problem()).isEmpty();
    assertThat(inTheStore()).containsExactly(TINY, TINY + ".json");
    try (VoskTranscriber transcriber = VoskTranscriber.open(store().resolve(TINY))) {
      assertThat(transcriber.model()).isEqualTo(TINY);
    }
  }

  @Test
  void run_model_whatArrivedIsNoted() throws IOException {
    byte[] zip = smallZip();
    mirror.offer(SMALL, zip);

    ModelOrigin origin = download(SMALL).run().origin().orElseThrow();

    assertThat(origin)
        .isEqualTo(
            new ModelOrigin(
                mirror.server.uri("/vosk/" + SMALL + ".zip"),
                digest("SHA-256", zip),
                Optional.of(digest("MD5", zip)),
                zip.length,
                NOW,
                Optional.of("xx")));
    assertThat(store().find(SMALL).orElseThrow().origin()).contains(origin);
  }

  @Test
  void run_progress_risesToTheWhole() throws IOException {
    byte[] zip = smallZip();
    mirror.offer(SMALL, zip);
    List<Long> done = new ArrayList<>();

    download(SMALL)
        .progress(
            (doneBytes, totalBytes) -> {
              assertThat(totalBytes).isEqualTo(zip.length);
              done.add(doneBytes);
            })
        .run();

    assertThat(done).isSorted().last().isEqualTo((long) zip.length);
  }

  @Test
  void run_connectionsCut_goesOn() throws IOException {
    mirror.offer(SMALL, smallZip());
    mirror.cuts = 3;
    mirror.cutAfter = 20_000;

    download(SMALL).run();

    assertThat(mirror.requestsOfModel())
        .extracting(request -> request.header("range"))
        .containsExactly("", "bytes=20000-", "bytes=40000-", "bytes=60000-");
    assertThat(store().find(SMALL).orElseThrow().problem()).isEmpty();
  }

  @Test
  void run_endedInTheMiddle_nothingLooksLikeAModelAndTheNextGoesOn() throws IOException {
    mirror.offer(SMALL, smallZip());

    assertThatThrownBy(
            () ->
                download(SMALL)
                    .progress(
                        (done, total) -> {
                          throw new IllegalStateException("Ctrl-C");
                        })
                    .run())
        .hasMessage("Ctrl-C");
    assertThat(inTheStore()).containsExactly(SMALL + ".part", SMALL + ".part.json");
    assertThat(store().installed()).isEmpty();
    assertThat(Files.size(store().folder().resolve(SMALL + ".part"))).isPositive();
    download(SMALL).run();

    assertThat(mirror.requestsOfModel().getLast().header("range")).startsWith("bytes=");
    assertThat(inTheStore()).containsExactly(SMALL, SMALL + ".json");
  }

  @Test
  void run_killedWhileUnpacking_nothingLooksLikeAModelAndTheNextCleansUp() throws IOException {
    mirror.offer(SMALL, smallZip());
    TestModels.write(store().folder(), "." + SMALL + ".unpacking/m/am/final.mdl", "half");

    assertThat(store().installed()).isEmpty();
    download(SMALL).run();

    assertThat(inTheStore()).containsExactly(SMALL, SMALL + ".json");
  }

  @Test
  void run_killedWhileReplacing_theOldOneComesBack() throws IOException {
    TestModels.writeSmall(store().folder().resolve("." + SMALL + ".old"));

    InstalledModel model = download(SMALL).run();

    assertThat(model.problem()).isEmpty();
    assertThat(inTheStore()).containsExactly(SMALL);
    assertThat(mirror.server.requests()).isEmpty();
  }

  @Test
  void run_fileChangedBetweenTwoRuns_allOfTheNewOne() throws IOException {
    mirror.offer(SMALL, smallZip("before"));
    mirror.cuts = 6;
    mirror.cutAfter = 30_000;
    assertThatThrownBy(
            () ->
                download(SMALL)
                    .progress(
                        (done, total) -> {
                          if (done > 50_000) {
                            throw new IllegalStateException("Ctrl-C");
                          }
                        })
                    .run())
        .hasMessage("Ctrl-C");
    byte[] changed = smallZip("after");
    mirror.offer(SMALL, changed);
    mirror.etag = "\"v2\"";
    mirror.cuts = 0;

    InstalledModel model = download(SMALL).run();

    assertThat(model.origin().orElseThrow().sha256()).isEqualTo(digest("SHA-256", changed));
  }

  @Test
  void run_isThereAlready_nothingAsked() throws IOException {
    mirror.offer(SMALL, smallZip());
    InstalledModel first = download(SMALL).run();
    int requests = mirror.server.requests().size();

    assertThat(download(SMALL).run()).isEqualTo(first);
    assertThat(download(SMALL).sha256(first.origin().orElseThrow().sha256()).run())
        .isEqualTo(first);
    assertThat(mirror.server.requests()).hasSize(requests);
  }

  @Test
  void run_anotherOneIsThereAlready_refused() throws IOException {
    mirror.offer(SMALL, smallZip());
    download(SMALL).run();

    assertThatThrownBy(() -> download(SMALL).sha256("ab".repeat(32)).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-225: ")
        .hasMessageContaining("--force");
  }

  @Test
  void run_damagedOneIsThere_saysSo() throws IOException {
    TestModels.write(store().folder(), SMALL + "/am/final.mdl", "");

    assertThatThrownBy(() -> download(SMALL).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageContaining("EARSHOT-201")
        .hasMessageContaining("--force");
  }

  @Test
  void run_force_replacesWhatIsThere() throws IOException {
    TestModels.write(store().folder(), SMALL + "/am/final.mdl", "");
    mirror.offer(SMALL, smallZip());

    InstalledModel model = download(SMALL).force(true).run();

    assertThat(model.problem()).isEmpty();
    assertThat(inTheStore()).containsExactly(SMALL, SMALL + ".json");
  }

  @Test
  void run_otherThanLastTime_refusedUnlessForced() throws IOException {
    mirror.offer(SMALL, smallZip("first"));
    Path model = download(SMALL).run().path();
    ModelDownload.deleteTree(model); // the note stays
    byte[] other = smallZip("second");
    mirror.offer(SMALL, other);

    assertThatThrownBy(() -> download(SMALL).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-225: ")
        .hasMessageContaining("last time")
        .hasMessageContaining("--force");
    assertThat(store().installed()).isEmpty();
    assertThat(mirror.requestsOfModel()).hasSize(1); // the list was enough to tell

    InstalledModel replaced = download(SMALL).force(true).run();
    assertThat(replaced.origin().orElseThrow().sha256()).isEqualTo(digest("SHA-256", other));
  }

  @Test
  void run_otherThanLastTimeBySha256Alone_refusedUnlessForced() throws IOException {
    mirror.offer(SMALL, smallZip("first"));
    ModelDownload.deleteTree(download(SMALL).run().path());
    byte[] other = smallZip("second");
    mirror.offer(SMALL, other, "");
    String sha256 = digest("SHA-256", other);

    assertThatThrownBy(() -> download(SMALL).sha256(sha256).run())
        .hasMessageStartingWith("EARSHOT-225: ")
        .hasMessageContaining("last time");
    download(SMALL).sha256(sha256).force(true).run();

    assertThat(store().find(SMALL).orElseThrow().origin().orElseThrow().sha256()).isEqualTo(sha256);
  }

  @Test
  void run_wrongMd5InTheList_refusedAndDeleted() throws IOException {
    byte[] zip = smallZip();
    mirror.offer(SMALL, zip, "\"md5\":\"" + "0".repeat(32) + "\"");

    assertThatThrownBy(() -> download(SMALL).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-225: ")
        .hasMessageContaining("has the MD5 " + digest("MD5", zip))
        .hasMessageContaining("the list says " + "0".repeat(32));
    assertThat(inTheStore()).isEmpty();
  }

  @Test
  void run_wrongSha256InTheList_refusedAlthoughTheMd5IsRight() throws IOException {
    byte[] zip = smallZip();
    mirror.offer(
        SMALL, zip, "\"md5\":\"" + digest("MD5", zip) + "\",\"sha256\":\"" + "0".repeat(64) + "\"");

    assertThatThrownBy(() -> download(SMALL).run())
        .hasMessageStartingWith("EARSHOT-225: ")
        .hasMessageContaining("has the SHA-256 " + digest("SHA-256", zip));
  }

  @Test
  void run_wrongSha256Given_refused() throws IOException {
    mirror.offer(SMALL, smallZip());

    assertThatThrownBy(() -> download(SMALL).sha256("0".repeat(64)).run())
        .hasMessageStartingWith("EARSHOT-225: ")
        .hasMessageContaining("you gave " + "0".repeat(64));
    assertThat(store().installed()).isEmpty();
  }

  @Test
  void run_noChecksumAnywhere_refusedUnlessOneIsGiven() throws IOException {
    byte[] zip = smallZip();
    mirror.offer(SMALL, zip, "");

    assertThatThrownBy(() -> download(SMALL).run())
        .hasMessageStartingWith("EARSHOT-225: ")
        .hasMessageContaining("has no checksum")
        .hasMessageContaining("--sha256");
    assertThat(mirror.requestsOfModel()).isEmpty();

    download(SMALL).sha256(digest("SHA-256", zip).toUpperCase(Locale.ROOT)).run();
    assertThat(store().find(SMALL)).isPresent();
  }

  @Test
  void sha256_notOne_refused() {
    assertThatThrownBy(() -> download(SMALL).sha256("abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 hexadecimal digits");
  }

  @Test
  void run_shorterThanTheListSays_refused() throws IOException {
    byte[] zip = smallZip();
    mirror.offer(SMALL, zip);
    mirror.zip = Arrays.copyOf(zip, 50_000);

    assertThatThrownBy(() -> download(SMALL).run())
        .hasMessageStartingWith("EARSHOT-225: ")
        .hasMessageContaining("has 50,000 bytes")
        .hasMessageContaining("the list says " + String.format(Locale.ROOT, "%,d", zip.length));
    assertThat(inTheStore()).isEmpty();
  }

  @Test
  void run_longerThanTheListSays_refusedAndStopped() throws IOException {
    byte[] zip = smallZip();
    mirror.offer(SMALL, zip);
    mirror.zip = Arrays.copyOf(zip, zip.length + 1);

    assertThatThrownBy(() -> download(SMALL).run()).hasMessageStartingWith("EARSHOT-225: ");
    assertThat(inTheStore()).isEmpty();
  }

  @Test
  void run_archiveLeadsElsewhere_refusedAndNothingLeft() throws IOException {
    Path evil = folder.resolve("made-evil");
    TestModels.writeSmall(evil);
    byte[] zip = TestModels.zip(evil, "../..");
    mirror.offer(SMALL, zip);

    assertThatThrownBy(() -> download(SMALL).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-226: ");
    assertThat(inTheStore()).isEmpty();
    assertThat(folder.resolve("am")).doesNotExist();
  }

  @Test
  void run_archiveWithoutModel_refusedNamingWhatIsMissing() throws IOException {
    Path other = folder.resolve("made-other");
    TestModels.write(other, "README", "no model");
    mirror.offer(SMALL, TestModels.zip(other, "other"));

    assertThatThrownBy(() -> download(SMALL).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-226: ")
        .hasMessageContaining("am/final.mdl, conf/mfcc.conf");
    assertThat(inTheStore()).isEmpty();
  }

  @Test
  void run_archiveCutShort_refused() throws IOException {
    byte[] zip = Arrays.copyOf(smallZip(), 50_000);
    mirror.offer(SMALL, zip);

    assertThatThrownBy(() -> download(SMALL).run())
        .hasMessageStartingWith("EARSHOT-226: ")
        .hasMessageContaining("no whole zip archive");
    assertThat(inTheStore()).isEmpty();
  }

  @Test
  void run_speakerModel_installed() throws IOException {
    Path made = folder.resolve("made-spk");
    TestModels.writeSpeaker(made);
    mirror.offer("vosk-model-spk-0.4", TestModels.zip(made, "vosk-model-spk-0.4"));

    assertThat(download("vosk-model-spk-0.4").run().speaker()).isTrue();
  }

  @Test
  void run_notInTheList_saysWhatIs() throws IOException {
    mirror.offer(SMALL, smallZip());

    assertThatThrownBy(() -> download("vosk-model-small-xx").run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith(
            "EARSHOT-221: " + mirror.list() + " has no model vosk-model-small-xx")
        .hasMessageContaining("Did you mean " + SMALL)
        .hasMessageContaining("earshot models list --available");
  }

  @Test
  void run_noName_refusedBeforeAnythingIsAsked() {
    assertThatThrownBy(() -> download("../" + SMALL).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-221: ")
        .hasMessageContaining("is no model's name");
    assertThat(mirror.server.requests()).isEmpty();
  }

  @Test
  void run_refused_saysWhatTheServerAnswers() throws IOException {
    TestServer gone = new TestServer((request, out) -> TestServer.answer(out, 404, new byte[0]));
    toClose.add(gone);

    assertThatThrownBy(() -> download(SMALL).from(gone.uri("/list.json").toString()).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-223: " + gone.uri("/list.json") + " answers 404");
  }

  @Test
  void run_offline_saysWhatCouldNotBeReachedAndWhereToPutAModelByHand() throws IOException {
    TestServer gone = new TestServer((request, out) -> {});
    gone.close();

    assertThatThrownBy(() -> download(SMALL).from(gone.uri("/list.json").toString()).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-222: cannot reach " + gone.uri("/list.json"))
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageContaining(
            "unpack it to " + store().folder().resolve(SMALL).toAbsolutePath() + " by hand");
  }

  @Test
  void run_cutForGood_saysHowMuchIsKept() throws IOException {
    mirror.offer(SMALL, smallZip());
    mirror.cuts = 1;
    mirror.cutAfter = 30_000;

    assertThatThrownBy(
            () ->
                download(SMALL)
                    .pause(
                        time -> {
                          mirror.cuts = 100;
                          mirror.cutAfter = 0;
                        })
                    .run())
        .hasMessageStartingWith("EARSHOT-222: ")
        .hasMessageContaining("30,000 bytes of it are kept; the next download goes on there");
  }

  @Test
  void run_throughAProxy_allOfIt() throws IOException {
    mirror.offer(SMALL, smallZip());
    environment.put("http_proxy", mirror.server.uri("").toString());

    download(SMALL).from("http://models.invalid/vosk/").run();

    assertThat(mirror.server.requests())
        .extracting(Request::target)
        .containsExactly(
            "http://models.invalid/vosk/model-list.json",
            "http://models.invalid/vosk/" + SMALL + ".zip");
  }

  @Test
  void run_proxyThatCannotBeUsed_saysSo() throws IOException {
    environment.put("HTTP_PROXY", "socks5://127.0.0.1:1080");

    assertThatThrownBy(() -> download(SMALL).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith(
            "EARSHOT-222: cannot reach " + mirror.list() + ": HTTP_PROXY is no proxy");
  }

  @Test
  void run_listOfTheEnvironment_used() throws IOException {
    mirror.offer(SMALL, smallZip());
    environment.put("EARSHOT_MODELS_URL", mirror.list().toString());

    store().download(SMALL).run();

    assertThat(store().find(SMALL)).isPresent();
  }

  @Test
  void run_listInAFolder_copied() throws IOException {
    byte[] zip = smallZip();
    mirror.offer(SMALL, zip);
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.writeString(site.resolve("model-list.json"), mirror.list);
    Files.write(site.resolve(SMALL + ".zip"), zip);

    InstalledModel model = download(SMALL).from(site.toString()).run();

    assertThat(model.problem()).isEmpty();
    assertThat(mirror.server.requests()).isEmpty();
  }

  @Test
  void run_listOfTheWebNamesAFileHere_refused() throws IOException {
    Path file = Files.write(folder.resolve("mine.zip"), smallZip());
    mirror.offer(SMALL, Files.readAllBytes(file));
    mirror.list = mirror.list.replace(SMALL + ".zip", file.toUri().toString());

    assertThatThrownBy(() -> download(SMALL).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-224: ")
        .hasMessageContaining(file.toUri().toString());
  }

  @Test
  void run_noRoom_refusedBeforeTheDownload() throws IOException {
    mirror.offer(SMALL, smallZip());

    assertThatThrownBy(() -> download(SMALL).space(at -> 10_000).run())
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-228: ")
        .hasMessageContaining("0.1 MB");
    assertThat(mirror.requestsOfModel()).isEmpty();
  }

  @Test
  void run_anotherDownloadsIt_refused() throws IOException {
    mirror.offer(SMALL, smallZip());
    Files.createDirectories(store().folder());

    try (StoreLock held = StoreLock.take(store().folder(), SMALL)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> download(SMALL).run())
          .isInstanceOf(SpeechModelException.class)
          .hasMessageStartingWith("EARSHOT-227: ")
          .hasMessageContaining(SMALL);
    }
    download(SMALL).run();

    assertThat(store().find(SMALL)).isPresent();
  }

  @Test
  void available_list_itsModels() throws IOException {
    mirror.offer(SMALL, smallZip());

    List<AvailableModel> models = store().available(mirror.list().toString());

    assertThat(models).extracting(AvailableModel::name).containsExactly(SMALL);
  }

  @Test
  void available_offline_saysSo() throws IOException {
    assertThatThrownBy(() -> store().available(folder.resolve("nowhere.json").toString()))
        .isInstanceOf(SpeechModelException.class)
        .hasMessageStartingWith("EARSHOT-223: there is no file ");
  }
}

package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.transcription.TestServer.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that cut, lie and change their minds. */
class WebFilesTest {
  private static final byte[] BYTES = new byte[200_000];
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  static {
    new Random(7).nextBytes(BYTES);
  }

  @TempDir private Path folder;

  private final List<Duration> pauses = new ArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
  }

  private TestServer server(TestServer.Handler handler) throws IOException {
    TestServer server = new TestServer(handler);
    toClose.add(server);
    return server;
  }

  private WebFiles web() throws IOException {
    return web(Map.of(), Duration.ofSeconds(30));
  }

  private WebFiles web(Map<String, String> environment, Duration patience) throws IOException {
    WebFiles web =
        new WebFiles(
            EnvironmentProxies.of(environment, null),
            patience,
            pauses::add,
            Clock.fixed(NOW, ZoneOffset.UTC));
    toClose.add(web);
    return web;
  }

  private Path part() {
    return folder.resolve("file.part");
  }

  private void download(URI uri) throws IOException {
    download(web(), uri);
  }

  private void download(WebFiles web, URI uri) throws IOException {
    web.download(uri, new PartFile(part(), uri), Long.MAX_VALUE, (done, total) -> {});
  }

  private byte[] arrived() throws IOException {
    return Files.readAllBytes(part());
  }

  private static byte[] from(byte[] bytes, int start) {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  /** Serves ranges as it should, and cuts the first connections after so many bytes each. */
  private static TestServer.Handler cutting(int times, int after, byte[] bytes, String etag) {
    AtomicInteger left = new AtomicInteger(times);
    return (request, out) -> {
      int start = request.rangeStart();
      boolean resumes =
          start > 0
              && (request.header("if-range").isEmpty() || request.header("if-range").equals(etag));
      byte[] body = from(bytes, resumes ? start : 0);
      List<Object> headers = new ArrayList<>(List.of("Content-Length", body.length));
      if (!etag.isEmpty()) {
        headers.addAll(List.of("ETag", etag));
      }
      if (resumes) {
        headers.addAll(
            List.of(
                "Content-Range", "bytes " + start + "-" + (bytes.length - 1) + "/" + bytes.length));
      }
      TestServer.head(out, resumes ? 206 : 200, headers.toArray());
      out.write(body, 0, left.getAndDecrement() > 0 ? Math.min(after, body.length) : body.length);
    };
  }

  private static List<String> ranges(TestServer server) {
    return server.requests().stream().map(request -> request.header("range")).toList();
  }

  @Test
  void download_whole_allOfIt() throws IOException {
    TestServer server = server((request, out) -> TestServer.answer(out, 200, BYTES));
    List<Long> done = new ArrayList<>();

    web()
        .download(
            server.uri("/a.zip"),
            new PartFile(part(), server.uri("/a.zip")),
            Long.MAX_VALUE,
            (doneBytes, totalBytes) -> {
              assertThat(totalBytes).isEqualTo(BYTES.length);
              done.add(doneBytes);
            });

    assertThat(arrived()).isEqualTo(BYTES);
    assertThat(done).isSorted().last().isEqualTo((long) BYTES.length);
    assertThat(pauses).isEmpty();
  }

  @Test
  void download_connectionsCut_goesOnWhereEachEnded() throws IOException {
    TestServer server = server(cutting(3, 50_000, BYTES, "\"v1\""));

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
    assertThat(ranges(server))
        .containsExactly("", "bytes=50000-", "bytes=100000-", "bytes=150000-");
    assertThat(server.requests().getLast().header("if-range")).isEqualTo("\"v1\"");
    assertThat(pauses).containsOnly(Duration.ofSeconds(1)); // each brought something
  }

  @Test
  void download_earlierProcessLeftAPart_goesOnWithIt() throws IOException {
    AtomicInteger first = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              if (first.getAndIncrement() == 0) {
                cutting(1, 70_000, BYTES, "\"v1\"").answer(request, out);
              } else if (first.get() <= 6) {
                cutting(1, 0, BYTES, "\"v1\"").answer(request, out);
              } else {
                cutting(0, 0, BYTES, "\"v1\"").answer(request, out);
              }
            });

    assertThatThrownBy(() -> download(server.uri("/a.zip"))).isInstanceOf(DownloadException.class);
    assertThat(Files.size(part())).isEqualTo(70_000);
    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
    assertThat(server.requests().getLast().header("range")).isEqualTo("bytes=70000-");
  }

  @Test
  void download_partOfAnotherAddress_startsOver() throws IOException {
    TestServer server = server(cutting(5, 0, BYTES, "\"v1\""));
    Files.write(part(), new byte[1_000]);
    Files.writeString(
        folder.resolve("file.part.json"), "{\"url\":\"http://127.0.0.1/other\",\"total\":5}");

    assertThatThrownBy(() -> download(server.uri("/a.zip"))).isInstanceOf(DownloadException.class);

    assertThat(ranges(server)).containsOnly("");
  }

  @Test
  void download_serverWithoutRanges_startsOver() throws IOException {
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              TestServer.head(out, 200, "Content-Length", BYTES.length);
              out.write(BYTES, 0, times.getAndIncrement() == 0 ? 60_000 : BYTES.length);
            });

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
    assertThat(ranges(server)).containsExactly("", "bytes=60000-");
  }

  /** Each attempt starts over, and some bring more than the one before: that is no progress. */
  @Test
  void download_serverWithoutRangesCutsHereAndThere_givenUp() throws IOException {
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              TestServer.head(out, 200, "Content-Length", BYTES.length);
              out.write(BYTES, 0, times.getAndIncrement() % 2 == 0 ? 60_000 : 30_000);
            });

    assertThatThrownBy(() -> download(server.uri("/a.zip"))).isInstanceOf(DownloadException.class);

    assertThat(server.requests()).hasSize(6);
  }

  @Test
  void download_fileChangedMeanwhile_allOfTheNewOne() throws IOException {
    byte[] changed = new byte[150_000];
    new Random(8).nextBytes(changed);
    AtomicInteger times = new AtomicInteger();
    TestServer.Handler before = cutting(1, 60_000, BYTES, "\"v1\"");
    TestServer.Handler after = cutting(0, 0, changed, "\"v2\"");
    TestServer server =
        server(
            (request, out) -> (times.getAndIncrement() == 0 ? before : after).answer(request, out));

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(changed);
    assertThat(server.requests().get(1).header("if-range")).isEqualTo("\"v1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"v2\"", ""})
  void download_fileChangedAndIfRangeIgnored_noticedAndStartedOver(String etag) throws IOException {
    byte[] changed = new byte[150_000];
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              int start = request.rangeStart();
              if (times.getAndIncrement() == 0) {
                cutting(1, 60_000, BYTES, "\"v1\"").answer(request, out);
              } else if (start > 0) {
                TestServer.answer(
                    out,
                    206,
                    from(changed, start),
                    "Content-Range",
                    "bytes " + start + "-149999/150000",
                    etag.isEmpty() ? "X-None" : "ETag",
                    etag);
              } else {
                TestServer.answer(out, 200, changed);
              }
            });

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(changed);
    assertThat(ranges(server)).containsExactly("", "bytes=60000-", "");
  }

  @Test
  void download_weakTag_dateOfTheFileInstead() throws IOException {
    String date = "Sat, 21 Nov 2026 10:00:00 GMT";
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              TestServer.head(
                  out,
                  200,
                  "Content-Length",
                  BYTES.length,
                  "ETag",
                  "W/\"v1\"",
                  "Last-Modified",
                  date);
              out.write(BYTES, 0, times.getAndIncrement() == 0 ? 10 : BYTES.length);
            });

    download(server.uri("/a.zip"));

    assertThat(server.requests().get(1).header("if-range")).isEqualTo(date);
  }

  @Test
  void download_rangeStartsElsewhere_startedOver() throws IOException {
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              if (times.getAndIncrement() == 0) {
                cutting(1, 60_000, BYTES, "").answer(request, out);
              } else if (request.rangeStart() > 0) {
                TestServer.answer(out, 206, BYTES, "Content-Range", "bytes 0-199999/200000");
              } else {
                TestServer.answer(out, 200, BYTES);
              }
            });

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
  }

  @Test
  void download_partIsLongerThanTheFile_startedOver() throws IOException {
    TestServer server =
        server(
            (request, out) -> {
              if (request.rangeStart() > 0) {
                TestServer.answer(out, 416, new byte[0], "Content-Range", "bytes */200000");
              } else {
                TestServer.answer(out, 200, BYTES);
              }
            });
    Files.write(part(), new byte[300_000]);
    Files.writeString(
        folder.resolve("file.part.json"), "{\"url\":\"" + server.uri("/a.zip") + "\"}");

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
  }

  @Test
  void download_partIsWhole_nothingMoreNeeded() throws IOException {
    TestServer server =
        server(
            (request, out) ->
                TestServer.answer(out, 416, new byte[0], "Content-Range", "bytes */200000"));
    Files.write(part(), BYTES);
    Files.writeString(
        folder.resolve("file.part.json"), "{\"url\":\"" + server.uri("/a.zip") + "\"}");

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
  }

  @Test
  void download_announcesMoreThanItHas_givenUpWithAllThatArrived() throws IOException {
    TestServer server =
        server(
            (request, out) -> {
              int start = request.rangeStart();
              TestServer.head(
                  out,
                  start > 0 ? 206 : 200,
                  "Content-Length",
                  300_000 - start,
                  "Content-Range",
                  "bytes " + start + "-299999/300000");
              out.write(BYTES, start, BYTES.length - start);
            });

    assertThatThrownBy(() -> download(server.uri("/a.zip")))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("the connection was cut");

    assertThat(arrived()).isEqualTo(BYTES);
    assertThat(server.requests()).hasSize(6);
    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 1L, 2L, 4L, 8L); // the first brought something
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void download_moreThanAllowed_stopped(boolean announced) throws IOException {
    TestServer server =
        server(
            (request, out) -> {
              TestServer.head(out, 200, announced ? "Content-Length" : "X-Length", BYTES.length);
              out.write(BYTES);
            });
    URI uri = server.uri("/a.zip");

    assertThatThrownBy(
            () -> web().download(uri, new PartFile(part(), uri), 100_000, (done, total) -> {}))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("more than 100,000 bytes");

    assertThat(server.requests()).hasSize(1);
    assertThat(Files.exists(part()) ? Files.size(part()) : 0).isLessThanOrEqualTo(100_000);
  }

  @Test
  void download_cannotBeWritten_saysSoAtOnce() throws IOException {
    TestServer server = server((request, out) -> TestServer.answer(out, 200, BYTES));
    URI uri = server.uri("/a.zip");
    PartFile part = new PartFile(part(), uri);
    TestModels.write(part(), "something", ""); // a folder is in the way

    assertThatThrownBy(() -> web().download(uri, part, Long.MAX_VALUE, (done, total) -> {}))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("cannot write " + part());

    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 501})
  void download_refused_atOnceAndSaidSo(int status) throws IOException {
    TestServer server =
        server(
            (request, out) ->
                TestServer.answer(out, status, "no such file".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> download(server.uri("/a.zip")))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining(server.uri("/a.zip") + " answers " + status);

    assertThat(server.requests()).hasSize(1);
    assertThat(part()).doesNotExist();
  }

  @Test
  void download_serverInTrouble_triedAgain() throws IOException {
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              if (times.getAndIncrement() < 3) {
                TestServer.answer(out, 500, new byte[0]);
              } else {
                TestServer.answer(out, 200, BYTES);
              }
            });

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L);
  }

  @Test
  void download_serverStaysInTrouble_saysWhatItAnswers() throws IOException {
    TestServer server = server((request, out) -> TestServer.answer(out, 502, new byte[0]));

    assertThatThrownBy(() -> download(server.uri("/a.zip")))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("answers 502");

    assertThat(server.requests()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "Sun, 22 Nov 2026 12:00:07 GMT"})
  void download_comeBackLater_waitsAsLong(String later) throws IOException {
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              if (times.getAndIncrement() == 0) {
                TestServer.answer(out, 503, new byte[0], "Retry-After", later);
              } else {
                TestServer.answer(out, 200, BYTES);
              }
            });

    download(server.uri("/a.zip"));

    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void download_comeBackMuchLater_givenUpSayingWhen() throws IOException {
    TestServer server =
        server((request, out) -> TestServer.answer(out, 503, new byte[0], "Retry-After", "86400"));

    assertThatThrownBy(() -> download(server.uri("/a.zip")))
        .hasMessageContaining("answers 503, and asks to come back in 86400 s");

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void download_redirected_followedAndGoneOnWith() throws IOException {
    TestServer.Handler files = cutting(1, 60_000, BYTES, "\"v1\"");
    TestServer server =
        server(
            (request, out) -> {
              if (request.target().equals("/a.zip")) {
                TestServer.answer(out, 302, new byte[0], "Location", "/there/b.zip");
              } else {
                files.answer(request, out);
              }
            });

    download(server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
    assertThat(server.requests("/there/b.zip"))
        .extracting(request -> request.header("range"))
        .containsExactly("", "bytes=60000-");
  }

  @Test
  void download_redirectedInCircles_givenUp() throws IOException {
    TestServer server =
        server((request, out) -> TestServer.answer(out, 302, new byte[0], "Location", "/a.zip"));

    assertThatThrownBy(() -> download(server.uri("/a.zip")))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("302");
  }

  @Test
  void download_serverStalls_goesOnAfterATimeOut() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    toClose.add(over::countDown);
    TestServer.Handler whole = cutting(0, 0, BYTES, "\"v1\"");
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              if (times.getAndIncrement() > 0) {
                whole.answer(request, out);
                return;
              }
              TestServer.head(out, 200, "Content-Length", BYTES.length, "ETag", "\"v1\"");
              out.write(BYTES, 0, 60_000);
              out.flush();
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    download(web(Map.of(), Duration.ofMillis(500)), server.uri("/a.zip"));

    assertThat(arrived()).isEqualTo(BYTES);
    assertThat(ranges(server)).containsExactly("", "bytes=60000-");
  }

  @Test
  void download_nobodyAnswers_saysSo() throws IOException {
    TestServer gone = new TestServer((request, out) -> {});
    gone.close();

    assertThatThrownBy(() -> download(gone.uri("/a.zip")))
        .isInstanceOf(DownloadException.class)
        .hasMessage(
            "cannot reach " + gone.uri("/a.zip") + ": nothing answers there (tried 3 times)");
    assertThat(part()).doesNotExist();
  }

  @Test
  void download_unknownHost_saysSo() {
    assertThatThrownBy(() -> download(URI.create("http://models.invalid/a.zip")))
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith("cannot reach http://models.invalid/a.zip: ")
        .hasMessageContaining("no such host is known, or there is no network");
  }

  @Test
  void download_interrupted_endsAndKeepsThePart() throws IOException {
    TestServer server = server(cutting(1, 60_000, BYTES, "\"v1\""));
    URI uri = server.uri("/a.zip");

    try {
      assertThatThrownBy(
              () ->
                  web()
                      .download(
                          uri,
                          new PartFile(part(), uri),
                          Long.MAX_VALUE,
                          (done, total) -> Thread.currentThread().interrupt()))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }

    assertThat(Files.size(part())).isPositive();
  }

  @Test
  void download_fileAddress_copied() throws IOException {
    Path file = Files.write(folder.resolve("a b.zip"), BYTES);

    download(file.toUri());

    assertThat(arrived()).isEqualTo(BYTES);
  }

  @Test
  void download_noSuchFile_saysSo() {
    URI missing = folder.resolve("nowhere.zip").toUri();

    assertThatThrownBy(() -> download(missing))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("there is no file " + folder.resolve("nowhere.zip"));
  }

  @Test
  void read_list_itsBytes() throws IOException {
    AtomicInteger times = new AtomicInteger();
    TestServer server =
        server(
            (request, out) -> {
              TestServer.head(out, 200, "Content-Length", 6);
              out.write(
                  (times.getAndIncrement() == 0 ? "[{" : "[{}]\n\n")
                      .getBytes(StandardCharsets.UTF_8));
            });

    assertThat(new String(web().read(server.uri("/list.json"), 100), StandardCharsets.UTF_8))
        .isEqualTo("[{}]\n\n");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void read_tooLong_refused() throws IOException {
    TestServer server = server((request, out) -> TestServer.answer(out, 200, BYTES));

    assertThatThrownBy(() -> web().read(server.uri("/list.json"), 100))
        .hasMessageContaining("more than 100 bytes");
  }

  @Test
  void read_throughProxyOfTheEnvironment_thatIsAsked() throws IOException {
    TestServer proxy =
        server(
            (request, out) -> TestServer.answer(out, 200, "[]".getBytes(StandardCharsets.UTF_8)));
    URI address = proxy.uri("");

    byte[] list =
        web(Map.of("http_proxy", address.toString()), Duration.ofSeconds(30))
            .read(URI.create("http://models.invalid/list.json"), 100);

    assertThat(list).hasSize(2);
    assertThat(proxy.requests())
        .extracting(Request::target)
        .containsExactly("http://models.invalid/list.json");
  }

  @Test
  void read_proxyWantsAPassword_given() throws IOException {
    TestServer proxy =
        server(
            (request, out) -> {
              if (request.header("proxy-authorization").isEmpty()) {
                TestServer.answer(
                    out, 407, new byte[0], "Proxy-Authenticate", "Basic realm=\"way out\"");
              } else {
                TestServer.answer(out, 200, "[]".getBytes(StandardCharsets.UTF_8));
              }
            });
    String address = proxy.uri("").toString().replace("http://", "http://kim:s%40fe@");

    web(Map.of("HTTP_PROXY", address), Duration.ofSeconds(30))
        .read(URI.create("http://models.invalid/list.json"), 100);

    assertThat(proxy.requests().getLast().header("proxy-authorization"))
        .isEqualTo("Basic a2ltOnNAZmU="); // kim:s@fe
  }

  @Test
  void read_httpsThroughProxy_tunnelAskedFor() throws IOException {
    TestServer proxy = server((request, out) -> TestServer.answer(out, 502, new byte[0]));

    assertThatThrownBy(
            () ->
                web(Map.of("HTTPS_PROXY", proxy.uri("").toString()), Duration.ofSeconds(30))
                    .read(URI.create("https://models.invalid/list.json"), 100))
        .isInstanceOf(DownloadException.class);

    assertThat(proxy.requests().getFirst().method()).isEqualTo("CONNECT");
    assertThat(proxy.requests().getFirst().target()).isEqualTo("models.invalid:443");
  }
}

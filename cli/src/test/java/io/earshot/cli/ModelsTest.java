package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.earshot.cli.Earshot.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code earshot models}, and models by name. */
class ModelsTest {
  private static final String TINY = "vosk-model-tiny-en-callcentre";
  private static final Path CALL = Earshot.HOME.resolve("samples/calls/call-1003-3.wav");

  @TempDir private Path cache;

  private ProcessBuilder builder(Map<String, String> environment, Object... arguments) {
    List<String> command = new ArrayList<>(Earshot.command());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("EARSHOT_") || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().putAll(environment);
    return builder;
  }

  private Run run(Map<String, String> environment, Object... arguments) {
    return Earshot.process(builder(environment, arguments), "");
  }

  private Run run(Object... arguments) {
    return run(Map.of(), arguments);
  }

  private Path store() {
    return cache.resolve("earshot").resolve("models");
  }

  private Path install(String name) throws IOException {
    Path from = Earshot.HOME.resolve("models").resolve(TINY);
    Path to = Files.createDirectories(store()).resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  @Test
  void list_nothingInstalled_saysWhereIsLooked() {
    Run text = run("models", "list");
    Run json = run("models", "list", "--json");

    assertThat(text.succeeds().out()).startsWith("No speech model is installed in " + store());
    assertThat(json.succeeds().out().strip()).isEqualTo("[]");
  }

  @Test
  void list_models_nameSizeAndWhatIsWrong() throws IOException {
    install("my-model");
    Files.delete(install("other").resolve("graph/Gr.fst"));

    Run text = run("models", "list");
    Run json = run("models", "list", "--json");

    assertThat(text.succeeds().out())
        .contains("my-model", "5.2 MB", "put there by hand")
        .contains("cannot be used: EARSHOT-201", "graph/Gr.fst is missing");
    List<?> models = (List<?>) Earshot.parse(json.succeeds().out());
    Map<?, ?> mine = (Map<?, ?>) models.getFirst();
    assertThat(mine.keySet().toString())
        .isEqualTo("[name, path, type, sizeBytes, language, url, sha256, downloadedAt, problem]");
    assertThat(mine.get("name")).isEqualTo("my-model");
    assertThat(mine.get("path")).isEqualTo(store().resolve("my-model").toString());
    assertThat(mine.get("type")).isEqualTo("speech");
    assertThat(mine.get("problem")).isNull();
    assertThat(((Map<?, ?>) models.getLast()).get("problem")).asString().contains("Gr.fst");
  }

  @Test
  void path_nameOrFolderOrVariable_theFolder() throws IOException {
    Path mine = install("my-model");

    assertThat(run("models", "path", "my-model").succeeds().out().strip())
        .isEqualTo(mine.toString());
    assertThat(run("models", "path", mine).succeeds().out().strip()).isEqualTo(mine.toString());
    assertThat(run(Map.of("EARSHOT_MODEL", "my-model"), "models", "path").succeeds().out().strip())
        .isEqualTo(mine.toString());
  }

  @Test
  void path_noSuchModel_exitOneAndTheReason() {
    Run unknown = run("models", "path", "vosk-model-xx");
    Run unset = run("models", "path");

    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err())
        .startsWith("earshot: EARSHOT-220: ")
        .contains(store().resolve("vosk-model-xx").toString())
        .contains("earshot models download vosk-model-xx");
    assertThat(unset.status()).isEqualTo(1);
    assertThat(unset.err()).contains("EARSHOT_MODEL is not set");
  }

  @Test
  void transcribe_modelByName_used() throws IOException {
    install("my-model");

    Run run = run("transcribe", "--model", "my-model", "--format", "json", CALL);

    assertThat(run.succeeds().json().get("model")).isEqualTo("my-model");
  }

  @Test
  void transcribe_unknownModel_saysWhatToRun() {
    Run named = run("transcribe", "--model", "vosk-model-xx", CALL);
    Run configured = run(Map.of("EARSHOT_MODEL", "vosk-model-xx"), "transcribe", CALL);

    for (Run run : List.of(named, configured)) {
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .contains("EARSHOT-220: there is no speech model vosk-model-xx")
          .contains("earshot models download vosk-model-xx");
    }
    assertThat(configured.err()).contains("(EARSHOT_MODEL)");
  }

  /** A folder with a list and the tiny model, as a site has them. */
  private Path site(String fields) throws IOException {
    Path site = Files.createDirectories(cache.resolve("site"));
    Path zip = site.resolve(TINY + ".zip");
    Path model = Earshot.HOME.resolve("models").resolve(TINY);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> files = Files.walk(model)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new ZipEntry(TINY + "/" + model.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
    Files.writeString(
        site.resolve("model-list.json"),
        """
        [{"lang":"en","lang_text":"English","md5":"%s","name":"%s","obsolete":"false","size":%d,
          "type":"small","url":"%s.zip","version":"1"%s},
         {"lang":"en","lang_text":"English","name":"older","obsolete":"true","size":5,
          "type":"small","url":"older.zip","version":"0"}]
        """
            .formatted(digest("MD5", zip), TINY, Files.size(zip), TINY, fields));
    return site;
  }

  private static String digest(String algorithm, Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void listAvailable_offersOfTheList_withoutObsoleteOnes() throws IOException {
    Path site = site("");
    install(TINY);

    Run text = run("models", "list", "--available", "--from", site);
    Run json =
        run(
            Map.of("EARSHOT_MODELS_URL", site.toString()),
            "models",
            "list",
            "--available",
            "--json");

    assertThat(text.succeeds().out())
        .contains(TINY, "3.6 MB", "English (installed)")
        .doesNotContain("older");
    List<?> models = (List<?>) Earshot.parse(json.succeeds().out());
    Map<?, ?> tiny = (Map<?, ?>) models.getFirst();
    assertThat(tiny.keySet().toString())
        .isEqualTo(
            "[name, language, languageName, type, version, sizeBytes, obsolete, installed, url,"
                + " md5, sha256]");
    assertThat(tiny.get("installed")).isEqualTo(true);
    assertThat(((Map<?, ?>) models.getLast()).get("obsolete")).isEqualTo(true);
  }

  @Test
  void download_fromAFolder_installedListedAndUsed() throws IOException {
    Path site = site("");
    String sha256 = digest("SHA-256", site.resolve(TINY + ".zip"));

    Run run = run("models", "download", TINY, "--from", site);

    Path model = store().resolve(TINY);
    assertThat(run.succeeds().out().lines())
        .containsExactly(TINY + " is now in " + model, "SHA-256 " + sha256);
    assertThat(run("models", "download", TINY, "--from", site).succeeds().out())
        .startsWith(TINY + " is there already: " + model);
    assertThat(run("models", "list").succeeds().out()).contains(TINY, "en", "file:");
    Map<?, ?> listed =
        (Map<?, ?>)
            ((List<?>) Earshot.parse(run("models", "list", "--json").succeeds().out())).getFirst();
    assertThat(listed.get("language")).isEqualTo("en");
    assertThat(listed.get("sha256")).isEqualTo(sha256);
    assertThat(listed.get("problem")).isNull();
    Run transcript = run("transcribe", "--model", TINY, "--format", "json", CALL);
    assertThat(transcript.succeeds().json().get("model")).isEqualTo(TINY);
  }

  @Test
  void download_somethingElse_exitOneAndTheReason() throws IOException {
    Path site = site("");
    String wrong = "0".repeat(64);

    Run checksum = run("models", "download", TINY, "--from", site, "--sha256", wrong);
    Run unknown = run("models", "download", "vosk-model-xx", "--from", site);

    assertThat(checksum.status()).isEqualTo(1);
    assertThat(checksum.err()).contains("EARSHOT-225", "you gave " + wrong);
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("EARSHOT-221", "has no model vosk-model-xx");
    assertThat(run("models", "list").succeeds().out()).startsWith("No speech model");
  }

  @Test
  void download_valuesThatCannotBe_usage() {
    Run sha256 = run("models", "download", TINY, "--sha256", "abc");
    Run from = run("models", "download", TINY, "--from", "ftp://models.example/");
    Run list = run("models", "list", "--available", "--from", "ftp://models.example/");
    Run installed = run("models", "list", "--from", "list.json");
    Run nameless = run("models", "download");

    for (Run run : List.of(sha256, from, list, installed, nameless)) {
      assertThat(run.status()).as(run.err()).isEqualTo(2);
    }
    assertThat(sha256.err()).contains("64 hexadecimal digits");
    assertThat(from.err()).contains("an http, https or file address");
  }

  @Test
  void download_offline_saysWhereToPutTheModelByHand() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }

    Run run =
        run("models", "download", "vosk-model-xx", "--from", "http://127.0.0.1:" + nobody + "/");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("EARSHOT-222: cannot reach http://127.0.0.1:" + nobody + "/model-list.json")
        .contains("unpack it to " + store().resolve("vosk-model-xx"));
  }

  /** A Ctrl-C leaves as much as a kill does: what is on the disk. */
  @Test
  void download_killedInTheMiddle_nextGoesOnThere() throws Exception {
    Path site = site("");
    byte[] zip = Files.readAllBytes(site.resolve(TINY + ".zip"));
    byte[] list = Files.readAllBytes(site.resolve("model-list.json"));
    List<String> ranges = new CopyOnWriteArrayList<>();
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/model-list.json",
        exchange -> {
          exchange.sendResponseHeaders(200, list.length);
          exchange.getResponseBody().write(list);
          exchange.close();
        });
    server.createContext(
        "/" + TINY + ".zip",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(String.valueOf(range));
          exchange.getResponseHeaders().set("ETag", "\"v1\"");
          if (range == null) {
            exchange.sendResponseHeaders(200, zip.length);
            exchange.getResponseBody().write(zip, 0, 1_000_000);
            exchange.getResponseBody().flush();
            await(over); // the rest never comes
          } else {
            int start = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange
                .getResponseHeaders()
                .set("Content-Range", "bytes " + start + "-" + (zip.length - 1) + "/" + zip.length);
            exchange.sendResponseHeaders(206, zip.length - start);
            exchange.getResponseBody().write(zip, start, zip.length - start);
          }
          exchange.close();
        });
    server.start();
    try {
      String from = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      ProcessBuilder builder = builder(Map.of(), "models", "download", TINY, "--from", from);
      Path part = store().resolve(TINY + ".part");
      Process process =
          builder
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      while (process.isAlive() && !(Files.exists(part) && Files.size(part) >= 500_000)) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      assertThat(run("models", "list").succeeds().out()).startsWith("No speech model");

      Run again = run("models", "download", TINY, "--from", from).succeeds();

      assertThat(again.out()).contains(TINY + " is now in ");
      assertThat(ranges).hasSize(2);
      assertThat(ranges.getLast()).matches("bytes=\\d{6,}-");
    } finally {
      over.countDown();
      server.stop(0);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Proxies ask for a password where the way leads to https; the JDK by itself would give none. */
  @Test
  void download_httpsThroughAProxyWithPassword_passwordGiven() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (ServerSocket proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(proxy, asked));

      Run run =
          run(
              Map.of(
                  "HTTPS_PROXY",
                  "http://kim:secret@127.0.0.1:" + proxy.getLocalPort(),
                  "NO_PROXY",
                  ""),
              "models",
              "list",
              "--available",
              "--from",
              "https://models.invalid/");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).doesNotContain("secret");
      assertThat(asked)
          .anyMatch(head -> head.contains("Proxy-Authorization: Basic a2ltOnNlY3JldA=="));
    }
  }

  /** Asks for a password, and with one forbids the way. */
  private static void refuse(ServerSocket proxy, List<String> asked) {
    while (!proxy.isClosed()) {
      try (Socket connection = proxy.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          head.append(line).append('\n');
        }
        asked.add(head.toString());
        String answer =
            head.indexOf("Proxy-Authorization") < 0
                ? "HTTP/1.1 407 Password\r\nProxy-Authenticate: Basic realm=\"out\"\r\n"
                : "HTTP/1.1 403 Forbidden\r\n";
        connection
            .getOutputStream()
            .write(
                (answer + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // the client has gone, or the test is over
      }
    }
  }

  @Test
  void models_noOrWrongCommand_usage() {
    Run none = run("models");
    Run wrong = run("models", "install");
    Run help = run("models", "--help");

    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err())
        .contains("models: which command? One of list, ", "earshot models --help");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("there is no command models install; there are list, ");
    assertThat(help.succeeds().out()).contains("list", "path");
  }
}

package io.earshot.transcription;

import io.earshot.transcription.DownloadException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files from {@code http}, {@code https} and {@code file} addresses, over connections that
 * fail: tries again after a while, and goes on where the last attempt ended.
 */
final class WebFiles implements AutoCloseable {
  private static final int MOST_FAILURES = 5; // in a row, none of which brought anything
  private static final int MOST_FAILURES_OF_STRANGERS = 3; // where nobody has ever answered
  private static final Duration CONNECTING = Duration.ofSeconds(20);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final int COPIED_AT_ONCE = 1 << 16;

  /** A server's errors that may pass, beside "too early" and "too many requests". */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final EnvironmentProxies proxies;
  private final HttpClient client;
  private final Duration patience;
  private final Pause pause;
  private final Clock clock;
  private boolean answered;

  /** Waits before the next attempt. */
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private interface Progressing {
    long bytes() throws IOException;
  }

  private interface Sink {
    void take(ByteBuffer piece) throws IOException;
  }

  /** A failure after which another attempt may succeed. */
  private static final class PassingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final DownloadException failure;
    private final Duration wait;

    PassingException(DownloadException failure, Duration wait) {
      super(failure);
      this.failure = failure;
      this.wait = wait;
    }
  }

  /**
   * For one or more downloads.
   *
   * @param patience how long a server may be silent
   */
  WebFiles(EnvironmentProxies proxies, Duration patience, Pause pause, Clock clock) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECTING)
            .proxy(proxies);
    if (proxies.haveCredentials()) {
      builder.authenticator(new ProxyPasswords(proxies));
    }
    this.proxies = proxies;
    this.client = builder.build();
    this.patience = patience;
    this.pause = pause;
    this.clock = clock;
  }

  private static final class ProxyPasswords extends Authenticator {
    private final EnvironmentProxies proxies;

    ProxyPasswords(EnvironmentProxies proxies) {
      this.proxies = proxies;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? proxies.credentials(getRequestingHost(), getRequestingPort()).orElse(null)
          : null;
    }
  }

  /**
   * Reads a short file.
   *
   * @param most the bytes that it may have
   */
  byte[] read(URI uri, int most) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Sink sink =
        piece -> {
          byte[] copy = new byte[piece.remaining()];
          piece.get(copy);
          bytes.write(copy, 0, copy.length);
        };
    if (isFile(uri)) {
      copyFile(uri, most, sink);
    } else {
      retrying(
          uri,
          () -> 0,
          () -> {
            bytes.reset();
            try (WebAnswer answer = ask(uri, 0, Optional.empty())) {
              if (answer.status() != WebAnswer.OK) {
                throw refused(uri, answer);
              }
              copyBody(uri, answer.body(), 0, most, sink);
            }
          });
    }
    return bytes.toByteArray();
  }

  /**
   * Brings what is missing of a file.
   *
   * @param most the bytes that it may have in all
   * @throws DownloadException if that is not possible; what has arrived stays
   */
  void download(URI uri, PartFile part, long most, ModelDownloadProgress progress)
      throws IOException {
    try (part) {
      if (isFile(uri)) {
        part.begin(Optional.empty(), PartFile.UNKNOWN);
        copyFile(uri, most, counted(part, progress));
      } else {
        retrying(uri, part::size, () -> continueWith(uri, part, most, progress));
      }
    }
  }

  private void continueWith(URI uri, PartFile part, long most, ModelDownloadProgress progress)
      throws IOException {
    if (part.isWhole()) {
      return;
    }
    long size = part.size();
    try (WebAnswer answer = ask(uri, size, part.validator())) {
      if (answer.continues(part)) {
        throwIfTooLong(uri, part.total(), most);
        copyBody(uri, answer.body(), size, most, counted(part, progress));
        return;
      }
      if (answer.status() == WebAnswer.NO_SUCH_RANGE && size > 0 && answer.total() == size) {
        return; // all of it had arrived
      }
      if (answer.status() == WebAnswer.OK) {
        part.begin(answer.validator(), answer.total());
        throwIfTooLong(uri, answer.total(), most);
        copyBody(uri, answer.body(), 0, most, counted(part, progress));
        return;
      }
      if (size == 0
          || (answer.status() != WebAnswer.NO_SUCH_RANGE && answer.status() != WebAnswer.PARTIAL)) {
        throw refused(uri, answer);
      }
    }
    part.delete(); // it is of another state of the file
    continueWith(uri, part, most, progress);
  }

  private static Sink counted(PartFile part, ModelDownloadProgress progress) throws IOException {
    long[] done = {part.size()};
    return piece -> {
      done[0] += piece.remaining();
      part.append(piece);
      progress.at(done[0], Math.max(0, part.total()));
    };
  }

  private static void copyBody(URI uri, TimedBody body, long before, long most, Sink sink)
      throws IOException {
    long done = before;
    Optional<List<ByteBuffer>> pieces = body.next();
    while (pieces.isPresent()) {
      for (ByteBuffer piece : pieces.get()) {
        done += piece.remaining();
        throwIfTooLong(uri, done, most);
        sink.take(piece);
      }
      pieces = body.next();
    }
  }

  private static boolean isFile(URI uri) {
    return "file".equalsIgnoreCase(uri.getScheme());
  }

  private static void copyFile(URI uri, long most, Sink sink) throws IOException {
    Path file = Path.of(uri);
    try (InputStream in = Files.newInputStream(file)) {
      throwIfTooLong(uri, Files.size(file), most);
      byte[] bytes = new byte[COPIED_AT_ONCE];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        sink.take(ByteBuffer.wrap(bytes, 0, count));
      }
    } catch (NoSuchFileException e) {
      throw new DownloadException(Kind.REFUSED, "there is no file " + file, e);
    }
  }

  private static void throwIfTooLong(URI uri, long bytes, long most) throws DownloadException {
    if (bytes > most) {
      throw new DownloadException(
          Kind.TOO_LONG, String.format(Locale.ROOT, "%s has more than %,d bytes", uri, most));
    }
  }

  private WebAnswer ask(URI uri, long from, Optional<String> validator) throws IOException {
    proxies.throwIfUnusable(uri);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "earshot");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
      validator.ifPresent(value -> request.header("If-Range", value));
    }
    // Not the request's own time-out: from some version of the JDK on that includes the body.
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent =
        client.sendAsync(request.build(), BodyHandlers.ofPublisher());
    try {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
          sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      answered = true;
      TimedBody body = new TimedBody(patience);
      response.body().subscribe(body);
      return new WebAnswer(response.statusCode(), response.headers(), body);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new HttpTimeoutException("no answer");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private IOException refused(URI uri, WebAnswer answer) {
    String what = uri + " answers " + answer.status();
    if (!PASSING.contains(answer.status())) {
      String more =
          switch (answer.status()) {
            case 301, 302, 303, 307, 308 ->
                ", which leads to " + answer.header("Location").orElse("nowhere");
            case 407 -> ": the proxy wants a password; give http://user:password@host:port";
            default -> "";
          };
      return new DownloadException(Kind.REFUSED, what + more);
    }
    Duration wait = answer.header("Retry-After").flatMap(this::untilThen).orElse(Duration.ZERO);
    return wait.compareTo(LONGEST_WAIT) > 0
        ? new DownloadException(
            Kind.REFUSED, what + ", and asks to come back in " + wait.toSeconds() + " s")
        : new PassingException(new DownloadException(Kind.REFUSED, what), wait);
  }

  /** Seconds, or a date. */
  private Optional<Duration> untilThen(String value) {
    try {
      return Optional.of(
          value.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value))
              : Duration.between(
                  clock.instant(),
                  DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void retrying(URI uri, Progressing progressing, Attempt attempt) throws IOException {
    int failures = 0;
    long most = progressing.bytes();
    while (true) {
      PassingException passing;
      try {
        attempt.run();
        return;
      } catch (DownloadException | InterruptedIOException e) {
        throw e;
      } catch (PassingException e) {
        passing = e;
      } catch (IOException e) {
        passing = new PassingException(unreachable(uri, e), Duration.ZERO);
      }
      failures = progressing.bytes() > most ? 0 : failures + 1;
      most = Math.max(most, progressing.bytes());
      if (failures >= mostFailures()) {
        throw passing.failure;
      }
      waitFor(passing.wait, Duration.ofSeconds(1L << Math.max(0, failures - 1)));
    }
  }

  private void waitFor(Duration asked, Duration usual) throws IOException {
    try {
      pause.of(asked.compareTo(usual) > 0 ? asked : usual);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private int mostFailures() {
    return answered ? MOST_FAILURES : MOST_FAILURES_OF_STRANGERS;
  }

  private DownloadException unreachable(URI uri, IOException failure) {
    return new DownloadException(
        Kind.UNREACHABLE,
        "cannot reach " + uri + ": " + reason(failure) + " (tried " + mostFailures() + " times)",
        failure);
  }

  private static String reason(IOException failure) {
    if (has(failure, UnresolvedAddressException.class)
        || has(failure, UnknownHostException.class)) {
      return "no such host is known, or there is no network";
    }
    if (has(failure, HttpTimeoutException.class)) {
      return "the server does not answer in time";
    }
    if (has(failure, ConnectException.class)) {
      return "nothing answers there";
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return (has(failure, SSLException.class)
            ? "no secure connection: "
            : "the connection was cut: ")
        + cause.getMessage();
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

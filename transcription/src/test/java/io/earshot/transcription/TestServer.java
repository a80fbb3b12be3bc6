package io.earshot.transcription;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A web server that answers with exactly the bytes it is told to, so it may lie, cut connections
 * and change its mind. One request a connection; it serves as a forward proxy just as well.
 */
final class TestServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Handler handler;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** What was asked; names of headers in lower case. */
  record Request(String method, String target, Map<String, String> headers) {
    /** The value, empty if there is none. */
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** The first byte that is asked for. */
    int rangeStart() {
      String range = header("range");
      return range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    }
  }

  /** What answers. */
  interface Handler {
    /** Writes the answer; the connection is closed behind it. */
    void answer(Request request, OutputStream out) throws IOException;
  }

  TestServer(Handler handler) throws IOException {
    this.handler = handler;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  /** All that was asked so far, in order. */
  List<Request> requests() {
    return requests;
  }

  /** What was asked for that path. */
  List<Request> requests(String path) {
    return requests.stream().filter(request -> request.target().endsWith(path)).toList();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      if (line != null) {
        String[] first = line.split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          int colon = line.indexOf(':');
          headers.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        Request request = new Request(first[0], first[1], headers);
        requests.add(request);
        handler.answer(request, connection.getOutputStream());
        connection.getOutputStream().flush();
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  /** The status line and the headers, given as name, value, name, value. */
  static void head(OutputStream out, int status, Object... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " As told\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** A whole answer. */
  static void answer(OutputStream out, int status, byte[] body, Object... headers)
      throws IOException {
    Object[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Length";
    all[headers.length + 1] = body.length;
    head(out, status, all);
    out.write(body);
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.earshot.transcription;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the JVM's own settings name, else those of the environment, as curl reads it:
 * {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY}, and before each the
 * same name in lower case.
 *
 * <p>Immutable.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:http://)?(?:(?<user>[^@/:]*)(?::(?<password>[^@/]*))?@)?"
              + "(?<host>[^:/@\\[\\]]+|\\[[^\\]]+])(?::(?<port>\\d{1,5}))?/?");

  private final List<Route> routes;
  private final List<String> direct;
  private final Optional<ProxySelector> system;

  /** A proxy for addresses of one scheme; without a port if it is none that can be used. */
  private record Route(
      String scheme,
      String variable,
      String host,
      int port,
      Optional<PasswordAuthentication> credentials) {
    boolean isUsable() {
      return port > 0 && port <= 65_535;
    }

    Proxy proxy() {
      return isUsable()
          ? new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port))
          : Proxy.NO_PROXY;
    }
  }

  private EnvironmentProxies(
      List<Route> routes, List<String> direct, Optional<ProxySelector> system) {
    this.routes = List.copyOf(routes);
    this.direct = List.copyOf(direct);
    this.system = system;
  }

  /**
   * Of an environment.
   *
   * @param system the JVM's own, if it has one
   */
  static EnvironmentProxies of(Map<String, String> environment, @Nullable ProxySelector system) {
    List<Route> routes = new ArrayList<>();
    for (String scheme : List.of("http", "https")) {
      for (String variable : List.of(scheme + "_proxy", "all_proxy")) {
        String value = value(environment, variable);
        if (!value.isEmpty()) {
          routes.add(route(scheme, variable.toUpperCase(Locale.ROOT), value));
        }
      }
    }
    List<String> direct = new ArrayList<>();
    for (String host : value(environment, "no_proxy").split(",", -1)) {
      if (!host.isBlank()) {
        direct.add(host.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""));
      }
    }
    return new EnvironmentProxies(routes, direct, Optional.ofNullable(system));
  }

  private static String value(Map<String, String> environment, String variable) {
    String upper = environment.getOrDefault(variable.toUpperCase(Locale.ROOT), "");
    return environment.getOrDefault(variable, upper).strip();
  }

  private static Route route(String scheme, String variable, String value) {
    Matcher address = ADDRESS.matcher(value);
    if (!address.matches()) {
      return new Route(scheme, variable, "", 0, Optional.empty());
    }
    String user = address.group("user");
    Optional<PasswordAuthentication> credentials =
        user == null
            ? Optional.empty()
            : Optional.of(
                new PasswordAuthentication(
                    decoded(user), decoded(address.group("password")).toCharArray()));
    return new Route(
        scheme, variable, address.group("host"), port(address.group("port")), credentials);
  }

  private static int port(@Nullable String text) {
    return text == null ? 80 : Integer.parseInt(text);
  }

  private static String decoded(@Nullable String text) {
    return text == null ? "" : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public List<Proxy> select(URI uri) {
    List<Proxy> ofSystem = system.map(selector -> selector.select(uri)).orElse(List.of());
    if (ofSystem.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return ofSystem;
    }
    return List.of(route(uri).map(Route::proxy).orElse(Proxy.NO_PROXY));
  }

  /**
   * Else what is not to be reached directly would be.
   *
   * @throws DownloadException if the environment names a proxy for an address that cannot be used
   */
  void throwIfUnusable(URI uri) throws DownloadException {
    Optional<Route> route = route(uri).filter(each -> !each.isUsable());
    if (route.isPresent()) {
      throw new DownloadException( // without its value: a password may be in it
          DownloadException.Kind.UNREACHABLE,
          "cannot reach "
              + uri
              + ": "
              + route.get().variable
              + " is no proxy that can be used; give http://host:port");
    }
  }

  private Optional<Route> route(URI uri) {
    return routes.stream()
        .filter(route -> route.scheme.equalsIgnoreCase(uri.getScheme()) && !isDirect(uri))
        .findFirst();
  }

  private boolean isDirect(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    int standard = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    String withPort = host + ":" + (uri.getPort() < 0 ? standard : uri.getPort());
    return direct.stream()
        .anyMatch(each -> each.equals("*") || isWithin(host, each) || isWithin(withPort, each));
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** Name and password for a proxy, if the environment has them. */
  Optional<PasswordAuthentication> credentials(String host, int port) {
    return routes.stream()
        .filter(route -> route.host.equalsIgnoreCase(host) && route.port == port)
        .flatMap(route -> route.credentials.stream())
        .findFirst();
  }

  boolean haveCredentials() {
    return routes.stream().anyMatch(route -> route.credentials.isPresent());
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    system.ifPresent(selector -> selector.connectFailed(uri, address, failure));
  }
}

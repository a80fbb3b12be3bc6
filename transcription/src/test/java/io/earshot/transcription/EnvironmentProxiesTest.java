package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
  private static String proxy(Map<String, String> environment, String uri) {
    return shown(EnvironmentProxies.of(environment, null).select(URI.create(uri)));
  }

  private static String shown(List<Proxy> proxies) {
    assertThat(proxies).hasSize(1);
    return proxies.getFirst().address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "direct";
  }

  private static Map<String, String> environment(String text) {
    Map<String, String> variables = new HashMap<>();
    for (String each : text.split(" ")) {
      variables.put(each.split("=")[0], each.substring(each.indexOf('=') + 1));
    }
    return variables;
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_PROXY=http://p:3128, http://a.example/, p:3128",
    "http_proxy=http://p:3128, http://a.example/, p:3128",
    "http_proxy=http://q:1 HTTP_PROXY=http://p:2, http://a.example/, q:1",
    "HTTP_PROXY=http://p:3128, https://a.example/, direct",
    "HTTPS_PROXY=http://p:3128/, https://a.example/, p:3128",
    "https_proxy=p:3128, https://a.example/, p:3128",
    "HTTPS_PROXY=http://kim:secret@p, https://a.example/, p:80",
    "ALL_PROXY=http://p:3128, https://a.example/, p:3128",
    "ALL_PROXY=http://p:1 HTTPS_PROXY=http://q:2, https://a.example/, q:2",
    "HTTP_PROXY=, http://a.example/, direct",
    "HTTP_PROXY=http://p:1 NO_PROXY=a.example, http://a.example/, direct",
    "HTTP_PROXY=http://p:1 no_proxy=example, http://a.example/, direct",
    "HTTP_PROXY=http://p:1 NO_PROXY=.example, http://a.example/, direct",
    "HTTP_PROXY=http://p:1 NO_PROXY=*.example, http://a.example/, direct",
    "HTTP_PROXY=http://p:1 NO_PROXY=ample, http://a.example/, p:1",
    "HTTP_PROXY=http://p:1 NO_PROXY=A.Example, http://a.eXample/, direct",
    "HTTP_PROXY=http://p:1 NO_PROXY=*, http://a.example/, direct",
    "HTTP_PROXY=http://p:1 NO_PROXY=a.example:8080, http://a.example:8080/, direct",
    "HTTP_PROXY=http://p:1 NO_PROXY=a.example:8080, http://a.example/, p:1",
    "HTTP_PROXY=http://p:1 NO_PROXY=127.0.0.1, http://127.0.0.1:99/, direct"
  })
  void select_environment_asCurlDoes(String variables, String uri, String expected) {
    assertThat(proxy(environment(variables), uri)).isEqualTo(expected);
  }

  @Test
  void select_severalHostsWithoutProxy_allOfThem() {
    Map<String, String> variables =
        Map.of("HTTP_PROXY", "http://p:1", "NO_PROXY", "localhost, b.example ,a.example");

    assertThat(proxy(variables, "http://a.example/")).isEqualTo("direct");
    assertThat(proxy(variables, "http://b.example/")).isEqualTo("direct");
    assertThat(proxy(variables, "http://c.example/")).isEqualTo("p:1");
  }

  @Test
  void select_systemHasOne_thatFirst() {
    ProxySelector system = ProxySelector.of(InetSocketAddress.createUnresolved("system", 8));
    EnvironmentProxies proxies = EnvironmentProxies.of(Map.of("HTTP_PROXY", "http://p:1"), system);

    assertThat(shown(proxies.select(URI.create("http://a.example/")))).isEqualTo("system:8");
  }

  @Test
  void select_systemSaysDirect_environment() {
    EnvironmentProxies proxies =
        EnvironmentProxies.of(Map.of("HTTP_PROXY", "http://p:1"), new Direct());

    assertThat(shown(proxies.select(URI.create("http://a.example/")))).isEqualTo("p:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://p:1080", "https://p:443", "http://", "http://p:port", "p:99999"})
  void throwIfUnusable_proxyOfAnotherKind_saysSoWithoutItsPassword(String value)
      throws IOException {
    EnvironmentProxies proxies =
        EnvironmentProxies.of(
            Map.of("HTTPS_PROXY", value.replace("://p", "://kim:secret@p"), "NO_PROXY", "near"),
            null);

    assertThatThrownBy(() -> proxies.throwIfUnusable(URI.create("https://a.example/list")))
        .isInstanceOf(DownloadException.class)
        .hasMessage(
            "cannot reach https://a.example/list: HTTPS_PROXY is no proxy that can be used; give"
                + " http://host:port");
    proxies.throwIfUnusable(URI.create("http://a.example/")); // nor does it matter elsewhere
    proxies.throwIfUnusable(URI.create("https://near/"));
  }

  @Test
  void credentials_inTheAddress_forThatProxyOnly() {
    EnvironmentProxies proxies =
        EnvironmentProxies.of(Map.of("HTTPS_PROXY", "http://kim:s%40fe@p:3128"), null);

    assertThat(proxies.credentials("p", 3_128).orElseThrow().getUserName()).isEqualTo("kim");
    assertThat(proxies.credentials("p", 3_128).orElseThrow().getPassword())
        .isEqualTo("s@fe".toCharArray());
    assertThat(proxies.credentials("q", 3_128)).isEmpty();
  }

  private static final class Direct extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }
}

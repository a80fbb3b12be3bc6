package io.earshot.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which list says what models can be downloaded. */
final class ModelListOption {
  private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  @Option(
      names = "--from",
      paramLabel = "URL",
      description =
          "The list of models: an http, https or file address, or a file. Default: $EARSHOT_MODELS_URL, else Vosk's own.")
  private @Nullable String list;

  /** The list that was named; asked for before anything is fetched. */
  Optional<String> given() {
    // The JDK keeps a proxy's password from it on the way to https, where most proxies want one.
    if (System.getProperty(TUNNELS) == null) {
      System.setProperty(TUNNELS, "");
    }
    return Optional.ofNullable(list);
  }
}

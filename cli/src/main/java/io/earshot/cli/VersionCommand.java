package io.earshot.cli;

import io.earshot.InteractionIndex;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code earshot version}. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    String version =
        Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
            .orElse("(not built as a jar)");
    Terminal.out()
        .println(
            "earshot %s, index format %d, Java %s"
                .formatted(version, InteractionIndex.FORMAT_VERSION, Runtime.version()));
    return 0;
  }
}

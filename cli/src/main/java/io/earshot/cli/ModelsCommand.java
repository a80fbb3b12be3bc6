package io.earshot.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code earshot models}: the speech models that calls are transcribed with. */
@Command(
    name = "models",
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, downloads and finds speech models.",
    subcommands = {ModelsListCommand.class, ModelsDownloadCommand.class, ModelsPathCommand.class})
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  ModelsCommand() {
    spec = CommandSpec.create(); // picocli sets the real one
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "models: which command? One of " + String.join(", ", spec.subcommands().keySet()));
  }
}

package io.earshot.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Its names, shapes and exit statuses are a contract that scripts rely on. */
@Command(
    name = "earshot",
    synopsisSubcommandLabel = "COMMAND",
    description = "Searches everything a customer ever wrote or said.",
    mixinStandardHelpOptions = false,
    subcommands = {
      DemoCommand.class,
      IndexCommand.class,
      SearchCommand.class,
      SuggestCommand.class,
      HistoryCommand.class,
      ParseCommand.class,
      TranscribeCommand.class,
      ModelsCommand.class,
      CheckCommand.class,
      EvaluateCommand.class,
      VersionCommand.class
    },
    footer = {
      "",
      "Exit status: 0 all done; 1 failed, nothing lost; 2 wrong usage; 3 done, but some inputs were",
      "quarantined (listed with the reason).",
      "",
      "Begin with: earshot demo"
    })
public final class Main implements Runnable {
  // Held, since the log manager forgets the level of a logger that nobody holds.
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  @Spec private CommandSpec spec;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  Main() {
    spec = CommandSpec.create(); // picocli sets the real one
  }

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    quieten(ROOT_LOGGER);
    Interruption.commandBegins();
    int status = commandLine().execute(args);
    Interruption.commandEnds();
    System.exit(Terminal.lostOutput() ? Failures.lostOutput(status) : status);
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setAbbreviatedOptionsAllowed(false);
    commandLine.setExpandAtFiles(false); // a query or an id may begin with @
    commandLine.setExecutionExceptionHandler(Failures::report);
    commandLine.setParameterExceptionHandler(Failures::reportUsage);
    commandLine.setOut(Terminal.out());
    commandLine.setErr(Terminal.err());
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? One of " + String.join(", ", spec.subcommands().keySet()));
  }

  /** Libraries speak up only when something is wrong; what they say goes to standard error. */
  private static void quieten(Logger root) {
    root.setLevel(Boolean.getBoolean("earshot.verbose") ? Level.INFO : Level.SEVERE);
  }
}

package io.earshot.cli;

import io.earshot.EarshotException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one line, and gives the exit status for it. */
final class Failures {
  /** Failed, nothing lost. */
  static final int FAILED = 1;

  /** Wrong usage. */
  static final int USAGE = 2;

  /** Done, but some inputs were quarantined. */
  static final int QUARANTINED = 3;

  /** A cursor that is of no use here; the number of its {@link EarshotException}. */
  static final String BAD_CURSOR = "EARSHOT-112";

  private Failures() {}

  static int report(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
    if (Interruption.hasCome()) {
      return FAILED;
    }
    PrintWriter err = commandLine.getErr();
    err.println("earshot: " + message(failure));
    if (failure instanceof UsageException
        || (failure instanceof EarshotException refused && refused.code().equals(BAD_CURSOR))) {
      return USAGE;
    }
    if (Boolean.getBoolean("earshot.verbose")
        || !(failure instanceof IOException
            || failure instanceof UncheckedIOException
            || failure instanceof EarshotException
            || failure instanceof IllegalArgumentException)) {
      failure.printStackTrace(err); // a fault of ours: whoever reports it needs the place
    }
    return FAILED;
  }

  /** Says that results did not arrive, unless the command failed anyway. */
  static int lostOutput(int status) {
    if (status == FAILED || Interruption.hasCome()) {
      return status;
    }
    Terminal.err()
        .println(
            "earshot: not all results could be written to standard output: the disk may be full, or the reader has gone");
    return FAILED;
  }

  static int reportUsage(ParameterException failure, String[] args) {
    CommandLine commandLine = failure.getCommandLine();
    PrintWriter err = commandLine.getErr();
    String message = String.valueOf(failure.getMessage());
    if (commandLine.getParent() == null && args.length > 0) {
      message =
          "there is no command %s; there are %s"
              .formatted(args[0], String.join(", ", commandLine.getSubcommands().keySet()));
    } else if (failure instanceof UnmatchedArgumentException unmatched
        && !commandLine.getSubcommands().isEmpty()) {
      message =
          "there is no command %s %s; there are %s"
              .formatted(
                  commandLine.getCommandName(),
                  unmatched.getUnmatched().getFirst(),
                  String.join(", ", commandLine.getSubcommands().keySet()));
    } else if (message.startsWith("Unknown option")
        && List.of("search", "history").contains(commandLine.getCommandName())) {
      message += ". Put -- before a query that begins with -, or holds an exclusion";
    }
    if (failure instanceof MissingParameterException && message.contains(" but found '")) {
      message += ". A value that looks like an option goes behind =, as in --customer=--id";
    }
    err.println("earshot: " + message);
    err.println("Try: " + commandLine.getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  static String message(Throwable failure) {
    if (failure instanceof EarshotException refused && refused.code().equals("EARSHOT-105")) {
      return refused.code()
          + ": another earshot is writing to this index; wait until it has ended (searching works meanwhile)";
    }
    if (failure instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    if (failure instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (failure instanceof UncheckedIOException unchecked
        && unchecked.getCause() instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }
}

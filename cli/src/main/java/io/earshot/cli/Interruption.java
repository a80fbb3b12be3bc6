package io.earshot.cli;

/**
 * Says that a command was ended from outside, by Ctrl-C or a SIGTERM.
 *
 * <p>What then fails in it, a file that is closed or a reader that is gone, is no news.
 */
final class Interruption {
  private static volatile boolean running;
  private static volatile boolean interrupted;

  private Interruption() {}

  /** From now on, whoever ends the process interrupts a command. */
  static void commandBegins() {
    running = true;
    Runtime.getRuntime().addShutdownHook(new Thread(Interruption::shutDown, "interruption"));
  }

  /** Ended by itself. */
  static void commandEnds() {
    running = false;
  }

  static boolean hasCome() {
    return interrupted;
  }

  private static void shutDown() {
    if (running) {
      interrupted = true;
      Terminal.say("earshot: interrupted before it was done; it may be run again");
    }
  }
}

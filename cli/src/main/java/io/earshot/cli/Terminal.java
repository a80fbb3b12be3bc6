package io.earshot.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and error: UTF-8 whatever the locale, flushed line by line.
 *
 * <p>The launcher says which of the two are terminals, since the JDK cannot tell them apart.
 */
final class Terminal {
  private static final PrintWriter OUT = writer(FileDescriptor.out);
  private static final PrintWriter ERR = writer(FileDescriptor.err);

  private Terminal() {}

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }

  static PrintWriter out() {
    return OUT;
  }

  /** Whether something that was printed did not arrive: the disk is full, or nobody reads on. */
  static boolean lostOutput() {
    return OUT.checkError();
  }

  static PrintWriter err() {
    return ERR;
  }

  /** Whether standard error is a terminal, so that a bar may be drawn on it. */
  static boolean errIsTerminal() {
    return Boolean.getBoolean("earshot.terminal.err");
  }

  /** Says something on standard error: on a line of its own, over a bar that may stand there. */
  static void say(String line) {
    String printable = AnswerText.printable(line);
    ERR.println(errIsTerminal() ? "\r\u001b[K" + printable : printable);
  }

  /** Whether standard output takes colours. */
  static boolean coloured() {
    return Boolean.getBoolean("earshot.terminal.out") && System.getenv("NO_COLOR") == null;
  }
}

package io.earshot.cli;

import java.nio.file.Path;

/** The folder that Earshot was started from; samples and the tiny model lie in it. */
final class Home {
  private Home() {}

  static Path folder() {
    return Path.of(System.getProperty("earshot.home", "."));
  }
}

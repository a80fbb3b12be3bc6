package io.earshot.cli;

import java.time.ZoneId;
import picocli.CommandLine.Option;

/** In which time zone days begin, and times are shown. */
final class ZoneOption {
  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      converter = TimeZone.class,
      description =
          "Time zone of dates that are typed and shown, such as Europe/London. Default: the system's")
  private ZoneId zone = ZoneId.systemDefault();

  ZoneId zone() {
    return zone;
  }
}

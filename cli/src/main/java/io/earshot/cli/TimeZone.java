package io.earshot.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time zone: Europe/London, UTC, +02:00. */
final class TimeZone implements ITypeConverter<ZoneId> {
  @Override
  public ZoneId convert(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "expected a time zone, such as Europe/London or +02:00, got " + text);
    }
  }
}

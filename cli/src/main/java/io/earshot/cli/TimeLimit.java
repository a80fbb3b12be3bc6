package io.earshot.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as queries have it: 200ms, 2s, 1.5s. */
final class TimeLimit implements ITypeConverter<Duration> {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m)");
  private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);

  @Override
  public Duration convert(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (matcher.matches()) {
      long unit = MILLIS.getOrDefault(matcher.group(2), 1L);
      BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
      long whole = millis.setScale(0, RoundingMode.UP).longValueExact();
      if (whole > 0) {
        return Duration.ofMillis(whole);
      }
    }
    throw new TypeConversionException(
        "expected a time longer than none, such as 200ms or 2s, got " + text);
  }
}

package io.earshot.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long something may take, as queries have times: 200ms, 1.5s. At most a day. */
final class TimeLimit implements ITypeConverter<Duration> {
  private static final Pattern AMOUNT = Pattern.compile("(-?\\d+(?:\\.\\d+)?)(ms|s|m|min|h)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L);
  private static final BigDecimal MOST = BigDecimal.valueOf(Duration.ofHours(24).toMillis());

  @Override
  public Duration convert(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("expected a time, such as 200ms or 2s, got " + text);
    }
    long unit = MILLIS.getOrDefault(matcher.group(2), 1L);
    BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    if (millis.signum() <= 0) {
      throw new TypeConversionException("too short: longer than no time, as 200ms is, got " + text);
    }
    if (millis.compareTo(MOST) > 0) {
      throw new TypeConversionException("too long: at most 24h, got " + text);
    }
    return Duration.ofMillis(millis.setScale(0, RoundingMode.UP).longValueExact());
  }
}

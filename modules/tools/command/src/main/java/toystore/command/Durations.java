package toystore.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a number and its unit, always. */
public final class Durations {
  public static final Map<String, Long> NANOS_PER_UNIT = Map.of(
      "ns", 1L,
      "us", 1_000L,
      "ms", 1_000_000L,
      "s", 1_000_000_000L,
      "m", 60_000_000_000L,
      "h", 3_600_000_000_000L);
  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h)");

  private Durations() {}

  /**
   * @throws IllegalArgumentException saying how to write it
   */
  public static Duration parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration with a unit, such as 500ms, 30s, 2m or 1h");
    }
    BigDecimal nanos = new BigDecimal(matcher.group(1))
        .multiply(BigDecimal.valueOf(NANOS_PER_UNIT.get(matcher.group(2))));
    return Duration.ofNanos(nanos.longValue());
  }

  /** Such as 250ms, 1.5s or 2m; the largest unit that needs no more than three decimals. */
  public static String text(Duration duration) {
    long nanos = duration.toNanos();
    for (String unit : new String[] {"h", "m", "s", "ms", "us"}) {
      long per = NANOS_PER_UNIT.get(unit);
      boolean exact =
          unit.equals("s") || unit.equals("ms") ? nanos % (per / 1000) == 0 : nanos % per == 0;
      if (nanos >= per && exact) {
        return BigDecimal.valueOf(nanos)
                .divide(BigDecimal.valueOf(per))
                .stripTrailingZeros()
                .toPlainString()
            + unit;
      }
    }
    return nanos == 0 ? "0s" : nanos + "ns";
  }
}

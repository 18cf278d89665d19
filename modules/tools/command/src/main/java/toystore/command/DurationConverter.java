package toystore.command;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** For options whose value is a duration with its unit. */
public final class DurationConverter implements ITypeConverter<Duration> {
  /** For picocli. */
  public DurationConverter() {}

  @Override
  public Duration convert(String text) {
    return Converted.by(Durations::parse, text);
  }
}

package toystore.operations;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;

/** How long a backup may wait for the store. */
final class CutLimitOption {
  private static final int MAX_SECONDS = 86_400;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      defaultValue = "30",
      description = "How many seconds to wait until all that was decided are orders."
          + " Default: ${DEFAULT-VALUE}.")
  private int seconds;

  Duration value() {
    new OptionValues(spec).range("--timeout", seconds, 1, MAX_SECONDS);
    return Duration.ofSeconds(seconds);
  }
}

package toystore.operations;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;

/** The options of commands that start services. */
final class StartLimitOptions {
  private static final int MAX_SECONDS = 86_400;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "Give up waiting after so many seconds. Default: wait for as long as it takes.")
  private Integer seconds;

  @Option(
      names = "--stop-late",
      description =
          "At the end of --timeout stop again what was started. Default: leave it running.")
  private boolean stopLate;

  StartLimit limit() {
    if (seconds != null) {
      new OptionValues(spec).range("--timeout", seconds, 1, MAX_SECONDS);
    }
    return new StartLimit(Optional.ofNullable(seconds).map(Duration::ofSeconds), stopLate);
  }
}

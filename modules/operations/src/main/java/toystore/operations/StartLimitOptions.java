package toystore.operations;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that start services. */
final class StartLimitOptions {
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
    if (seconds != null && seconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--timeout: '" + seconds + "' is not a whole number from 1");
    }
    return new StartLimit(Optional.ofNullable(seconds).map(Duration::ofSeconds), stopLate);
  }
}

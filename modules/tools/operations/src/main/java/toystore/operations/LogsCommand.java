package toystore.operations;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;

@Command(
    name = "logs",
    description = "Print the end of a service's log.",
    footerHeading = "%nExamples:%n",
    footer = {"  bin/toystore logs order-3", "  bin/toystore logs front-end -f"})
final class LogsCommand extends StoreCommand {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int MAX_LINES = 1_000_000;
  private static final Duration FOR_EVER = Duration.ofDays(365);

  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "SERVICE",
      description = "catalog, order-1, order-2, order-3 or front-end.")
  private String service;

  @Option(names = "-f", description = "Go on printing what is added, until interrupted.")
  private boolean follow;

  @Option(
      names = "-n",
      paramLabel = "LINES",
      defaultValue = "20",
      description = "How many lines of what is there. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Override
  public Integer call() {
    new OptionValues(spec).range("-n", lines, 0, MAX_LINES);
    Path log = store().log(service);
    Console console = console();
    long position = LogTail.size(log);
    LogTail.last(log, lines).forEach(console::line);
    TimeLimit deadline = TimeLimit.in(FOR_EVER);
    while (follow && !console.isClosed() && deadline.pause(BETWEEN_LOOKS)) {
      long size = LogTail.size(log);
      if (size != position) {
        console.text(LogTail.text(log, position));
        position = size;
      }
    }
    return OK;
  }
}

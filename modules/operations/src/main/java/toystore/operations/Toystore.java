package toystore.operations;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The main behind bin/toystore: exits 0 when it is done, 2 on wrong usage, and when it failed with 1
 * or what the command says.
 */
@Command(
    name = "bin/toystore",
    mixinStandardHelpOptions = true,
    version = "toystore 1.0.0",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "A toy store made of microservices, whose orders survive crashes: run it, measure it, break it.",
    commandListHeading = "%nCommands:%n",
    footer = {"", "bin/toystore COMMAND --help says more, with examples."},
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ServiceCommand.Kill.class,
      ServiceCommand.Pause.class,
      ServiceCommand.Resume.class,
      ServiceCommand.Stop.class,
      ServiceCommand.Start.class,
      AuditCommand.class,
      OrdersCommand.class,
      ServiceCommand.RebuildReplica.class,
      LogsCommand.class
    })
public final class Toystore implements Runnable {
  private static final int USAGE = 2;

  /** Commands of modules that build on this one: there when their module is. */
  private static final List<String> FURTHER = List.of(
      "toystore.client.ClientCommand",
      "toystore.raft.LogCommand",
      "toystore.history.CheckHistoryCommand",
      "toystore.simulation.SimulateCommand",
      "toystore.evaluation.EvaluateCommand",
      "toystore.drill.DrillCommand",
      "toystore.evaluation.BenchCommand");

  @Spec
  private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Toystore());
    FURTHER.forEach(name -> addIfThere(commandLine, name));
    return commandLine
        .setExecutionExceptionHandler((failure, failed, parsed) -> report(failure, failed))
        .setUsageHelpAutoWidth(true);
  }

  private static void addIfThere(CommandLine commandLine, String className) {
    try {
      commandLine.addSubcommand(Class.forName(className));
    } catch (ClassNotFoundException absent) {
      // A distribution without that module has not that command.
    }
  }

  /** A failure that was foreseen is one line; any other is a bug, and shows where it is. */
  private static int report(Exception failure, CommandLine failed) throws Exception {
    if (!(failure instanceof OperationFailed || failure instanceof UnknownService)) {
      throw failure;
    }
    new Console(failed)
        .remark("toystore: "
            + (failure instanceof OperationFailed foreseen
                ? foreseen.unsaid()
                : failure.getMessage()));
    return failure instanceof UnknownService
        ? USAGE
        : failed.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public void run() {
    new Console(spec.commandLine()).text(spec.commandLine().getUsageMessage());
  }
}

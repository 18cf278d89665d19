package toystore.operations;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import toystore.command.CommandProcess;
import toystore.command.CommandStyle;

/** The main behind bin/toystore. It exits with a number of {@link toystore.command.ExitCode}. */
@Command(
    name = "bin/toystore",
    mixinStandardHelpOptions = true,
    version = "toystore 1.0.0",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "A toy store made of microservices, whose orders survive crashes: run it, measure it, break it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore up",
      "  bin/toystore COMMAND --help   says more of a command, with examples"
    },
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
      LogCommand.class,
      RebuildCommand.class,
      LogsCommand.class
    })
public final class Toystore implements Runnable {
  /** Commands of modules that build on this one: there when their module is. */
  private static final List<String> FURTHER = List.of(
      "toystore.client.ClientCommand",
      "toystore.history.CheckHistoryCommand",
      "toystore.simulation.SimulateCommand",
      "toystore.evaluation.EvaluateCommand",
      "toystore.drill.DrillCommand",
      "toystore.evaluation.BenchCommand");

  @Spec
  private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(CommandProcess.run(commandLine(), args));
  }

  /** All commands that are there, in the style of all. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Toystore());
    FURTHER.forEach(name -> addIfThere(commandLine, name));
    new CommandGroups().show(commandLine);
    return CommandStyle.of(commandLine);
  }

  private static void addIfThere(CommandLine commandLine, String className) {
    try {
      commandLine.addSubcommand(Class.forName(className));
    } catch (ClassNotFoundException absent) {
      // A distribution without that module has not that command.
    }
  }

  @Override
  public void run() {
    new Console(spec.commandLine()).text(spec.commandLine().getUsageMessage());
  }
}

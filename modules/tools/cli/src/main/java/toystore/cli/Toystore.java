package toystore.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import toystore.backup.Export;
import toystore.client.ClientCommand;
import toystore.command.CommandProcess;
import toystore.command.CommandStyle;
import toystore.drill.DrillCommand;
import toystore.evaluation.BenchCommand;
import toystore.evaluation.EvaluateCommand;
import toystore.history.CheckHistoryCommand;
import toystore.lab.LabCommand;
import toystore.operations.StoreCommands;
import toystore.simulation.SimulateCommand;

/** The main behind bin/toystore. It exits with a number of {@link toystore.command.ExitCode}. */
@Command(
    name = "bin/toystore",
    mixinStandardHelpOptions = true,
    version = "toystore " + Export.PROGRAM,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "A toy store made of microservices, whose orders survive crashes: run it, measure it, break it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore up",
      "  bin/toystore COMMAND --help   says more of a command, with examples"
    })
public final class Toystore implements Runnable {
  private static final List<Class<?>> FURTHER = List.of(
      ClientCommand.class,
      CheckHistoryCommand.class,
      SimulateCommand.class,
      EvaluateCommand.class,
      DrillCommand.class,
      LabCommand.class,
      BenchCommand.class);

  @Spec
  private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(CommandProcess.run(commandLineFor(args), args));
  }

  /** All commands, in the style of all. */
  public static CommandLine commandLine() {
    return commandLine(Stream.concat(StoreCommands.ALL.stream(), FURTHER.stream()));
  }

  /**
   * Where these words begin with a command on a store, that one and no other: to know one takes
   * time, and a person waits. Else all; a drill, for one, uses another command.
   */
  static CommandLine commandLineFor(String... words) {
    return Stream.of(words)
        .limit(1)
        .flatMap(word -> StoreCommands.ALL.stream().filter(command -> isNamed(word, command)))
        .findFirst()
        .map(command -> commandLine(Stream.of(command)))
        .orElseGet(Toystore::commandLine);
  }

  private static boolean isNamed(String word, Class<?> command) {
    return command.getAnnotation(Command.class).name().equals(word);
  }

  private static CommandLine commandLine(Stream<Class<?>> commands) {
    CommandLine commandLine = new CommandLine(new Toystore());
    commands.forEach(commandLine::addSubcommand);
    new CommandGroups().show(commandLine);
    return CommandStyle.of(commandLine);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

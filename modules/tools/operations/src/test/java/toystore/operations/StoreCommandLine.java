package toystore.operations;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import toystore.command.CommandProcess;
import toystore.command.CommandStyle;

/** A program that has the commands of this module and no others. */
@Command(name = "bin/toystore")
final class StoreCommandLine {
  private StoreCommandLine() {}

  public static void main(String[] args) {
    System.exit(CommandProcess.run(make(), args));
  }

  static CommandLine make() {
    CommandLine commandLine = new CommandLine(new StoreCommandLine());
    StoreCommands.ALL.forEach(commandLine::addSubcommand);
    return CommandStyle.of(commandLine);
  }
}

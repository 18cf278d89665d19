package toystore.client;

import picocli.CommandLine;
import toystore.command.CommandProcess;
import toystore.command.CommandStyle;

/** The command as a process. */
final class ClientMain {
  private ClientMain() {}

  public static void main(String[] arguments) {
    System.exit(
        CommandProcess.run(CommandStyle.of(new CommandLine(new ClientCommand())), arguments));
  }
}

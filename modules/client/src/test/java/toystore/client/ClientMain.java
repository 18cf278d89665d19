package toystore.client;

import picocli.CommandLine;

/** The command as a process. */
final class ClientMain {
  private ClientMain() {}

  public static void main(String[] arguments) {
    System.exit(
        toystore.command.CommandStyle.of(new CommandLine(new ClientCommand())).execute(arguments));
  }
}

package toystore.systemtest;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import toystore.cli.Toystore;

/** The commands of bin/toystore as it is distributed. */
final class Commands {
  private Commands() {}

  /** The options that each command's help shows, by its name; under "" those of none. */
  static Map<String, Set<String>> withOptions() {
    Map<String, Set<String>> commands = new TreeMap<>();
    CommandLine toystore = Toystore.commandLine();
    commands.put("", options(toystore.getCommandSpec()));
    toystore
        .getSubcommands()
        .forEach((name, command) -> commands.put(name, options(command.getCommandSpec())));
    return commands;
  }

  private static Set<String> options(CommandSpec command) {
    Set<String> names = new HashSet<>(command.negatedOptionsMap().keySet());
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        names.addAll(Set.of(option.names()));
      }
    }
    return names;
  }
}

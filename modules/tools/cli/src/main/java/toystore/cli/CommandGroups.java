package toystore.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The list of commands in the top help: by what a person wants to do. */
final class CommandGroups {
  private static final int INDENT = 2;
  private static final int GAP = 2;

  private static final Map<String, List<String>> GROUPS = groups();

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put(
        "Run a store", List.of("up", "down", "start", "stop", "restart", "rebuild", "configure"));
    groups.put("Keep a copy of it", List.of("backup", "restore", "export", "import"));
    groups.put("Break it", List.of("kill", "pause", "resume", "lab"));
    groups.put("Look at it", List.of("status", "orders", "log", "logs"));
    groups.put("Measure it", List.of("client", "bench", "evaluate"));
    groups.put("Prove it", List.of("audit", "drill", "simulate", "check-history"));
    return groups;
  }

  /** Puts the list in the place of picocli's own. */
  void show(CommandLine root) {
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, this::list);
  }

  /** The group of each command; empty for one that was forgotten here. */
  static Optional<String> groupOf(String command) {
    return GROUPS.entrySet().stream()
        .filter(group -> group.getValue().contains(command))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private String list(Help help) {
    Map<String, Help> commands = help.subcommands();
    int widest = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    GROUPS.forEach((group, names) -> append(group, names, commands, widest, text));
    List<String> others = new ArrayList<>(commands.keySet());
    others.removeIf(name -> groupOf(name).isPresent());
    append("More", others, commands, widest, text);
    return text.toString();
  }

  private static void append(
      String group,
      List<String> names,
      Map<String, Help> commands,
      int widest,
      StringBuilder text) {
    List<String> there = names.stream().filter(commands::containsKey).collect(Collectors.toList());
    if (there.isEmpty()) {
      return;
    }
    text.append("\n").append(group).append(":\n");
    int width = commands.get(there.get(0)).commandSpec().usageMessage().width();
    TextTable table = TextTable.forColumns(
        commands.get(there.get(0)).colorScheme(),
        new Column(INDENT + widest + GAP, INDENT, Overflow.SPAN),
        new Column(width - INDENT - widest - GAP, 0, Overflow.WRAP));
    there.forEach(name -> table.addRowValues(name, inShort(commands.get(name))));
    text.append(table);
  }

  /** The first sentence of its help. */
  private static String inShort(Help help) {
    UsageMessageSpec usage = help.commandSpec().usageMessage();
    String[] lines = usage.header().length > 0 ? usage.header() : usage.description();
    return lines.length == 0 ? "" : lines[0];
  }
}

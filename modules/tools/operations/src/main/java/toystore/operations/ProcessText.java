package toystore.operations;

import java.util.List;
import java.util.Optional;

/** A process in words: what a person would have typed, not what a script made of it. */
final class ProcessText {
  private static final int LONGEST = 120;
  private static final String COMMANDS = "toystore.cli.Toystore";

  private ProcessText() {}

  static String of(long pid) {
    return "process " + pid + " (" + command(Proc.commandLine(pid)) + ")";
  }

  static String command(List<String> words) {
    Optional<ServiceCommandLine> service = ServiceCommandLine.of(words);
    if (service.isPresent()) {
      return service.get().toString();
    }
    int commands = words.indexOf(COMMANDS);
    if (commands >= 0) {
      return ("bin/toystore " + String.join(" ", words.subList(commands + 1, words.size())))
          .strip();
    }
    String line = String.join(" ", words);
    if (line.isEmpty()) {
      return "its command is not to be seen";
    }
    return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
  }
}

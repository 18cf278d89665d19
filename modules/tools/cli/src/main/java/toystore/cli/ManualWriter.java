package toystore.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes the manual: a page for each command, in AsciiDoc, and what a shell completes. The build
 * runs it for the release; the commands do not need it. So the manual cannot say what they do not.
 */
final class ManualWriter {
  /** As one types it where it is installed. */
  private static final String NAME = "toystore";

  private ManualWriter() {}

  /**
   * @param args the folder for the pages, and the file for the completion of bash
   */
  public static void main(String[] args) throws IOException {
    CommandLine commands = Toystore.commandLine().setCommandName(NAME);
    Path completion = Path.of(args[1]);
    Files.createDirectories(completion.toAbsolutePath().getParent());
    Files.writeString(completion, AutoComplete.bash(NAME, commands));
    write(new File(args[0]), commands);
  }

  private static void write(File folder, CommandLine commands) throws IOException {
    List<CommandSpec> specs = new ArrayList<>();
    specs.add(commands.getCommandSpec());
    commands.getSubcommands().values().forEach(command -> specs.add(command.getCommandSpec()));
    int status = ManPageGenerator.generateManPage(
        folder, null, new boolean[0], true, specs.toArray(new CommandSpec[0]));
    if (status != 0) {
      throw new IOException("the manual was not written: " + status);
    }
  }
}

package toystore.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How every command tells what is wrong. Wrong usage: what it is, the option's own line of the
 * help, and how to see the rest. A failure that was foreseen: one line. A bug: where it is.
 */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-zA-Z][\\w-]*");

  /** Picocli's words before the complaint itself. */
  private static final Pattern INVALID = Pattern.compile(
      "Invalid value for (?:option|positional parameter) .*?: (.*)", Pattern.DOTALL);

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine commandLine = wrong.getCommandLine();
    PrintWriter err = commandLine.getErr();
    err.println(words(wrong));
    linesOf(wrong, commandLine.getCommandSpec()).forEach(err::print);
    err.println(commandLine.getCommandSpec().qualifiedName() + " --help says more.");
    err.flush();
    return ExitCode.USAGE.status();
  }

  private static String words(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (wrong instanceof MissingParameterException missing) {
      return missing.getMissing().stream()
          .map(each -> name(each) + ": is missing")
          .collect(Collectors.joining("\n"));
    }
    Matcher invalid = INVALID.matcher(wrong.getMessage());
    return wrong.getArgSpec() != null && invalid.matches()
        ? name(wrong.getArgSpec()) + ": " + invalid.group(1)
        : wrong.getMessage();
  }

  private static String unmatched(UnmatchedArgumentException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String word = wrong.getUnmatched().get(0);
    String what = wrong.isUnknownOption()
        ? "no option"
        : command.subcommands().isEmpty() ? "one word too many" : "no command";
    List<String> similar = wrong.getSuggestions();
    return "'" + word + "' is " + what + " of " + command.qualifiedName()
        + (similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?");
  }

  /** The lines of the help about what a complaint is about. */
  private static List<String> linesOf(ParameterException wrong, CommandSpec command) {
    List<ArgSpec> about = new ArrayList<>();
    if (wrong instanceof MissingParameterException missing) {
      about.addAll(missing.getMissing());
    } else if (wrong.getArgSpec() != null) {
      about.add(wrong.getArgSpec());
    } else if (!(wrong instanceof UnmatchedArgumentException)) {
      command.positionalParameters().stream()
          .filter(word -> wrong.getMessage().startsWith(word.paramLabel() + ": "))
          .forEach(about::add);
      Matcher named = OPTION.matcher(wrong.getMessage());
      while (named.find()) {
        OptionSpec option = command.findOption(named.group());
        if (option != null && !about.contains(option)) {
          about.add(option);
        }
      }
    }
    return about.stream().map(each -> line(command, each)).toList();
  }

  private static String line(CommandSpec command, ArgSpec about) {
    Help help = command.commandLine().getHelp();
    Help.Layout layout = help.createDefaultLayout();
    if (about.hidden()) {
      return "";
    }
    if (about instanceof OptionSpec option) {
      layout.addOption(option, help.createDefaultParamLabelRenderer());
    } else {
      layout.addPositionalParameter(
          (PositionalParamSpec) about, help.createDefaultParamLabelRenderer());
    }
    return layout.toString();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    int status = commandLine.getCommandSpec().exitCodeOnExecutionException();
    if (failure instanceof CommandFailed foreseen) {
      err.println("toystore: " + foreseen.unsaid());
      status = foreseen.exitCode().map(ExitCode::status).orElse(status);
    } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      err.println("toystore: " + reason(failure));
    } else {
      err.println("toystore: a bug in " + commandLine.getCommandSpec().qualifiedName() + ":");
      failure.printStackTrace(err);
      status = ExitCode.BUG.status();
    }
    err.flush();
    return status;
  }

  /** The bare message of a file's failure is often only its name. */
  private static String reason(Exception failure) {
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    if (cause instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or folder";
    }
    if (cause instanceof FileSystemException file) {
      String reason = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
      return file.getFile() + ": " + reason;
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}

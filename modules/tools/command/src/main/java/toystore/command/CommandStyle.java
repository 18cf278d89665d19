package toystore.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;

/** What every command looks like, and how it takes its words: one style, given in one place. */
public final class CommandStyle {
  private CommandStyle() {}

  /** Gives a command and all below it the style. Commands that are added later do not have it. */
  public static CommandLine of(CommandLine root) {
    Complaints complaints = new Complaints();
    root.setParameterExceptionHandler(complaints)
        .setExecutionExceptionHandler(complaints)
        .setExecutionStrategy(CommandStyle::execute)
        .setUsageHelpAutoWidth(true)
        .registerConverter(Path.class, CommandStyle::path);
    ITypeConverter<Integer> whole = text -> whole(text, Integer::valueOf);
    ITypeConverter<Long> large = text -> whole(text, Long::valueOf);
    ITypeConverter<Double> number = CommandStyle::number;
    root.registerConverter(int.class, whole).registerConverter(Integer.class, whole);
    root.registerConverter(long.class, large).registerConverter(Long.class, large);
    root.registerConverter(double.class, number).registerConverter(Double.class, number);
    help(root);
    return root;
  }

  private static void help(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.sortOptions(false);
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.exitCodeList(exitCodes(usage.exitCodeList(), !command.getSubcommands().isEmpty()));
    if (usage.optionListHeading().isEmpty()) {
      usage.optionListHeading("%nOptions:%n");
    }
    command.getSubcommands().values().forEach(CommandStyle::help);
  }

  /** What a command says of its exit codes; of those that all have, in their own words. */
  private static Map<String, String> exitCodes(Map<String, String> own, boolean isTop) {
    Map<String, String> all = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      boolean isOfAll = code != ExitCode.NOT_GOOD && code != ExitCode.NOT_DONE;
      if (own.containsKey(code.key()) || isOfAll || isTop) {
        all.put(code.key(), own.getOrDefault(code.key(), code.meaning()));
      }
    }
    if (!all.keySet().containsAll(own.keySet())) {
      throw new IllegalStateException("exit codes that ExitCode does not have: " + own);
    }
    return all;
  }

  /** An empty value is a variable that was not set, in a script: "" is never meant. */
  private static int execute(ParseResult parsed) {
    for (ParseResult each = parsed; each != null; each = each.subcommand()) {
      for (OptionSpec option : each.matchedOptions()) {
        if (option.arity().min() > 0 && option.originalStringValues().contains("")) {
          throw new ParameterException(
              each.commandSpec().commandLine(), option.longestName() + ": its value is empty");
        }
      }
    }
    return new RunLast().execute(parsed);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is not a path: " + e.getReason());
    }
  }

  /** Java's own parser takes the digits of all scripts. */
  private static <T> T whole(String text, Function<String, T> parser) {
    if (text.matches("[+-]?\\d+")) {
      try {
        return parser.apply(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is too large");
      }
    }
    throw new TypeConversionException("'" + text + "' is not a whole number");
  }

  /** Java's own parser takes 1f, 0x1p3 and NaN too. */
  private static Double number(String text) {
    if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
    return Double.valueOf(text);
  }
}

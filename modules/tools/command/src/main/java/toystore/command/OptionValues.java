package toystore.command;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Complaints about the values of one command's options, in one style. */
public final class OptionValues {
  private final CommandSpec command;

  public OptionValues(CommandSpec command) {
    this.command = command;
  }

  /**
   * @throws ParameterException when the value is not from min to max; NaN never is
   */
  public void range(String option, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw wrong(option, plain(value), "from " + plain(min) + " to " + plain(max));
    }
  }

  /**
   * What to throw about a wrong value.
   *
   * @param expected goes on after "is not"
   */
  public ParameterException wrong(String option, Object value, String expected) {
    return wrong(option + ": '" + value + "' is not " + expected);
  }

  /**
   * What the value means.
   *
   * @throws ParameterException in the parser's own words when it cannot tell
   */
  public <T> T meaning(String option, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException | CommandFailed e) {
      throw wrong(option + ": " + e.getMessage());
    }
  }

  /**
   * @throws ParameterException when there is no such folder; null is none to look for
   */
  public void folder(String option, Path folder) {
    if (folder != null && !Files.isDirectory(folder)) {
      throw wrong(option, folder, "a folder that is there");
    }
  }

  /** What to throw about options that are wrong together. */
  public ParameterException wrong(String complaint) {
    return new ParameterException(command.commandLine(), complaint);
  }

  private static String plain(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}

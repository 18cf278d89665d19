package toystore.command;

import java.util.Optional;

/**
 * What went wrong, foreseen, in words for a person. The command ends with one line and no trace.
 */
public class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  /** Ends the command as its help says for a failure. */
  public CommandFailed(String message, Throwable cause) {
    super(message, cause);
    this.exitCode = null;
  }

  /** Ends the command with this exit code. */
  public CommandFailed(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What of the message the person was not told already. */
  public String unsaid() {
    return getMessage();
  }

  /** Which end this failure asks for; without one the command decides. */
  public Optional<ExitCode> exitCode() {
    return Optional.ofNullable(exitCode);
  }
}

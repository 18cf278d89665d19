package toystore.client;

import toystore.command.CommandFailed;
import toystore.command.ExitCode;

/** The load cannot be run, for a reason outside the client. */
public final class LoadException extends CommandFailed {
  private static final long serialVersionUID = 1;

  LoadException(ExitCode exitCode, String message) {
    super(exitCode, message);
  }
}

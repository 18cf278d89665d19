package toystore.client;

/** The load cannot be run, for a reason outside the client. A value, without stack trace. */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  LoadException(ExitCode exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}

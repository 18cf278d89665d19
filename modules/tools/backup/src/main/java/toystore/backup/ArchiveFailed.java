package toystore.backup;

import toystore.command.CommandFailed;

/** Why there is no backup, or no store made of one, in words for a person. */
public final class ArchiveFailed extends CommandFailed {
  private static final long serialVersionUID = 1;

  public ArchiveFailed(String message) {
    super(message, null);
  }

  ArchiveFailed(String message, Throwable cause) {
    super(message, cause);
  }
}

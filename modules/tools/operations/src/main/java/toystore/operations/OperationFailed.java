package toystore.operations;

import toystore.command.CommandFailed;

/** What went wrong, in words for a person. A command that ends with it says how in its help. */
public class OperationFailed extends CommandFailed {
  private static final long serialVersionUID = 1;

  public OperationFailed(String message) {
    super(message, null);
  }

  public OperationFailed(String message, Throwable cause) {
    super(message, cause);
  }
}

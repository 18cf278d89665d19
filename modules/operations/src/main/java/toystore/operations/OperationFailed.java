package toystore.operations;

/** What went wrong, in words for a person. A command that ends with it exits 1. */
public class OperationFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OperationFailed(String message) {
    super(message);
  }

  public OperationFailed(String message, Throwable cause) {
    super(message, cause);
  }

  /** What the operator was not told yet. */
  String unsaid() {
    return getMessage();
  }
}

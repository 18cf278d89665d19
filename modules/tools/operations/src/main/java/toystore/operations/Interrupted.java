package toystore.operations;

/** The operator has had enough; what was started until then goes on. */
final class Interrupted extends OperationFailed {
  private static final long serialVersionUID = 1;

  Interrupted(String message) {
    super(message);
  }
}

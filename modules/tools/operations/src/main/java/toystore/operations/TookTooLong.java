package toystore.operations;

/** A limit that the operator set came first; nothing is known to be wrong. */
final class TookTooLong extends OperationFailed {
  private static final long serialVersionUID = 1;

  TookTooLong(String message) {
    super(message);
  }
}

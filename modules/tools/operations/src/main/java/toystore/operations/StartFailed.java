package toystore.operations;

/** Services did not start. Why was said at once; what became of the others is known only later. */
final class StartFailed extends OperationFailed {
  private static final long serialVersionUID = 1;

  private final String consequence;

  /**
   * For both.
   *
   * @param cause what the operator was told already
   */
  StartFailed(OperationFailed cause, String consequence) {
    super(cause.getMessage() + "\n" + consequence, cause);
    this.consequence = consequence;
  }

  @Override
  public String unsaid() {
    return consequence;
  }
}

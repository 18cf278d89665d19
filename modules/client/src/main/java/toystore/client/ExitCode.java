package toystore.client;

/** Exit statuses, part of the command's interface. */
public enum ExitCode {
  GOOD(0, "good"),
  WRONG_ORDERS(1, "orders are lost, wrong or doubled"),
  USAGE(2, "wrong usage"),
  CHECK_FAILED(3, "a check failed"),
  UNREACHABLE(4, "the store could not be reached, or orders could not be looked up"),
  /** A bug in the client. The number is that of BSD's EX_SOFTWARE. */
  BUG(70, "the client itself failed"),
  INTERRUPTED(130, "interrupted");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  int status() {
    return status;
  }

  public String meaning() {
    return meaning;
  }
}

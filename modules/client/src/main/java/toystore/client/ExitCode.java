package toystore.client;

/** Exit statuses, part of the command's interface. */
public enum ExitCode {
  /** No order is lost or wrong; some requests may have failed, see {@link VerdictLine}. */
  GOOD(0, "good"),
  WRONG_ORDERS(1, "orders are lost, wrong or doubled"),
  USAGE(2, "wrong usage"),
  CHECK_FAILED(3, "a check failed"),
  UNREACHABLE(4, "the store could not be reached, did not serve, or could not look orders up"),
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

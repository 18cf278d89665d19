package toystore.lab;

/** A call that the lab does not carry out; the message is for the person at the page. */
final class LabRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;

  private final int status;

  /** @param status of HTTP */
  LabRefusal(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}

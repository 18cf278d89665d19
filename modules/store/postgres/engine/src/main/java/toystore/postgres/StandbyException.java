package toystore.postgres;

/** A node that is no primary: it is never read. */
final class StandbyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StandbyException() {
    super("the node is a standby", null, false, false);
  }
}

package toystore.simulation;

/**
 * A file went back in time, and nothing that is left could tell: the schedule ends here, and is
 * counted. Which cases these are, docs/decisions says.
 */
final class UnnoticedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnnoticedException(String what) {
    super(what);
  }
}

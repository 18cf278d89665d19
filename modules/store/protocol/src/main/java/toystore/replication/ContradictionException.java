package toystore.replication;

/**
 * What is committed here is not what the leader of the promised epoch has there. One of the two
 * files is of another history: this replica must not go on, nor wait for ever to become level.
 */
public final class ContradictionException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  public ContradictionException(String what) {
    super(what);
  }

  /** @param index of a position that is committed here, and that the leader has otherwise */
  public static ContradictionException at(long index, long committed) {
    return new ContradictionException("the leader's log is another at index " + index
        + ", and all up to " + committed + " is committed here");
  }
}

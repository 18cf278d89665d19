package toystore.leader;

/**
 * Whether an appointed replica has had its chance to become ready. Pure; owned by {@link
 * LeaderSelector}.
 */
final class TakeOverWatch {
  /** It may need this many times longer after failures in a row. */
  private static final int MAX_DOUBLINGS = 3;

  private final long readyMs;
  private int failedInRow;

  TakeOverWatch(SelectorOptions.LeaderTimes office) {
    this.readyMs = office.readyMs();
  }

  /** Somebody leads. */
  void succeeded() {
    failedInRow = 0;
  }

  /**
   * Whether another should be tried now.
   *
   * @param waitedMs since it was appointed
   * @param catalogReachable without the catalog nobody becomes ready: another choice would not help
   */
  boolean hasFailed(long waitedMs, ReplicaView appointed, boolean catalogReachable) {
    long limitMs = appointed.stretched(readyMs << Math.min(failedInRow, MAX_DOUBLINGS));
    boolean failed = catalogReachable && waitedMs > limitMs;
    failedInRow += failed ? 1 : 0;
    return failed;
  }
}

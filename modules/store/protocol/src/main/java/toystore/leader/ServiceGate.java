package toystore.leader;

/**
 * Decides whether requests wait for service to come back or are refused at once. Pure; owned by the
 * {@link LeaderSelector}.
 */
final class ServiceGate {
  private static final long NEVER = Long.MIN_VALUE;

  private final long graceMs;
  private final long patienceMs;
  private long noServiceSinceMs = NEVER;
  private long noWayToServeSinceMs = NEVER;
  private long noLeaderSinceMs = NEVER;
  private long noWayToLeadSinceMs = NEVER;

  ServiceGate(SelectorOptions.RefusalTimes when) {
    this.graceMs = when.graceMs();
    this.patienceMs = when.patienceMs();
  }

  /**
   * How things are now.
   *
   * @param majority whether there may be one: it answers, or is silent, which may mean slow
   * @param catalog the same
   */
  void update(long nowMs, boolean led, boolean serving, boolean majority, boolean catalog) {
    noServiceSinceMs = since(nowMs, !serving, noServiceSinceMs);
    // A leader that serves has a majority, whatever this front-end sees of the others.
    noWayToServeSinceMs = since(nowMs, !serving && !(majority && catalog), noWayToServeSinceMs);
    noLeaderSinceMs = since(nowMs, !led, noLeaderSinceMs);
    noWayToLeadSinceMs = since(nowMs, !serving && !majority, noWayToLeadSinceMs);
  }

  /** A majority, or the catalog, has been down for the grace, or nothing has come of them. */
  boolean refusesPurchases(long nowMs) {
    return over(nowMs, noWayToServeSinceMs, graceMs) || over(nowMs, noServiceSinceMs, patienceMs);
  }

  /** The same for a proof of absence, for which the catalog is not needed. */
  boolean refusesQueries(long nowMs) {
    return over(nowMs, noWayToLeadSinceMs, graceMs) || over(nowMs, noLeaderSinceMs, patienceMs);
  }

  private static long since(long nowMs, boolean holds, long sinceMs) {
    return !holds ? NEVER : sinceMs == NEVER ? nowMs : sinceMs;
  }

  private static boolean over(long nowMs, long sinceMs, long limitMs) {
    return sinceMs != NEVER && nowMs - sinceMs >= limitMs;
  }
}

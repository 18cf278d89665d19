package toystore.raft.core;

/**
 * What one simulated run is like.
 *
 * @param members replicas
 * @param trustsIndex clients take an index for their order, whatever is committed there
 * @param ignoresDiskErrors a replica goes on after a failed write as if it were done
 */
record SimSettings(int members, boolean trustsIndex, boolean ignoresDiskErrors) {
  /** Milliseconds with faults. */
  static final int DURATION_MS = 1_500;

  static SimSettings of(int members) {
    return new SimSettings(members, false, false);
  }
}

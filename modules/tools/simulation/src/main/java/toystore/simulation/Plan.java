package toystore.simulation;

import toystore.virtualtime.Chance;

/**
 * What a schedule is like.
 *
 * @param replicas of the order service
 * @param loops event loops of each front-end, each with a cache of its own
 * @param cached whether the front-ends have caches at all
 * @param handOver whether the highest id leads whenever it can
 * @param purchases keys that clients buy with
 * @param stock units a toy starts with and is restocked to
 * @param faultyMs virtual time with faults; then a majority is healed, and all must finish
 * @param faultEveryMs mean time between faults
 * @param lossPercent messages that vanish
 * @param slowPercent messages and disk writes that take long
 * @param duplicatePercent messages that arrive twice
 * @param driftPercent most that a clock is too fast or too slow
 * @param losesFiles whether a replica may lose its disk, one at a time
 * @param oneStaysDown whether the majority that is healed is no more than that
 * @param stuckDisk whether nothing fails but that one replica's disk ends no write for longer than
 *     a client waits; then no client may notice, and no leader but that one may lose its office
 */
record Plan(
    int replicas,
    int frontEnds,
    int loops,
    boolean cached,
    boolean handOver,
    int purchases,
    int stock,
    int faultyMs,
    int faultEveryMs,
    int lossPercent,
    int slowPercent,
    int duplicatePercent,
    int driftPercent,
    boolean losesFiles,
    boolean oneStaysDown,
    boolean stuckDisk) {

  /** Well inside what lease and margin allow for. */
  private static final int MAX_DRIFT_PERCENT = 6;

  static Plan of(Chance chance) {
    return new Plan(
        chance.oneIn(12) ? 5 : 3,
        chance.between(1, 2),
        chance.oneIn(3) ? 2 : 1,
        !chance.oneIn(8),
        chance.oneIn(4),
        chance.between(10, 30),
        chance.between(3, 8),
        chance.between(300, 700),
        chance.between(25, 160),
        chance.oneIn(3) ? 0 : chance.below(12),
        chance.below(15),
        chance.below(8),
        chance.below(MAX_DRIFT_PERCENT + 1),
        chance.oneIn(6),
        chance.oneIn(3),
        false);
  }

  /** A plan like this one, in which nothing fails but a disk. */
  Plan withStuckDisk() {
    return new Plan(
        3, frontEnds, loops, cached, false, purchases, 100, 900, 100, 0, 0, 0, 0, false, false,
        true);
  }

  /** A plan like this one, in which a replica may lose its disk. */
  Plan withLostFiles() {
    return new Plan(
        replicas,
        frontEnds,
        loops,
        cached,
        handOver,
        purchases,
        stock,
        faultyMs,
        faultEveryMs,
        lossPercent,
        slowPercent,
        duplicatePercent,
        driftPercent,
        true,
        oneStaysDown,
        stuckDisk);
  }

  /** A plan like this one, for so many replicas. */
  Plan withReplicas(int count) {
    return new Plan(
        count,
        frontEnds,
        loops,
        cached,
        handOver,
        purchases,
        stock,
        faultyMs,
        faultEveryMs,
        lossPercent,
        slowPercent,
        duplicatePercent,
        driftPercent,
        losesFiles,
        oneStaysDown,
        stuckDisk);
  }

  int majority() {
    return replicas / 2 + 1;
  }
}

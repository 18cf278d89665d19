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
 * @param plot what happens in it
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
    Plot plot) {

  /** What a schedule tells. */
  enum Plot {
    /** Whatever chance brings. */
    ANY,
    /**
     * Nothing fails but that one replica's disk ends no write for longer than a client waits; then
     * no client may notice, and no leader but that one may lose its office.
     */
    STUCK_DISK,
    /**
     * The same, and replicas' timers come late, and their disks end no write for a while, longer
     * than others wait; then the writes end, or fail.
     */
    SLOW_MACHINE,
    /** Whatever chance brings, and the catalog's file goes back in time. */
    OLDER_CATALOG,
    /** See {@link ForgottenPromise}. */
    FORGOTTEN_PROMISE
  }

  /** Well inside what lease and margin allow for. */
  private static final int MAX_DRIFT_PERCENT = 6;

  private static final int ONE_FORGOTTEN_PROMISE_IN = 50;
  private static final int ONE_SLOW_MACHINE_IN = 20;

  /** @param own of what is rare: schedules without it are what they were before there was any */
  static Plan of(Chance chance, Chance own) {
    Plan plan = of(chance);
    if (own.oneIn(ONE_FORGOTTEN_PROMISE_IN)) {
      return plan.withForgottenPromise();
    }
    return own.oneIn(ONE_SLOW_MACHINE_IN) ? plan.withSlowMachine() : plan;
  }

  private static Plan of(Chance chance) {
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
        Plot.ANY);
  }

  /** A plan like this one, in which nothing fails but a disk. */
  Plan withStuckDisk() {
    return new Plan(
        3,
        frontEnds,
        loops,
        cached,
        false,
        purchases,
        100,
        900,
        100,
        0,
        0,
        0,
        0,
        false,
        false,
        Plot.STUCK_DISK);
  }

  /** A plan like this one, in which a replica forgets its promise while a leader is cut off. */
  Plan withForgottenPromise() {
    return new Plan(
        3,
        2,
        loops,
        cached,
        handOver,
        purchases,
        100,
        900,
        faultEveryMs,
        0,
        slowPercent,
        duplicatePercent,
        driftPercent,
        false,
        false,
        Plot.FORGOTTEN_PROMISE);
  }

  /** A plan like this one, in which a replica may lose its disk. */
  Plan withLostFiles() {
    return with(replicas, true, plot);
  }

  /** A plan like this one, for so many replicas. */
  Plan withReplicas(int count) {
    return with(count, losesFiles, plot);
  }

  /** A plan like this one, on a machine that stalls. */
  Plan withSlowMachine() {
    return with(replicas, losesFiles, Plot.SLOW_MACHINE);
  }

  boolean slowMachine() {
    return plot == Plot.SLOW_MACHINE;
  }

  /** A plan like this one, in which the catalog's file goes back in time. */
  Plan withOlderCatalog() {
    return with(replicas, false, Plot.OLDER_CATALOG);
  }

  private Plan with(int count, boolean mayLoseFiles, Plot newPlot) {
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
        mayLoseFiles,
        oneStaysDown,
        newPlot);
  }

  /** Whether anything may fail at any time. */
  boolean failsByChance() {
    return plot == Plot.ANY || plot == Plot.SLOW_MACHINE || plot == Plot.OLDER_CATALOG;
  }

  boolean stuckDisk() {
    return plot == Plot.STUCK_DISK;
  }

  int majority() {
    return replicas / 2 + 1;
  }
}
